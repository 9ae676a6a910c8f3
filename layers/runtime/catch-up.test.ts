import { expect, test } from 'vitest'
import { EngineInTest } from '#test/fakes/engine-in-test.ts'
import { rawRows } from '#test/fakes/lake-in-test.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { MemoryObjectStore } from '#test/fakes/memory-object-store.ts'
import { MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { ARCHIVED_TABLE, archiveShard } from './archive-shard.ts'
import { catchUp, GapError } from './catch-up.ts'
import { LAKE_NOTES_TABLE } from './lake-notes.ts'
import { readCheckpoints } from './read-lag.ts'
import { retailEngine } from './retail-engine.ts'
import { ObjectLakeWriter } from './write-stretch.ts'

const AT = Date.parse('2026-03-02T10:00:00Z')

/** A log of sales in two shards, and rows that know the first `known` of each. */
async function givenLog(sales: number, known: number) {
  const inTest = new EngineInTest()
  const log = new MemoryEventLog(2)
  for (let n = 0; n < sales; n++) {
    const data = { orderId: `o${n}`, productId: 'p', quantity: 1, unitPriceMinor: 100, currency: 'INR' }
    const records = [0, 1].map((shard) => ({
      shard,
      bytes: inTest.bytesOf({ type: 'sale.recorded', at: AT + n, storeId: `s${shard}`, data }),
    }))
    await log.append([{ eventIds: [], records }])
  }
  const rowsAfter = async (count: number) => {
    const state = new MemoryStateStore()
    const engine = retailEngine(state, new MemoryObjectStore())
    for (const shard of [0, 1])
      if (count > 0) await engine.run(shard, (await log.read(shard, undefined, count)).slice(0, count))
    return state
  }
  return { log, state: await rowsAfter(known), whole: await rowsAfter(sales), objects: new MemoryObjectStore() }
}
const rowsOf = async (state: MemoryStateStore) => {
  const found: Record<string, unknown> = {}
  // What a transaction covers differs.
  const byCommit = ['seen-ids', LAKE_NOTES_TABLE]
  for (const table of state.tableNames().filter((name) => !byCommit.includes(name)))
    found[table] = await state.query({ table, range: { from: '', to: '\uffff' } })
  return found
}

test.each([0, 7, 600])('rows that know %d of each shard become those that know all', async (known) => {
  const { whole, ...ports } = await givenLog(600, known)
  const done = await catchUp(ports)
  expect(done).toEqual([0, 1].map((shard) => ({ shard, applied: 600 - known, appended: 600 })))
  expect(await rowsOf(ports.state)).toEqual(await rowsOf(whole))
  expect(await catchUp(ports)).toEqual([0, 1].map((shard) => ({ shard, applied: 0, appended: 600 })))
})

test('the lake is then as if nothing had been restored', async () => {
  const { log, state, whole, objects } = await givenLog(60, 20)
  const lake = new ObjectLakeWriter(objects)
  const fill = async (ofRows: MemoryStateStore, perStretch: number) => {
    for (const shard of [0, 1]) await archiveShard({ log, state: ofRows, lake }, shard, perStretch)
  }
  await fill(state, 7)
  const backedUp = await Promise.all([0, 1].map((shard) => state.get(ARCHIVED_TABLE, String(shard))))
  for (const [shard, row] of backedUp.entries())
    await whole.commitDurable([{ table: ARCHIVED_TABLE, key: String(shard), row: row! }])
  await fill(whole, 50)
  const before = ids(await rawRows(objects))
  expect(before).toHaveLength(240)
  await catchUp({ log, state, objects })
  await fill(state, 11)
  expect(ids(await rawRows(objects))).toEqual(before)
})
const ids = (raw: Awaited<ReturnType<typeof rawRows>>) =>
  Object.entries(raw)
    .flatMap(([table, rows]) => rows.map(({ shard, sequence }) => `${table} ${shard} ${sequence}`))
    .sort()

test('where the log has lost what the rows do not know, nothing is changed', async () => {
  const { log, state, objects } = await givenLog(20, 5)
  const before = await readCheckpoints(state, 2)
  const later: typeof log = Object.assign(Object.create(log), {
    read: async (shard: number, from: string | undefined, limit: number) =>
      (await log.read(shard, from, limit + 10)).filter(({ sequence }) => Number(sequence) > 10).slice(0, limit),
  })
  await expect(catchUp({ log: later, state, objects })).rejects.toThrow(GapError)
  expect(await readCheckpoints(state, 2)).toEqual(before)
})
