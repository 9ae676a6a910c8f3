import type { Context } from 'aws-lambda'
import { portsOf } from '#runtime/ports.ts'
import { runStep } from '#runtime/run-step.ts'
import { reorderPolicy } from '../../models/reorders/reorder-policy.ts'

/** One Task state of a chain: its input says which step, of which run. Where no host has a thread for it, proposals are made here. */
export async function handler(event: unknown, context: Context): Promise<object> {
  return runStep({ reorders: reorderPolicy, ...portsOf(context) }, event)
}
