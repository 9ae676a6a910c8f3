import { describe, expect, it } from 'vitest'
import type { OrderChanged } from '#core/events/order-changed.ts'
import { amazon } from './amazon.ts'
import { AMAZON_ORDERS_COLUMNS, amazonOrdersReport, ordersInReport } from './amazon-orders-report.ts'

const ROW = {
  'amazon-order-id': '402-1',
  'purchase-date': '2026-03-02T09:29:50+00:00',
  'last-updated-date': '2026-03-02T12:00:00+00:00',
  'order-status': 'Shipped',
  'sales-channel': 'Amazon.in',
  sku: 'KURTA-M',
  quantity: '2',
  currency: 'INR',
  'item-price': '1998.00',
  'item-tax': '95.14',
  'item-promotion-discount': '',
  'ship-city': 'Jaipur',
}
const translate = (rows: unknown, defaults: { currency: string; storeId?: string } = { currency: 'EUR' }) =>
  amazonOrdersReport.translate(rows, defaults)
const good = (...request: Parameters<typeof translate>) => {
  const outcome = translate(...request)
  if (!outcome.ok) expect.fail(JSON.stringify(outcome.problems))
  return outcome.value
}
const problems = (rows: unknown) => {
  const outcome = translate(rows)
  return outcome.ok ? [] : outcome.problems
}
const orderOf = (...rows: object[]) => good(rows).drafts[0]!.data as OrderChanged

