import { maySeeStore } from '#core/access/may-see.ts'
import { TRADE_EVENTS } from '#core/events/catalogue.ts'
import { shardOf } from '#core/events/shard-of.ts'
import type { StateStore, Viewer } from '#core/ports.ts'
import { descendingTime, under } from '#core/row-key.ts'
import { eventIdOf } from '#core/trade/transaction-search.ts'
import { type Transaction, transactions } from '#core/trade/transactions.ts'
import { type FoundRecord, findRecord, RECORDS_LOOKED_AT } from '#runtime/find-record.ts'
import { HttpError } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'

export type FoundEvent = {
  readonly id: string
  readonly record: FoundRecord | undefined
  readonly lines: readonly Transaction[]
  readonly storeId: string
  readonly source: string
  readonly at: number
  readonly receivedAt: number
  readonly productId: string | undefined
}

/** @throws HttpError 404 where the viewer may see no such event, or it is not among those that are looked through. */
export async function findEvent(
  { log, state }: Pick<Ports, 'log' | 'state'>,
  viewer: Viewer,
  id: string,
  { store, atMs }: { readonly store: string | undefined; readonly atMs: number | undefined },
): Promise<FoundEvent> {
  const { merchantId } = viewer
  const booked = store === undefined || atMs === undefined ? [] : await linesOf(state, merchantId, store, atMs, id)
  const shards = store === undefined ? [...Array(log.shards).keys()] : [shardOf(merchantId, store, log.shards)]
  const nearMs = booked[0]?.receivedAt ?? atMs
  const most = nearMs === undefined ? Math.ceil(RECORDS_LOOKED_AT / shards.length) : RECORDS_LOOKED_AT
  const found = (await Promise.all(shards.map((shard) => findRecord(log, shard, id, nearMs, most)))).find(
    (record) =>
      record !== undefined &&
      maySeeStore(viewer, record.merchantId, record.storeId) &&
      TRADE_EVENTS.some(({ type }) => type === record.type),
  )
  if (found === undefined) {
    const [line] = booked
    if (line === undefined) throw new HttpError(404, NOT_FOUND)
    return { ...line, id, record: undefined, lines: booked, productId: line.productId }
  }
  const at = Date.parse(found.occurredAt)
  const lines = booked.length > 0 ? booked : await linesOf(state, merchantId, found.storeId, at, id)
  const stated = found.data.productId
  return {
    id,
    record: found,
    lines,
    storeId: found.storeId,
    source: found.source,
    at,
    receivedAt: Date.parse(found.receivedAt),
    productId: lines[0]?.productId ?? (typeof stated === 'string' ? stated : undefined),
  }
}
const NOT_FOUND =
  'There is no such event among those of your stores that were looked through: say in `store` and `at` where and when it happened'

async function linesOf(
  state: StateStore,
  merchantId: string,
  storeId: string,
  atMs: number,
  eventId: string,
): Promise<Transaction[]> {
  const range = under(merchantId, storeId, descendingTime(atMs))
  const rows = (await state.query({ table: transactions.name, range })).map(({ row }) => row as Transaction)
  return rows.filter((row) => eventIdOf(row.id) === eventId)
}
