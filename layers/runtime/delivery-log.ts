/** What came through each connection lately: the newest thousand deliveries, for seven days, without personal fields. */
import type { DeliveryItem } from '#core/api/connections.ts'
import { withoutPersonalFields } from '#core/events/personal-fields.ts'
import { DAY_MS } from '#core/metrics/business-time.ts'
import type { StateStore } from '#core/ports.ts'
import { ascendingNumber, rowKey, under } from '#core/row-key.ts'
import type { Headers } from '#core/sources/source.ts'
import { hourWrite } from './delivery-hours.ts'
import type { Ports } from './ports.ts'
import { commitNumbered } from './running-number.ts'
import { sweepRows } from './sweep-rows.ts'

/** Key: connection, place in its ring. Those whose sender was not proved have a ring of their own, and push nobody out. */
const DELIVERIES = 'deliveries'
/** What a delivery said, by the same key. */
const BODIES = 'delivery-bodies'
/** The number of a connection's newest delivery. Key: connection. */
const NUMBERS = 'delivery-numbers'
const KEPT = 1_000
const REFUSALS_KEPT = 100
export const KEEP_DELIVERIES_MS = 7 * DAY_MS
/** A larger body is not kept. */
const MAX_BODY_CHARACTERS = 64 * 1024

/** As it is kept: `at` is epoch ms. */
export type LoggedItem = Omit<DeliveryItem, 'at'> & { readonly at: number }
export type Delivery = LoggedItem & {
  /** What the provider said beside the body, and redelivery needs. */
  readonly headers: Headers
  /** JSON without personal fields; null: it was no JSON, or too large, or its sender was not proved. */
  readonly body: string | null
}
type LoggedDelivery = Omit<Delivery, 'body'>
type Body = { readonly body: string; readonly at: number }

const KEPT_HEADERS =
  /^(x-shopify-(topic|webhook-id|event-id|triggered-at|test|shop-domain|api-version)|x-wc-webhook-(topic|resource|event|id|delivery-id|source)|webhook-(id|timestamp)|content-type)$/

/** `document`: undefined where its sender was not proved, or it is no JSON. */
export async function logDelivery(
  { state }: Pick<Ports, 'state'>,
  connectionId: string,
  { headers, document, ...item }: Omit<Delivery, 'number' | 'body'> & { readonly document: unknown },
): Promise<void> {
  const isProved = item.proof === 'proved' || item.proof === 'none'
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => KEPT_HEADERS.test(name)))
  const body = bodyOf(document)
  await commitNumbered(state, NUMBERS, connectionId, async (number) => {
    const place = isProved ? ascendingNumber(number % KEPT) : `refused-${number % REFUSALS_KEPT}`
    const key = rowKey(connectionId, place)
    return [
      { table: DELIVERIES, key, row: { ...item, number, headers: kept } satisfies LoggedDelivery },
      { table: BODIES, key, row: body === null ? undefined : ({ body, at: item.at } satisfies Body) },
      await hourWrite(state, connectionId, item),
    ]
  })
}

function bodyOf(document: unknown): string | null {
  if (document === undefined) return null
  const text = JSON.stringify(withoutPersonalFields(document) ?? null)
  return text.length > MAX_BODY_CHARACTERS ? null : text
}

/** Newest first: up to `limit` of those before the one of number `before`, and whether there are more. */
export async function deliveriesOf(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  connectionId: string,
  limit = KEPT + REFUSALS_KEPT,
  before = Number.POSITIVE_INFINITY,
): Promise<{ readonly items: readonly LoggedItem[]; readonly isMore: boolean }> {
  const rows = (await rowsOf(state, connectionId, clock.now())).map(({ row }) => row)
  const found = rows.filter(({ number }) => number < before).sort((a, b) => b.number - a.number)
  return { items: found.slice(0, limit), isMore: found.length > limit }
}

/** undefined: it is not kept any more. */
export async function deliveryOf(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  connectionId: string,
  number: number,
): Promise<Delivery | undefined> {
  const found = (await rowsOf(state, connectionId, clock.now())).find(({ row }) => row.number === number)
  if (found === undefined) return undefined
  const said = (await state.get(BODIES, found.key)) as Body | undefined
  return { ...found.row, body: said?.body ?? null }
}

async function rowsOf(
  state: StateStore,
  connectionId: string,
  nowMs: number,
): Promise<{ readonly key: string; readonly row: LoggedDelivery }[]> {
  const rows = await state.query({ table: DELIVERIES, range: under(connectionId) })
  return rows
    .map(({ key, row }) => ({ key, row: row as LoggedDelivery }))
    .filter(({ row }) => row.at >= nowMs - KEEP_DELIVERIES_MS)
}

/** All that the log of a connection says of each delivery, however old, as one text. */
export async function loggedTexts(
  state: StateStore,
  connectionId: string,
): Promise<readonly { readonly key: string; readonly text: string }[]> {
  const range = under(connectionId)
  const [said, bodies] = await Promise.all([
    state.query({ table: DELIVERIES, range }),
    state.query({ table: BODIES, range }),
  ])
  const texts = new Map<string, string>()
  for (const { key, row } of [...said, ...bodies]) {
    // An answer and a body are JSON in a row: their own words, not once more in quotes.
    const text = Object.values(row).map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)))
    texts.set(key, [texts.get(key) ?? '', ...text].join('\n'))
  }
  return [...texts].map(([key, text]) => ({ key, text }))
}

export const deleteDelivery = (state: StateStore, key: string): Promise<void> =>
  state.commitDurable([DELIVERIES, BODIES].map((table) => ({ table, key, row: undefined })))

/** Deletes what is older than it may be. */
export async function sweepDeliveries({ state, clock }: Pick<Ports, 'state' | 'clock'>): Promise<void> {
  const before = clock.now() - KEEP_DELIVERIES_MS
  const isOver = ({ at }: LoggedDelivery): boolean => at < before
  await sweepRows<LoggedDelivery>(state, { table: DELIVERIES, with: [BODIES], told: 'number', isOver })
}
