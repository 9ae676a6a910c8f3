import type { Context } from 'aws-lambda'
import { DEFAULT_DEMO, type DemoOptions } from '#core/simulator/live-demo.ts'
import { portsOf } from '#runtime/ports.ts'
import { sellForDemo } from '#runtime/sell-for-demo.ts'

const EVERY_MS = 60_000
/** A tenth of what one machine sells: here each event is paid for, and the story is written down each minute (2 MB). */
const DEMO: DemoOptions = { ...DEFAULT_DEMO, rate: 0.5, seed: 1 }

/** Each minute, where the stage is a demo: the simulated chain sells what happened in that minute. */
export async function handler(_event: unknown, context: Context): Promise<void> {
  await sellForDemo(portsOf(context), DEMO, EVERY_MS)
}
