import { describe, expect, test } from 'vitest'
import { RAW } from '#core/lake/raw-names.ts'
import { publishedObject } from '#core/lake/warehouse-names.ts'
import { EngineInTest, type Happening } from '#test/fakes/engine-in-test.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { rawRows } from '#test/fakes/lake-in-test.ts'
import { MemoryDynamoStateStore, MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { ARCHIVED_TABLE, type ArchivedRow, archiveShard } from './archive-shard.ts'
import { LAKE_CHECKED_TABLE } from './check-raw.ts'
import { addMerchant, findMerchant, withStatus } from './merchants.ts'
import { sweepLake, sweptUntil } from './sweep-lake.ts'
import { ObjectLakeWriter } from './write-stretch.ts'

const DAY = 86_400_000
const START = Date.parse('2026-03-02T12:00:00Z')

/** Merchants m, who wants what is usual, and n; a day begins with what is sent on it, goes on with the lake and ends with the sweep. */
async function newLake(store: MemoryStateStore = new MemoryStateStore()) {
  const engine = new EngineInTest({ store })
  const clock = new FixedClock(START)
  const { objects } = engine
  const ports = { state: store, objects, clock, log: { ...engine.log, shards: 1 } }
  for (const id of ['m', 'n']) await addMerchant(ports, { id, name: id })
  const fill = () => archiveShard({ log: engine.log, state: store, lake: new ObjectLakeWriter(objects) }, 0)
  const on = async (day: number, ...happenings: Happening[]) => {
    clock.set(START + day * DAY)
    if (happenings.length > 0) await engine.take(...happenings)
    await fill()
    return sweepLake(ports)
  }
  const sale = (id: string, merchantId: string, day: number, at = START + day * DAY): Happening => ({
    type: 'sale.recorded',
    id,
    merchantId,
    at,
    receivedAt: START + day * DAY,
    data: { orderId: id, productId: 'p', quantity: 1, unitPriceMinor: 250, currency: 'INR' },
  })
  const wish = (merchantId: string, value: number, day: number): Happening => ({
    type: 'setting.changed',
    merchantId,
    at: START + day * DAY,
    data: { name: 'rawRetentionDays', value },
  })
  const listed = (merchantId: string): Happening => ({
    type: 'product.listed',
    merchantId,
    at: START,
    data: { productId: 'p', title: 'Lamp' },
  })
  const ids = async (table = 'sale_recorded') =>
    ((await rawRows(objects))[table] ?? []).map((row) => row.event_id).sort()
  return { engine, ports, on, sale, wish, listed, ids }
}

describe.each([
  ['one machine', () => new MemoryStateStore()],
  ['DynamoDB', () => new MemoryDynamoStateStore()],
])('the lake lets go, on %s,', (_, newStore) => {
  test('of what it has had for 400 days, not of what happened long ago; listings stay', async () => {
    const { ports, on, sale, listed, ids } = await newLake(newStore())
    await on(0, sale('old', 'm', 0), sale('history', 'm', 0, Date.parse('2019-05-01')), listed('m'))
    await on(1, sale('newer', 'm', 1))
    expect(await on(399)).toEqual({ deleted: 0, rewritten: 0 })
    expect(await ids()).toEqual(['history', 'newer', 'old'])
    expect((await on(400))?.deleted).toBeGreaterThan(0)
    expect(await ids()).toEqual(['newer'])
    expect(await ids('booked_line')).toHaveLength(1)
    expect(await ids('product_listed')).toHaveLength(1)
    expect(await sweptUntil(ports.state, 'm')).toBe('2026-03-02')
    await on(401)
    expect(await ids()).toEqual([])
  })

  test("of one merchant's rows by their own wish, and leaves the others as they were", async () => {
    const { engine, ports, on, sale, wish, ids } = await newLake(newStore())
    await on(0, sale('a', 'm', 0), sale('b', 'n', 0), sale('c', 'm', 0))
    await on(5, sale('d', 'n', 5), wish('n', 30, 5))
    const before = await rawRows(engine.objects)
    const names = await engine.objects.list(RAW)
    expect(await on(30)).toEqual({ deleted: 0, rewritten: expect.any(Number) })
    expect(await ids()).toEqual(['a', 'c', 'd'])
    const after = await rawRows(engine.objects)
    const others = (rows: typeof before) => rows.sale_recorded!.filter((row) => row.event_id !== 'b')
    expect(others(after)).toEqual(others(before))
    expect(after.setting_changed).toEqual(before.setting_changed)
    expect(names).toEqual(expect.arrayContaining(await engine.objects.list(RAW)))
    expect([await sweptUntil(ports.state, 'm'), await sweptUntil(ports.state, 'n')]).toEqual(['', '2026-03-02'])
    // Nothing is read a second time.
    const { calls } = engine.objects
    const reads = calls.get
    await on(31)
    expect(calls.get).toBe(reads)
    await on(35)
    expect(await ids()).toEqual(['a', 'c'])
  })

  test('of all that it has of a merchant who was removed, also in the warehouse, and of what comes later', async () => {
    const { engine, ports, on, sale, listed, ids } = await newLake(newStore())
    await on(0, sale('a', 'm', 0), sale('b', 'n', 0), listed('n'))
    await engine.objects.put(publishedObject('n'), new Uint8Array(1))
    await engine.objects.put('warehouse/dim_store/merchant=n/version=v/part-0.parquet', new Uint8Array(1))
    await engine.objects.put('warehouse/dim_store/merchant=n2/version=v/part-0.parquet', new Uint8Array(1))
    await engine.objects.put('models/demand/n/2026-03-02/manifest.json', new Uint8Array(1))
    await withStatus(ports.state, (await findMerchant(ports.state, 'n'))!, 'removed')
    await on(1)
    expect(await engine.objects.list('models/')).toEqual([])
    expect(await ids()).toEqual(['a', 'b'])
    expect(await engine.objects.list('warehouse/')).toEqual([
      'warehouse/dim_store/merchant=n2/version=v/part-0.parquet',
    ])
    // It was in the log already.
    await on(2, sale('late', 'n', 2))
    expect([await ids(), await ids('product_listed')]).toEqual([['a', 'late'], []])
    await on(4)
    expect(await ids()).toEqual(['a'])
  })
})

test('what a night still counts against the ledger stays until it has', async () => {
  const { ports, on, sale, ids } = await newLake()
  const counted = (until: string) =>
    ports.state.commit([{ table: LAKE_CHECKED_TABLE, key: '0', row: { until, events: 1 } }])
  await on(0, sale('a', 'n', 0))
  await counted(((await ports.state.get(ARCHIVED_TABLE, '0')) as ArchivedRow).archived)
  await on(1, sale('b', 'n', 1))
  await withStatus(ports.state, (await findMerchant(ports.state, 'n'))!, 'removed')
  await on(5)
  expect(await ids()).toEqual(['b'])
  await counted(((await ports.state.get(ARCHIVED_TABLE, '0')) as ArchivedRow).archived)
  await on(6)
  expect(await ids()).toEqual([])
})

test('it is done once a day', async () => {
  const { ports, on, sale } = await newLake()
  expect(await on(0, sale('a', 'm', 0))).toBeDefined()
  expect(await sweepLake(ports)).toBeUndefined()
})

test('killed before or after each step and begun again, it ends the same', async () => {
  const play = async (kill: number, isAfter: boolean) => {
    const { engine, ports, on, sale, wish, ids } = await newLake()
    await on(0, sale('a', 'm', 0), sale('b', 'n', 0), wish('n', 30, 0))
    await on(380, sale('c', 'm', 380), sale('d', 'n', 380))
    let step = 0
    let isDead = false
    const dies = <A extends unknown[], R>(work: (...args: A) => Promise<R>) => {
      return async (...args: A): Promise<R> => {
        const isNow = step++ === kill
        if (isNow && !isAfter) throw new Error('killed')
        const done = await work(...args)
        if (isNow) throw new Error('killed')
        return done
      }
    }
    const { objects, store } = engine
    const [put, remove, commit] = [objects.put, objects.delete, store.commitDurable]
    objects.put = dies(put.bind(objects))
    objects.delete = dies(remove.bind(objects))
    store.commitDurable = dies(commit.bind(store))
    ports.clock.set(START + 411 * DAY)
    await sweepLake(ports).catch(() => {
      isDead = true
    })
    Object.assign(objects, { put, delete: remove })
    store.commitDurable = commit
    await sweepLake(ports)
    expect(await ids()).toEqual(['c'])
    expect([await sweptUntil(ports.state, 'm'), await sweptUntil(ports.state, 'n')]).toEqual([
      '2026-03-02',
      '2027-03-17',
    ])
    return isDead
  }
  let steps = 0
  while (await play(steps, false)) await play(steps++, true)
  expect(steps).toBeGreaterThan(10)
})
