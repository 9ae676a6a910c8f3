import type { Context } from 'aws-lambda'
import { sweepDeliveries } from '#runtime/delivery-log.ts'
import { portsOf } from '#runtime/ports.ts'

/** Each hour: what the delivery log has kept for its time is deleted. */
export async function handler(_event: unknown, context: Context): Promise<void> {
  await sweepDeliveries(portsOf(context))
}
