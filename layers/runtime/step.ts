/** A step of a chain: what one Task state does. Its input is all that it is told; what it answers is small. */
import { z } from 'zod'
import type { Warehouse } from '#core/ports.ts'
import type { StepResult } from './chain-tasks.ts'
import type { Ports } from './ports.ts'
import type { SqlFiles } from './warehouse-sql.ts'

/** What every state hands to its task. `date`: the business date (YYYY-MM-DD) that the run is for. */
export const stepInput = z.looseObject({
  state: z.string(),
  run: z.string(),
  merchantId: z.string(),
  date: z.string(),
})
export type StepInput = z.infer<typeof stepInput>

export type StepPorts = Ports & { readonly warehouse: Warehouse; readonly sql: SqlFiles }
export type Step = (ports: StepPorts, input: StepInput) => Promise<StepResult>

/** @throws ZodError where the state does not hand over what the step takes: a defect of the definition. */
export const step =
  <T extends z.ZodObject>(
    takes: T,
    work: (ports: StepPorts, input: StepInput & z.infer<T>) => Promise<StepResult>,
  ): Step =>
  (ports, input) =>
    work(ports, { ...input, ...takes.parse(input) })
