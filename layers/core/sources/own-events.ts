/** Our own types of event, sent by bridges that speak them: as declared in `core/events`, without the envelope's rest. */
import { z } from 'zod'
import { TRADE_EVENTS } from '#core/events/catalogue.ts'
import { Id, Instant, type SourceDocument, StoreId } from '#core/events/envelope.ts'
import { MAX_AMOUNT_MINOR } from '#core/events/money.ts'
import type { OrderChanged } from '#core/events/order-changed.ts'
import type { SaleRecorded } from '#core/events/sale-recorded.ts'
import { type Outcome, ok, type Problem, wrong } from '#core/outcome.ts'
import { rowKey } from '#core/row-key.ts'
import { linePriceProblems } from './line-price.ts'
import { readDocument } from './read-document.ts'
import type { Source } from './source.ts'

const documents: ReadonlyMap<string, z.ZodObject> = new Map(
  TRADE_EVENTS.map(({ type, data, everyShard }) => [
    type,
    z.object({
      type: z.literal(type),
      /** The sender's own id of the event; without it each document is new. */
      id: Id.optional(),
      // What is said of the catalogue belongs to no store.
      storeId: everyShard ? Id : StoreId,
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
  const { whole, problems: found } = readDocument(schema, document)
  const data =
    whole?.data ?? readDocument(schema.shape.data as z.ZodObject, (document as Partial<OwnDocument>).data).right
  const problems = [...found, ...lineProblems(data), ...orderProblems(data)]
  if (whole === undefined || problems.length > 0) return { ok: false, problems }
  const { type, id, storeId, occurredAt } = whole as OwnDocument
  return ok({
    providerId: id === undefined ? undefined : rowKey('event', id),
    drafts: [{ type, storeId, occurredAt, data: whole.data as object }],
  })
}

/** What fields say together, of a line that has a price. */
function lineProblems({ quantity, unitPriceMinor, discountMinor = 0 }: Partial<SaleRecorded>): readonly Problem[] {
  if (quantity === undefined || unitPriceMinor === undefined) return []
  const problems: Problem[] = []
  if (quantity * unitPriceMinor > MAX_AMOUNT_MINOR) {
    const message = `times unitPriceMinor is too large: a line may be ${MAX_AMOUNT_MINOR} at the most`
    problems.push({ field: 'data.quantity', message })
  }
  if (discountMinor > quantity * unitPriceMinor)
    problems.push({ field: 'data.discountMinor', message: 'is more than the line costs' })
  return problems
}

/** What the lines of a whole order say, each and together. */
function orderProblems({ lines, currency }: Partial<OrderChanged>): readonly Problem[] {
  if (!Array.isArray(lines) || currency === undefined) return []
  return lines.flatMap(({ unitPriceMinor, ...line }, n) =>
    unitPriceMinor === undefined
      ? []
      : linePriceProblems({ ...line, unitPriceMinor }, currency, {
          quantity: `data.lines.${n}.quantity`,
          discount: `data.lines.${n}.discountMinor`,
          tax: `data.lines.${n}.taxMinor`,
        }),
  )
}

type OwnDocument = { type: string; id?: string; storeId: string; occurredAt?: string; data: object }
