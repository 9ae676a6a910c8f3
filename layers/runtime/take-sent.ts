/** What a signed-in person or program sends: within the day's quota, and to the demo merchant through a door of its own. */

import type { SourceDocument } from '#core/events/envelope.ts'
import { SIMULATOR } from '#core/events/simulator-source.ts'
import type { Taken } from '#core/ports.ts'
import { demoConnection, markDemoAccepted } from './demo-doors.ts'
import { DEMO_MERCHANT } from './demo-merchant.ts'
import { HttpError } from './http-handler.ts'
import type { Ports } from './ports.ts'
import { sendingMerchant, withinQuota } from './quota.ts'
import { type Door, takeIn } from './take-in.ts'

/**
 * What anybody but the simulator sends to the demo merchant makes it live.
 * @throws HttpError 403 where the merchant is suspended or its door paused; as `withinQuota`; LogFullError
 */
export async function takeSent(
  ports: Ports,
  door: Door,
  documents: readonly SourceDocument[],
): Promise<readonly Taken[]> {
  const { merchantId, source } = door
  const merchant = await sendingMerchant(ports.state, merchantId)
  const events = documents.map(({ drafts }) => drafts.length)
  const takeAll = () => withinQuota(ports, merchant, events, () => takeIn(ports, door, documents))
  if (merchantId !== DEMO_MERCHANT || source === SIMULATOR || documents.length === 0) return takeAll()
  const connection = await demoConnection(ports, source)
  if (connection.status === 'paused') throw new HttpError(403, `Connection ${connection.id} is paused`)
  const taken = await takeAll()
  await markDemoAccepted(ports, connection)
  return taken
}
