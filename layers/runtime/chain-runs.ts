/**
 * Runs of chains: one for each chain, merchant and business date, however often it is asked for. Asking is a row; whoever runs
 * the chains takes it from there.
 */
import type { ChainShape, ChainState } from '#core/chains/chain-graph.ts'
import { addDays, businessDateOf } from '#core/metrics/business-time.ts'
import { ConditionFailedError, type StateStore, type Write } from '#core/ports.ts'
import { descendingTime, type KeyRange, rowKey, under } from '#core/row-key.ts'
import { settingOf } from '#core/settings/settings.ts'
import type { CheckSummary } from './chain-checks.ts'
import type { TaskFailure } from './chain-tasks.ts'
import { HttpError } from './http-handler.ts'
import { isUnmoved } from './is-unmoved.ts'
import { NIGHTS_TABLE, type NightRow } from './night-row.ts'
import type { Ports } from './ports.ts'
import { refuse } from './query-parameters.ts'
import { readSettings } from './read-catalogue.ts'

/** What a state has done. Times are epoch ms; null: it has not begun, or not ended. */
export type StateProgress = {
  readonly name: string
  readonly status: 'waiting' | 'running' | 'succeeded' | 'failed'
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly tasks: number
  /** How often they were begun, together; absent in rows of before. */
  readonly tries?: number
  /** null: its tasks count none. */
  readonly rowsIn: number | null
  readonly rowsOut: number | null
  readonly about: Readonly<Record<string, unknown>>
  readonly failure: TaskFailure | null
}

/** Key: merchant, newest date first, chain. */
export const CHAIN_RUNS = 'chain-runs'
export type RunRow = {
  readonly merchantId: string
  readonly chain: string
  /** The business date (YYYY-MM-DD) that it is for. */
  readonly date: string
  /** Counts from 1 how often it was asked for after it was over. */
  readonly attempt: number
  readonly status: 'waiting' | 'running' | 'succeeded' | 'failed'
  /** Whoever asked, by their id; `SCHEDULE`: nobody, its time had come. */
  readonly askedBy: string
  /** Epoch ms. */
  readonly askedAt: number
  readonly startedAt: number | null
  readonly endedAt: number | null
  /** The state that it begins at; what those before it have answered stays. null: the first. */
  readonly from: string | null
  /** The date is made though nothing has come for it. */
  readonly remake: boolean
  /** Its definition's, when it began. */
  readonly states: readonly ChainState[]
  /** Absent before it has begun, and in rows of before. */
  readonly shape?: ChainShape
  /** What each has done, once it is over. */
  readonly progress?: readonly StateProgress[]
  readonly checks?: CheckSummary
  readonly failure?: TaskFailure & { readonly state: string | null }
}

const SCHEDULE = 'schedule'
/** What stopped a run may have passed by: a full disk, a document that was still to come. */
const RETRY_AFTER_MS = 4 * 3_600_000
const MOST_ATTEMPTS = 3

/**
 * When a run that its time had called for and that has failed is tried again by itself, epoch ms. Undefined: it is not. One that
 * a person asked for is in their hands.
 */
export function retryAt({ status, askedBy, attempt, endedAt }: RunRow): number | undefined {
  if (status !== 'failed' || askedBy !== SCHEDULE || attempt >= MOST_ATTEMPTS || endedAt === null) return undefined
  return endedAt + RETRY_AFTER_MS
}

/** What of a merchant's chain is asked for. Key: merchant, chain. */
export const CHAIN_LANES = 'chain-lanes'
export type LaneRow = {
  /** Counts changes of the row: who changes it has seen the last one. */
  readonly turn: number
  /** The newest date that there was a run for. */
  readonly date: string
  /** The run that was asked for last. */
  readonly newest: string
  /** Whether that one is still to be run, or to its end. */
  readonly isOpen: boolean
}

export const runId = ({ chain, date }: Pick<RunRow, 'chain' | 'date'>): string => `${chain}-${date}`

const keyOf = (merchantId: string, chain: string, date: string): string =>
  rowKey(merchantId, descendingTime(Date.parse(`${date}T00:00:00Z`)), chain)

/** `to` names a date: runs of it and older ones. */
export const runsRange = (merchantId: string): KeyRange => under(merchantId)

/** Undefined: there is none, or the id is none. */
export async function findRun(state: StateStore, merchantId: string, id: string): Promise<RunRow | undefined> {
  const named = nameIn(id)
  if (named === undefined) return undefined
  return (await state.get(CHAIN_RUNS, keyOf(merchantId, named.chain, named.date))) as RunRow | undefined
}

/** A run, with what of its chain is asked for and how far the merchant's tables are: one read. */
export async function findRunInContext(
  state: StateStore,
  merchantId: string,
  id: string,
): Promise<{ run: RunRow | undefined; lane: LaneRow | undefined; night: NightRow | undefined }> {
  const named = nameIn(id)
  if (named === undefined) return { run: undefined, lane: undefined, night: undefined }
  const [run, lane, night] = await state.getMany([
    { table: CHAIN_RUNS, key: keyOf(merchantId, named.chain, named.date) },
    { table: CHAIN_LANES, key: rowKey(merchantId, named.chain) },
    { table: NIGHTS_TABLE, key: merchantId },
  ])
  return { run: run as RunRow | undefined, lane: lane as LaneRow | undefined, night: night as NightRow | undefined }
}

