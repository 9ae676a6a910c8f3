import { byEngine } from '#core/access/by.ts'
import { USERS } from '#core/access/user.ts'
import { REORDER_MORNINGS, REORDER_PLACES, REORDER_REASONS, REORDERS } from '#core/reorders/reorder-row.ts'
import { AUDIT } from './audit.ts'
import { CHAIN_CHECKS } from './chain-checks.ts'
import { CHAIN_TURNS } from './chain-executions.ts'
import { CHAIN_LANES, CHAIN_RUNS } from './chain-runs.ts'
import { CHAIN_TASKS } from './chain-tasks.ts'
import { DRIFT_TABLE } from './check-drift.ts'
import { CHECK_HISTORY } from './check-history.ts'
import { CREDENTIALS } from './credentials.ts'
import { deleteUnder } from './delete-under.ts'
import { CHAMPIONS_TABLE } from './demand-models.ts'
import { DEMO_MERCHANT } from './demo-merchant.ts'
import { forgetNotices } from './forget-notices.ts'
import { HttpError } from './http-handler.ts'
import { IMPORT_RUNS } from './import-runs.ts'
import { LIST_TURNS } from './list-turns.ts'
import { findMerchant, type Merchant, noSuchMerchant, withStatus } from './merchants.ts'
import { NIGHT_PARTS } from './night-parts.ts'
import { NIGHTS_TABLE } from './night-row.ts'
import { PEOPLE_TABLE } from './people.ts'
import type { Ports } from './ports.ts'
import { changeConnection, connectionsOf } from './provider-connections.ts'
import { USERS_BY_EMAIL, usersOf } from './users.ts'

const TABLES_OF_MERCHANT = [
  PEOPLE_TABLE,
  USERS,
  CREDENTIALS,
  AUDIT,
  IMPORT_RUNS,
  LIST_TURNS,
  CHAIN_LANES,
  CHAIN_RUNS,
  CHAIN_TASKS,
  CHAIN_CHECKS,
  CHECK_HISTORY,
  NIGHT_PARTS,
  REORDERS,
  REORDER_PLACES,
  REORDER_REASONS,
]

/**
 * Lets nobody of them in, closes their doors, and forgets their people, customers and colleagues alike. Their events and figures, which name nobody any
 * more, leave with the log; what lake and warehouse have goes with the next sweep (`sweep-lake.ts`). Cut off in the middle, it is done again. @throws HttpError 404; 409 for the demo merchant.
 */
export async function removeMerchant(
  ports: Pick<Ports, 'state' | 'secrets' | 'clock' | 'ids' | 'identity'>,
  id: string,
): Promise<Merchant> {
  const { state, identity } = ports
  if (id === DEMO_MERCHANT) throw new HttpError(409, 'The demo merchant stays: `counterflow demo reset` empties it')
  const found = await findMerchant(state, id)
  if (found === undefined) throw noSuchMerchant(id)
  const merchant = await withStatus(state, found, 'removed')
  for (const connection of await connectionsOf(state, id))
    await changeConnection(ports, byEngine(id), connection.id, 'remove')
  await forgetNotices(ports, id)
  for (const token of await identity.tokensOf(id)) await identity.revokeToken(id, token.id)
  for (const user of await usersOf(state, id)) {
    const person = { merchantId: id, subject: user.id }
    await identity.endSessions(person)
    await identity.forgetCodes(person)
    if (user.email !== '') await state.commitDurable([{ table: USERS_BY_EMAIL, key: user.email, row: undefined }])
  }
  for (const table of TABLES_OF_MERCHANT) await deleteUnder(state, table, id)
  for (const table of [NIGHTS_TABLE, CHAMPIONS_TABLE, CHAIN_TURNS, DRIFT_TABLE, REORDER_MORNINGS])
    await state.commitDurable([{ table, key: id, row: undefined }])
  return merchant
}
