/**
 * What each task of a run has answered, durably: a task that is begun again under the same input answers the same at once, so
 * that a run which was killed goes on where it was.
 */
import { createHash } from 'node:crypto'
import type { Clock, StateStore } from '#core/ports.ts'
import { partsOf, rowKey, under } from '#core/row-key.ts'

/** Key: merchant, run, state, hash of the input. */
export const CHAIN_TASKS = 'chain-tasks'

/** What a step answers: small JSON, counts and names. Whatever else is in it is for the states that follow. */
export type StepResult = {
  readonly rowsIn?: number
  readonly rowsOut?: number
  /** For people. */
  readonly about?: Readonly<Record<string, unknown>>
  readonly [name: string]: unknown
}

export type TaskFailure = { readonly error: string; readonly cause: string }
export type TaskRow = {
  /** Epoch ms: of the first try, and of the end of the last. */
  readonly startedAt: number
  readonly endedAt: number
  readonly tries: number
  /** One of them. */
  readonly output?: StepResult
  readonly failure?: TaskFailure
}
type TaskPorts = { readonly state: StateStore; readonly clock: Clock }
type Task = { readonly merchantId: string; readonly run: string; readonly state: string }

/** @throws what `work` throws, after that was written down. */
export async function onceInRun(
  { state, clock }: TaskPorts,
  { merchantId, run, state: name }: Task,
  input: unknown,
  work: () => Promise<StepResult>,
): Promise<StepResult> {
  const hash = createHash('sha256').update(JSON.stringify(input)).digest('base64url')
  const place = { table: CHAIN_TASKS, key: rowKey(merchantId, run, name, hash) }
  const before = (await state.get(place.table, place.key)) as TaskRow | undefined
  if (before?.output !== undefined) return before.output
  const startedAt = before?.startedAt ?? clock.now()
  const keep = (result: Pick<TaskRow, 'output' | 'failure'>): Promise<void> => {
    const row: TaskRow = { startedAt, endedAt: clock.now(), tries: (before?.tries ?? 0) + 1, ...result }
    return state.commitDurable([{ ...place, row }])
  }
  try {
    const output = await work()
    await keep({ output })
    return output
  } catch (error) {
    const { name: kind, message } = error instanceof Error ? error : new Error(String(error))
    await keep({ failure: { error: kind, cause: message } })
    throw error
  }
}

/** Tasks of a run, by state. */
export async function tasksOf(
  state: StateStore,
  { merchantId, run }: Omit<Task, 'state'>,
): Promise<ReadonlyMap<string, readonly TaskRow[]>> {
  const tasks = new Map<string, TaskRow[]>()
  for (const { key, row } of await state.query({ table: CHAIN_TASKS, range: under(merchantId, run) })) {
    const name = partsOf(key)[2]!
    tasks.set(name, [...(tasks.get(name) ?? []), row as TaskRow])
  }
  return tasks
}
