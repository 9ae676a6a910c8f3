/** The first and the last thing that an execution of a chain does: before its own states, and after them whatever they did. */
import { z } from 'zod'
import type { ChainDefinition } from '#core/chains/chain-graph.ts'
import { endAttempt, openRun, takeTurn } from './chain-executions.ts'
import { type TaskFailure, tasksOf } from './chain-tasks.ts'
import { beginRun } from './open-runs.ts'
import type { Ports } from './ports.ts'
import { causeIn } from './tell-failure.ts'

export const boundInput = z.object({
  state: z.enum(['begin-run', 'end-run']),
  run: z.string(),
  chain: z.string(),
  merchantId: z.string(),
  date: z.string(),
  attempt: z.int(),
  /** As Step Functions hands it to a Catch; null: nothing failed. */
  failure: z.object({ Error: z.string(), Cause: z.string().default('') }).nullable(),
})
type BoundInput = z.infer<typeof boundInput>

/** later: another run of the merchant works. over: this try is over, or the merchant is gone. */
export type Turn = 'now' | 'later' | 'over'

/** It may be called again at any time: an execution has one first state. @throws ConditionFailedError to be tried again. */
export async function atBound(
  ports: Pick<Ports, 'state' | 'clock'>,
  input: BoundInput,
  definitions: Readonly<Record<string, ChainDefinition>>,
): Promise<{ readonly turn: Turn }> {
  if (input.state === 'end-run') {
    await endAttempt(ports, input, input.failure === null ? undefined : await failureOf(ports, input, input.failure))
    return { turn: 'over' }
  }
  const run = await openRun(ports.state, input)
  if (run === undefined) return { turn: 'over' }
  if (!(await takeTurn(ports.state, input))) return { turn: 'later' }
  await beginRun(ports, run, definitions[input.chain]!)
  return { turn: 'now' }
}

/** What the task has written down says more than what comes out of a state machine. */
async function failureOf(
  { state }: Pick<Ports, 'state'>,
  input: BoundInput,
  { Error: error, Cause: cause }: NonNullable<BoundInput['failure']>,
): Promise<TaskFailure> {
  const [failed] = [...(await tasksOf(state, input)).values()].flat().flatMap(({ failure }) => failure ?? [])
  return failed ?? { error, cause: causeIn(cause) }
}
