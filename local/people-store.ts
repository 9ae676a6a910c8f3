/** Who is who, and who may send, lies apart from the rows: a door does not wait for a second's rows to be written. */

import type { LmdbStateStore } from '#adapters/embedded/lmdb-state-store.ts'
import {
  CODE_TABLE,
  SESSION_TABLE,
  TOKEN_TABLE,
  TOKENS_OF_MERCHANT,
  tokenWrites,
} from '#adapters/embedded/local-identity.ts'
import { USERS } from '#core/access/user.ts'
import type { ApiToken, Viewer } from '#core/ports.ts'
import { EVERY_KEY, type KeyRange } from '#core/row-key.ts'
import { AUDIT } from '#runtime/audit.ts'
import { CREDENTIALS } from '#runtime/credentials.ts'
import { CHAMPIONS_TABLE } from '#runtime/demand-models.ts'
import { FORGOTTEN } from '#runtime/forget-customer.ts'
import { IDEMPOTENT } from '#runtime/idempotent.ts'
import { IMPORT_RUNS } from '#runtime/import-runs.ts'
import { LIST_TURNS } from '#runtime/list-turns.ts'
import { MERCHANTS } from '#runtime/merchants.ts'
import { NOTICE_CHOICES } from '#runtime/notice-choices.ts'
import { NOTICE_WEBHOOKS } from '#runtime/notice-webhooks.ts'
import { PEOPLE_TABLE } from '#runtime/people.ts'
import { CONNECTIONS_OF_MERCHANT, PROVIDER_CONNECTIONS } from '#runtime/provider-connections.ts'
import { SIGN_IN_ATTEMPTS } from '#runtime/sign-in-limit.ts'
import { USERS_BY_EMAIL } from '#runtime/users.ts'
import { type DataFolder, raiseFormat } from './data-folder.ts'

/** Those that folders of format 1 had among the rows. */
const MOVED_TABLES: readonly string[] = [PEOPLE_TABLE, TOKEN_TABLE, CODE_TABLE]
export const PEOPLE_TABLES: readonly string[] = [
  ...MOVED_TABLES,
  TOKENS_OF_MERCHANT,
  SESSION_TABLE,
  USERS,
  USERS_BY_EMAIL,
  CREDENTIALS,
  SIGN_IN_ATTEMPTS,
  AUDIT,
  IDEMPOTENT,
  IMPORT_RUNS,
  LIST_TURNS,
  MERCHANTS,
  PROVIDER_CONNECTIONS,
  CONNECTIONS_OF_MERCHANT,
  NOTICE_CHOICES,
  NOTICE_WEBHOOKS,
  FORGOTTEN,
  // Which version serves is audited, as whatever people decide.
  CHAMPIONS_TABLE,
]
const ROWS_AT_ONCE = 1_000

/** Folders of format 1 had people among the rows. Killed anywhere, it is done again. */
export async function movePeople(folder: DataFolder, state: LmdbStateStore, people: LmdbStateStore): Promise<void> {
  if (folder.format < 2) {
    for (const table of MOVED_TABLES) await copyRows(table, state, people)
    raiseFormat(folder)
  }
  await state.dropTables(MOVED_TABLES)
  await nameTokens(people)
}

/** A token of before there were accounts: who bears it was all that was known. */
type EarlierToken = { readonly viewer: Viewer; readonly label: string; readonly createdAt: number }

async function nameTokens(people: LmdbStateStore): Promise<void> {
  const rows = await people.query({ table: TOKEN_TABLE, range: EVERY_KEY })
  const writes = rows.flatMap(({ key, row }) => {
    const { viewer, label, createdAt } = row as EarlierToken | (ApiToken & { readonly viewer?: undefined })
    if (viewer === undefined) return []
    const { merchantId, subject } = viewer
    return tokenWrites(key, { merchantId, subject, id: key.slice(0, 12), label, createdAt, usedAt: createdAt })
  })
  if (writes.length > 0) await people.commitDurable(writes)
}

/** Each row of a table, by what it is. */
export async function copyRows(table: string, from: LmdbStateStore, to: LmdbStateStore): Promise<void> {
  let range: KeyRange = EVERY_KEY
  for (;;) {
    const rows = await from.query({ table, range, limit: ROWS_AT_ONCE })
    await to.commitDurable(rows.map(({ key, row }) => ({ table, key, row })))
    if (rows.length < ROWS_AT_ONCE) return
    range = { ...range, from: `${rows.at(-1)!.key}\u0000` }
  }
}
