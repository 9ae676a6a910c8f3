/** Our own types of event, sent by bridges that speak them: as declared in `core/events`, without the envelope's rest. */
import { z } from 'zod'
import { TRADE_EVENTS } from '#core/events/catalogue.ts'
import { problemsOf } from '#core/events/decode-event.ts'
import { Id, Instant, type SourceDocument } from '#core/events/envelope.ts'
import { MAX_AMOUNT_MINOR } from '#core/events/money.ts'
import type { SaleRecorded } from '#core/events/sale-recorded.ts'
import { type Outcome, ok, wrong } from '#core/outcome.ts'
import { rowKey } from '#core/row-key.ts'
import type { Source } from './source.ts'

const documents: ReadonlyMap<string, z.ZodObject> = new Map(
  TRADE_EVENTS.map(({ type, data }) => [
    type,
    z.object({
      type: z.literal(type),
      /** The sender's own id of the event; without it each document is new. */
      id: Id.optional(),
      storeId: Id,
      occurredAt: Instant.optional(),
      data,
    }),
  ]),
)
/** For the API's page: what may be sent, by type. */
export const OWN_DOCUMENTS = documents

export const ownEvents: Source = { name: 'collect', translate }

function translate(document: unknown): Outcome<SourceDocument> {
  if (typeof document !== 'object' || document === null) return wrong('', 'is not a JSON object')
  const schema = documents.get((document as { type?: unknown }).type as string)
  if (schema === undefined) {
    return wrong('type', `is none of ${[...documents.keys()].join(', ')}, and the document is none of a point of sale`)
  }
  const parsed = schema.safeParse(document)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const { type, id, storeId, occurredAt, data } = parsed.data as OwnDocument
  const { quantity = 1, unitPriceMinor = 0, discountMinor = 0 } = data as Partial<SaleRecorded>
  if (quantity * unitPriceMinor > MAX_AMOUNT_MINOR) {
    return wrong('data.quantity', `times unitPriceMinor is too large: a line may be ${MAX_AMOUNT_MINOR} at the most`)
  }
  if (discountMinor > quantity * unitPriceMinor) return wrong('data.discountMinor', 'is more than the line costs')
  return ok({
    providerId: id === undefined ? undefined : rowKey('event', id),
    drafts: [{ type, storeId, occurredAt, data }],
  })
}

type OwnDocument = { type: string; id?: string; storeId: string; occurredAt?: string; data: object }
