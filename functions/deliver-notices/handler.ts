import type { Context } from 'aws-lambda'
import { drainOutbox } from '#runtime/drain-outbox.ts'
import { portsOf } from '#runtime/ports.ts'
import { sendDue } from '#runtime/send-notices.ts'

/** What the outbox holds becomes deliveries, and what is due of them is sent. */
export async function handler(_event: unknown, context: Context): Promise<void> {
  const ports = portsOf(context)
  const nowMs = ports.clock.now()
  await drainOutbox(ports, nowMs)
  await sendDue(ports, nowMs)
}
