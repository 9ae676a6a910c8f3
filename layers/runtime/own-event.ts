/** Events that our own doors make: people's decisions and the passing of time. */

import { EVENT_TYPES } from '#core/events/catalogue.ts'
import type { Clock, IdSource } from '#core/ports.ts'

type Place = {
  readonly merchantId: string
  readonly storeId: string
  readonly source: string
  readonly businessDate: string
}

/** The event as bytes of the log, at this moment. */
export function ownEvent(
  { clock, ids }: { readonly clock: Clock; readonly ids: IdSource },
  type: string,
  place: Place,
  data: object,
): { readonly id: string; readonly bytes: Uint8Array } {
  const id = ids.next()
  const at = new Date(clock.now()).toISOString()
  const event = { id, ...place, type, version: EVENT_TYPES.get(type)!.version, occurredAt: at, receivedAt: at, data }
  return { id, bytes: Buffer.from(JSON.stringify(event)) }
}
