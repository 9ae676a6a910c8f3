import type { Context } from 'aws-lambda'
import { sweepHours } from '#runtime/delivery-hours.ts'
import { sweepDeliveries } from '#runtime/delivery-log.ts'
import { sweepExports } from '#runtime/export-table.ts'
import { sweepIdempotent } from '#runtime/idempotent.ts'
import { sweepWords } from '#runtime/last-word.ts'
import { sweepNotices } from '#runtime/notice-log.ts'
import { portsOf } from '#runtime/ports.ts'
import { sweepUsage } from '#runtime/quota.ts'
import { sweepTries } from '#runtime/sign-in-limit.ts'

/** Each hour: what has been kept for its time is deleted. */
export async function handler(_event: unknown, context: Context): Promise<void> {
  const ports = portsOf(context)
  await sweepDeliveries(ports)
  await sweepHours(ports)
  await sweepUsage(ports)
  await sweepIdempotent(ports)
  await sweepTries(ports)
  await sweepWords(ports)
  await sweepNotices(ports)
  await sweepExports(ports)
  await ports.identity.sweep()
}