function nameIn(id: string): { readonly chain: string; readonly date: string } | undefined {
  const [, chain, date] = /^([a-z]+)-(\d{4}-\d{2}-\d{2})$/.exec(id) ?? []
  if (chain === undefined || date === undefined || Number.isNaN(Date.parse(`${date}T00:00:00Z`))) return undefined
  return { chain, date }
}

export async function findLane(state: StateStore, merchantId: string, chain: string): Promise<LaneRow | undefined> {
  return (await state.get(CHAIN_LANES, rowKey(merchantId, chain))) as LaneRow | undefined
}

export type RunAsked = {
  readonly chain: string
  /** Absent: the day before today, by the merchant's clock. */
  readonly date?: string | undefined
  readonly from?: string | undefined
  /** Its time has come once more: it has failed, and is to be tried again. */
  readonly isRetry?: boolean
}
type RunPorts = Pick<Ports, 'state' | 'clock'>

/**
 * Asks for a run. One that was asked for and is not over is the answer, so that two triggers make one run.
 * @param askedBy whoever asks, by their id; undefined: its time has come.
 * @throws HttpError 409 another run of the chain is not over, or the state to begin at has nothing before it; 422.
 */
export async function askForRun(
  ports: RunPorts,
  merchantId: string,
  asked: RunAsked,
  askedBy: string | undefined,
): Promise<RunRow> {
  try {
    return await tryToAsk(ports, merchantId, asked, askedBy)
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error
    return tryToAsk(ports, merchantId, asked, askedBy)
  }
}

async function tryToAsk(
  ports: RunPorts,
  merchantId: string,
  { chain, date: given, from, isRetry = false }: RunAsked,
  askedBy: string | undefined,
): Promise<RunRow> {
  const { state, clock } = ports
  const zone = settingOf('timeZone', await readSettings(state, merchantId))
  const over = addDays(businessDateOf(clock.now(), zone), -1)
  const lane = await findLane(state, merchantId, chain)
  const date = given ?? (from === undefined || lane === undefined ? over : lane.newest.slice(chain.length + 1))
  if (!isDate(date)) throw refuse('date', 'is no day of the calendar')
  if (date > over) throw refuse('date', `is not over by the merchant’s clock: ${over} is the last day that is`)
  const id = runId({ chain, date })
  const before = await findRun(state, merchantId, id)
  if (lane?.isOpen) {
    if (lane.newest !== id) throw new HttpError(409, `The run ${lane.newest} is not over: wait for its end`)
    return before!
  }
  if (askedBy === undefined && before !== undefined && !isRetry) return before
  if (from !== undefined) refuseFrom(before, lane, id, from)
  const run: RunRow = {
    merchantId,
    chain,
    date,
    attempt: (before?.attempt ?? 0) + 1,
    status: 'waiting',
    askedBy: askedBy ?? SCHEDULE,
    askedAt: clock.now(),
    startedAt: null,
    endedAt: null,
    from: from ?? null,
    // What was decided before stays: a state further on goes by the same input.
    remake: from === undefined ? given !== undefined && askedBy !== undefined : before!.remake,
    states: before?.states ?? [],
  }
  const next = { date: lane === undefined || date > lane.date ? date : lane.date, newest: id, isOpen: true }
  await writeLane(state, run, lane, next)
  return run
}

function isDate(text: string): boolean {
  try {
    return addDays(text, 0) === text
  } catch {
    return false
  }
}

function refuseFrom(before: RunRow | undefined, lane: LaneRow | undefined, id: string, from: string): void {
  if (before === undefined || lane?.newest !== id)
    throw new HttpError(409, `What ${id} has done is not kept any more: run it from its beginning`)
  const names = before.states.map(({ name }) => name)
  if (!names.includes(from)) throw refuse('from', `is no state of the chain: it has ${names.join(', ')}`)
}

async function writeLane(
  state: StateStore,
  run: RunRow,
  lane: LaneRow | undefined,
  next: Omit<LaneRow, 'turn'>,
  more: readonly Write[] = [],
): Promise<void> {
  const place = { table: CHAIN_LANES, key: rowKey(run.merchantId, run.chain) }
  const row: LaneRow = { ...next, turn: (lane?.turn ?? 0) + 1 }
  await state.commitDurable([{ ...place, row }, runWrite(run), ...more], [isUnmoved(place, lane, 'turn')])
}

const runWrite = (row: RunRow): Write => ({
  table: CHAIN_RUNS,
  key: keyOf(row.merchantId, row.chain, row.date),
  row,
})

/** For whoever runs it: one process at a time. */
export const keepRun = (state: StateStore, run: RunRow): Promise<void> => state.commitDurable([runWrite(run)])

/** It is over: the next one may be asked for. @param more written with it, at once. */
export async function endRun(state: StateStore, run: RunRow, more: readonly Write[]): Promise<void> {
  const lane = await findLane(state, run.merchantId, run.chain)
  // The merchant was removed meanwhile, and nothing of theirs is to come back.
  if (lane === undefined) return
  await writeLane(state, run, lane, { date: lane.date, newest: lane.newest, isOpen: false }, more)
}
