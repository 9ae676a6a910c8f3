import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import { LmdbStateStore } from '#adapters/embedded/lmdb-state-store.ts'
import { SEEN_IDS_TABLE } from '#runtime/run-batch.ts'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { nameInGeneration } from './generations.ts'
import { deleteOldSeals } from './retention.ts'
import { makeSeal, unseal } from './seal.ts'

const seal = async (objects: FolderObjectStore, statePath: string, nowMs: number) =>
  (await makeSeal(objects, { statePath, generation: 1, shards: 1, nowMs }, () => {})).seal

async function stateWith(rows: Readonly<Record<string, object>>): Promise<string> {
  const path = join(temporaryFolder(), 'state')
  const state = new LmdbStateStore({ path, nameOf: nameInGeneration(1) })
  state.commit(Object.entries(rows).map(([key, row]) => ({ table: SEEN_IDS_TABLE, key, row })))
  await state.close()
  return path
}

test('a seal gives back the bytes of every row, whatever kind of array they come as', async () => {
  const rows = Object.fromEntries(['a', 'b', 'c'].map((key, i) => [key, { at: i, ids: Buffer.from([i, 255, 0]) }]))
  const objects = new FolderObjectStore(temporaryFolder())
  const made = await seal(objects, await stateWith(rows), 0)
  const store = new MemoryStateStore()
  await unseal(objects, made, store)
  for (const [key, { ids }] of Object.entries(rows)) {
    const found = store.get(SEEN_IDS_TABLE, key) as { ids: Uint8Array }
    expect(found.ids).toBeInstanceOf(Uint8Array)
    expect([...found.ids]).toEqual([...ids])
  }
})

test('old seals are deleted, and those that a kill cut off; one that is being made is left alone', async () => {
  const objects = new FolderObjectStore(temporaryFolder())
  const statePath = await stateWith({ a: { at: 1, ids: Buffer.from([1]) } })
  const day = (n: number) => `2026-03-${String(n).padStart(2, '0')}T10-00-00.000Z`
  for (let n = 1; n <= 10; n++)
    await seal(objects, statePath, Date.parse(`2026-03-${String(n).padStart(2, '0')}T10:00:00Z`))
  await objects.put(`seals/2026-03-08T11-00-00.000Z/rows-0000.ndjson.gz`, Buffer.from('cut off'))
  await objects.put(`seals/${day(11)}/rows-0000.ndjson.gz`, Buffer.from('being made'))
  await deleteOldSeals(objects)
  const left = (await objects.list('seals/')).map((name) => name.split('/')[1]!)
  expect([...new Set(left)]).toEqual([4, 5, 6, 7, 8, 9, 10, 11].map(day))
})
