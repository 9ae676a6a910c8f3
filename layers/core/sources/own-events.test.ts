import { describe, expect, it } from 'vitest'
import { EVENT_TYPES, TRADE_EVENTS } from '#core/events/catalogue.ts'
import { MAX_AMOUNT_MINOR } from '#core/events/money.ts'
import { ownEvents } from './own-events.ts'

const translate = (document: unknown) => ownEvents.translate(document, { currency: 'INR' })
const fields = (document: unknown) => {
  const outcome = translate(document)
  return outcome.ok ? [] : outcome.problems.map(({ field }) => field)
}
const sale = {
  type: 'sale.recorded',
  storeId: 's',
  data: { orderId: 'O', productId: 'P', quantity: 1, unitPriceMinor: 1, currency: 'INR' },
}
const view = { type: 'product.viewed', storeId: 'web', data: { productId: 'P' } }

describe('our own events at the door', () => {
  it('are taken as they are declared', () => {
    const document = {
      ...view,
      id: 'e',
      occurredAt: '2026-03-02T10:00:00Z',
      trace: 1,
      data: { productId: 'P', colour: 'red' },
    }
    expect(translate(document)).toEqual({
      ok: true,
      value: {
        providerId: expect.any(String),
        drafts: [
          { type: 'product.viewed', storeId: 'web', occurredAt: '2026-03-02T10:00:00Z', data: { productId: 'P' } },
        ],
      },
    })
  })

  it('are each new without an id', () => {
    expect(translate(view)).toMatchObject({ ok: true, value: { providerId: undefined } })
  })

  it.each([
    [{ discountMinor: 2 }, []],
    [{ discountMinor: 3 }, ['data.discountMinor']],
    [{ discountMinor: 4, quantity: 4 }, []],
    [{ productId: 'S\ud800' }, ['data.productId']],
    [{ orderId: '\udc00' }, ['data.orderId']],
    [{ customer: 'a\ud801' }, ['data.customer']],
    [{ productId: '\ud83d\udca1' }, []],
    [{ discountMinor: 3, productId: '' }, ['data.productId', 'data.discountMinor']],
    [{ discountMinor: 3, quantity: 0 }, ['data.quantity']],
    [{ discountMinor: 3, unitPriceMinor: -1 }, ['data.unitPriceMinor']],
  ])('a sale with %j is wrong in %j', (more, wrong) => {
    expect(fields({ ...sale, data: { ...sale.data, quantity: 2, ...more } })).toEqual(wrong)
  })

  it.each(TRADE_EVENTS)('$type may be sent', ({ type }) => {
    expect(fields({ type })).not.toContain('type')
  })

  it.each([...EVENT_TYPES.values()].filter((type) => !TRADE_EVENTS.includes(type)))(
    '$type is made by our own doors alone',
    ({ type }) => {
      expect(fields({ type, storeId: 's', data: {} })).toEqual(['type'])
    },
  )

  it.each([
    [null, ['']],
    ['text', ['']],
    [[], ['type']],
    [{}, ['type']],
    [{ type: 'toString' }, ['type']],
    [{ type: ['product.viewed'] }, ['type']],
    [{ type: 'product.viewed' }, ['storeId', 'data']],
    [{ ...view, data: {} }, ['data.productId']],
    [{ ...view, occurredAt: 'now', id: '' }, ['occurredAt', 'id']],
    [{ ...view, storeId: 'a\u0001b' }, ['storeId']],
    [{ ...sale, data: { ...sale.data, quantity: 1e9, unitPriceMinor: 10_001 } }, ['data.quantity']],
    [{ ...sale, data: { ...sale.data, unitPriceMinor: MAX_AMOUNT_MINOR + 1 } }, ['data.unitPriceMinor']],
    [
      { type: 'charge.recorded', storeId: 's', data: { ...sale.data, code: 'C', amountMinor: -MAX_AMOUNT_MINOR - 1 } },
      ['data.amountMinor'],
    ],
    ...['Mars/Base', 'asia/kolkata', '+05:30', ''].map((timeZone): [object, string[]] => [
      { type: 'store.listed', storeId: 's', data: { name: 'S', timeZone } },
      ['data.timeZone'],
    ]),
    [
      { type: 'sale.recorded', storeId: 's', data: { productId: 'P', quantity: 0, unitPriceMinor: 9.5 } },
      ['data.orderId', 'data.quantity', 'data.unitPriceMinor', 'data.currency'],
    ],
  ])('%j is refused for every wrong field', (document, expected) => {
    expect([...new Set(fields(document))].sort()).toEqual(expected.sort())
  })
})
