/** What each state of a run has done so far, told by its tasks. */
import type { StateStore } from '#core/ports.ts'
import { type RunRow, runId, type StateProgress } from './chain-runs.ts'
import { type TaskRow, tasksOf } from './chain-tasks.ts'

/** Of a run that is over as it was then. */
export async function progressOf(state: StateStore, run: RunRow): Promise<readonly StateProgress[]> {
  if (run.progress !== undefined) return run.progress
  const tasks = await tasksOf(state, { merchantId: run.merchantId, run: runId(run) })
  const states = run.states.map(({ name, tasks: names }) => ({
    name,
    rows: names.flatMap((task) => tasks.get(task) ?? []),
  }))
  const last = states.findLastIndex(({ rows }) => rows.length > 0)
  return states.map(({ name, rows }, i) => progressOfState(name, rows, i === last ? run.status : 'succeeded'))
}

/** @param begun the status of a state that has done something: the last one is as far as its run. */
function progressOfState(name: string, rows: readonly TaskRow[], begun: RunRow['status']): StateProgress {
  const failed = rows.find(({ failure }) => failure !== undefined)?.failure ?? null
  const status = rows.length === 0 ? 'waiting' : begun === 'waiting' ? 'succeeded' : begun
  return {
    name,
    status,
    startedAt: rows.length === 0 ? null : Math.min(...rows.map(({ startedAt }) => startedAt)),
    endedAt: status === 'succeeded' || status === 'failed' ? Math.max(...rows.map(({ endedAt }) => endedAt)) : null,
    tasks: rows.length,
    tries: rows.reduce((sum, { tries }) => sum + tries, 0),
    rowsIn: sumOf(rows, 'rowsIn'),
    rowsOut: sumOf(rows, 'rowsOut'),
    about: rows.length === 1 ? (rows[0]!.output?.about ?? {}) : {},
    failure: failed,
  }
}

function sumOf(rows: readonly TaskRow[], field: 'rowsIn' | 'rowsOut'): number | null {
  const counts = rows.flatMap(({ output }) => output?.[field] ?? [])
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0)
}
