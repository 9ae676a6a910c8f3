/** A table that was restored to a moment: whatever was being done then, what the log has behind it is applied once. */
import { beforeAll, describe, expect, test } from 'vitest'
import { isProjection } from '#core/projection.ts'
import { retailSteps } from '#core/retail-steps.ts'
import { EVERY_KEY, under } from '#core/row-key.ts'
import { catchUp, TornRowsError } from '#runtime/catch-up.ts'
import { HELD_TABLE } from '#runtime/held-documents.ts'
import { LAKE_NOTES_TABLE } from '#runtime/lake-notes.ts'
import { readCheckpoints } from '#runtime/read-lag.ts'
import { retailEngine } from '#runtime/retail-engine.ts'
import { CHECKPOINT_TABLE, ENGINE_TABLES, SEEN_IDS_TABLE } from '#runtime/run-batch.ts'
import { RecordLines } from '../../../test/bench/record-lines.ts'
import { RetailTraffic } from '../../../test/bench/retail-traffic.ts'
import { type Call, DynamoModel } from '../../../test/fakes/dynamo-model.ts'
import { MemoryEventLog } from '../../../test/fakes/memory-event-log.ts'
import { MemoryObjectStore } from '../../../test/fakes/memory-object-store.ts'
import { DynamoStateStore } from './dynamo-state-store.ts'

const READS: readonly Call[] = ['GetItem', 'BatchGetItem', 'Query']
const MERCHANT = 'demo'
const BATCH = 40
const BATCHES = 3
const storeOn = (model: DynamoModel) => new DynamoStateStore({ client: model, tableName: 't' })

/** What a transaction covers differs, and with it these. */
const BY_COMMIT: readonly string[] = [SEEN_IDS_TABLE, LAKE_NOTES_TABLE, CHECKPOINT_TABLE]
const TABLES = [...retailSteps.filter(isProjection).map(({ name }) => name), ...ENGINE_TABLES].filter(
  (table) => !BY_COMMIT.includes(table),
)
async function rowsOf(store: DynamoStateStore) {
  const found: unknown[] = [await store.get(CHECKPOINT_TABLE, '0')]
  for (const table of TABLES)
    for (const range of table === HELD_TABLE ? [EVERY_KEY] : [under(MERCHANT), under('0')])
      found.push([table, await store.query({ table, range })])
  return found
}

const log = new MemoryEventLog(1)
/** The table before each call that wrote something of the batches, and after the last one. */
const moments: DynamoModel[] = []
let whole: unknown

beforeAll(async () => {
  const lines = new RecordLines(1, Date.UTC(2026, 2, 2, 10), 20)
  const traffic = new RetailTraffic('restored', 3, { stores: 2, products: 12, opening: 5 })
  const listings = [...traffic.listings()]
  const trade = Array.from({ length: BATCH * BATCHES - listings.length }, () => traffic.next())
  const records = [...listings, ...trade].map((event) => ({
    shard: 0,
    bytes: Buffer.from(lines.linesOf(event).slice(1).trimEnd()),
  }))
  await log.append([{ eventIds: [], records }])
  const model = new DynamoModel()
  model.before = (call) => {
    if (!READS.includes(call)) moments.push(model.copy())
  }
  const engine = retailEngine(storeOn(model), new MemoryObjectStore())
  const all = await log.read(0, undefined, records.length)
  for (let begin = 0; begin < all.length; begin += BATCH) await engine.run(0, all.slice(begin, begin + BATCH))
  model.before = () => {}
  moments.push(model.copy())
  whole = await rowsOf(storeOn(model))
})

describe('a table as it was', () => {
  test('before any call of a commit becomes the one that lost nothing', async () => {
    expect(moments.length).toBeGreaterThan(BATCHES * 5)
    const begins = new Set<string>()
    for (const moment of moments) {
      const state = storeOn(moment.copy())
      const [{ sequence } = { sequence: '' }] = await readCheckpoints(state, 1)
      begins.add(sequence)
      await catchUp({ log, state, objects: new MemoryObjectStore() })
      expect(await rowsOf(state)).toEqual(whole)
    }
    expect(begins.size).toBe(BATCHES + 1)
  })

  test('at several moments at once is refused, and stays as it is', async () => {
    const [earlier, later] = [moments[0]!.copy(), moments.at(-1)!]
    const ahead = await storeOn(later).query({ table: SEEN_IDS_TABLE, range: under('0'), limit: 1 })
    const state = storeOn(earlier)
    await state.commit(ahead.map(({ key, row }) => ({ table: SEEN_IDS_TABLE, key, row })))
    const before = await rowsOf(state)
    const torn = catchUp({ log, state, objects: new MemoryObjectStore() })
    await expect(torn).rejects.toThrow(TornRowsError)
    await expect(torn).rejects.toThrow('shard 0')
    expect(await rowsOf(state)).toEqual(before)
  })
})
