/** Night after night: the days that something has come for are made anew, and no others; a night that is cut off goes on. */
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, expect, test } from 'vitest'
import { DuckDbWarehouse } from '#adapters/embedded/duckdb-warehouse.ts'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import { publishedViews } from '#core/lake/published-views.ts'
import { WAREHOUSE_TABLES } from '#core/lake/warehouse-tables.ts'
import type { Warehouse } from '#core/ports.ts'
import { archiveShard } from '#runtime/archive-shard.ts'
import { compactLake } from '#runtime/compact-lake.ts'
import { ObjectCompactor } from '#runtime/compact-raw.ts'
import { askWarehouse, readPublished } from '#runtime/published-warehouse.ts'
import { isNightDue, type NightPorts, refreshWarehouse } from '#runtime/refresh-warehouse.ts'
import { sweepLake } from '#runtime/sweep-lake.ts'
import { sqlFile } from '#runtime/warehouse-sql.ts'
import { ObjectLakeWriter } from '#runtime/write-stretch.ts'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { CountingIdSource } from '#test/fakes/counting-id-source.ts'
import { EngineInTest } from '#test/fakes/engine-in-test.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'

const closing: (() => Promise<void>)[] = []
afterAll(() => Promise.all(closing.map((close) => close())))

function newNights() {
  const engine = new EngineInTest({ shards: 2 })
  const folder = temporaryFolder()
  const objects = new FolderObjectStore(folder)
  const warehouse = new DuckDbWarehouse(folder)
  closing.push(() => warehouse.close())
  const ports: NightPorts = {
    log: { ...engine.log, shards: 2 },
    state: engine.store,
    lake: new ObjectLakeWriter(objects),
    objects,
    warehouse,
    sql: sqlFile,
    ids: new CountingIdSource(),
  }
  const at = (time: string) => Date.parse(`2026-03-${time}Z`)
  const sale = (id: string, time: string, more: object = {}) => ({
    type: 'sale.recorded',
    id,
    at: at(time),
    data: { orderId: id, productId: 'p', quantity: 1, unitPriceMinor: 250, currency: 'INR' },
    ...more,
  })
  const units = async () => {
    const question = {
      sql: 'select cast(day as varchar) as day, cast(sum(units) as bigint) as units from fact_sales group by 1 order by 1',
      tables: ['fact_sales'],
    }
    const rows = await askWarehouse(ports, 'm', question, { rows: 100, ms: 10_000 })
    return Object.fromEntries(rows.map(({ day, units: sold }) => [day, Number(sold)]))
  }
  const night = (time: string, given: Partial<NightPorts> = {}) =>
    refreshWarehouse({ ...ports, ...given }, 'm', at(time))
  return { engine, ports, sale, units, night, folder }
}

test('the first night makes every day there is, the next ones what has come since', async () => {
  const { engine, sale, units, night } = newNights()
  await engine.take(sale('a', '02T10:00:00'), sale('b', '03T10:00:00'), sale('today', '05T01:00:00'))
  expect(await night('05T08:00:00')).toMatchObject({
    isPublished: true,
    date: '2026-03-04',
    reopened: ['2026-03-02', '2026-03-03'],
  })
  expect(await units()).toEqual({ '2026-03-02': 1, '2026-03-03': 1 })
  expect(await night('05T09:00:00')).toBeUndefined()
  // Late for the day before yesterday's yesterday, and one more of today, which is not over.
  await engine.take(sale('late', '02T23:59:59', { receivedAt: '2026-03-05T09:30:00Z' }), sale('more', '05T09:30:00'))
  expect(await night('05T10:00:00')).toMatchObject({ date: '2026-03-04', reopened: ['2026-03-02'] })
  expect(await units()).toEqual({ '2026-03-02': 2, '2026-03-03': 1 })
  expect(await night('06T08:00:00')).toMatchObject({ date: '2026-03-05', reopened: [] })
  expect(await units()).toEqual({ '2026-03-02': 2, '2026-03-03': 1, '2026-03-05': 2 })
})

test('a day of which the lake has let something go stays as it was made', async () => {
  const { engine, ports, sale, units, night } = newNights()
  const clock = new FixedClock('2026-03-04T09:00:00Z')
  await engine.take(sale('a', '02T10:00:00'))
  await night('04T08:00:00')
  await sweepLake({ ...ports, clock })
  clock.set('2027-04-08T09:00:00Z')
  expect((await sweepLake({ ...ports, clock }))?.deleted).toBeGreaterThan(0)
  const late = (id: string, time: string) => sale(id, time, { receivedAt: '2027-04-08T09:00:00Z' })
  await engine.take(late('late', '02T11:00:00'), late('next', '03T11:00:00'), late('after', '05T11:00:00'))
  expect(await night('06T08:00:00')).toMatchObject({ isPublished: true, reopened: ['2026-03-04'] })
  expect(await units()).toEqual({ '2026-03-02': 1, '2026-03-05': 1 })
})

test('small objects that were put together change nothing, and what came late is found in them', async () => {
  const { engine, ports, sale, units, night } = newNights()
  const clock = new FixedClock('2026-03-04T09:00:00Z')
  const lake = { ...ports, clock, compactor: new ObjectCompactor(ports.objects) }
  await engine.take(sale('a', '02T10:00:00'), sale('b', '03T10:00:00'))
  await night('04T08:00:00')
  const late = (id: string) => sale(id, '02T11:00:00', { receivedAt: '2026-03-04T08:30:00Z' })
  for (const id of ['c', 'd']) {
    await engine.take(late(id))
    for (let shard = 0; shard < 2; shard++) await archiveShard(ports, shard)
  }
  await sweepLake(lake)
  clock.set('2026-03-05T01:00:00Z')
  await sweepLake(lake)
  const { before, after } = (await compactLake(lake))!
  expect(after).toBeLessThan(before)
  // Known and late ones are in one object now.
  expect(await night('05T08:00:00')).toMatchObject({ isPublished: true, reopened: ['2026-03-02'] })
  expect(await units()).toEqual({ '2026-03-02': 3, '2026-03-03': 1 })
})

