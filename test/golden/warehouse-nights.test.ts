import { describe, expect, onTestFinished, test } from 'vitest'
import { rawFolder } from '#core/lake/raw-names.ts'
import { rawTableColumns } from '#core/lake/raw-tables.ts'
import { NIGHTLY_TABLES, nightlyTable } from '#core/lake/warehouse-tables.ts'
import { addDays } from '#core/metrics/business-time.ts'
import { WarehouseQueryError } from '#core/ports.ts'
import { makePart } from '#runtime/make-part.ts'
import { parquetFile } from '#runtime/parquet.ts'
import { readPublished } from '#runtime/published-warehouse.ts'
import { ChainInTest } from '#test/fakes/chain-in-test.ts'
import type { Happening } from '#test/fakes/engine-in-test.ts'

const sale = (id: string, at: string, quantity = 1): Happening => ({
  type: 'sale.recorded',
  id,
  at,
  data: { orderId: id, productId: 'p', quantity, unitPriceMinor: 250, currency: 'INR' },
})

class Shop extends ChainInTest {
  constructor() {
    super()
    onTestFinished(() => this.warehouse.close())
  }

  /** The night after this date. */
  make(date: string) {
    this.clock.set(Date.parse(`${addDays(date, 1)}T08:00:00Z`))
    return this.run()
  }

  net() {
    const sql = 'select day, cast(sum(net_minor) as bigint) as net from fact_sales group by 1 order by 1'
    return this.ask(sql, 'fact_sales')
  }
}

describe('the warehouse', () => {
  test('is made of what the engine has booked, and every check holds', async () => {
    const shop = new Shop()
    await shop.engine.take(
      { type: 'product.listed', id: 'l', at: '2026-03-01T08:00:00Z', data: { productId: 'p', title: 'Tea' } },
      { type: 'stock.received', id: 'r', at: '2026-03-01T09:00:00Z', data: { productId: 'p', quantity: 10 } },
      sale('a', '2026-03-01T10:00:00Z', 2),
      sale('b', '2026-03-01T23:00:00Z'),
    )
    const made = await shop.make('2026-03-01')
    expect([made.status, made.checks!.failed]).toEqual(['succeeded', 0])
    expect(Object.keys(made.states.at(-1)!.about)).toEqual(NIGHTLY_TABLES.map(({ name }) => name))
    expect(await shop.net()).toEqual([{ day: '2026-03-01', net: 750 }])
    const star = `select p.title, i.on_hand, d.day_of_week
      from fact_inventory i
      join dim_product p on p.product_id = i.product_id and p.is_current
      join dim_date d on d.day = i.day`
    expect(await shop.ask(star, 'fact_inventory', 'dim_product', 'dim_date')).toEqual([
      { title: 'Tea', on_hand: 7, day_of_week: 7 },
    ])
  })

  test('a late sale opens its day again, the stock of the days after it, and no other', async () => {
    const shop = new Shop()
    await shop.engine.take(sale('a', '2026-03-01T10:00:00Z'))
    await shop.make('2026-03-01')
    await shop.engine.take(sale('b', '2026-03-02T10:00:00Z'))
    await shop.make('2026-03-02')
    await shop.engine.take(sale('c', '2026-03-03T10:00:00Z'), sale('late', '2026-03-02T11:00:00Z', 4))
    const before = await readPublished(shop.ports.objects, 'm')
    await shop.make('2026-03-03')
    const after = await readPublished(shop.ports.objects, 'm')
    expect(after.tables.fact_sales!['2026-03-01']).toEqual(before.tables.fact_sales!['2026-03-01'])
    expect(after.tables.fact_sales!['2026-03-02']).not.toEqual(before.tables.fact_sales!['2026-03-02'])
    expect(await shop.net()).toEqual([
      { day: '2026-03-01', net: 250 },
      { day: '2026-03-02', net: 1_250 },
      { day: '2026-03-03', net: 250 },
    ])
    expect(await shop.ask('select day, on_hand from fact_inventory order by 1', 'fact_inventory')).toEqual([
      { day: '2026-03-01', on_hand: -1 },
      { day: '2026-03-02', on_hand: -6 },
      { day: '2026-03-03', on_hand: -7 },
    ])
  })

  test('a hard check that fails leaves all of yesterday in place', async () => {
    const shop = new Shop()
    await shop.engine.take(sale('a', '2026-03-01T10:00:00Z'))
    await shop.make('2026-03-01')
    // The same refund twice in the lake would be two lines; one of a reason that nobody has is a fault of ours.
    const columns = rawTableColumns('booked_line')
    const at = Date.parse('2026-03-02T10:00:00Z')
    const row: Record<string, unknown> = {
      merchant_id: 'm',
      store_id: 's',
      event_id: 'bad',
      source: 'test',
      occurred_at: at,
      received_at: at,
      business_date: '2026-03-02',
      shard: 0,
      sequence: '9',
      kind: 'refund',
      product_id: 'p',
      quantity: 1,
      amount_minor: 5,
      currency: 'INR',
      reason: 'stolen',
    }
    const file = parquetFile(columns, [columns.map(({ name }) => row[name])])
    await shop.ports.objects.put(`${rawFolder('booked_line', at)}0-9-9.parquet`, file)
    const { status, wrong } = await shop.make('2026-03-02')
    expect(status).toBe('failed')
    expect(wrong.filter(({ outcome }) => outcome === 'failed')).toEqual([
      expect.objectContaining({ table: 'fact_refunds', measured: 1, bound: 0 }),
    ])
    expect(await shop.net()).toEqual([{ day: '2026-03-01', net: 250 }])
    expect((await readPublished(shop.ports.objects, 'm')).number).toBe(1)
  })

  test('a step whose SELECT makes other columns writes nothing', async () => {
    const shop = new Shop()
    const run = {
      merchantId: 'm',
      settings: { values: {}, categories: {} },
      version: 'v',
      date: '2026-03-01',
      days: ['2026-03-01'],
      firstDate: '2026-03-01',
    }
    const { objects } = shop.ports
    const ports = { objects, warehouse: shop.warehouse, sql: async () => 'select 1 as a' }
    const making = makePart(ports, nightlyTable('fact_sales'), run, run.date, await readPublished(objects, 'm'))
    await expect(making).rejects.toThrow(WarehouseQueryError)
    expect(await objects.list('warehouse/fact')).toEqual([])
  })
})
