import { httpHandler, json } from '#runtime/http-handler.ts'
import { freshnessAt } from '#runtime/read-lag.ts'

/** Whether the engine answers, and how far it is behind. Nothing about any merchant. */
export const handler = httpHandler(
  (ports) => async () => json(200, { ...(await freshnessAt(ports, ports.clock.now())), status: 'ok' }),
)
