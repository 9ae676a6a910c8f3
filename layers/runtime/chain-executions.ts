/**
 * Runs whose chain is run elsewhere, as an execution of a state machine. Whoever finds one that is open begins its execution:
 * the name makes one of two. The execution says itself when it begins and ends; one that was stopped before is ended here.
 */
import { createHash } from 'node:crypto'
import type { ExecutionStatus, StateStore } from '#core/ports.ts'
import { findLane, findRun, type RunRow, runId } from './chain-runs.ts'
import type { TaskFailure } from './chain-tasks.ts'
import { isUnmoved } from './is-unmoved.ts'
import { oneByOne } from './one-by-one.ts'
import { endOfRun, openRuns } from './open-runs.ts'
import type { Ports } from './ports.ts'
import { tellStop } from './tell-failure.ts'

/** Which run of a merchant works: one at a time, since each publishes. Key: the merchant. */
export const CHAIN_TURNS = 'chain-turns'
type TurnRow = { readonly holder: string }

/** One try of a run. */
export type Attempt = Pick<RunRow, 'merchantId' | 'chain' | 'date' | 'attempt'>
const holderOf = (attempt: Attempt): string => `${attempt.chain} ${attempt.date} ${attempt.attempt}`
function attemptOf(merchantId: string, holder: string): Attempt {
  const [chain = '', date = '', attempt] = holder.split(' ')
  return { merchantId, chain, date, attempt: Number(attempt) }
}

/** Up to 80 letters and digits, as Step Functions has it; a merchant who comes again under an id begins anew. */
export function executionName({
  merchantId,
  chain,
  date,
  attempt,
  askedAt,
}: Attempt & Pick<RunRow, 'askedAt'>): string {
  const merchant = createHash('sha256').update(merchantId).digest('hex').slice(0, 24)
  return `${chain}-${date}-${attempt}-${askedAt}-${merchant}`
}

/** What the execution of a run is told; `failure` until there is one. */
export const executionInput = ({ merchantId, chain, date, attempt, remake }: RunRow) => ({
  run: runId({ chain, date }),
  chain,
  merchantId,
  date,
  attempt,
  remake,
  failure: null,
})

type Executing = Pick<Ports, 'state' | 'clock'> & { readonly executions: NonNullable<Ports['executions']> }

export const startRun = ({ executions }: Pick<Executing, 'executions'>, run: RunRow): Promise<ExecutionStatus> =>
  executions.begin(run.chain, executionName(run), executionInput(run))

/** Begins what was asked for and has not begun; ends runs whose execution is gone, and tells of it. @throws AggregateError of runs that could not be. */
export async function startOpenRuns(ports: Executing): Promise<void> {
  await oneByOne(await openRuns(ports.state), async (run) => {
    const execution = await startRun(ports, run)
    if (execution.status === 'running') return
    const failure: TaskFailure =
      execution.status === 'failed'
        ? { error: execution.error, cause: execution.cause }
        : { error: 'ExecutionEndedError', cause: 'its execution ended, and the run had not' }
    // Its own state that tells of failures may never have come to its turn; or it has ended the run since that was looked up.
    if ((await openRun(ports.state, run)) !== undefined) await tellStop(ports, { ...run, run: runId(run) }, failure)
    await endAttempt(ports, run, failure)
  })
}

/** The run, where this try of it is still to be run, or to its end. */
export async function openRun(state: StateStore, attempt: Attempt): Promise<RunRow | undefined> {
  const { merchantId, chain } = attempt
  const lane = await findLane(state, merchantId, chain)
  if (lane?.isOpen !== true || lane.newest !== runId(attempt)) return undefined
  const run = await findRun(state, merchantId, lane.newest)
  return run?.attempt === attempt.attempt ? run : undefined
}

/** Ends it once, and lets the merchant's next one work. */
export async function endAttempt(
  ports: Pick<Ports, 'state' | 'clock'>,
  attempt: Attempt,
  failure: TaskFailure | undefined,
): Promise<void> {
  const run = await openRun(ports.state, attempt)
  if (run !== undefined) await endOfRun(ports, run, failure)
  await giveTurn(ports.state, attempt)
}

/**
 * True: no other run of the merchant works until this one gives its turn on.
 * @throws ConditionFailedError where another one takes it at this moment.
 */
export async function takeTurn(state: StateStore, attempt: Attempt): Promise<boolean> {
  const place = { table: CHAIN_TURNS, key: attempt.merchantId }
  const holder = holderOf(attempt)
  const present = (await state.get(place.table, place.key)) as TurnRow | undefined
  if (present?.holder === holder) return true
  // One that has ended and could not give it back holds nobody up.
  if (present !== undefined && (await openRun(state, attemptOf(attempt.merchantId, present.holder))) !== undefined)
    return false
  await state.commitDurable([{ ...place, row: { holder } satisfies TurnRow }], [isUnmoved(place, present, 'holder')])
  return true
}

async function giveTurn(state: StateStore, attempt: Attempt): Promise<void> {
  const place = { table: CHAIN_TURNS, key: attempt.merchantId }
  const present = (await state.get(place.table, place.key)) as TurnRow | undefined
  if (present?.holder !== holderOf(attempt)) return
  await state.commitDurable([{ ...place, row: undefined }], [isUnmoved(place, present, 'holder')])
}
