import type { Context } from 'aws-lambda'
import { compactLake } from '#runtime/compact-lake.ts'
import { portsOf } from '#runtime/ports.ts'
import { sweepLake } from '#runtime/sweep-lake.ts'

/** Each hour, and each done once a day: the lake lets go of raw events that are as old as they may be, and small objects become large. */
export async function handler(_event: unknown, context: Context): Promise<void> {
  const ports = portsOf(context)
  await sweepLake(ports)
  await compactLake(ports)
}
