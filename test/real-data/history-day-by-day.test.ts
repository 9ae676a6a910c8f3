/**
 * The last sixty days of Online Retail, each through the whole chain when it is over, as it would have been: what the night
 * publishes is the file's own lines, and each morning's forecasts know the days before and no more.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { addDays } from '#core/metrics/business-time.ts'
import { runsRange } from '#runtime/chain-runs.ts'
import { addMerchant } from '#runtime/merchants.ts'
import { askWarehouse } from '#runtime/published-warehouse.ts'
import type { Happening } from '#test/fakes/engine-in-test.ts'
import { DemandShop } from '../golden/demand-shop.ts'
import { dayOf, mostSold, salesIn } from './online-retail-events.ts'
import { retailFile } from './retail-data.ts'

const path = retailFile('online_retail.csv.gz')
const LAST = '2011-12-09'
const DAYS = 60
const FIRST = addDays(LAST, 1 - DAYS)
/** What the shop has sold before is history that it brings with it. */
const SINCE = addDays(FIRST, -91)
const PRODUCTS = 24
const days = Array.from({ length: DAYS }, (_, at) => addDays(FIRST, at))

describe.skipIf(path === undefined)('sixty days of Online Retail, day by day', { timeout: 900_000 }, () => {
  const shop = new DemandShop()
  const events = path === undefined ? [] : mostSold(path, SINCE, LAST, PRODUCTS)
  const ask = (sql: string, tables: readonly string[]) =>
    askWarehouse(shop, 'm', { sql, tables }, { rows: 1_000_000, ms: 60_000 })

  beforeAll(async () => {
    await addMerchant({ state: shop.engine.store, clock: { now: () => 0 } }, { id: 'm', name: 'Online Retail' })
    const byDay = Map.groupBy(events, dayOf)
    const before = events.filter((event) => dayOf(event) < FIRST)
    await shop.engine.take(...before)
    for (const day of days) {
      const ofDay: readonly Happening[] = byDay.get(day) ?? []
      if (ofDay.length > 0) await shop.engine.take(...ofDay)
      const morning = addDays(day, 1)
      for (const time of ['02:15', '08:15', '10:15']) await shop.tick(`${morning}T${time}:00Z`)
    }
  }, 900_000)
  afterAll(shop.close)

  test('each day has a night and a forecast, each Sunday a training, and none failed', async () => {
    const runs = (await shop.engine.store.query({ table: 'chain-runs', range: runsRange('m') })).map(
      ({ row }) => row as { chain: string; date: string; status: string },
    )
    expect(runs.filter(({ status }) => status !== 'succeeded')).toEqual([])
    const of = (chain: string) => runs.flatMap((run) => (run.chain === chain ? [run.date] : [])).toSorted()
    expect(of('nightly')).toEqual(days)
    expect(of('forecasts')).toEqual(days)
    expect(of('weekly')).toEqual(days.filter((day) => new Date(day).getUTCDay() === 6))
  })

  test('units by day and product are the file’s', async () => {
    const rows = await ask(
      "select day, product_id, sum(units) as units, count(distinct order_id) as orders from fact_sales where kind = 'sale' group by 1, 2",
      ['fact_sales'],
    )
    const found = new Map(rows.map(({ day, product_id, units, orders }) => [`${day} ${product_id}`, [units, orders]]))
    const sold = Map.groupBy(salesIn(events), ({ day, product }) => `${day} ${product}`)
    const wanted = new Map(
      [...sold].map(([key, sales]) => [
        key,
        [sales.reduce((sum, { units }) => sum + units, 0), new Set(sales.map(({ order }) => order)).size],
      ]),
    )
    expect(found).toEqual(wanted)
  })

  test('each morning has forecasts of seven days, which are those that it had that morning', async () => {
    const rows = await ask(
      'select made_on, count(*) as n, min(day) as first, max(day) as last from fact_predictions group by 1 order by 1',
      ['fact_predictions'],
    )
    expect(rows.map(({ made_on, first, last }) => [made_on, first, last])).toEqual(
      days.map((day) => [addDays(day, 1), addDays(day, 1), addDays(day, HORIZON_DAYS)]),
    )
    expect(rows.every(({ n }) => Number(n) % HORIZON_DAYS === 0)).toBe(true)
  })

  test('they are nearer to what was sold than the same day of the week before', async () => {
    const [row] = await ask(
      `with sold as (
        select day, product_id, sum(units) as units from fact_sales where kind = 'sale' group by 1, 2
      ), compared as (
        select p.median, coalesce(s.units, 0) as units, coalesce(b.units, 0) as before
        from fact_predictions p
        left join sold s on s.day = p.day and s.product_id = p.product_id
        left join sold b on date_diff('day', b.day, p.day) = 7 and b.product_id = p.product_id
        where p.day <= date '${LAST}'
      )
      select
        sum(abs(median - units)) / sum(units) as ours,
        sum(abs(before - units)) * 1.0 / sum(units) as naive
      from compared`,
      ['fact_predictions', 'fact_sales'],
    )
    expect(Number(row!.ours)).toBeLessThan(0.9 * Number(row!.naive))
  })
})
