/** The shop of Online Retail comes before its first row: the dates of its rows are by its clock. */
import { shardOf } from '#core/events/shard-of.ts'
import type { Viewer } from '#core/ports.ts'
import { rowKey } from '#core/row-key.ts'
import { ONLINE_RETAIL_STORE, onlineRetailShop } from '#core/sources/online-retail.ts'
import { ownEvents } from '#core/sources/own-events.ts'
import { HttpError } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import type { Door } from '#runtime/take-in.ts'
import { takeSent } from '#runtime/take-sent.ts'

/** @throws HttpError 503 until the engine knows it. */
export async function listShop(ports: Ports, { merchantId }: Viewer, door: Door): Promise<void> {
  const { state, log } = ports
  const home = String(shardOf(merchantId, ONLINE_RETAIL_STORE, log.shards))
  if ((await state.get('store-listings', rowKey(home, merchantId, ONLINE_RETAIL_STORE))) !== undefined) return
  const shop = ownEvents.translate({ ...onlineRetailShop, id: 'shop' }, { currency: '' })
  if (shop.ok) await takeSent(ports, door, [shop.value])
  throw new HttpError(503, 'The shop itself is being listed: send this part again in a second', [], 1)
}
