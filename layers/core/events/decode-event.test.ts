import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { EVENT_TYPES } from './catalogue.ts'
import { decodeEvent, MAX_AHEAD_MS, upcast } from './decode-event.ts'
import { event } from './envelope.ts'

const sale = {
  id: 'e1',
  merchantId: 'm',
  storeId: 's',
  source: 'pos',
  type: 'sale.recorded',
  version: 1,
  occurredAt: '2026-03-02T09:59:59.625Z',
  receivedAt: '2026-03-02T10:00:00.000Z',
  businessDate: '2026-03-02',
  data: { orderId: 'o', productId: 'p', quantity: 2, unitPriceMinor: 999, currency: 'INR' },
}
const bytesOf = (text: string) => new TextEncoder().encode(text)
const decode = (raw: unknown, receivedAt?: number) => decodeEvent(bytesOf(JSON.stringify(raw)), 0, receivedAt)
const problemsIn = (raw: unknown) => {
  const decoded = decode(raw)
  return decoded.ok ? [] : decoded.problems
}
const fieldsIn = (raw: unknown) => [...new Set(problemsIn(raw).map(({ field }) => field))]
const withData = (data: object) => ({ ...sale, data: { ...sale.data, ...data } })

describe('decodeEvent', () => {
  it('reads an event, its times as numbers', () => {
    const { version: _, occurredAt: __, ...same } = sale
    expect(decodeEvent(bytesOf(JSON.stringify(sale)), 7)).toEqual({
      ok: true,
      value: { ...same, at: Date.parse(sale.occurredAt), receivedAt: Date.parse(sale.receivedAt), shard: 7 },
    })
  })

  it('leaves out what the schema does not know', () => {
    expect(decode({ ...withData({ colour: 'red' }), traceId: 'x' })).toEqual(decode(sale))
  })

  it.each([
    ['nothing', ''],
    ['half a document', '{"id": "e1", '],
    ['two documents', '{} {}'],
    ['no number of JSON', '{"id": NaN}'],
  ])('refuses %s', (_, text) => {
    expect(decodeEvent(bytesOf(text), 0)).toEqual({
      ok: false,
      problems: [{ field: '', message: 'is not JSON in UTF-8' }],
    })
  })

  it('refuses what is not UTF-8', () => {
    const bytes = bytesOf(JSON.stringify(sale))
    bytes[bytes.indexOf('s'.charCodeAt(0))] = 0xff
    expect(decodeEvent(bytes, 0)).toEqual({ ok: false, problems: [{ field: '', message: 'is not JSON in UTF-8' }] })
  })

  it.each([[null], [1], ['text'], [true]])('refuses %j, which is no object', (raw) => {
    expect(problemsIn(raw)).toEqual([{ field: '', message: 'is not a JSON object' }])
  })

  it.each([
    [[]],
    [{}],
    [{ ...sale, type: 'sale.imagined' }],
    [{ ...sale, type: 7 }],
    [{ ...sale, type: 'constructor' }],
  ])('refuses an unknown type: %j', (raw) => {
    expect(fieldsIn(raw)).toEqual(['type'])
  })

  it.each([[0], [-1], [2], [1.5], ['1'], [null], [undefined]])('refuses version %j', (version) => {
    expect(fieldsIn({ ...sale, version })).toEqual(['version'])
  })

  it('names every field that is wrong', () => {
    const { id: _, ...withoutId } = sale
    const data = { productId: '', quantity: 0, unitPriceMinor: -1, currency: 'XXX', customer: '' }
    expect(fieldsIn({ ...withoutId, businessDate: 'today', data }).sort()).toEqual([
      'businessDate',
      'data.currency',
      'data.customer',
      'data.orderId',
      'data.productId',
      'data.quantity',
      'data.unitPriceMinor',
      'id',
    ])
  })

  it.each(['id', 'merchantId', 'storeId', 'source'])('refuses a control character in %s', (field) => {
    for (const sign of ['\u0000', '\u0001', '\n', '\u001f', '\u007f']) {
      expect(fieldsIn({ ...sale, [field]: `a${sign}b` })).toEqual([field])
    }
    expect(fieldsIn({ ...sale, [field]: 'a b~é漢' })).toEqual([])
  })

  it.each(['orderId', 'productId'])('refuses a control character in data.%s', (field) => {
    expect(fieldsIn(withData({ [field]: 'a\u0001b' }))).toEqual([`data.${field}`])
  })

  it.each([
    ['id', 200],
    ['storeId', 200],
  ])('takes %s of up to %i characters', (field, length) => {
    expect(fieldsIn({ ...sale, [field]: 'x'.repeat(length) })).toEqual([])
    expect(fieldsIn({ ...sale, [field]: 'x'.repeat(length + 1) })).toEqual([field])
  })

  it.each([
    ['quantity', 1, true],
    ['quantity', 0, false],
    ['quantity', 1.5, false],
    ['quantity', 1e9, true],
    ['quantity', 1e9 + 1, false],
    ['unitPriceMinor', 0, true],
    ['unitPriceMinor', -1, false],
    ['unitPriceMinor', 10_000_000_000_000, true],
    ['unitPriceMinor', 10_000_000_000_001, false],
    ['unitPriceMinor', 9.99, false],
    ['unitPriceMinor', '999', false],
  ])('%s %d: %j', (field, value, isGood) => {
    expect(fieldsIn(withData({ [field]: value }))).toEqual(isGood ? [] : [`data.${field}`])
  })

  it('refuses a number that is beyond every double', () => {
    const text = JSON.stringify(sale).replace('"quantity":2', '"quantity":1e400')
    expect(decodeEvent(bytesOf(text), 0)).toMatchObject({ ok: false, problems: [{ field: 'data.quantity' }] })
  })

  it.each([
    ['occurredAt', '2026-03-02'],
    ['occurredAt', '2026-03-02 09:59:59Z'],
    ['occurredAt', '2026-03-02T09:59:59'],
    ['occurredAt', '1969-12-31T23:59:59Z'],
    ['occurredAt', 1772445599625],
    ['receivedAt', 'soon'],
    ['version', undefined],
    ['version', 1.5],
    ['version', { toString: false }],
  ])('refuses %s %j', (field, value) => {
    expect(fieldsIn({ ...sale, [field]: value })).toEqual([field])
  })
})

