import type { Context } from 'aws-lambda'
import { portsOf } from '#runtime/ports.ts'
import { runStep } from '#runtime/run-step.ts'

/** One Task state of a chain: its input says which step, of which run. */
export async function handler(event: unknown, context: Context): Promise<object> {
  return runStep(portsOf(context), event)
}
