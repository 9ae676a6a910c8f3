import { expect, test } from 'vitest'
import { judgeShift, shiftSelect } from './shift-checks.ts'
import type { ShiftCheck } from './table-checks.ts'

const check: ShiftCheck = { severity: 'soft', kind: 'shift', says: 'prices', bin: 't.bin', condition: 't.is_sold' }
const bins = (...counts: readonly (readonly [now: number, before: number])[]) =>
  counts.map(([now, before], bin) => ({ bin, now_rows: now, before_rows: before }))

test.each([
  ['as before', bins([30, 120], [30, 120]), 'passed', 0, 0.25],
  ['just enough of either', bins([25, 100], [25, 100]), 'passed', 0, 0.279],
  ['too few now', bins([25, 100], [24, 100]), 'skipped', null, null],
  ['too few before', bins([25, 100], [25, 99]), 'skipped', null, null],
  ['other shares', bins([50, 20], [10, 220]), 'warned', 2.931, 0.25],
  ['nothing at all', [], 'skipped', null, null],
])('%s', (_, rows, outcome, measured, bound) => {
  expect(judgeShift('t', check, rows)).toEqual({
    ...{ table: 't', check: 'prices as in the 28 days before (population stability index)', severity: 'soft' },
    ...{ outcome, measured, bound },
  })
})

test('one SELECT counts both sides by bin', () => {
  expect(shiftSelect('fact', check)).toContain(
    'select t.bin as bin, 1 as is_now, 0 as was_before from fact t where t.is_sold',
  )
  expect(shiftSelect('fact', check)).toContain('from earlier t where t.is_sold')
})
