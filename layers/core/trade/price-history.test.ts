import { expect, it } from 'vitest'
import { fold, type Happening } from '#test/fakes/engine-in-test.ts'
import { PRICE_MOVES, type PriceHistory } from './price-history.ts'

const START = Date.parse('2026-03-02T10:00:00Z')
const price = (minute: number, priceMinor: number, storeId = 's', currency = 'INR'): Happening => ({
  type: 'price.changed',
  at: START + minute * 60_000,
  receivedAt: START + 3_600_000,
  storeId,
  data: { productId: 'P', priceMinor, currency },
})
async function movesAfter(...happenings: Happening[]): Promise<(readonly [number, number, string])[]> {
  const engine = await fold(happenings)
  const { moves } = (await engine.onlyRow('price-history')) as PriceHistory
  return moves.map(({ at, priceMinor, storeId }) => [(at - START) / 60_000, priceMinor, storeId] as const)
}

it('keeps each move once, newest first, by store', async () => {
  const moves = await movesAfter(price(0, 100), price(1, 100), price(2, 100, 't'), price(3, 120), price(4, 100))
  expect(moves).toEqual([
    [4, 100, 's'],
    [3, 120, 's'],
    [2, 100, 't'],
    [0, 100, 's'],
  ])
})

it('puts one that comes late into its place', async () => {
  expect(await movesAfter(price(0, 100), price(9, 120), price(5, 110))).toEqual([
    [9, 120, 's'],
    [5, 110, 's'],
    [0, 100, 's'],
  ])
})

it('keeps the newest, whatever comes late', async () => {
  const many = Array.from({ length: PRICE_MOVES + 2 }, (_, i) => price(i + 1, i))
  const moves = await movesAfter(...many, price(0, 7))
  expect(moves).toHaveLength(PRICE_MOVES)
  expect(moves[0]).toEqual([PRICE_MOVES + 2, PRICE_MOVES + 1, 's'])
  expect(moves.at(-1)).toEqual([3, 2, 's'])
})
