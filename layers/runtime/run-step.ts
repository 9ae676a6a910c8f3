import { onceInRun, type StepResult } from './chain-tasks.ts'
import { DEMAND_STEPS } from './demand-steps.ts'
import { NIGHT_STEPS } from './night-steps.ts'
import type { Ports } from './ports.ts'
import { REORDER_STEPS } from './reorder-steps.ts'
import { type Step, stepInput } from './step.ts'
import { tellFailure } from './tell-failure.ts'
import { sqlFile } from './warehouse-sql.ts'

/** By the name of the Task state. A chain's own lie in a file of their own. */
export const STEPS: Readonly<Record<string, Step>> = {
  ...NIGHT_STEPS,
  ...DEMAND_STEPS,
  ...REORDER_STEPS,
  'tell-failure': tellFailure,
}

/** Does what the Task state says; what it has answered in this run before it answers again. @throws whatever the step throws. */
export async function runStep(ports: Ports, event: unknown): Promise<StepResult> {
  const input = stepInput.parse(event)
  const { warehouse } = ports
  if (warehouse === undefined) throw new Error('there is no warehouse here that a step could write')
  const step = STEPS[input.state]
  if (step === undefined) throw new Error(`no step does what the state ${input.state} says`)
  return onceInRun(ports, input, input, () => step({ ...ports, warehouse, sql: sqlFile }, input))
}
