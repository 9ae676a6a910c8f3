import { under } from '#core/row-key.ts'
import { DEMO_MERCHANT } from './demo-merchant.ts'
import { forgetNotices } from './forget-notices.ts'
import { HttpError } from './http-handler.ts'
import { findMerchant, type Merchant, noSuchMerchant, withStatus } from './merchants.ts'
import { PEOPLE_TABLE } from './people.ts'
import type { Ports } from './ports.ts'
import { changeConnection, connectionsOf } from './provider-connections.ts'

/**
 * Lets nobody of them in, closes their doors, and forgets their people. Their events and figures, which name nobody any
 * more, leave with the log. Cut off in the middle, it is done again. @throws HttpError 404; 409 for the demo merchant.
 */
export async function removeMerchant(ports: Pick<Ports, 'state' | 'secrets' | 'clock'>, id: string): Promise<Merchant> {
  const { state } = ports
  if (id === DEMO_MERCHANT) throw new HttpError(409, 'The demo merchant stays: `counterflow demo reset` empties it')
  const found = await findMerchant(state, id)
  if (found === undefined) throw noSuchMerchant(id)
  const merchant = await withStatus(state, found, 'removed')
  for (const connection of await connectionsOf(state, id)) await changeConnection(ports, id, connection.id, 'remove')
  await forgetNotices(ports, id)
  for (;;) {
    const people = await state.query({ table: PEOPLE_TABLE, range: under(id), limit: PEOPLE_AT_ONCE })
    await state.commitDurable(people.map(({ key }) => ({ table: PEOPLE_TABLE, key, row: undefined })))
    if (people.length < PEOPLE_AT_ONCE) return merchant
  }
}
const PEOPLE_AT_ONCE = 100
