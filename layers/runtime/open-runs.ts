/** Between two tries of a run, and between two runs: what tasks have answered is forgotten where it is not to be answered again. */
import { type ChainDefinition, shapeOf, statesOf, tasksFrom, tasksOfChain } from '#core/chains/chain-graph.ts'
import type { StateStore } from '#core/ports.ts'
import { EVERY_KEY, partsOf, under } from '#core/row-key.ts'
import { CHAIN_CHECKS, checksOf, summaryOf } from './chain-checks.ts'
import {
  CHAIN_LANES,
  CHAIN_RUNS,
  endRun,
  findRun,
  keepRun,
  type LaneRow,
  type RunRow,
  runId,
  runsRange,
} from './chain-runs.ts'
import { CHAIN_TASKS, type TaskFailure } from './chain-tasks.ts'
import { checkHistoryWrite, checksOfRun } from './check-history.ts'
import { deleteUnder } from './delete-under.ts'
import type { Ports } from './ports.ts'
import { progressOf } from './run-progress.ts'

/** Runs of all merchants that were asked for and are not over. */
export async function openRuns(state: StateStore): Promise<RunRow[]> {
  const runs: RunRow[] = []
  for (const { key, row } of await state.query({ table: CHAIN_LANES, range: EVERY_KEY })) {
    const { isOpen, newest } = row as LaneRow
    const run = isOpen ? await findRun(state, partsOf(key)[0]!, newest) : undefined
    if (run !== undefined) runs.push(run)
  }
  return runs
}

/** The newest of each merchant; of older ones nothing is kept. */
const RUNS_KEPT = 400

/** A run that is to be run, or to its end: what of it is not to be done again is in `chain-tasks`. */
export async function beginRun(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  run: RunRow,
  definition: ChainDefinition,
): Promise<RunRow> {
  if (run.status === 'running') return run
  const { merchantId, from } = run
  const id = runId(run)
  // What the attempt before has found is not of this one.
  if (from === null) await deleteUnder(state, CHAIN_CHECKS, merchantId, id)
  const again = from === null ? tasksOfChain(definition) : (tasksFrom(definition, from) ?? [])
  for (const task of again) await deleteUnder(state, CHAIN_TASKS, merchantId, id, task)
  await forgetOthers(state, run)
  const { progress: _, failure: __, checks: ___, ...rest } = run
  const begun: RunRow = {
    ...rest,
    status: 'running',
    startedAt: clock.now(),
    endedAt: null,
    states: statesOf(definition),
    shape: shapeOf(definition),
  }
  await keepRun(state, begun)
  return begun
}

/** It is over: what it has done is kept with it, and the next one may be asked for. */
export async function endOfRun(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  run: RunRow,
  failure: TaskFailure | undefined,
): Promise<RunRow> {
  const over: RunRow = { ...run, status: failure === undefined ? 'succeeded' : 'failed', endedAt: clock.now() }
  const progress = await progressOf(state, over)
  const kept = await checksOf(state, { merchantId: run.merchantId, run: runId(run) })
  const checks = summaryOf(kept)
  const stopped = progress.find(({ status }) => status === 'failed')?.name ?? null
  const ended = { ...over, progress, checks, ...(failure && { failure: { ...failure, state: stopped } }) }
  const { chain, date, attempt, endedAt } = ended
  const history = { chain, date, attempt, endedAt: endedAt!, checks: checksOfRun(kept) }
  await endRun(state, ended, kept.length === 0 ? [] : [checkHistoryWrite(run, history)])
  return ended
}

/** Tasks of the chain's other runs, which can only be run from their beginning; and runs that are too many. */
async function forgetOthers(state: StateStore, { merchantId, chain, date }: RunRow): Promise<void> {
  const id = runId({ chain, date })
  const tasks = await state.query({ table: CHAIN_TASKS, range: under(merchantId) })
  const others = new Set(tasks.map(({ key }) => partsOf(key)[1]!))
  for (const other of others)
    if (other !== id && other.startsWith(`${chain}-`)) await deleteUnder(state, CHAIN_TASKS, merchantId, other)
  const runs = await state.query({ table: CHAIN_RUNS, range: runsRange(merchantId) })
  for (const { key, row } of runs.slice(RUNS_KEPT)) {
    await deleteUnder(state, CHAIN_CHECKS, merchantId, runId(row as RunRow))
    await state.commitDurable([{ table: CHAIN_RUNS, key, row: undefined }, checkHistoryWrite(row as RunRow, undefined)])
  }
}
