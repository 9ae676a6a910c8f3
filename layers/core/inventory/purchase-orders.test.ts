import { expect, test } from 'vitest'
import { fold, type Happening } from '#test/fakes/engine-in-test.ts'
import { inboundOf, type PurchaseOrders } from './purchase-orders.ts'

const on = (day: string) => `2026-03-${day}T10:00:00Z`
const placed = (day: string, purchaseOrderId: string, quantity = 10): Happening => ({
  type: 'purchase-order.placed',
  at: on(day),
  data: { purchaseOrderId, supplierId: 'a', productId: 'P', quantity },
})
const came = (day: string, purchaseOrderId: string, quantity: number): Happening => ({
  type: 'purchase-order.received',
  at: on(day),
  data: { purchaseOrderId, supplierId: 'a', productId: 'P', quantity },
})
const byHand = (day: string, quantity: number, data: object = { reason: 'delivery: two boxes' }): Happening => ({
  type: 'stock.received',
  at: on(day),
  data: { productId: 'P', quantity, ...data },
})
const ordersOf = async (...happenings: Happening[]): Promise<PurchaseOrders> =>
  (await fold(happenings)).onlyRow('purchase-orders')

test.each<[string, Happening[], number, (string | undefined)[]]>([
  ['nothing has come', [placed('01', '1')], 10, [undefined]],
  ['all of it', [placed('01', '1'), came('07', '1', 10)], 0, ['2026-03-07']],
  ['a part, lately', [placed('01', '1'), came('12', '1', 4)], 6, ['2026-03-12']],
  ['a part, long ago: the rest is not to come', [placed('01', '1'), came('06', '1', 4)], 0, ['2026-03-06']],
  ['two parts', [placed('01', '1'), came('12', '1', 4), came('13', '1', 5)], 1, ['2026-03-12']],
  ['more than was ordered', [placed('01', '1'), came('06', '1', 12)], 0, ['2026-03-06']],
  ['what nobody ordered', [placed('01', '1'), came('06', '2', 10)], 10, [undefined]],
  ['ordered again under the same number', [placed('01', '1'), placed('02', '1', 7)], 7, [undefined]],
  [
    'by hand: the oldest first',
    [placed('10', '1'), placed('11', '2'), byHand('15', 13)],
    7,
    ['2026-03-15', '2026-03-15'],
  ],
  ['goods that are no delivery', [placed('10', '1'), byHand('15', 13, { reason: 'found' })], 10, [undefined]],
  ['of a program, which names its order elsewhere', [placed('10', '1'), byHand('15', 13, {})], 10, [undefined]],
])('%s', async (_, happenings, inbound, firstCameOn) => {
  const row = await ordersOf(...happenings)
  expect(inboundOf(row.orders, '2026-03-20')).toBe(inbound)
  expect(row.orders.map((order) => order.firstCameOn)).toEqual(firstCameOn)
})

test('an order of which nothing has come for 90 days is given up', async () => {
  const row = await ordersOf(placed('01', '1'))
  expect(['2026-05-29', '2026-05-30'].map((day) => inboundOf(row.orders, day))).toEqual([10, 0])
})

test('sixteen orders are remembered: one that has come goes before one that has not', async () => {
  const many = Array.from({ length: 16 }, (_, n) => placed('10', String(n)))
  const row = await ordersOf(...many, came('11', '3', 10), placed('12', 'new'), placed('13', 'newer'))
  const ids = row.orders.map(({ id }) => id)
  expect(ids).toHaveLength(16)
  expect([ids.includes('3'), ids.includes('0'), ids.includes('1'), ids.at(-1)]).toEqual([false, false, true, 'newer'])
})
