import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '#core/metrics/business-time.ts'
import { afterMorning, type Morning, stateOn } from './after-morning.ts'
import { accepted, dismissed, snoozed } from './decide-reorder.ts'
import type { ReorderFigures, ReorderRow } from './reorder-row.ts'

const DAY = '2026-03-02'
const place = { storeId: 's', productId: 'p' }
const figures = (quantity: number): ReorderFigures => ({
  supplierId: 'a',
  quantity,
  reorderPoint: 9,
  orderUpTo: 20,
  orderOn: DAY,
  arrivesOn: '2026-03-06',
  coverDays: 9,
  stockoutChance: 0.2,
  currency: 'INR',
  substitutes: [],
  lines: [{ what: 'quantity', value: quantity, unit: 'units' }],
})
const morning = (today: string, ordered: readonly string[] = []): Morning => ({
  today,
  isOrdered: (id) => ordered.includes(id),
  newId: (_, before) => `${today} after ${before?.id ?? 'none'}`,
})
const open = afterMorning(undefined, place, figures(12), morning(DAY))!
const by = { by: 'owner', at: 0, on: DAY }
const ordered = accepted(open, by, 7)
const putOff = snoozed(open, by, addDays(DAY, 3), 'fair')
const late = putOff.ok ? putOff.value : open
const not = dismissed(open, by, 'no')
const next = (
  before: ReorderRow | undefined,
  quantity: number | undefined,
  days: number,
  known: readonly string[] = [],
) =>
  afterMorning(
    before,
    place,
    quantity === undefined ? undefined : figures(quantity),
    morning(addDays(DAY, days), known),
  )

describe('after a morning', () => {
  it.each<[string, ReorderRow | undefined, Partial<ReorderRow> | undefined]>([
    ['an open one with other figures: it changes', next(open, 15, 0), { id: open.id, version: 2, quantity: 15 }],
    [
      'the same figures a day later: whoever saw it may decide',
      next(open, 12, 1),
      { version: 1, madeOn: '2026-03-03' },
    ],
    ['nothing is needed: it is closed', next(open, undefined, 1), undefined],
    ['put off: as it was', next(late, 15, 2), late],
    ['put off, and its day has come', next(late, 12, 3), { id: open.id, state: 'open', version: 3 }],
    ['put off, and not needed on its day', next(late, undefined, 3), undefined],
    ['dismissed today: not again', next(not, 15, 0), not],
    ['dismissed yesterday: another proposal', next(not, 15, 1), { state: 'open', version: 1, openedOn: '2026-03-03' }],
    ['ordered today, and the order is not in the figures', next(ordered, 15, 0), ordered],
    [
      'ordered today, and still too little',
      next(ordered, 15, 0, ['reorder-' + open.id]),
      { state: 'open', version: 1 },
    ],
    ['ordered, and enough: it stays to be looked at', next(ordered, undefined, 34), ordered],
    ['for 35 days', next(ordered, undefined, 35), undefined],
  ])('%s', (_, row, expected) => {
    if (expected === undefined) expect(row).toBeUndefined()
    else expect(row).toMatchObject(expected)
  })

  it('another proposal has another id, and forgets what was decided', () => {
    const other = next(not, 12, 1)!
    expect(other.id).not.toBe(open.id)
    expect(other).not.toHaveProperty('decision')
    expect(next(late, 12, 3)).not.toHaveProperty('decision')
  })

  it('the same morning again changes nothing', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(undefined, open, ordered, late, not),
        fc.constantFrom(undefined, 12, 15),
        fc.integer({ min: 0, max: 40 }),
        (before, quantity, days) => {
          const once = next(before, quantity, days)
          expect(next(once, quantity, days)).toBe(once)
        },
      ),
    ))

  it('what is put off is open from its day on', () =>
    expect([2, 3].map((days) => stateOn(late, addDays(DAY, days)))).toEqual(['snoozed', 'open']))
})
