import { describe, expect, it, test } from 'vitest'
import { ONLINE_RETAIL_COLUMNS } from '#core/sources/online-retail.ts'
import { guessKind, guessSales, guessTable } from './guess-import.ts'

test.each([
  ['online-retail', [...ONLINE_RETAIL_COLUMNS]],
  [
    'online-retail',
    ['InvoiceNo', 'StockCode', 'Description', 'Quantity', 'InvoiceDate', 'UnitPrice', 'CustomerID', 'Country'],
  ],
  ['products', ['product_id', 'title']],
  ['products', ['SKU', 'Name', 'Price']],
  ['stores', ['store_id', 'name', 'city']],
  ['stores', ['Branch', 'Store name']],
  ['rates', ['currency', 'per', 'date', 'rate']],
  ['sales', ['Receipt', 'Shop', 'Date', 'Time', 'Article', 'Pieces', 'Paid', 'VAT']],
  ['sales', ['order_id', 'sku', 'qty', 'price', 'created_at']],
  [undefined, ['a', 'b']],
  [undefined, []],
])('%s: %j', (kind, columns) => expect(guessKind(columns)).toBe(kind))

describe('columns', () => {
  it('are taken once, our own names first', () => {
    expect(guessTable('products', ['name', 'Title', 'product_id', 'id'])).toEqual({
      product_id: 'product_id',
      title: 'Title',
    })
  })

  it('of names that are in every object are none of ours', () => {
    expect(guessTable('stores', ['constructor', '__proto__', 'toString'])).toEqual({})
  })
})

describe('sales', () => {
  const known = { currency: 'GBP', timeZone: 'Europe/London' }
  const rowOf = (at: string, pieces = '1') => ({
    Receipt: '1',
    Article: 'P',
    Pieces: pieces,
    Paid: '5',
    When: at,
    Date: at,
  })
  const columns = ['Receipt', 'Shop', 'Article', 'Pieces', 'Paid', 'Date']

  it('say the merchant’s currency and zone where the file has none', () => {
    expect(guessSales(columns, [rowOf('02/03/2026')], known)).toEqual({
      orderId: 'Receipt',
      productId: 'Article',
      quantity: 'Pieces',
      amount: 'Paid',
      storeId: 'Shop',
      currency: { value: 'GBP' },
      occurredAt: { columns: ['Date'], format: 'dd/MM/yyyy', timeZone: 'Europe/London' },
    })
  })

  it.each([
    ['2026-03-02T09:15:00Z', undefined],
    ['2026-03-02 09:15', undefined],
    ['02/03/2026 09:15', 'dd/MM/yyyy HH:mm'],
    ['3/27/2026 9:15', 'M/d/yyyy H:mm'],
    ['02-Mar-2026 9:15 PM', 'dd-MMM-yyyy h:mm a'],
    ['yesterday', undefined],
  ])('%s is written as %s', (at, format) => {
    const { occurredAt } = guessSales(columns, [rowOf(at)], known)
    expect((occurredAt as { format?: string }).format).toBe(format)
  })

  it('take every row to tell the day from the month', () => {
    const { occurredAt } = guessSales(columns, [rowOf('02/03/2026'), rowOf('02/27/2026')], known)
    expect((occurredAt as { format?: string }).format).toBe('MM/dd/yyyy')
  })

  it('of fewer than none are refunds', () => {
    expect(guessSales(columns, [rowOf('2026-03-02'), rowOf('2026-03-02', '-1')], known).refunds).toEqual({
      when: { quantity: 'negative' },
    })
  })
})
