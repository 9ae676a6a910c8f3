import { httpHandler, json } from '#runtime/http-handler.ts'
import { readLag } from '#runtime/read-lag.ts'

/** Whether the engine answers, and how far it is behind. Nothing about any merchant. */
export const handler = httpHandler((ports) => async () => {
  const nowMs = ports.clock.now()
  const lagMs = await readLag(ports.log, ports.state, nowMs)
  return json(200, { status: 'ok', asOf: new Date(nowMs).toISOString(), lagMs })
})
