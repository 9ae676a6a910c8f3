import { expect, it } from 'vitest'
import { CURRENCIES } from '#core/events/money.ts'
import type { OrderChanged } from '#core/events/order-changed.ts'
import { amazon } from './amazon.ts'
import { MARKETPLACE_OF_ID, MARKETPLACE_OF_SITE } from './amazon-marketplaces.ts'

const notification = (summary: object, more: object = {}) => ({
  NotificationType: 'ORDER_CHANGE',
  EventTime: '2026-03-02T09:30:07Z',
  Payload: {
    OrderChangeNotification: {
      NotificationLevel: 'OrderLevel',
      AmazonOrderId: '402-1',
      Summary: {
        MarketplaceId: 'A21TJRUUN4KGV',
        OrderStatus: 'Unshipped',
        OrderItems: [{ SellerSKU: 'S', Quantity: 1 }],
        ...summary,
      },
      ...more,
    },
  },
})
const orderOf = (document: object) => {
  const outcome = amazon.translate(document, { currency: 'EUR' })
  if (!outcome.ok) expect.fail(JSON.stringify(outcome.problems))
  return outcome.value.drafts[0]!.data as OrderChanged
}

it('knows the currency and the site of each marketplace', () => {
  expect(MARKETPLACE_OF_ID.size).toBe(23)
  expect(MARKETPLACE_OF_SITE.size).toBe(23)
  for (const [id, { currency, storeId }] of MARKETPLACE_OF_ID) {
    expect([id, CURRENCIES.has(currency)]).toEqual([id, true])
    expect(storeId).toMatch(/^amazon-[a-z]{2}$/)
    const order = orderOf(notification({ MarketplaceId: id }))
    expect(order).toMatchObject({ currency, channel: expect.stringContaining('Amazon.') })
  }
})

it.each([
  ['Pending', false, 0],
  ['PendingAvailability', false, 0],
  ['Unshipped', false, 1],
  ['PartiallyShipped', false, 1],
  ['Shipped', false, 1],
  ['InvoiceUnconfirmed', false, 1],
  ['OfAnotherYear', false, 1],
  ['Canceled', true, 1],
  ['Unfulfillable', true, 1],
])('%s: called off %j, lines %i', (OrderStatus, isCancelled, lines) => {
  const order = orderOf(notification({ OrderStatus }))
  expect([order.isCancelled, order.lines.length]).toEqual([isCancelled, lines])
})

it.each([
  [undefined, '2026-03-02T09:30:07Z'],
  [null, '2026-03-02T09:30:07Z'],
  [{ TimeOfOrderChange: null, ChangeReason: '' }, '2026-03-02T09:30:07Z'],
  [{ TimeOfOrderChange: '2026-03-02T09:30:00Z' }, '2026-03-02T09:30:00Z'],
])('by trigger %j was changed at %s', (OrderChangeTrigger, changedAt) => {
  expect(orderOf(notification({}, { OrderChangeTrigger })).changedAt).toBe(changedAt)
})

it.each([
  [200, []],
  [
    201,
    [{ field: 'Payload.OrderChangeNotification.Summary.OrderItems', message: 'has 201 lines: an order may have 200' }],
  ],
])('of %i SKUs', (count, problems) => {
  const OrderItems = Array.from({ length: count }, (_, i) => ({ SellerSKU: `S${i}`, Quantity: 1 }))
  const outcome = amazon.translate(notification({ OrderItems }), { currency: 'EUR' })
  expect(outcome.ok ? [] : outcome.problems).toEqual(problems)
})

it.each([
  ['text that is no JSON', { Message: '{no' }],
  ['a simple form', { Message: JSON.stringify({ eventType: 'VIEW', productId: 'P' }) }],
  [
    'three envelopes',
    { Message: JSON.stringify({ Message: JSON.stringify({ Message: JSON.stringify(notification({})) }) }) },
  ],
])('an envelope with %s is no notification', (_, document) => {
  const outcome = amazon.translate(document, { currency: 'EUR' })
  expect(outcome.ok ? [] : outcome.problems.map(({ field }) => field)).toContain('eventType')
})
