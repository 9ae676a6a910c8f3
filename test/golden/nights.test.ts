/** Night after night: the days that something has come for are made anew, and no others. */
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, onTestFinished, test } from 'vitest'
import type { RunAnswer } from '#core/api/runs.ts'
import { publishedViews } from '#core/lake/published-views.ts'
import { NIGHTLY_TABLES } from '#core/lake/warehouse-tables.ts'
import { archiveShard } from '#runtime/archive-shard.ts'
import { compactLake } from '#runtime/compact-lake.ts'
import { readPublished } from '#runtime/published-warehouse.ts'
import { sweepLake } from '#runtime/sweep-lake.ts'
import { ChainInTest } from '#test/fakes/chain-in-test.ts'

function newNights() {
  const chain = new ChainInTest()
  onTestFinished(() => chain.warehouse.close())
  const at = (time: string) => Date.parse(`2026-03-${time}Z`)
  const sale = (id: string, time: string, more: object = {}) => ({
    type: 'sale.recorded',
    id,
    at: at(time),
    data: { orderId: id, productId: 'p', quantity: 1, unitPriceMinor: 250, currency: 'INR' },
    ...more,
  })
  const units = async () => {
    const sql =
      'select cast(day as varchar) as day, cast(sum(units) as bigint) as units from fact_sales group by 1 order by 1'
    return Object.fromEntries((await chain.ask(sql, 'fact_sales')).map(({ day, units: sold }) => [day, Number(sold)]))
  }
  /** Days that were made, in order; none: nothing had come. */
  const night = async (time: string, asked: object = {}) => {
    chain.clock.set(at(time))
    return daysOf(await chain.run(asked))
  }
  return { chain, engine: chain.engine, sale, units, night, at }
}

function daysOf({ status, states }: RunAnswer): unknown {
  expect(status).toBe('succeeded')
  return states.find(({ name }) => name === 'plan')!.about.days
}

test('the first night makes every day there is, the next ones what has come since', async () => {
  const { engine, sale, units, night } = newNights()
  await engine.take(sale('a', '02T10:00:00'), sale('b', '03T10:00:00'), sale('today', '05T01:00:00'))
  expect(await night('05T08:00:00')).toEqual(['2026-03-02', '2026-03-03', '2026-03-04'])
  expect(await units()).toEqual({ '2026-03-02': 1, '2026-03-03': 1 })
  expect(await night('05T09:00:00')).toEqual([])
  // Late for the day before yesterday's yesterday, and one more of today, which is not over.
  await engine.take(sale('late', '02T23:59:59', { receivedAt: '2026-03-05T09:30:00Z' }), sale('more', '05T09:30:00'))
  expect(await night('05T10:00:00')).toEqual(['2026-03-02', '2026-03-04'])
  expect(await units()).toEqual({ '2026-03-02': 2, '2026-03-03': 1 })
  expect(await night('06T08:00:00')).toEqual(['2026-03-05'])
  expect(await units()).toEqual({ '2026-03-02': 2, '2026-03-03': 1, '2026-03-05': 2 })
})

test('a date that is named is made though nothing has come for it, with the stock of the days after it', async () => {
  const { chain, engine, sale, units, night } = newNights()
  await engine.take(sale('a', '02T10:00:00'), sale('b', '03T10:00:00'))
  await night('05T08:00:00')
  expect(await night('05T09:00:00', { date: '2026-03-04' })).toEqual(['2026-03-04'])
  expect(await night('05T09:00:00', { date: '2026-03-02' })).toEqual(['2026-03-02', '2026-03-04'])
  expect(await units()).toEqual({ '2026-03-02': 1, '2026-03-03': 1 })
  const sql = 'select cast(day as varchar) as day, on_hand from fact_inventory order by 1'
  expect((await chain.ask(sql, 'fact_inventory')).map(({ on_hand: left }) => left)).toEqual([-1, -2, -2])
})

test('a day of which the lake has let something go stays as it was made', async () => {
  const { chain, engine, sale, units, night } = newNights()
  await engine.take(sale('a', '02T10:00:00'))
  expect(await night('04T08:00:00')).toEqual(['2026-03-02', '2026-03-03'])
  await sweepLake(chain.ports)
  chain.clock.set('2027-04-08T09:00:00Z')
  expect((await sweepLake(chain.ports))?.deleted).toBeGreaterThan(0)
  const late = (id: string, time: string) => sale(id, time, { receivedAt: '2027-04-08T09:00:00Z' })
  await engine.take(late('late', '02T11:00:00'), late('next', '03T11:00:00'), late('after', '05T11:00:00'))
  expect(await night('06T08:00:00')).toEqual(['2026-03-04', '2026-03-05'])
  expect(await units()).toEqual({ '2026-03-02': 1, '2026-03-05': 1 })
  chain.clock.set('2026-03-06T09:00:00Z')
  expect(await chain.run({ date: '2026-03-02' })).toMatchObject({ status: 'failed' })
  expect(await units()).toEqual({ '2026-03-02': 1, '2026-03-05': 1 })
})

