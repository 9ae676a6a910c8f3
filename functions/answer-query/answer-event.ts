import { mayDo } from '#core/access/may-do.ts'
import type { EventAnswer } from '#core/api/events.ts'
import { NO_STORE } from '#core/events/envelope.ts'
import { type Alert, closedAlerts, openAlerts } from '#core/inventory/alerts.ts'
import { type Stock, stockKey, stockLevel } from '#core/inventory/stock-level.ts'
import { wasLate, windowsOfEvent } from '#core/metrics/windows-of-event.ts'
import type { StateStore, Viewer } from '#core/ports.ts'
import { descendingTime, rowKey, under } from '#core/row-key.ts'
import { TRADE_TYPES } from '#core/trade/trade-types.ts'
import { eventIdOf } from '#core/trade/transaction-search.ts'
import { deliveriesOf } from '#runtime/delivery-log.ts'
import type { FoundRecord } from '#runtime/find-record.ts'
import { HELD_TABLE, type HeldRow, heldKey } from '#runtime/held-documents.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { connectionsOf } from '#runtime/provider-connections.ts'
import { instantIn, storeIn } from '#runtime/query-parameters.ts'
import { readAlertItems } from '#runtime/read-alerts.ts'
import { readListedStores, readProducts, readZones } from '#runtime/read-catalogue.ts'
import { freshnessAt, readCheckpoints } from '#runtime/read-lag.ts'
import { type FoundEvent, findEvent } from './find-event.ts'
import { detailsOf } from './transaction-details.ts'

/** One event: what it says, where it is on its way, and what it moved. `store` and `at` say where to look for it. */
export async function answerEvent(ports: Ports, request: HttpRequest): Promise<EventAnswer> {
  const { log, state, clock } = ports
  const viewer = viewerIn(request)
  const nowMs = clock.now()
  const fresh = await freshnessAt({ log, state }, nowMs)
  const event = await findEvent(ports, viewer, eventIdOf(request.params.id!), {
    store: storeIn(request),
    atMs: instantIn(request, 'at'),
  })
  const { id, record, lines, storeId, source, at, receivedAt, productId } = event
  const zone = await readZones(state, viewer.merchantId, [storeId])
  const times = { at, receivedAt, source, storeZone: zone(storeId), merchantZone: zone(NO_STORE) }
  const fate = await fateOf(ports, record)
  const counts = fate.state !== 'held' && fate.state !== 'discarded' && (record === undefined || isTrade(record))
  return {
    ...fresh,
    id,
    type: record?.type ?? null,
    storeId,
    storeName: (await readListedStores(state, viewer.merchantId, [storeId])).get(storeId)?.name ?? null,
    source,
    occurredAt: new Date(at).toISOString(),
    acceptedAt: new Date(receivedAt).toISOString(),
    businessDate: record?.businessDate ?? null,
    data: record?.data ?? null,
    place: record === undefined ? null : { shard: record.shard, sequence: record.sequence },
    ...fate,
    duplicates: record?.duplicates ?? 0,
    late: counts ? wasLate(times) : null,
    windows: counts
      ? windowsOfEvent({ ...times, ofProduct: productId !== undefined }, nowMs).map(
          ({ fromMs, toMs, isKept, of, ...window }) => ({
            ...window,
            of: [...of],
            from: new Date(fromMs).toISOString(),
            to: new Date(toMs).toISOString(),
            kept: isKept,
          }),
        )
      : [],
    lines: await detailsOf(state, viewer.merchantId, lines),
    stock: await stockOf(state, viewer.merchantId, storeId, productId),
    alerts: await alertsOf(state, viewer.merchantId, event),
    delivery: mayDo(viewer, 'integrations:read') ? await deliveryOf(ports, viewer, event) : null,
  }
}

const isTrade = ({ type }: FoundRecord): boolean => (TRADE_TYPES as readonly string[]).includes(type)

/** What became of its record. Without one it is old, and was applied: its lines say so. */
async function fateOf(
  { log, state }: Ports,
  record: FoundRecord | undefined,
): Promise<Pick<EventAnswer, 'state' | 'problems'>> {
  if (record === undefined) return { state: 'applied', problems: [] }
  const { shard, sequence } = record
  const checkpoint = (await readCheckpoints(state, log.shards))[shard]!
  if (sequence > checkpoint.sequence) return { state: 'pending', problems: [] }
  const held = (await state.get(HELD_TABLE, heldKey(shard, sequence))) as HeldRow | undefined
  if (held === undefined) return { state: 'applied', problems: [] }
  return { state: held.status, problems: held.status === 'held' ? [...held.problems] : [] }
}

async function stockOf(
  state: StateStore,
  merchantId: string,
  storeId: string,
  productId: string | undefined,
): Promise<EventAnswer['stock']> {
  if (productId === undefined) return null
  const row = (await state.get(stockLevel.name, stockKey(merchantId, storeId, productId))) as Stock | undefined
  if (row === undefined) return null
  const listing = (await readProducts(state, merchantId, [productId])).get(productId)
  const movedAt = new Date(row.movedAt).toISOString()
  return { productId, title: listing?.title ?? null, onHand: row.onHand, movedAt }
}

async function alertsOf(
  state: StateStore,
  merchantId: string,
  { id, lines, storeId, at, productId }: FoundEvent,
): Promise<EventAnswer['alerts']> {
  const products = new Set([...lines.map((line) => line.productId), productId].filter((each) => each !== undefined))
  const open = await state.getMany(
    [...products].map((each) => ({ table: openAlerts.name, key: rowKey(merchantId, storeId, each) })),
  )
  const range = under(merchantId, storeId, descendingTime(at))
  const closed = (await state.query({ table: closedAlerts.name, range })).map(({ row }) => row)
  const moved = ([...open, ...closed] as (Alert | undefined)[]).filter(
    (alert) => alert !== undefined && eventIdOf(alert.becauseOf) === id,
  )
  return readAlertItems(state, merchantId, moved as Alert[])
}

/** Deliveries are logged when they are answered, a moment after their events were taken. */
const ANSWERED_WITHIN_MS = 60_000

async function deliveryOf(ports: Ports, { merchantId }: Viewer, event: FoundEvent): Promise<EventAnswer['delivery']> {
  for (const connection of await connectionsOf(ports.state, merchantId)) {
    if (connection.source !== event.source) continue
    const { items } = await deliveriesOf(ports, connection.id)
    const found = items.find(
      ({ at, way, answer }) =>
        way !== 'redelivery' &&
        Math.abs(at - event.receivedAt) < ANSWERED_WITHIN_MS &&
        answer.includes(`"${event.id}"`),
    )
    if (found !== undefined) return { connectionId: connection.id, number: found.number }
  }
  return null
}
