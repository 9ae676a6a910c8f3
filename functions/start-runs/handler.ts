import type { Context } from 'aws-lambda'
import { manifest } from '#functions/manifest.ts'
import { startOpenRuns } from '#runtime/chain-executions.ts'
import { askForDueRuns } from '#runtime/due-runs.ts'
import { oneByOne } from '#runtime/one-by-one.ts'
import { portsOf } from '#runtime/ports.ts'

/** Asks for the runs that are due by their merchant's clock, and begins whatever was asked for. */
export async function handler(_event: unknown, context: Context): Promise<void> {
  const { executions, ...ports } = portsOf(context)
  if (executions === undefined) throw new Error('there is nothing here that runs chains')
  // What was asked for is begun, whatever becomes of asking.
  const steps = [() => askForDueRuns(ports, manifest.workflows), () => startOpenRuns({ ...ports, executions })]
  await oneByOne(steps, (step) => step())
}
