/** Demand from the command line: forecast without a model, trained where the history allows, and who serves. */
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { runCommand } from './run-import.ts'
import { engineFor } from './running-engine.ts'

it('a young shop is forecast by a named baseline, and its training says what it lacks', {
  timeout: 120_000,
}, async () => {
  const data = join(temporaryFolder(), 'data')
  await engineFor(data)
  const say = async (...command: string[]) => (await runCommand(data, ...command)).printed
  expect(await say('predict', 'demand')).toBe('There is no warehouse yet: make it with `counterflow run nightly`.\n')
  expect(await say('predict', 'totals')).toBe('Nothing was forecast yet: `counterflow predict demand` does it.\n')
  expect(await say('models', 'list')).toBe('No version was trained yet.\nNo model serves, but moving average 28.\n')
  expect((await runCommand(data, 'simulate', '--days', '3', '--events-per-day', '1200')).code).toBe(0)
  expect((await runCommand(data, 'run', 'nightly')).code).toBe(0)

  const trained = await runCommand(data, 'train', 'demand', '--json')
  expect(trained).toMatchObject({ code: 0, summary: { isPromoted: false, champion: null } })
  expect(trained.summary.reason).toMatch(/^the warehouse has \d days, and a model needs 63$/)

  const { code, summary } = await runCommand(data, 'predict', 'demand', '--json')
  expect([code, summary.isPublished, summary.baseline]).toEqual([0, true, 'moving average 28'])
  expect(summary.rows).toBeGreaterThan(0)
  expect(summary.rows % 7).toBe(0)
  expect(summary.checks.filter(({ outcome }: { outcome: string }) => outcome !== 'passed')).toEqual([])
  expect(await say('predict', 'demand')).toContain('Nothing has changed since.')
  const totals = await runCommand(data, 'predict', 'totals', '--by', 'store', '--json')
  expect(totals.summary.sums.length % 7).toBe(0)
  expect(await say('predict', 'totals')).toContain('10 %')
  expect(await say('warehouse', 'views')).toContain('create or replace view fact_predictions')

  for (const command of [
    ['models', 'show', 'x'],
    ['models', 'promote', '2026-01-04'],
    ['models', 'rollback'],
  ]) {
    const refused = await runCommand(data, ...command)
    expect([refused.code, refused.said]).toEqual([1, expect.stringMatching(/no version/i)])
  }
})
