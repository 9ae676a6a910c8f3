import type { AuditKind } from '#core/api/audit-kinds.ts'
import {
  reorderAcceptance,
  reorderAcceptedAnswer,
  reorderDismissal,
  reorderItem,
  reorderSnooze,
} from '#core/api/reorders.ts'
import { zoneOf } from '#core/catalogue/listings.ts'
import { shardOf } from '#core/events/shard-of.ts'
import { businessDateOf } from '#core/metrics/business-time.ts'
import { ConditionFailedError, LogFullError, type Viewer } from '#core/ports.ts'
import { accepted, type Deciding, dismissed, isOpen, orderOf, snoozed } from '#core/reorders/decide-reorder.ts'
import { REORDERS, type ReorderRow } from '#core/reorders/reorder-row.ts'
import { audited } from '#runtime/audit.ts'
import {
  bodyIn,
  conflict,
  HttpError,
  type HttpReply,
  type HttpRequest,
  json,
  mustVersionIn,
  unprocessable,
  viewerIn,
} from '#runtime/http-handler.ts'
import { isUnmoved } from '#runtime/is-unmoved.ts'
import { ownEvent } from '#runtime/own-event.ts'
import type { Ports } from '#runtime/ports.ts'
import { sendingMerchant } from '#runtime/quota.ts'
import { readSettings, readStore } from '#runtime/read-catalogue.ts'
import { findReorder, reorderItems, todayOf } from '#runtime/read-reorders.ts'
import { reorderKey } from '#runtime/reorder-rows.ts'
import { reorderIn } from './show.ts'

/**
 * The row is first: where the program is killed before the order is in the log, or nobody knows whether it is, the same decision
 * once more places it. Another one would be another quantity under the same number.
 */
export async function acceptReorder(ports: Ports, request: HttpRequest): Promise<HttpReply> {
  const viewer = viewerIn(request)
  const { version: seen, quantity } = bodyIn(request, reorderAcceptance)
  const version = mustVersionIn(request, seen)
  await sendingMerchant(ports.state, viewer.merchantId)
  const { row, deciding } = await decidingOn(ports, viewer, request)
  if (isSameAgain(row, version, quantity)) {
    const eventIds = await placeOrder(ports, row, viewer)
    return answerAccepted(ports, viewer, row, 200, eventIds)
  }
  refuseOther(row, version, deciding, await shown(ports, viewer, row))
  const next = accepted(row, deciding, quantity)
  await keep(ports, viewer, row, next, 'reorder.accepted')
  try {
    const eventIds = await placeOrder(ports, next, viewer)
    return answerAccepted(ports, viewer, next, 202, eventIds)
  } catch (error) {
    // Of any other failure nobody knows whether the log has it, or will.
    if (!(error instanceof LogFullError) || error.isUncertain) throw error
    await keep(ports, viewer, next, { ...row, version: next.version + 1 }, 'reorder.reopened')
    throw error
  }
}

export async function snoozeReorder(ports: Ports, request: HttpRequest): Promise<HttpReply> {
  const viewer = viewerIn(request)
  const { version: seen, until, reason } = bodyIn(request, reorderSnooze)
  const version = mustVersionIn(request, seen)
  const { row, deciding } = await decidingOn(ports, viewer, request)
  const next = snoozed(row, deciding, until, reason)
  if (!next.ok) return unprocessable(next.problems)
  refuseOther(row, version, deciding, await shown(ports, viewer, row))
  await keep(ports, viewer, row, next.value, 'reorder.snoozed')
  return json(200, await shown(ports, viewer, next.value))
}

export async function dismissReorder(ports: Ports, request: HttpRequest): Promise<HttpReply> {
  const viewer = viewerIn(request)
  const { version: seen, reason } = bodyIn(request, reorderDismissal)
  const version = mustVersionIn(request, seen)
  const { row, deciding } = await decidingOn(ports, viewer, request)
  refuseOther(row, version, deciding, await shown(ports, viewer, row))
  const next = dismissed(row, deciding, reason)
  await keep(ports, viewer, row, next, 'reorder.dismissed')
  return json(200, await shown(ports, viewer, next))
}

async function decidingOn(
  { state, clock }: Ports,
  viewer: Viewer,
  request: HttpRequest,
): Promise<{ readonly row: ReorderRow; readonly deciding: Deciding }> {
  const row = await reorderIn(state, viewer, request)
  const at = clock.now()
  return { row, deciding: { by: viewer.subject, at, on: await todayOf(state, viewer.merchantId, at) } }
}

const isSameAgain = ({ state, version, decision }: ReorderRow, seen: number, quantity: number | undefined): boolean =>
  state === 'accepted' && version === seen + 1 && (quantity === undefined || quantity === decision!.quantity)

/** @throws HttpError 409 */
function refuseOther(row: ReorderRow, seen: number, { on }: Deciding, present: object): void {
  if (row.version !== seen) throw conflict('The proposal was changed since you saw it', { ...present })
  if (!isOpen(row, on)) throw conflict(`The proposal was ${row.state} already`, { ...present })
}

/** With a row in the audit. @throws HttpError 409 */
async function keep(
  ports: Ports,
  viewer: Viewer,
  before: ReorderRow,
  after: ReorderRow,
  what: AuditKind,
): Promise<void> {
  const place = { table: REORDERS, key: reorderKey(viewer.merchantId, before) }
  const told = ({ state, decision, quantity }: ReorderRow) => ({
    state,
    quantity: decision?.quantity ?? quantity,
    ...(decision?.until && { until: decision.until }),
    ...(decision?.reason && { reason: decision.reason }),
  })
  const subject = `${before.productId} in ${before.storeId}`
  const change = { what, subject, before: told(before), after: told(after) }
  try {
    await audited(ports, viewer, change, () =>
      ports.state.commitDurable([{ ...place, row: after }], [isUnmoved(place, before)]),
    )
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error
    const present = await findReorder(ports.state, viewer, before.id)
    if (present === undefined) throw new HttpError(404, `There is no proposal ${before.id} any more`)
    throw conflict('The proposal was changed since you saw it', { ...(await shown(ports, viewer, present)) })
  }
}

/** An event of the store, once under its number: the claim is kept for ever. */
async function placeOrder(ports: Ports, row: ReorderRow, { merchantId }: Viewer): Promise<readonly string[]> {
  const { storeId } = row
  const zone = zoneOf(await readStore(ports.state, merchantId, storeId), await readSettings(ports.state, merchantId))
  const businessDate = businessDateOf(ports.clock.now(), zone)
  const place = { merchantId, storeId, source: 'dashboard', businessDate }
  const data = orderOf(row)
  const { id, bytes } = ownEvent(ports, 'purchase-order.placed', place, data)
  const records = [{ shard: shardOf(merchantId, storeId, ports.log.shards), bytes }]
  const claim = { key: `${merchantId}/${data.purchaseOrderId}`, keepForEver: true }
  const [taken] = await ports.log.append([{ claim, eventIds: [id], records }])
  return taken!.eventIds
}

async function shown({ state, clock }: Ports, { merchantId }: Viewer, row: ReorderRow) {
  const [item] = await reorderItems(state, merchantId, [row], await todayOf(state, merchantId, clock.now()))
  return reorderItem.parse(item)
}

async function answerAccepted(
  ports: Ports,
  viewer: Viewer,
  row: ReorderRow,
  status: 200 | 202,
  eventIds: readonly string[],
) {
  const { purchaseOrderId } = row.decision!
  const item = await shown(ports, viewer, row)
  return json(status, reorderAcceptedAnswer.parse({ eventIds, repeat: status === 200, purchaseOrderId, item }))
}
