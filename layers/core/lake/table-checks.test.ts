import { describe, expect, test } from 'vitest'
import { type CheckedTable, checksSelect, judgeChecks, type TableCheck, tablesAsked } from './table-checks.ts'

const table = (...checks: readonly TableCheck[]): CheckedTable => ({ name: 't', checks })
const outcome = (check: TableCheck, measured: number | null, earlier: readonly number[] = []) => {
  const { outcome, bound } = judgeChecks(table(check), { c0: measured }, earlier)[0]!
  return [outcome, bound]
}
const notNull: TableCheck = { severity: 'hard', kind: 'not-null', columns: ['a'] }
const rows: TableCheck = { severity: 'soft', kind: 'rows', least: 3 }
const fresh: TableCheck = { severity: 'soft', kind: 'fresh', column: 'a', hours: 2 }
const usual: TableCheck = { severity: 'soft', kind: 'usual-rows', share: 0.5 }

describe('checks', () => {
  test.each([
    ['no row fails', notNull, 0, [], 'passed', 0],
    ['one does', notNull, 1, [], 'failed', 0],
    ['a soft one warns', { ...notNull, severity: 'soft' as const }, 1, [], 'warned', 0],
    ['just enough rows', rows, 3, [], 'passed', 3],
    ['one too few', rows, 2, [], 'warned', 3],
    ['just fresh', fresh, 7_200_000, [], 'passed', 7_200_000],
    ['too old by a millisecond', fresh, 7_200_001, [], 'warned', 7_200_000],
    ['nothing that could be old', fresh, null, [], 'skipped', 7_200_000],
    ['half of the usual', usual, 50, [100], 'passed', 50],
    ['less than half', usual, 49, [100], 'warned', 50],
    ['the median of the weeks is the usual', usual, 10, [20, 1_000, 18, 22], 'passed', 10],
    ['no week is known', usual, 0, [], 'skipped', null],
  ] as const)('%s', (_, check, measured, earlier, expected, bound) => {
    expect(outcome(check, measured, earlier)).toEqual([expected, bound])
  })

  test('are one SELECT with a column each, and results say which', () => {
    const two = table(notNull, { severity: 'hard', kind: 'refers', column: 'b', table: 'u', to: 'c' })
    expect(checksSelect(two)).toMatch(/^select\n.* as c0,\n.* as c1\n$/)
    expect(tablesAsked(two)).toEqual({ tables: ['u'], raw: [] })
    expect(judgeChecks(two, { c0: 0, c1: 7 }, [])).toEqual([
      { table: 't', check: 'a said', severity: 'hard', outcome: 'passed', measured: 0, bound: 0 },
      { table: 't', check: 'b in u', severity: 'hard', outcome: 'failed', measured: 7, bound: 0 },
    ])
  })
})
