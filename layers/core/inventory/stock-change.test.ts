import { describe, expect, it } from 'vitest'
import type { StockChange } from '#core/api/stock-changes.ts'
import { decideStockChange } from './stock-change.ts'

const about = { storeId: 's', productId: 'P', reason: 'damaged' } as const
const received = (quantity: number): StockChange => ({ type: 'stock.received', ...about, quantity })
const adjusted = (quantity: number): StockChange => ({ type: 'stock.adjusted', ...about, quantity })
const counted = (level: number): StockChange => ({ type: 'stock.counted', ...about, level })

describe('a change of stock', () => {
  it.each<[StockChange, number | undefined, number | null, number]>([
    [received(5), 3, 3, 8],
    [received(5), undefined, null, 5],
    [adjusted(-4), 3, 3, -1],
    [adjusted(4), -4, -4, 0],
    [counted(0), 7, 7, 0],
    [counted(9), undefined, null, 9],
    [received(999_999_999), 1, 1, 1_000_000_000],
  ])('%j at %j: %j becomes %j', (asked, onHand, before, after) => {
    const row = onHand === undefined ? undefined : { onHand }
    expect(decideStockChange(asked, row, true)).toMatchObject({ ok: true, value: { type: asked.type, before, after } })
  })

  it('says why in the event, with the note where there is one', () => {
    const reasonOf = (note?: string) => {
      const decided = decideStockChange({ ...received(1), ...(note !== undefined && { note }) }, { onHand: 1 }, false)
      return decided.ok && decided.value.data
    }
    expect(reasonOf()).toEqual({ productId: 'P', quantity: 1, reason: 'damaged' })
    expect(reasonOf('')).toEqual({ productId: 'P', quantity: 1, reason: 'damaged' })
    expect(reasonOf('a box fell')).toEqual({ productId: 'P', quantity: 1, reason: 'damaged: a box fell' })
  })

  it.each<[string, StockChange, { onHand: number } | undefined, boolean]>([
    ['productId', received(1), undefined, false],
    ['quantity', received(1_000_000_000), { onHand: 1 }, true],
    ['quantity', adjusted(-1_000_000_000), { onHand: -1 }, true],
  ])('is refused at %s', (field, asked, row, isListed) => {
    const decided = decideStockChange(asked, row, isListed)
    expect(decided).toMatchObject({ ok: false, problems: [{ field }] })
  })
})
