import { NO_STORE } from '#core/events/envelope.ts'
import { businessDateOf } from '#core/metrics/business-time.ts'
import type { Viewer } from '#core/ports.ts'
import { DOCUMENT_DISCARDED, DOCUMENT_REPLAYED } from './held-documents.ts'
import { ownEvent } from './own-event.ts'
import type { Ports } from './ports.ts'

/** A person's word about a held document: try this text, or (no text) give it up. */
export function commandRecord(
  ports: Pick<Ports, 'clock' | 'ids'>,
  { merchantId }: Viewer,
  sequence: string,
  document: string | undefined,
) {
  const businessDate = businessDateOf(ports.clock.now(), 'UTC')
  const place = { merchantId, storeId: NO_STORE, source: 'quarantine', businessDate }
  return document === undefined
    ? ownEvent(ports, DOCUMENT_DISCARDED, place, { sequence })
    : ownEvent(ports, DOCUMENT_REPLAYED, place, { sequence, document })
}
