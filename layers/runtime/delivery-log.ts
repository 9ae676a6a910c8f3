/** What came through each connection lately: the newest thousand deliveries, for seven days, without personal fields. */
import type { DeliveryItem } from '#core/api/connections.ts'
import { withoutPersonalFields } from '#core/events/personal-fields.ts'
import { DAY_MS } from '#core/metrics/business-time.ts'
import type { StateStore } from '#core/ports.ts'
import { ascendingNumber, EVERY_KEY, type KeyRange, rowKey, under } from '#core/row-key.ts'
import type { Headers } from '#core/sources/source.ts'
import type { Ports } from './ports.ts'

/** Key: connection, place in its ring. */
export const DELIVERIES = 'deliveries'
const KEPT = 1_000
export const KEEP_DELIVERIES_MS = 7 * DAY_MS
const ROWS_AT_ONCE = 500
/** A larger body is not kept. */
const MAX_BODY_CHARACTERS = 64 * 1024

export type Delivery = DeliveryItem & {
  /** What the provider said beside the body, and redelivery needs. */
  readonly headers: Headers
  /** JSON without personal fields; null: it was no JSON, or too large, or its sender was not proved. */
  readonly body: string | null
}
const KEPT_HEADERS = /^(x-shopify-(?!hmac)|x-wc-webhook-(?!signature)|webhook-(id|timestamp)$|content-type$)/

/** By store and connection: the number of its newest delivery. */
const newest = new WeakMap<StateStore, Map<string, Promise<number>>>()

export async function logDelivery(
  { state }: Pick<Ports, 'state'>,
  connectionId: string,
  { headers, document, ...item }: Omit<Delivery, 'number' | 'body'> & { readonly document: unknown },
): Promise<number> {
  const number = await nextNumber(state, connectionId)
  const row: Delivery = {
    ...item,
    number,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => KEPT_HEADERS.test(name))),
    body: bodyOf(document),
  }
  await state.commit([{ table: DELIVERIES, key: keyOf(connectionId, number), row }])
  return number
}

function bodyOf(document: unknown): string | null {
  if (document === undefined) return null
  const text = JSON.stringify(withoutPersonalFields(document))
  return text.length > MAX_BODY_CHARACTERS ? null : text
}

const keyOf = (connectionId: string, number: number): string => rowKey(connectionId, ascendingNumber(number % KEPT))

function nextNumber(state: StateStore, connectionId: string): Promise<number> {
  let numbers = newest.get(state)
  if (numbers === undefined) newest.set(state, (numbers = new Map()))
  const before = numbers.get(connectionId) ?? newestIn(state, connectionId)
  const next = before.then((number) => number + 1)
  numbers.set(connectionId, next)
  return next
}

async function newestIn(state: StateStore, connectionId: string): Promise<number> {
  return Math.max(0, ...(await rowsOf(state, connectionId)).map(({ number }) => number))
}

const rowsOf = async (state: StateStore, connectionId: string): Promise<Delivery[]> =>
  (await state.query({ table: DELIVERIES, range: under(connectionId) })).map(({ row }) => row as Delivery)

/** Newest first. */
export async function deliveriesOf(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  connectionId: string,
): Promise<readonly Delivery[]> {
  const since = clock.now() - KEEP_DELIVERIES_MS
  const rows = (await rowsOf(state, connectionId)).filter(({ at }) => at >= since)
  return rows.sort((a, b) => b.number - a.number)
}

/** Deletes what is older than it may be. */
export async function sweepDeliveries({ state, clock }: Pick<Ports, 'state' | 'clock'>): Promise<number> {
  const before = clock.now() - KEEP_DELIVERIES_MS
  let range: KeyRange = EVERY_KEY
  let swept = 0
  for (;;) {
    const rows = await state.query({ table: DELIVERIES, range, limit: ROWS_AT_ONCE })
    const old = rows.filter(({ row }) => (row as Delivery).at < before)
    for (let i = 0; i < old.length; i += SWEPT_AT_ONCE) {
      const some = old.slice(i, i + SWEPT_AT_ONCE)
      await state.commit(some.map(({ key }) => ({ table: DELIVERIES, key, row: undefined })))
    }
    swept += old.length
    if (rows.length < ROWS_AT_ONCE) return swept
    range = { ...range, from: `${rows.at(-1)!.key}\u0000` }
  }
}
const SWEPT_AT_ONCE = 100
