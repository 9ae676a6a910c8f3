/** The shop of Online Retail comes before its first row: the dates of its rows are by its clock. */
import { setTimeout as wait } from 'node:timers/promises'
import { storeListing } from '#core/catalogue/listings.ts'
import { shardOf } from '#core/events/shard-of.ts'
import type { Viewer } from '#core/ports.ts'
import { rowKey } from '#core/row-key.ts'
import { ONLINE_RETAIL_STORE, onlineRetailShop } from '#core/sources/online-retail.ts'
import { ownEvents } from '#core/sources/own-events.ts'
import { HttpError } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import type { Door } from '#runtime/take-in.ts'
import { takeSent } from '#runtime/take-sent.ts'

/** Within this time the engine mostly knows it. */
const PATIENCE_MS = 1_000
const LOOK_AGAIN_MS = 50

/** @throws HttpError 503 where the engine does not know it soon. */
export async function listShop(ports: Ports, { merchantId }: Viewer, door: Door): Promise<void> {
  const { state, log } = ports
  const home = String(shardOf(merchantId, ONLINE_RETAIL_STORE, log.shards))
  const isKnown = async () =>
    (await state.get(storeListing.name, rowKey(home, merchantId, ONLINE_RETAIL_STORE))) !== undefined
  if (await isKnown()) return
  const shop = ownEvents.translate({ ...onlineRetailShop, id: 'shop' }, { currency: '' })
  if (shop.ok) await takeSent(ports, door, [shop.value])
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += LOOK_AGAIN_MS) {
    await wait(LOOK_AGAIN_MS)
    if (await isKnown()) return
  }
  throw new HttpError(503, 'The shop itself is being listed: send this part again in a second', [], 1)
}
