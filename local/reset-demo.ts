/** Empties the demo: everything that was taken, counted and connected goes; the folder, its owner and their tokens stay. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FileSecrets } from '#adapters/embedded/file-secrets.ts'
import { LmdbStateStore } from '#adapters/embedded/lmdb-state-store.ts'
import type { ProviderConnection } from '#core/access/provider-connection.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { forgetSecrets } from '#runtime/connection-secrets.ts'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { IMPORT_RUNS } from '#runtime/import-runs.ts'
import { LIST_TURNS } from '#runtime/list-turns.ts'
import { allMerchants } from '#runtime/merchants.ts'
import { NOTICE_WEBHOOKS, type NoticeWebhook } from '#runtime/notice-webhooks.ts'
import { PEOPLE_TABLE } from '#runtime/people.ts'
import { CONNECTIONS_OF_MERCHANT, PROVIDER_CONNECTIONS } from '#runtime/provider-connections.ts'
import { type DataFolder, openDataFolder, ownerOf, ownsFolder } from './data-folder.ts'
import { StartError } from './start-error.ts'

const DEMO_TABLES = [
  PEOPLE_TABLE,
  PROVIDER_CONNECTIONS,
  CONNECTIONS_OF_MERCHANT,
  NOTICE_WEBHOOKS,
  IMPORT_RUNS,
  LIST_TURNS,
]
/** While it is there, an emptying is not done. */
const markOf = ({ path }: DataFolder): string => join(path, 'emptying')

/** @throws StartError where an engine runs on the folder, or others than the demo have their data in it. */
export async function resetDemo(data: string): Promise<void> {
  if (!existsSync(join(data, 'format.json'))) throw new StartError(`there is no data in ${data}: nothing to empty`)
  const folder = openDataFolder(data)
  for (const part of [folder.state, folder.people]) mkdirSync(part, { recursive: true })
  const state = new LmdbStateStore({ path: folder.state })
  try {
    const present = state.claimOwnership(ownerOf(folder.path), (owner) => ownsFolder(owner, folder.path))
    if (present !== undefined)
      throw new StartError(`${folder.path} is in use by process ${present.pid}: stop that one, then empty the demo`)
    await forgetDemo(folder)
    writeFileSync(markOf(folder), '', { flush: true })
  } finally {
    await state.close()
  }
  finishReset(folder)
}

async function forgetDemo(folder: DataFolder): Promise<void> {
  const people = new LmdbStateStore({ path: folder.people })
  try {
    const others = (await allMerchants(people)).filter(({ id, status }) => id !== DEMO_MERCHANT && status !== 'removed')
    if (others.length > 0) {
      const names = others.map(({ id }) => id).join(', ')
      throw new StartError(
        `${folder.path} holds the data of other merchants too (${names}): only a folder of the demo alone can be emptied`,
      )
    }
    const secrets = new FileSecrets(folder.secrets)
    const connections = await people.query({ table: PROVIDER_CONNECTIONS, range: EVERY_KEY })
    for (const { row } of connections) await forgetSecrets(secrets, (row as ProviderConnection).id)
    for (const { row } of await people.query({ table: NOTICE_WEBHOOKS, range: EVERY_KEY }))
      await forgetSecrets(secrets, (row as NoticeWebhook).id)
    await people.dropTables(DEMO_TABLES)
  } finally {
    await people.close()
  }
}

/** Does what a kill left undone. */
export function finishReset(folder: DataFolder): void {
  if (!existsSync(markOf(folder))) return
  for (const part of [folder.log, folder.state, folder.objects]) rmSync(part, { recursive: true, force: true })
  rmSync(markOf(folder))
}
