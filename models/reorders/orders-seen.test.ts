import { expect, it } from 'vitest'
import { ordersSeen } from './orders-seen.ts'

const placed = (purchaseOrderId: string, placedOn: number, quantity = 10) => ({
  purchaseOrderId, supplierId: 'a', storeId: 's', productId: 'p', placedOn, quantity,
}) // biome-ignore format: one shape
const received = (purchaseOrderId: string, receivedOn: number, quantity: number) => ({
  purchaseOrderId,
  receivedOn,
  quantity,
})
const seen = (...deliveries: readonly ReturnType<typeof received>[]) => ordersSeen([placed('1', 100)], deliveries, 120)

it.each([
  ['nothing yet', seen(), [], [10]],
  ['all of it', seen(received('1', 106, 10)), [6], []],
  ['a part, lately', seen(received('1', 108, 4)), [8], [6]],
  ['a part, long ago: the rest is not to come', seen(received('1', 106, 4)), [6], []],
  ['in two parts: the first tells the lead time', seen(received('1', 111, 6), received('1', 107, 4)), [7], []],
  ['more than was ordered', seen(received('1', 106, 12)), [6], []],
  ['a delivery that nobody ordered', seen(received('2', 106, 10)), [], [10]],
])('%s', (_, { leadTimes, inbound }, leadDays, outstanding) => {
  expect(leadTimes.map((one) => one.leadDays)).toEqual(leadDays)
  expect(inbound.map((one) => one.outstanding)).toEqual(outstanding)
})
