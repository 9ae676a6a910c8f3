import type { Context } from 'aws-lambda'
import { mirrorWindows } from '#runtime/mirror-windows.ts'
import { portsOf } from '#runtime/ports.ts'

/** Each minute, where Timestream is: minutes that are over go there. */
export async function handler(_event: unknown, context: Context): Promise<void> {
  const ports = portsOf(context)
  if (ports.windows === undefined) return
  const { refused } = await mirrorWindows(ports, ports.windows)
  if (refused > 0) console.error(JSON.stringify({ message: 'Timestream never takes windows', refused }))
}
