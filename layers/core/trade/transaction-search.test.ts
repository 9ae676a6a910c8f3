import { describe, expect, test } from 'vitest'
import { eventIdOf, isSearched } from './transaction-search.ts'
import type { Transaction } from './transactions.ts'

const line = {
  id: 'e1-0-sold',
  kind: 'sale',
  orderId: 'A-1',
  productId: 'lamp',
  customer: 'c_ada',
} as Transaction

describe('a line is what is searched', () => {
  test.each([
    [{}, true],
    [{ id: 'A-1' }, true],
    [{ id: 'e1-0-sold' }, true],
    [{ id: 'e1' }, true],
    [{ id: 'e' }, false],
    [{ id: 'A-11' }, false],
    [{ customer: 'c_ada' }, true],
    [{ customer: 'c_bo' }, false],
    [{ product: 'lamp', kind: 'sale' }, true],
    [{ product: 'lamp', kind: 'refund' }, false],
    [{ product: 'chair' }, false],
  ] as const)('%j: %s', (search, is) => {
    expect(isSearched(line, search)).toBe(is)
  })
})

test.each([
  ['abc', 'abc'],
  ['abc-sold', 'abc'],
  ['abc-12-corrected', 'abc'],
  ['abc-cancelled', 'abc'],
  ['my-order-7', 'my-order-7'],
])('%s came from event %s', (lineId, eventId) => {
  expect(eventIdOf(lineId)).toBe(eventId)
})
