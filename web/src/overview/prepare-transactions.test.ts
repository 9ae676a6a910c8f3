import { describe, expect, test } from 'vitest'
import type { TransactionItem } from '#core/api/transactions.ts'
import { NOW, transactionSample } from '../samples/answers.ts'
import { prepareTransactions, unseenOf } from './prepare-transactions.ts'

const prepare = (...items: Partial<TransactionItem>[]) =>
  prepareTransactions(items.map(transactionSample), Date.parse(NOW), 'Asia/Kolkata', 'en')
const row = (changes: Partial<TransactionItem>) => prepare(changes).rows[0]

describe('a row', () => {
  test.each([
    ['sale', 1000, 0, 'Sale', 'in', '+10.00'],
    ['sale', 1000, 150, 'Sale', 'in', '+8.50'],
    ['sale', 0, 0, 'Sale', 'in', '0.00'],
    ['refund', 1000, 0, 'Refund', 'out', '−10.00'],
    ['refund', 0, 0, 'Refund', 'out', '0.00'],
    ['cancellation', 1000, 0, 'Cancelled', 'out', '−10.00'],
    ['correction', 500, 200, 'Corrected', 'in', '+3.00'],
    ['correction', -500, -200, 'Corrected', 'out', '−3.00'],
    ['charge', 500, 0, 'Charge', 'in', '+5.00'],
    ['charge', -500, 0, 'Charge', 'out', '−5.00'],
  ] as const)('%s of %d less %d', (kind, amountMinor, discountMinor, word, way, amount) => {
    expect(row({ kind, amountMinor, discountMinor })).toMatchObject({ kind: word, way, amount })
  })

  test('says how the amount came about', () => {
    expect(row({ amountMinor: 1000, discountMinor: 150 })?.amountTold).toBe('+8.50 INR, after −1.50 discount')
    expect(row({ kind: 'refund', amountMinor: 1000, reason: 'not_as_described' })?.amountTold).toBe(
      '−10.00 INR, reason: not as described',
    )
  })

  test('has the merchant’s time, and its day when that is another', () => {
    expect(row({})?.time).toBe('19:35:00')
    expect(row({ occurredAt: '2026-03-02T14:05:00Z' })?.time).toBe('Mon 19:35:00')
  })

  test.each([
    [{ title: 'Desk lamp', productId: 'B0' }, 'Desk lamp', 'B0'],
    [{ title: null, productId: 'B0' }, 'B0', null],
    [{ title: null, productId: null, channel: 'POSTAGE' }, 'POSTAGE', null],
    [{ title: null, productId: null, channel: null }, 'No goods', null],
  ])('names the product: %o', (changes, product, productId) => {
    expect(row(changes)).toMatchObject({ product, productId })
  })

  test.each([
    ['amazon', 'Amazon'],
    ['pos', 'Point of sale'],
    ['simulator', 'Simulated'],
    ['import:online-retail', 'Import online-retail'],
  ])('names the source %s %s', (source, name) => {
    expect(row({ source })?.source).toBe(name)
  })

  test('a charge has no quantity, and a store without a name its id', () => {
    expect(row({ kind: 'charge', quantity: 0 })?.quantity).toBeNull()
    expect(row({ storeName: null })?.store).toBe('amazon-IN')
  })
})

test('one currency is said once, several on each row and each with its sum', () => {
  expect(prepare({ id: 'a' }, { id: 'b', kind: 'refund', amountMinor: 99_00 })).toMatchObject({
    currency: 'INR',
    count: '2 rows',
    sums: ['+1,899.00 INR'],
  })
  expect(prepare({ id: 'a' }, { id: 'b', currency: 'JPY', amountMinor: 7 })).toMatchObject({
    currency: null,
    sums: ['+1,998.00 INR', '+7 JPY'],
  })
})

test('a sum that cannot be exact is not shown', () => {
  const most = Number.MAX_SAFE_INTEGER
  expect(prepare({ id: 'a', amountMinor: most }, { id: 'b', amountMinor: most }).sums).toEqual([
    'too much INR to add up exactly',
  ])
})

describe('unseenOf', () => {
  const of = (...ids: string[]) => ids.map((id) => transactionSample({ id }))
  test.each([
    [of('a', 'b'), of('a', 'b'), null],
    [of('a', 'b'), of('c', 'a'), '1 new'],
    [of('a'), of('b', 'c'), '2+ new'],
    [of(), of(), null],
  ])('%#', (held, items, text) => {
    expect(unseenOf(held, items)).toBe(text)
  })
})
