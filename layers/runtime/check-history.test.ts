import { expect, it } from 'vitest'
import type { KeptCheck } from './chain-checks.ts'
import { checksOfRun } from './check-history.ts'

const check = (day: string, outcome: KeptCheck['outcome'], more: Partial<KeptCheck> = {}): KeptCheck => ({
  ...{ table: 'fact_sales', check: 'rows: at least 1', severity: 'soft', measured: 7, bound: 1 },
  ...{ day, outcome, ...more },
})

it('of several parts the worst one counts, and of these the newest', () => {
  const checks = checksOfRun([
    check('2026-03-02', 'warned', { measured: 0 }),
    check('2026-03-04', 'passed'),
    check('2026-03-03', 'warned', { measured: 0 }),
    check('2026-03-05', 'skipped', { check: 'usual' }),
    check('2026-03-06', 'passed', { check: 'usual' }),
    check('2026-03-02', 'failed', { table: 'dim_date', severity: 'hard' }),
  ])
  expect(
    checks.map(({ table, check: name, day, outcome, parts, wrong }) => [table, name, day, outcome, parts, wrong]),
  ).toEqual([
    ['fact_sales', 'rows: at least 1', '2026-03-03', 'warned', 3, 2],
    ['fact_sales', 'usual', '2026-03-06', 'passed', 2, 0],
    ['dim_date', 'rows: at least 1', '2026-03-02', 'failed', 1, 1],
  ])
})
