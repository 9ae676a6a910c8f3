/** A marketplace that says no prices, and its report that does: through the commands that a merchant has. */
import { expect, onTestFinished, test } from 'vitest'
import { AMAZON_ORDERS_COLUMNS } from '#core/sources/amazon-orders-report.ts'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { bring, DONE, fileOf } from './run-import.ts'
import { RunningEngine } from './running-engine.ts'

const row = (id: string, sku: string, price: string, quantity = '2') =>
  [
    id,
    '2026-03-02T09:29:50+00:00',
    '2026-03-02T12:00:00+00:00',
    'Shipped',
    'Amazon.in',
    sku,
    quantity,
    'INR',
    price,
    '',
    '',
  ].join('\t')
const notification = {
  NotificationType: 'ORDER_CHANGE',
  EventTime: '2026-03-02T13:00:00Z',
  NotificationMetadata: { NotificationId: 'n-1' },
  Payload: {
    OrderChangeNotification: {
      NotificationLevel: 'OrderLevel',
      SellerId: 'A1',
      AmazonOrderId: '402-1',
      OrderChangeType: 'OrderStatusChange',
      OrderChangeTrigger: { TimeOfOrderChange: '2026-03-02T13:00:00Z', ChangeReason: 'Shipped' },
      Summary: {
        MarketplaceId: 'A21TJRUUN4KGV',
        OrderStatus: 'Shipped',
        PurchaseDate: '2026-03-02T09:29:50Z',
        OrderItems: [{ OrderItemId: '1', SellerSKU: 'KURTA-M', Quantity: 2 }],
      },
    },
  },
}
const SPAN = 'from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z'

test('prices what notifications left open, brings what none told of, and changes nothing the second time', async () => {
  const data = temporaryFolder()
  const engine = await RunningEngine.start(data)
  onTestFinished(() => engine.kill())
  const listed = {
    type: 'product.listed',
    storeId: '-',
    data: { productId: 'KURTA-M', title: 'Kurta', basePriceMinor: 100, currency: 'INR' },
  }
  expect((await engine.post('/collect', { events: [listed] })).status).toBe(202)
  await engine.settled()
  expect((await engine.order(notification)).status).toBe(202)
  const net = async () => {
    await engine.settled()
    return (await engine.get(`/metrics?${SPAN}`)).body.money.INR.netRevenue.value
  }
  expect(await net()).toBe(200)
  // The rows of an order do not lie together; the report is older than the notification.
  const report = fileOf(
    [
      AMAZON_ORDERS_COLUMNS.join('\t'),
      row('402-2', 'SOAP', '30.00', '3'),
      row('402-1', 'KURTA-M', '1998.00'),
      row('402-2', 'DIYA "x"', '10.00', '1'),
    ],
    'report.txt',
  )
  const first = await bring(data, 'amazon-orders', report)
  expect(first).toMatchObject({ code: 0, summary: { ...DONE, lines: 2, accepted: 2, repeats: 0 } })
  expect(await net()).toBe(199_800 + 3_000 + 1_000)
  expect(await bring(data, 'amazon-orders', report)).toMatchObject({
    code: 0,
    summary: { ...DONE, accepted: 0, repeats: 2 },
  })
  expect(await net()).toBe(203_800)
  const { items } = (await engine.get('/transactions')).body
  expect(items.every(({ estimated }: { estimated: boolean }) => !estimated)).toBe(true)
  const wrong = fileOf([AMAZON_ORDERS_COLUMNS.join('\t'), row('402-3', 'SOAP', 'much')], 'report.txt')
  const refused = await bring(data, 'amazon-orders', wrong)
  expect(refused).toMatchObject({
    code: 1,
    summary: { refused: 1, refusals: [{ line: 2, problems: [{ field: '0.item-price' }] }] },
  })
})