describe('decodeEvent of anything', () => {
  it('answers, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => decodeEvent(bytes, 0).ok === false))
  })

  it('answers, whatever the JSON in whichever field', () => {
    const field = fc.constantFrom(...Object.keys(sale), '__proto__', 'toString')
    const type = fc.constantFrom(...EVENT_TYPES.keys())
    fc.assert(
      fc.property(type, field, fc.jsonValue(), (ofType, name, value) => {
        const text = JSON.stringify({ ...sale, type: ofType }).replace(
          /}$/,
          `,${JSON.stringify(name)}:${JSON.stringify(value)}}`,
        )
        const decoded = decodeEvent(bytesOf(text), 0)
        expect(decoded.ok || decoded.problems.length > 0).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('an event ahead of our clock', () => {
  const receivedAt = Date.parse(sale.receivedAt)
  const ahead = (ms: number) => ({ ...sale, occurredAt: new Date(receivedAt + ms).toISOString() })

  it.each([
    [0, true],
    [MAX_AHEAD_MS - 1, true],
    [MAX_AHEAD_MS, true],
    [MAX_AHEAD_MS + 1, false],
    [3_600_000, false],
  ])('by %i ms: %j', (ms, isGood) => {
    expect(fieldsIn(ahead(ms))).toEqual(isGood ? [] : ['occurredAt'])
  })

  it.each([
    [MAX_AHEAD_MS + 1, 'is 6 minutes ahead of our clock; 5 are allowed'],
    [3_600_000, 'is 60 minutes ahead of our clock; 5 are allowed'],
  ])('by %i ms is told so', (ms, message) => {
    expect(problemsIn(ahead(ms))).toEqual([{ field: 'occurredAt', message }])
  })

  it('is an event like any other when it is tried again later', () => {
    const later = receivedAt + 3_600_000
    expect(decode(ahead(3_600_000 + MAX_AHEAD_MS), later)).toMatchObject({ ok: true, value: { receivedAt: later } })
    expect(decode(ahead(3_600_001 + MAX_AHEAD_MS), later)).toMatchObject({ ok: false })
  })
})

describe('upcast', () => {
  const renamed = event(
    'thing.done',
    3,
    'For this test.',
    { price: z.number(), currency: z.string() },
    {
      upcast: {
        1: (data) => ({ price: (data as { cost: number }).cost }),
        2: (data) => ({ ...data, currency: 'INR' }),
      },
    },
  )

  it.each([
    [1, { cost: 7 }, { price: 7, currency: 'INR' }],
    [2, { price: 7 }, { price: 7, currency: 'INR' }],
    [3, { price: 7, currency: 'USD' }, { price: 7, currency: 'USD' }],
  ])('brings version %i up to the present one', (version, data, present) => {
    expect(upcast({ version, data }, renamed)).toEqual({
      ok: true,
      value: { version: 3, data: present },
    })
  })

  it.each([[0], [1.5], [2.5], [4], [Number.NaN]])('knows no version %d', (version) => {
    expect(upcast({ version, data: {} }, renamed)).toMatchObject({ ok: false, problems: [{ field: 'version' }] })
  })

  it.each([[undefined], [null], ['text'], [7]])('refuses data %j of an older version', (data) => {
    expect(upcast({ version: 1, data }, renamed)).toEqual({
      ok: false,
      problems: [{ field: 'data', message: 'is not a JSON object' }],
    })
  })
})
