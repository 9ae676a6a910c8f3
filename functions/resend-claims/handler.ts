import type { Context } from 'aws-lambda'
import { portsOf } from '#runtime/ports.ts'

/** Each minute: documents that were taken and did not get into the log then get there now. */
export async function handler(_event: unknown, context: Context): Promise<void> {
  const { log } = portsOf(context)
  await log.resendPending?.()
}
