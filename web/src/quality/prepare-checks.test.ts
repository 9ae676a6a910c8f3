import { expect, it } from 'vitest'
import type { CheckHistoryAnswer } from '#core/api/runs.ts'
import { prepareChecks } from './prepare-checks.ts'

type Run = CheckHistoryAnswer['items'][number]
type Check = Run['checks'][number]
const check = (name: string, outcome: Check['outcome'], more: Partial<Check> = {}): Check => ({
  ...{ table: 'fact_sales', check: name, day: '2026-03-02', severity: 'hard', outcome, measured: 0, bound: 0 },
  ...{ parts: 3, wrong: outcome === 'failed' || outcome === 'warned' ? 2 : 0, ...more },
})
const run = (chain: string, date: string, ...checks: readonly Check[]): Run => ({
  ...{ run: `${chain}-${date}`, chain, date, attempt: 1, endedAt: `${date}T09:00:00Z`, checks: [...checks] },
})

const items = [
  run(
    'nightly',
    '2026-03-04',
    check('unique', 'passed'),
    check('rows', 'warned', { measured: 3, bound: 12.5, severity: 'soft' }),
  ),
  run('forecasts', '2026-03-04', check('unique', 'passed', { table: 'fact_predictions' })),
  run('nightly', '2026-03-02', check('unique', 'failed', { measured: 1 }), check('old', 'skipped', { measured: null })),
]

it('days stand newest first, chains of a day together, days without a run are not there', () => {
  const { days } = prepareChecks(items, 14)
  expect(days).toEqual([
    { date: '2026-03-04', text: '4 Mar', run: 'nightly-2026-03-04' },
    { date: '2026-03-02', text: '2 Mar', run: 'nightly-2026-03-02' },
  ])
  expect(prepareChecks(items, 1).days.map(({ date }) => date)).toEqual(['2026-03-04'])
})

it('a table is as its worst check, and each check says what was measured', () => {
  const [sales, predictions] = prepareChecks(items, 14).tables
  expect([sales!.table, predictions!.table]).toEqual(['fact_sales', 'fact_predictions'])
  expect(sales!.cells).toEqual([
    { outcome: 'warned', said: '1 of 2 warned' },
    { outcome: 'failed', said: '1 of 2 failed' },
  ])
  const lines = Object.fromEntries(
    sales!.checks.map(({ check: name, cells }) => [name, cells.map((cell) => cell?.said)]),
  )
  expect(lines).toEqual({
    unique: ['held: 0, against 0', 'failed: 1, against 0; 2 of 3 days, the last 2026-03-02'],
    rows: ['warned: 3, against 12.5; 2 of 3 days, the last 2026-03-02', undefined],
    old: [undefined, 'had nothing to judge'],
  })
  expect(predictions!.cells).toEqual([{ outcome: 'passed', said: '1 of 1 held' }, null])
})

it('a table with something wrong on the newest day comes first', () => {
  const wrong = run(
    'nightly',
    '2026-03-05',
    check('unique', 'passed'),
    check('unique', 'warned', { table: 'dim_store' }),
  )
  expect(prepareChecks([wrong, ...items], 14).tables.map(({ table }) => table)).toEqual([
    'dim_store',
    'fact_sales',
    'fact_predictions',
  ])
})
