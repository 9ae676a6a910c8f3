/** Runs and their states as answers say them. */
import type { CheckHistoryAnswer, RunAnswer, RunItem } from '#core/api/runs.ts'
import { type RunRow, runId, type StateProgress } from '#runtime/chain-runs.ts'
import type { CheckHistoryRow } from '#runtime/check-history.ts'

export function runItemOf(run: RunRow): RunItem {
  const { chain, date, status, attempt, askedBy, askedAt, startedAt, endedAt, from, failure = null } = run
  const times = { askedAt: timeOf(askedAt)!, startedAt: timeOf(startedAt), endedAt: timeOf(endedAt) }
  return { id: runId(run), chain, date, status, attempt, askedBy, ...times, from, failure }
}

export const stateItemOf = ({ startedAt, endedAt, about, ...state }: StateProgress): RunAnswer['states'][number] => ({
  ...{ tries: state.tasks, ...state },
  about: { ...about },
  startedAt: timeOf(startedAt),
  endedAt: timeOf(endedAt),
})

export const shapeItemOf = ({ shape }: RunRow): RunAnswer['shape'] =>
  shape === undefined ? null : { states: [...shape.states], steps: [...shape.steps] }

export const checksItemOf = (row: CheckHistoryRow): CheckHistoryAnswer['items'][number] => ({
  ...{ run: runId(row), chain: row.chain, date: row.date, attempt: row.attempt },
  ...{ endedAt: timeOf(row.endedAt)!, checks: [...row.checks] },
})

export const timeOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())
