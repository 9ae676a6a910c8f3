import { EVENT_TYPES, TRADE_EVENTS } from '#core/events/catalogue.ts'
import { decodeEvent } from '#core/events/decode-event.ts'
import { shardOf } from '#core/events/shard-of.ts'
import { type Outcome, ok, wrong } from '#core/outcome.ts'
import type { Viewer } from '#core/ports.ts'
import type { Ports } from '#runtime/ports.ts'

/**
 * Whether a person's text may be tried in a held document's place: an event of their own merchant whose rows are this
 * shard's. Another shard's rows have an owner of their own, who would not see the change.
 */
export function checkMended(
  document: string,
  { merchantId }: Viewer,
  shard: number,
  { log, clock }: Pick<Ports, 'log' | 'clock'>,
): Outcome<string> {
  const decoded = decodeEvent(Buffer.from(document), shard, clock.now())
  if (!decoded.ok) return decoded
  const { type, storeId, merchantId: stated } = decoded.value
  if (stated !== merchantId) return wrong('merchantId', `must be ${merchantId}, as it is of every document of yours`)
  if (!TRADE_EVENTS.some((each) => each.type === type))
    return wrong('type', 'is one that the engine makes itself: nobody sends it')
  if (!EVENT_TYPES.get(type)!.everyShard && shardOf(merchantId, storeId, log.shards) !== shard)
    return wrong('storeId', `is of another shard: give this document up, and send the mended one to POST /collect`)
  return ok(document)
}
