import type { Context } from 'aws-lambda'
import { DEFINITIONS } from '#functions/workflows/definitions.ts'
import { portsOf } from '#runtime/ports.ts'
import { atBound, boundInput } from '#runtime/run-bounds.ts'
import { runStep } from '#runtime/run-step.ts'
import { reorderPolicy } from '../../models/reorders/reorder-policy.ts'

/**
 * One Task state of a chain: its input says which step, of which run. Or what comes before and after all of them on AWS. Where
 * no host has a thread for it, proposals are made here.
 */
export async function handler(event: unknown, context: Context): Promise<object> {
  const ports = { reorders: reorderPolicy, ...portsOf(context) }
  const bound = boundInput.safeParse(event)
  return bound.success ? atBound(ports, bound.data, DEFINITIONS) : runStep(ports, event)
}
