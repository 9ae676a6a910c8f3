import type { Context } from 'aws-lambda'
import { portsOf } from '#runtime/ports.ts'
import { sweepLake } from '#runtime/sweep-lake.ts'

/** Each hour, and done once a day: the lake lets go of raw events that are as old as they may be. */
export async function handler(_event: unknown, context: Context): Promise<void> {
  await sweepLake(portsOf(context))
}
