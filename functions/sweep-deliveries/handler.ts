import type { Context } from 'aws-lambda'
import { sweepDeliveries } from '#runtime/delivery-log.ts'
import { sweepNotices } from '#runtime/notice-log.ts'
import { portsOf } from '#runtime/ports.ts'
import { sweepUsage } from '#runtime/quota.ts'

/** Each hour: what the delivery logs have kept for their time is deleted, and counts of days that are over. */
export async function handler(_event: unknown, context: Context): Promise<void> {
  const ports = portsOf(context)
  await sweepDeliveries(ports)
  await sweepUsage(ports)
  await sweepNotices(ports)
}
