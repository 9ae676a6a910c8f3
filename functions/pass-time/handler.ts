import type { Context } from 'aws-lambda'
import { NO_MERCHANT, NO_STORE } from '#core/events/envelope.ts'
import { businessDateOf } from '#core/metrics/business-time.ts'
import { ownEvent } from '#runtime/own-event.ts'
import { portsOf } from '#runtime/ports.ts'

/** Each minute: a tick into every shard, so that folds know that time goes by without reading a clock. */
export async function handler(_event: unknown, context: Context): Promise<void> {
  const ports = portsOf(context)
  const place = {
    merchantId: NO_MERCHANT,
    storeId: NO_STORE,
    source: 'engine',
    businessDate: businessDateOf(ports.clock.now(), 'UTC'),
  }
  await ports.log.append(
    Array.from({ length: ports.log.shards }, (_, shard) => {
      const { id, bytes } = ownEvent(ports, 'time.passed', place, {})
      return { eventIds: [id], records: [{ shard, bytes }] }
    }),
  )
}