test('small objects that were put together change nothing, and what came late is found in them', async () => {
  const { chain, engine, sale, units, night } = newNights()
  await engine.take(sale('a', '02T10:00:00'), sale('b', '03T10:00:00'))
  await night('04T08:00:00')
  const late = (id: string) => sale(id, '02T11:00:00', { receivedAt: '2026-03-04T08:30:00Z' })
  for (const id of ['c', 'd']) {
    await engine.take(late(id))
    for (let shard = 0; shard < 2; shard++) await archiveShard(chain.ports, shard)
  }
  await sweepLake(chain.ports)
  chain.clock.set('2026-03-05T01:00:00Z')
  await sweepLake(chain.ports)
  const { before, after } = (await compactLake(chain.ports))!
  expect(after).toBeLessThan(before)
  // Known and late ones are in one object now.
  expect(await night('05T08:00:00')).toEqual(['2026-03-02', '2026-03-04'])
  expect(await units()).toEqual({ '2026-03-02': 3, '2026-03-03': 1 })
})

test('views for DuckDB say what is published, and nothing else', async () => {
  const { chain, engine, sale, units, night } = newNights()
  await engine.take(sale('a', '02T10:00:00'), sale('b', '03T10:00:00'))
  await night('04T08:00:00')
  await engine.take(sale('late', '02T11:00:00'))
  await night('04T09:00:00')
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  await connection.run(publishedViews(await readPublished(chain.ports.objects, 'm'), chain.folder))
  const found = await connection.runAndReadAll(
    'select cast(day as varchar), cast(sum(units) as integer) from fact_sales group by 1',
  )
  expect(Object.fromEntries(found.getRowsJS() as [string, number][])).toEqual(await units())
  const named = await connection.runAndReadAll('select view_name from duckdb_views() where not internal order by 1')
  expect(named.getRowsJS().flat()).toEqual(NIGHTLY_TABLES.map(({ name }) => name).toSorted())
  connection.closeSync()
  instance.closeSync()
})

test('days on which no night ran are made by the next one', async () => {
  const { engine, sale, units, night } = newNights()
  await engine.take(sale('a', '02T10:00:00'))
  await night('03T08:00:00')
  await engine.take(sale('b', '06T10:00:00'))
  expect(await night('08T08:00:00')).toEqual(['2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06', '2026-03-07'])
  expect(await units()).toEqual({ '2026-03-02': 1, '2026-03-06': 1 })
})

test('what another merchant sells opens nothing', async () => {
  const { engine, sale, night } = newNights()
  await engine.take(sale('a', '02T10:00:00'))
  await night('03T08:00:00')
  await engine.take(sale('late', '01T10:00:00', { merchantId: 'other' }))
  expect(await night('03T09:00:00')).toEqual([])
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
  expect(await night('03T20:00:00')).toEqual(['2026-03-02', '2026-03-03'])
  expect(await units()).toEqual({ '2026-03-02': 1, '2026-03-03': 1 })
})

test('goods of other prices are told of on the newest day, by the days before, and stop nothing', async () => {
  const { chain, engine, sale, night } = newNights()
  const lines = (day: string, count: number, unitPriceMinor: number) =>
    [...Array(count).keys()].map((i) => {
      const id = `${day}-${i}`
      const minute = String(i % 60).padStart(2, '0')
      const data = { orderId: id, productId: 'p', quantity: 1 + (i % 3), unitPriceMinor, currency: 'INR' }
      return sale(id, `${day}T10:${minute}:00`, { data })
    })
  const shifts = async (date: string) => {
    const { body } = await chain.send('GET /quality/checks')
    const { checks } = body.items.find((item: { date: string }) => item.date === date)
    return checks
      .filter(({ check }: { check: string }) => check.includes('population stability'))
      .map(({ outcome, parts, measured }: { outcome: string; parts: number; measured: number | null }) => ({
        ...{ outcome, parts, isLarge: measured !== null && measured > 1 },
      }))
  }
  for (const day of ['02', '03', '04', '05']) await engine.take(...lines(day, 60, 25_000))
  await night('05T08:00:00')
  // 120 lines before are too few to judge by.
  const skipped = { outcome: 'skipped', parts: 1, isLarge: false }
  expect(await shifts('2026-03-04')).toEqual([skipped, skipped])
  await engine.take(...lines('06', 60, 25_000))
  expect(await night('07T08:00:00')).toEqual(['2026-03-05', '2026-03-06'])
  const passed = { outcome: 'passed', parts: 1, isLarge: false }
  expect(await shifts('2026-03-06')).toEqual([passed, passed])
  await engine.take(...lines('07', 60, 99_000))
  expect(await night('08T08:00:00')).toEqual(['2026-03-07'])
  expect(await shifts('2026-03-07')).toEqual([{ outcome: 'warned', parts: 1, isLarge: true }, passed])
})
