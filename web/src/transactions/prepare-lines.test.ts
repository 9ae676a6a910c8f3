import { describe, expect, test } from 'vitest'
import type { TransactionDetails } from '#core/api/transactions.ts'
import { transactionSample } from '../samples/answers.ts'
import { prepareLine, unseenOf, withNewest, withOlder } from './prepare-lines.ts'

const NOW = Date.parse('2026-03-03T14:06:00Z')
const line = (changes: Partial<TransactionDetails>) => prepareLine(transactionSample(changes), NOW, 'UTC', 'en')

describe('a line', () => {
  test('of a sale', () => {
    expect(line({ discountMinor: 800 })).toMatchObject({
      kind: 'Sale',
      way: 'in',
      product: 'Desk lamp',
      amount: '+1,990.00',
      quantity: '2',
      told: 'after −8.00 discount',
      source: 'Amazon',
    })
  })
  test.each([
    ['refund', 'Refund', 'out', '−1,998.00', '2'],
    ['cancellation', 'Cancelled', 'out', '−1,998.00', '2'],
    ['charge', 'Charge', 'in', '+1,998.00', null],
    ['correction', 'Corrected', 'in', '+1,998.00', null],
  ] as const)('of a %s', (kind, name, way, amount, quantity) => {
    expect(line({ kind })).toMatchObject({ kind: name, way, amount, quantity })
  })
  test('says what is known of its goods, and why', () => {
    expect(line({ title: null }).product).toBe('B0LAMP')
    expect(line({ title: null, productId: null, channel: 'shipping' }).product).toBe('shipping')
    expect(line({ reason: 'not_as_described', note: 'too small', estimated: true }).told).toBe(
      'at the catalogue’s price, until the source states its own, reason: not as described, “too small”',
    )
    expect([line({ source: 'import:shop' }).source, line({ source: 'pos' }).source]).toEqual([
      'Import shop',
      'Point of sale',
    ])
  })
})

/** Newest first: 9 is newer than 1. */
const items = (...seconds: number[]) =>
  seconds.map((second) =>
    transactionSample({ id: `e${second}`, occurredAt: new Date(NOW + second * 1_000).toISOString() }),
  )
const ids = ({ items: of }: { readonly items: readonly { readonly id: string }[] }) => of.map(({ id }) => id).join(' ')

describe('the newest page again', () => {
  test('stands above what is older', () => {
    const after = withNewest({ items: items(5, 4, 3, 2, 1), next: 'older' }, { items: items(7, 6, 5), next: 'page' })
    expect([ids(after), after.next]).toEqual(['e7 e6 e5 e4 e3 e2 e1', 'older'])
  })
  test('alone, where there is a gap between them, or nothing behind it', () => {
    expect(withNewest({ items: items(2, 1), next: 'older' }, { items: items(9, 8), next: 'page' }).next).toBe('page')
    expect(ids(withNewest({ items: items(2, 1), next: null }, { items: items(9, 2), next: null }))).toBe('e9 e2')
    expect(ids(withNewest(undefined, { items: items(9), next: 'x' }))).toBe('e9')
  })
  test('brings a late one to its place, and a row again at most once', () => {
    const after = withNewest({ items: items(5, 3, 2), next: 'older' }, { items: items(5, 4, 3), next: 'page' })
    expect(ids(after)).toBe('e5 e4 e3 e2')
  })
})

test('older rows come below, each once', () => {
  const after = withOlder({ items: items(5, 4), next: 'a' }, { items: items(4, 3), next: null })
  expect([ids(after), after.next]).toEqual(['e5 e4 e3', null])
})

test.each([
  [[5, 4], [5, 4], null],
  [[5, 4], [7, 6, 5], '2'],
  [[5, 4], [9, 8], '2+'],
  [[5], [], null],
])('who looks at %j and not at %j has missed %s', (held, newest, unseen) => {
  expect(unseenOf(items(...held), items(...newest))).toBe(unseen)
})
