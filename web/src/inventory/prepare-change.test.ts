import { describe, expect, it } from 'vitest'
import { stockChange } from '#core/api/stock-changes.ts'
import {
  CHANGE_KINDS,
  type ChangeForm,
  changeOf,
  levelAfter,
  oppositeOf,
  problemsOf,
  REASONS,
} from './prepare-change.ts'

const form = (more: Partial<ChangeForm> = {}): ChangeForm => ({
  type: 'stock.adjusted',
  storeId: 's',
  productId: 'P',
  amount: -2,
  reason: 'damaged',
  note: '',
  ...more,
})

describe('a form', () => {
  it.each<[Partial<ChangeForm>, object]>([
    [{}, {}],
    [{ amount: '' }, { amount: 'whole' }],
    [{ amount: 1.5 }, { amount: 'whole' }],
    [{ amount: 0 }, { amount: 'zero' }],
    [{ amount: -1_000_000_001 }, { amount: 'large' }],
    [{ type: 'stock.received', amount: 0, reason: 'delivery' }, { amount: 'positive' }],
    [{ type: 'stock.received', amount: 1, reason: 'delivery' }, {}],
    [{ type: 'stock.counted', amount: -1, reason: 'stocktake' }, { amount: 'negative' }],
    [{ type: 'stock.counted', amount: 0, reason: 'stocktake' }, {}],
    [{ type: 'stock.counted', amount: 0 }, { reason: 'reason' }],
    [
      { reason: '', storeId: '', productId: '' },
      { reason: 'reason', storeId: 'store', productId: 'product' },
    ],
    [{ note: 'x'.repeat(400) }, {}],
    [{ note: 'x'.repeat(401) }, { note: 'note' }],
  ])('%j: %j', (more, problems) => {
    expect(problemsOf(form(more))).toEqual(problems)
    expect(changeOf(form(more)) === undefined).toBe(Object.keys(problems).length > 0)
  })

  it.each(CHANGE_KINDS.flatMap((type) => REASONS[type].map((reason) => [type, reason] as const)))(
    '%s for %s is what the engine takes',
    (type, reason) => {
      const change = changeOf(form({ type, reason, amount: 3, note: ' a box fell ' }))
      expect(stockChange.parse(change)).toMatchObject({ type, reason, note: 'a box fell' })
    },
  )
})

describe('the level that follows', () => {
  it.each<[Partial<ChangeForm>, number | undefined, number | null]>([
    [{ amount: -2 }, 14, 12],
    [{ amount: -2 }, 1, -1],
    [{ amount: 5 }, undefined, 5],
    [{ amount: '' }, 14, null],
    [{ type: 'stock.counted', amount: 3 }, 14, 3],
    [{ type: 'stock.received', amount: -3 }, 14, null],
  ])('%j of %j: %j', (more, onHand, after) => expect(levelAfter(form(more), onHand)).toBe(after))
})

describe('the opposite entry', () => {
  const change = changeOf(form())!
  it.each<[number | null, number, number | undefined]>([
    [14, 12, 2],
    [14, 26, -12],
    [null, 9, -9],
    [9, 9, undefined],
  ])('of %j to %j is %j', (before, after, quantity) => {
    const opposite = oppositeOf(change, before, after, 'Taken back')
    expect(opposite?.type === 'stock.adjusted' ? opposite.quantity : undefined).toBe(quantity)
    if (opposite !== undefined) expect(stockChange.parse(opposite)).toEqual(opposite)
  })
})
