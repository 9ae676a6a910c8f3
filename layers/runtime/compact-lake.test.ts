import { describe, expect, test } from 'vitest'
import { RAW } from '#core/lake/raw-names.ts'
import { rawTableColumns } from '#core/lake/raw-tables.ts'
import { EngineInTest } from '#test/fakes/engine-in-test.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { parquetRows, type RawRow, rawRows } from '#test/fakes/lake-in-test.ts'
import { MemoryDynamoStateStore, MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { archiveShard } from './archive-shard.ts'
import { compactLake } from './compact-lake.ts'
import { ObjectCompactor } from './compact-raw.ts'
import { parquetFile } from './parquet.ts'
import { sweepLake } from './sweep-lake.ts'
import { ObjectLakeWriter } from './write-stretch.ts'

const DAY = 86_400_000
const START = Date.parse('2026-03-02T12:00:00Z')

/** Six fills of the lake on one day and two on the next, and the sweeps of three days. */
async function newLake(store: MemoryStateStore = new MemoryStateStore()) {
  const engine = new EngineInTest({ store })
  const { objects } = engine
  const clock = new FixedClock(START)
  const ports = { state: store, objects, clock, log: { shards: 1 }, compactor: new ObjectCompactor(objects) }
  let n = 0
  const fill = async () => {
    const at = clock.now() + n
    const data = { orderId: `o${n}`, productId: 'p', quantity: 1, unitPriceMinor: 250, currency: 'INR' }
    await engine.take(
      { type: 'sale.recorded', id: `s${n}`, at, data },
      { type: 'product.listed', id: `l${n++}`, at: START, receivedAt: at, data: { productId: 'p', title: 'Lamp' } },
    )
    await archiveShard({ log: engine.log, state: store, lake: new ObjectLakeWriter(objects) }, 0)
  }
  for (let i = 0; i < 6; i++) await fill()
  await sweepLake(ports)
  clock.set(START + DAY)
  for (let i = 0; i < 2; i++) await fill()
  await sweepLake(ports)
  return { objects, store, clock, ports, fill }
}
const bySequence = (rows: Record<string, RawRow[]>) =>
  Object.fromEntries(
    Object.entries(rows).map(([table, of]) => [
      table,
      of.toSorted((a, b) => (`${a.sequence}${a.line}` < `${b.sequence}${b.line}` ? -1 : 1)),
    ]),
  )
const salesIn = (names: readonly string[]) => names.filter((name) => name.includes('/sale_recorded/'))

describe.each([
  ['one machine', () => new MemoryStateStore()],
  ['DynamoDB', () => new MemoryDynamoStateStore()],
])('on %s', (_, newStore) => {
  test('objects of a day that has been in the lake for a day become one, with the same rows', async () => {
    const { objects, ports, clock, fill } = await newLake(newStore())
    const before = bySequence(await rawRows(objects))
    expect(salesIn(await objects.list(RAW))).toHaveLength(8)
    // What came today is not settled: of listings of the first day there are six and two.
    expect(await compactLake(ports)).toEqual({ before: 18, after: 3 })
    expect(salesIn(await objects.list(RAW))).toHaveLength(3)
    expect(bySequence(await rawRows(objects))).toEqual(before)
    expect(await compactLake(ports)).toBeUndefined()
    clock.set(START + 2 * DAY)
    await sweepLake(ports)
    await compactLake(ports)
    expect(salesIn(await objects.list(RAW))).toHaveLength(2)
    expect(bySequence(await rawRows(objects))).toEqual(before)
    await fill()
    expect((await rawRows(objects)).sale_recorded).toHaveLength(9)
  })
})

test('an object is closed when it is large enough, and one alone is left as it is', async () => {
  const { objects, ports } = await newLake()
  const before = bySequence(await rawRows(objects))
  const names = await objects.list(RAW)
  expect(await compactLake({ ...ports, compactor: new ObjectCompactor(objects, 1) })).toEqual({ before: 18, after: 18 })
  expect(await objects.list(RAW)).toEqual(names)
  const size = (await objects.get(salesIn(names)[0]!))!.byteLength
  const next = { ...ports, state: (await newLake()).store, compactor: new ObjectCompactor(objects, size + 1) }
  await compactLake(next)
  expect(salesIn(await objects.list(RAW))).toHaveLength(5)
  expect(bySequence(await rawRows(objects))).toEqual(before)
})

test('killed before or after each step, every row is there once, and then it goes on', async () => {
  const undisturbed = await newLake()
  const expected = bySequence(await rawRows(undisturbed.objects))
  const play = async (kill: number, isAfter: boolean) => {
    const { objects, ports } = await newLake()
    let step = 0
    let isDead = false
    const dies = <A extends unknown[], R>(work: (...args: A) => Promise<R>) => {
      return async (...args: A): Promise<R> => {
        const isNow = step++ === kill
        if (isNow && !isAfter) throw new Error('killed')
        const done = await work(...args)
        // At any moment, for whoever lists.
        expect(bySequence(await rawRows(objects))).toEqual(expected)
        if (isNow) throw new Error('killed')
        return done
      }
    }
    const [put, remove] = [objects.put, objects.delete]
    objects.put = dies(put.bind(objects))
    objects.delete = dies(remove.bind(objects))
    await compactLake(ports).catch((error) => {
      if (error.message !== 'killed') throw error
      isDead = true
    })
    Object.assign(objects, { put, delete: remove })
    expect(bySequence(await rawRows(objects))).toEqual(expected)
    await compactLake(ports)
    expect(bySequence(await rawRows(objects))).toEqual(expected)
    expect(salesIn(await objects.list(RAW))).toHaveLength(3)
    return isDead
  }
  let steps = 0
  while (await play(steps, false)) await play(steps++, true)
  expect(steps).toBeGreaterThan(15)
})

test('a file of before a column came is put together with newer ones', async () => {
  const { objects, ports } = await newLake()
  const [name] = salesIn(await objects.list(RAW))
  const columns = rawTableColumns('sale_recorded')
  const older = columns.filter((column) => column.name !== 'channel')
  const rows = await parquetRows((await objects.get(name!))!)
  await objects.put(
    name!,
    parquetFile(
      older,
      rows.map((row) => older.map((column) => row[column.name])),
    ),
  )
  const before = bySequence(await rawRows(objects)).sale_recorded!
  await compactLake(ports)
  expect(bySequence(await rawRows(objects)).sale_recorded).toEqual(before.map((row) => ({ channel: null, ...row })))
})
