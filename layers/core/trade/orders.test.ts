import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS } from '#core/metrics/business-time.ts'
import { type EngineInTest, fold, type Happening } from '#test/fakes/engine-in-test.ts'

const sale = (at: string, data: object = {}, more: Partial<Happening> = {}): Happening => ({
  type: 'sale.recorded',
  at,
  data: { orderId: 'O', productId: 'P', quantity: 1, unitPriceMinor: 100, currency: 'INR', ...data },
  ...more,
})
const cancellation = (at: string, data: object = {}): Happening => ({
  type: 'sale.cancelled',
  at,
  data: { orderId: 'O', productId: 'P', quantity: 1, ...data },
})
const charge = (at: string, data: object = {}): Happening => ({
  type: 'charge.recorded',
  at,
  data: { orderId: 'O', code: 'POST', amountMinor: 50, currency: 'INR', ...data },
})
const T = (minute: string) => `2026-03-02T10:${minute}:00Z`
/** A measure by minute, of the whole merchant: '10:01' to count. */
async function byMinute(engine: EngineInTest, measure: string): Promise<Record<string, number>> {
  const rows = await engine.rows('minute-by-total')
  const counts: Record<string, number> = {}
  for (const [key, { sums }] of Object.entries(rows)) {
    const minute = new Date(Number(key.split('/')[1])).toISOString().slice(11, 16)
    if (sums[measure] !== undefined) counts[minute] = (counts[minute] ?? 0) + sums[measure]
  }
  return counts
}

describe('an order is counted once', () => {
  it.each<[string, Happening[], Record<string, number>]>([
    ['one line', [sale(T('01'))], { '10:01': 1 }],
    ['lines in order', [sale(T('01')), sale(T('02')), sale(T('03'))], { '10:01': 1 }],
    ['an earlier line comes later', [sale(T('02')), sale(T('01')), sale(T('03'))], { '10:01': 1 }],
    ['each line earlier than the one before', [sale(T('03')), sale(T('02')), sale(T('01'))], { '10:01': 1 }],
    ['lines of one minute', [sale(T('01')), sale(T('01'))], { '10:01': 1 }],
    ['two orders', [sale(T('01')), sale(T('01'), { orderId: 'O2' })], { '10:01': 2 }],
    [
      'orders of two stores with one number',
      [sale(T('01')), sale(T('02'), {}, { storeId: 's2' })],
      { '10:01': 1, '10:02': 1 },
    ],
    ['a charge alone', [charge(T('04'))], { '10:04': 1 }],
    ['a charge before its goods', [charge(T('04')), sale(T('05'))], { '10:04': 1 }],
    ['a charge that comes first and was later', [charge(T('05')), sale(T('04'))], { '10:04': 1 }],
    ['a cancellation is none', [cancellation(T('01'), { unitPriceMinor: 1, currency: 'INR' })], {}],
    ['a reversed charge is none', [charge(T('01'), { reversal: true, amountMinor: -50 })], {}],
  ])('%s', async (_, happenings, expected) => {
    expect(await byMinute(await fold(happenings), 'orders')).toEqual(expected)
  })

  it('whatever the order of its lines, and where', async () => {
    const lines = [
      sale(T('01')),
      sale(T('20')),
      charge(T('07')),
      cancellation(T('30'), { unitPriceMinor: 9, currency: 'INR' }),
    ]
    const reversal = charge(T('25'), { reversal: true, amountMinor: -50 })
    const events = [...lines, reversal].map((event, i) => ({ ...event, id: `e${i}` }))
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(events, { minLength: events.length }), async (mixed) => {
        const engine = await fold(mixed)
        expect(await byMinute(engine, 'orders')).toEqual({ '10:01': 1 })
        expect(await byMinute(engine, 'cancellations')).toEqual({ '10:25': 1 })
        expect(await byMinute(engine, 'documents')).toEqual({ '10:01': 1 })
      }),
      { numRuns: 60 },
    )
  })

  it('as a document: an order and a write-off, a refund is none', async () => {
    const engine = await fold([
      sale(T('01')),
      { type: 'stock.adjusted', at: T('02'), data: { productId: 'P', quantity: -1, documentId: 'A1' } },
      { type: 'stock.adjusted', at: T('03'), data: { productId: 'Q', quantity: -1, documentId: 'A1' } },
      { type: 'stock.adjusted', at: T('04'), data: { productId: 'Q', quantity: -1 } },
      {
        type: 'sale.refunded',
        at: T('05'),
        data: { refundId: 'R', productId: 'P', amountMinor: 1, currency: 'INR', reason: 'other' },
      },
    ])
    expect(await byMinute(engine, 'documents')).toEqual({ '10:01': 1, '10:02': 1 })
  })

  it('and its cells say so by store too, not by product', async () => {
    const engine = await fold([sale(T('01')), sale(T('02'), { productId: 'Q' })])
    const sums = async (table: string) => Object.values(await engine.rows(table)).map(({ sums: { orders } }) => orders)
    expect(await sums('day-by-store')).toEqual([1])
    expect(await sums('day-by-product')).toEqual([undefined, undefined])
  })
})

describe('an order is remembered', () => {
  const booked = async (engine: EngineInTest) =>
    Object.values(await engine.rows('transactions'))
      .filter(({ kind }) => kind !== 'sale')
      .map(({ kind, quantity, amountMinor, currency }) => ({ kind, quantity, amountMinor, currency }))

  it('for the price of what comes back', async () => {
    const engine = await fold([
      sale(T('01'), { quantity: 4, discountMinor: 80 }),
      {
        type: 'sale.refunded',
        at: T('02'),
        data: { refundId: 'R', orderId: 'O', productId: 'P', quantity: 2, reason: 'other' },
      },
      cancellation(T('03'), { quantity: 2 }),
    ])
    expect(await booked(engine)).toEqual([
      { kind: 'cancellation', quantity: 2, amountMinor: 160, currency: 'INR' },
      { kind: 'refund', quantity: 2, amountMinor: 160, currency: 'INR' },
    ])
  })

  it('of one store: another store’s order of that number is another', async () => {
    const engine = await fold([sale(T('01'), {}, { storeId: 's2' }), cancellation(T('02'))])
    expect(await engine.ledger()).toMatchObject({ applied: 1, held: 1 })
  })

  it('with up to 200 products: more must state their amount', async () => {
    const happenings = Array.from({ length: 201 }, (_, i) => sale(T('01'), { productId: `P${i}` }))
    const engine = await fold([...happenings, cancellation(T('02'), { productId: 'P199' })])
    expect(await engine.ledger()).toMatchObject({ applied: 202, held: 0 })
    await engine.take(cancellation(T('02'), { productId: 'P200' }))
    expect(await engine.ledger()).toMatchObject({ applied: 202, held: 1 })
    await engine.take(cancellation(T('02'), { productId: 'P200', unitPriceMinor: 100, currency: 'INR' }))
    expect(await engine.ledger()).toMatchObject({ applied: 203, held: 1 })
  })

  it('for 400 days after its last line, by the time of our door', async () => {
    const sold = Date.parse(T('01'))
    const back = (ms: number): Happening => ({ ...cancellation(T('02')), receivedAt: sold + ms })
    expect(await (await fold([sale(T('01')), back(400 * DAY_MS - 1)])).ledger()).toMatchObject({ applied: 2, held: 0 })
    expect(await (await fold([sale(T('01')), back(400 * DAY_MS)])).ledger()).toMatchObject({ applied: 1, held: 1 })
  })
})
