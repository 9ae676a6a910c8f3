/** A row that was deleted leaves its bytes in an LMDB file until others take their place: people's are not left to that. */
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { LmdbStateStore } from '#adapters/embedded/lmdb-state-store.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { FORGOTTEN } from '#runtime/forget-customer.ts'
import { copyRows, PEOPLE_TABLES } from './people-store.ts'

const FILE = 'data.mdb'

/** All rows in a new file, where somebody was forgotten since the last time. Killed anywhere, it is done again. */
export async function rewritePeople(path: string): Promise<void> {
  // Without a dot: LMDB would take it for a file.
  const beside = `${path}-rewritten`
  rmSync(beside, { recursive: true, force: true })
  if (!existsSync(join(path, FILE))) return
  const people = new LmdbStateStore({ path })
  const forgotten = await people.query({ table: FORGOTTEN, range: EVERY_KEY })
  if (forgotten.length > 0)
    await copyPeople(
      people,
      beside,
      PEOPLE_TABLES.filter((table) => table !== FORGOTTEN),
    )
  await people.close()
  if (forgotten.length === 0) return
  renameSync(join(beside, FILE), join(path, FILE))
  rmSync(beside, { recursive: true })
}

/** Rows alone, into a new folder: nothing of what was deleted. */
export async function copyPeople(from: LmdbStateStore, path: string, tables = PEOPLE_TABLES): Promise<void> {
  const to = new LmdbStateStore({ path })
  for (const table of tables) await copyRows(table, from, to)
  await to.close()
}