test('views for DuckDB say what is published, and nothing else', async () => {
  const { engine, ports, sale, units, night, folder } = newNights()
  await engine.take(sale('a', '02T10:00:00'), sale('b', '03T10:00:00'))
  await night('04T08:00:00')
  await engine.take(sale('late', '02T11:00:00'))
  await night('04T09:00:00')
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  await connection.run(publishedViews(await readPublished(ports.objects, 'm'), folder))
  const found = await connection.runAndReadAll(
    'select cast(day as varchar), cast(sum(units) as integer) from fact_sales group by 1',
  )
  expect(Object.fromEntries(found.getRowsJS() as [string, number][])).toEqual(await units())
  const named = await connection.runAndReadAll('select view_name from duckdb_views() where not internal order by 1')
  expect(named.getRowsJS().flat()).toEqual(WAREHOUSE_TABLES.map(({ name }) => name).toSorted())
  connection.closeSync()
  instance.closeSync()
})

test('a night is due from eight by the merchant’s clock, once a day', async () => {
  const { engine, ports, sale, night } = newNights()
  const zone = { name: 'timeZone', value: 'Asia/Kolkata', changedBy: 'owner' }
  await engine.take({ type: 'setting.changed', at: '2026-03-01T00:00:00Z', storeId: '-', data: zone })
  await engine.take(sale('a', '02T10:00:00'))
  const isDue = (time: string) => isNightDue(ports, 'm', Date.parse(`2026-03-${time}Z`))
  expect([await isDue('03T02:29:59'), await isDue('03T02:30:00'), await isDue('03T18:29:59')]).toEqual([
    false,
    true,
    true,
  ])
  await night('03T02:30:00')
  expect([await isDue('03T02:45:00'), await isDue('04T02:29:59'), await isDue('04T02:30:00')]).toEqual([
    false,
    false,
    true,
  ])
})

test('days on which no night ran are made by the next one', async () => {
  const { engine, sale, units, night } = newNights()
  await engine.take(sale('a', '02T10:00:00'))
  await night('03T08:00:00')
  await engine.take(sale('b', '06T10:00:00'))
  const { date, reopened } = (await night('08T08:00:00'))!
  expect({ date, reopened }).toEqual({
    date: '2026-03-07',
    reopened: ['2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06'],
  })
  expect(await units()).toEqual({ '2026-03-02': 1, '2026-03-06': 1 })
})

test('what another merchant sells opens nothing', async () => {
  const { engine, sale, night } = newNights()
  await engine.take(sale('a', '02T10:00:00'))
  await night('03T08:00:00')
  await engine.take(sale('late', '01T10:00:00', { merchantId: 'other' }))
  expect(await night('03T09:00:00')).toBeUndefined()
})

test('days begin and end in the merchant’s zone', async () => {
  const { engine, sale, units, night } = newNights()
  const zone = {
    type: 'setting.changed',
    at: '2026-03-01T00:00:00Z',
    storeId: '-',
    data: { name: 'timeZone', value: 'Asia/Kolkata', changedBy: 'owner' },
  }
  await engine.take(zone, sale('a', '02T18:29:59'), sale('b', '02T18:30:00'))
  expect(await night('03T20:00:00')).toMatchObject({ date: '2026-03-03', reopened: ['2026-03-02'] })
  expect(await units()).toEqual({ '2026-03-02': 1, '2026-03-03': 1 })
})

test('cut off at any write, it goes on under the same name, and a day later makes what is missing', async () => {
  const writes = await countWrites()
  expect(writes).toBeGreaterThan(7)
  for (let n = 0; n < writes; n += 3) {
    const { engine, ports, sale, units, night } = newNights()
    await engine.take(sale('a', '02T10:00:00'), sale('b', '03T10:00:00'))
    let left = n
    const dying: Warehouse = {
      ask: (query, most) => ports.warehouse.ask(query, most),
      write: (query, folder, columns) => {
        if (left-- === 0) throw new Error('killed')
        return ports.warehouse.write(query, folder, columns)
      },
    }
    await expect(night('04T08:00:00', { warehouse: dying })).rejects.toThrow('killed')
    expect(await units()).toEqual({})
    await engine.take(sale('late', '02T11:00:00'), sale('c', '04T10:00:00'))
    expect(await night('05T08:00:00')).toMatchObject({ isPublished: true, date: '2026-03-04' })
    expect(await units()).toEqual({ '2026-03-02': 2, '2026-03-03': 1, '2026-03-04': 1 })
    expect(await night('05T08:00:00')).toBeUndefined()
  }
})

async function countWrites(): Promise<number> {
  const { engine, ports, sale, night } = newNights()
  await engine.take(sale('a', '02T10:00:00'), sale('b', '03T10:00:00'))
  let writes = 0
  const counting: Warehouse = {
    ask: (query, most) => ports.warehouse.ask(query, most),
    write: (query, folder, columns) => {
      writes++
      return ports.warehouse.write(query, folder, columns)
    },
  }
  await night('04T08:00:00', { warehouse: counting })
  return writes
}
