import { EVENT_TYPES } from '#core/events/catalogue.ts'
import { decodeEvent } from '#core/events/decode-event.ts'
import type { SourceDocument } from '#core/events/envelope.ts'

const NOW = '2026-03-02T10:00:00.000Z'

/** Problems that the consumer would have with an event of this document, after the door gave it identity and time. */
export function heldFor({ drafts }: SourceDocument): object[] {
  return drafts.flatMap(({ type, storeId, occurredAt = NOW, data }, i) => {
    const own = {
      ...(type === 'sale.recorded' && { orderId: 'id' }),
      ...(type === 'sale.refunded' && { refundId: 'id' }),
    }
    const event = {
      id: `id-${i}`,
      merchantId: 'm',
      storeId,
      source: 'test',
      type,
      version: EVENT_TYPES.get(type)!.version,
      occurredAt,
      receivedAt: occurredAt,
      businessDate: '2026-03-02',
      data: { ...own, ...data },
    }
    const decoded = decodeEvent(new TextEncoder().encode(JSON.stringify(event)), 0)
    return decoded.ok ? [] : [...decoded.problems]
  })
}