describe('the report of all orders', () => {
  it('states an order with its prices', () => {
    expect(good([ROW])).toEqual({
      providerId: ['report', '402-1', '2026-03-02T12:00:00+00:00', 'Shipped', '199800'].join('\u001f'),
      drafts: [
        {
          type: 'order.changed',
          storeId: 'amazon-in',
          occurredAt: '2026-03-02T09:29:50+00:00',
          data: {
            orderId: '402-1',
            changedAt: '2026-03-02T12:00:00+00:00',
            isCancelled: false,
            lines: [{ lineId: 'KURTA-M', productId: 'KURTA-M', quantity: 2, unitPriceMinor: 99900, taxMinor: 9514 }],
            currency: 'INR',
            channel: 'Amazon.in',
          },
        },
      ],
    })
  })

  it('meets the notification of the order: the same store, order and lines', () => {
    const notification = {
      NotificationType: 'ORDER_CHANGE',
      EventTime: '2026-03-02T11:00:00Z',
      Payload: {
        OrderChangeNotification: {
          NotificationLevel: 'OrderLevel',
          AmazonOrderId: '402-1',
          Summary: {
            MarketplaceId: 'A21TJRUUN4KGV',
            OrderStatus: 'Unshipped',
            OrderItems: [1, 1].map((Quantity) => ({ SellerSKU: 'KURTA-M', Quantity })),
          },
        },
      },
    }
    const notified = amazon.translate(notification, { currency: 'INR' })
    if (!notified.ok) expect.fail(JSON.stringify(notified.problems))
    const [first] = notified.value.drafts
    const [second] = good([ROW]).drafts
    const { unitPriceMinor: _price, taxMinor: _tax, ...line } = (second!.data as OrderChanged).lines[0]!
    expect([first!.storeId, (first!.data as OrderChanged).lines]).toEqual([second!.storeId, [line]])
  })

  it.each<[string, object[], object[]]>([
    [
      'two items of one SKU',
      [{}, { quantity: '1', 'item-price': '999.00', 'item-tax': '' }],
      [{ quantity: 3, unitPriceMinor: 99900, taxMinor: 9514 }],
    ],
    [
      'an odd price',
      [{ quantity: '3', 'item-price': '10.00', 'item-tax': '' }],
      [{ quantity: 3, unitPriceMinor: 334, discountMinor: 2 }],
    ],
    [
      'a promotion',
      [{ 'item-promotion-discount': '100.00' }],
      [{ quantity: 2, unitPriceMinor: 99900, discountMinor: 10000, taxMinor: 9514 }],
    ],
    [
      'a promotion below zero',
      [{ 'item-promotion-discount': '-100.00' }],
      [{ quantity: 2, unitPriceMinor: 99900, discountMinor: 10000, taxMinor: 9514 }],
    ],
    ['no price', [{ 'item-price': '' }], [{ quantity: 2 }]],
    ['a price for one of two items', [{}, { 'item-price': '' }], [{ quantity: 4 }]],
    ['no units', [{ quantity: '0' }], []],
    ['no quantity', [{ quantity: '' }], []],
    ['nobody having paid', [{ 'order-status': 'Pending' }], []],
  ])('%s', (_, rows, lines) => {
    const order = orderOf(...rows.map((row) => ({ ...ROW, ...row })))
    expect(order.lines).toEqual(lines.map((line) => ({ lineId: 'KURTA-M', productId: 'KURTA-M', ...line })))
    expect(order.isCancelled).toBe(false)
  })

  it('of a cancelled order says when it was changed, not when it was bought', () => {
    const row = { ...ROW, 'order-status': 'Cancelled', quantity: '0', currency: '', 'item-price': '', 'item-tax': '' }
    const [draft] = good([row]).drafts
    expect(draft).toMatchObject({
      occurredAt: ROW['last-updated-date'],
      data: { isCancelled: true, lines: [], currency: 'INR' },
    })
  })

  it.each([
    ['Amazon.co.jp', 'JPY', 'amazon-jp'],
    ['amazon.com', 'USD', 'amazon-us'],
    ['Amazon.co.uk', 'GBP', 'amazon-uk'],
    ['Amazon.com.be', 'EUR', 'amazon-be'],
  ])('of %s is in %s, in store %s', (site, currency, storeId) => {
    const [draft] = good([{ ...ROW, 'sales-channel': site, currency: '', 'item-price': '1998', 'item-tax': '' }]).drafts
    expect([draft!.storeId, (draft!.data as OrderChanged).currency]).toEqual([storeId, currency])
  })

  it('is booked in the connection’s store, where it has one', () => {
    expect(good([ROW], { currency: 'INR', storeId: 'jaipur' }).drafts[0]!.storeId).toBe('jaipur')
  })

  it.each(['Non-Amazon', 'Non-Amazon IN'])('of %s books nothing', (site) => {
    expect(good([{ ...ROW, 'sales-channel': site }]).drafts).toEqual([])
  })

  it('is another document when it has a price at last', () => {
    expect(good([ROW]).providerId).toBe(good([ROW]).providerId)
    expect(good([{ ...ROW, 'item-price': '' }]).providerId).not.toBe(good([ROW]).providerId)
  })

  it('names every wrong field', () => {
    const spoilt = {
      ...ROW,
      'purchase-date': '2026-03-02',
      'sales-channel': 'Amazon.xx',
      quantity: '1.5',
      'item-price': '1,998.00',
    }
    expect(problems([ROW, spoilt]).map(({ field }) => field)).toEqual([
      '1.purchase-date',
      '1.sales-channel',
      '1.quantity',
      '1.item-price',
    ])
    expect(problems([{ ...ROW, currency: 'RS' }])).toEqual([
      { field: '0.currency', message: 'is not a currency of ISO 4217' },
    ])
    expect(problems([ROW, { ...ROW, 'amazon-order-id': '402-2' }])).toEqual([
      { field: '1.amazon-order-id', message: 'is of another order than the row before' },
    ])
    expect(problems([])).toEqual([{ field: '', message: 'has no rows' }])
    expect(problems([{ ...ROW, 'item-promotion-discount': '2000.00' }])).toEqual([
      { field: 'item-promotion-discount', message: 'is more than the line costs' },
    ])
    for (const column of AMAZON_ORDERS_COLUMNS.slice(0, 6)) {
      const { [column]: _, ...without } = ROW
      expect(problems([without]).map(({ field }) => field)).toEqual([`0.${column}`])
    }
  })

  it('is taken order by order, wherever its rows lie', () => {
    const row = (id: string, sku: string) => ({ 'amazon-order-id': id, sku })
    const [a, b, c] = [row('1', 'A'), row('2', 'B'), row('1', 'C')]
    expect(ordersInReport([a!, b!, c!])).toEqual([[a, c], [b]])
    expect(ordersInReport([])).toEqual([])
  })
})
