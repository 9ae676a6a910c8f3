import { maySeeStore } from '#core/access/may-see.ts'
import { stockChange, stockChangeAnswer } from '#core/api/stock-changes.ts'
import { zoneOf } from '#core/catalogue/listings.ts'
import { shardOf } from '#core/events/shard-of.ts'
import { decideStockChange } from '#core/inventory/stock-change.ts'
import { type Stock, stockKey, stockLevel } from '#core/inventory/stock-level.ts'
import { businessDateOf } from '#core/metrics/business-time.ts'
import { audited } from '#runtime/audit.ts'
import { bodyIn, HttpError, httpHandler, json, unprocessable, viewerIn } from '#runtime/http-handler.ts'
import { ownEvent } from '#runtime/own-event.ts'
import { sendingMerchant } from '#runtime/quota.ts'
import { isKnownStore, readProducts, readSettings, readStore } from '#runtime/read-catalogue.ts'

/** A person received goods, counted them, or found some broken: an event of the store. */
export const handler = httpHandler((ports) => async (request) => {
  const viewer = viewerIn(request)
  const { merchantId } = viewer
  const asked = bodyIn(request, stockChange)
  const { storeId, productId, reason, note = null } = asked
  const { state, log } = ports
  await sendingMerchant(state, merchantId)
  if (!maySeeStore(viewer, merchantId, storeId) || !(await isKnownStore(state, merchantId, storeId)))
    throw new HttpError(404, `Among your stores there is no ${storeId}`)
  const row = (await state.get(stockLevel.name, stockKey(merchantId, storeId, productId))) as Stock | undefined
  const decided = decideStockChange(asked, row, (await readProducts(state, merchantId, [productId])).has(productId))
  if (!decided.ok) return unprocessable(decided.problems)
  const { type, data, before, after } = decided.value
  const zone = zoneOf(await readStore(state, merchantId, storeId), await readSettings(state, merchantId))
  const place = { merchantId, storeId, source: 'dashboard', businessDate: businessDateOf(ports.clock.now(), zone) }
  const { id, bytes } = ownEvent(ports, type, place, data)
  const records = [{ shard: shardOf(merchantId, storeId, log.shards), bytes }]
  const subject = `${productId} in ${storeId}`
  const change = { what: type, subject, before: { onHand: before }, after: { onHand: after, reason, note } }
  await audited(ports, viewer, change, () => log.append([{ eventIds: [id], records }]))
  return json(202, stockChangeAnswer.parse({ eventIds: [id], repeat: false, before, after }))
})
