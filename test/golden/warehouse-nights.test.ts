import { describe, expect, onTestFinished, test } from 'vitest'
import { DuckDbWarehouse } from '#adapters/embedded/duckdb-warehouse.ts'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import { rawFolder } from '#core/lake/raw-names.ts'
import { rawTableColumns } from '#core/lake/raw-tables.ts'
import { NIGHTLY_TABLES } from '#core/lake/warehouse-tables.ts'
import { WarehouseQueryError } from '#core/ports.ts'
import { archiveShard } from '#runtime/archive-shard.ts'
import { makeWarehouse } from '#runtime/make-warehouse.ts'
import { parquetFile } from '#runtime/parquet.ts'
import { askWarehouse, readPublished } from '#runtime/published-warehouse.ts'
import { sqlFile } from '#runtime/warehouse-sql.ts'
import { ObjectLakeWriter } from '#runtime/write-stretch.ts'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { EngineInTest, type Happening } from '#test/fakes/engine-in-test.ts'

const MOST = { rows: 100, ms: 10_000 }
const SETTINGS = { values: { timeZone: 'UTC' }, categories: {} }

const sale = (id: string, at: string, quantity = 1): Happening => ({
  type: 'sale.recorded',
  id,
  at,
  data: { orderId: id, productId: 'p', quantity, unitPriceMinor: 250, currency: 'INR' },
})

/** An engine whose lake and warehouse lie in one folder. */
class Shop {
  readonly engine = new EngineInTest()
  readonly folder = temporaryFolder()
  readonly objects = new FolderObjectStore(this.folder)
  readonly warehouse = new DuckDbWarehouse(this.folder)
  readonly merchantId: string
  private runs = 0

  constructor() {
    this.merchantId = JSON.parse(
      new TextDecoder().decode(this.engine.bytesOf(sale('x', '2026-03-01T10:00:00Z'))),
    ).merchantId
    onTestFinished(() => this.warehouse.close())
  }

  async take(...happenings: readonly Happening[]): Promise<void> {
    await this.engine.take(...happenings)
    const lake = new ObjectLakeWriter(this.objects)
    for (let shard = 0; shard < this.engine.shards; shard++)
      await archiveShard({ log: this.engine.log, state: this.engine.store, lake }, shard)
  }

  make(date: string, reopened: readonly string[] = [], warehouse = this.warehouse, sql = sqlFile) {
    const run = { merchantId: this.merchantId, settings: SETTINGS, version: `v${++this.runs}`, date, reopened }
    return makeWarehouse({ objects: this.objects, warehouse, sql }, run, Date.parse('2026-04-01T00:00:00Z'))
  }

  ask(sql: string, ...tables: readonly string[]) {
    return askWarehouse(this, this.merchantId, { sql, tables }, MOST)
  }

  net() {
    const sql = 'select day, cast(sum(net_minor) as bigint) as net from fact_sales group by 1 order by 1'
    return this.ask(sql, 'fact_sales')
  }
}

describe('the warehouse', () => {
  test('is made of what the engine has booked, and every check holds', async () => {
    const shop = new Shop()
    await shop.take(
      { type: 'product.listed', id: 'l', at: '2026-03-01T08:00:00Z', data: { productId: 'p', title: 'Tea' } },
      { type: 'stock.received', id: 'r', at: '2026-03-01T09:00:00Z', data: { productId: 'p', quantity: 10 } },
      sale('a', '2026-03-01T10:00:00Z', 2),
      sale('b', '2026-03-01T23:00:00Z'),
    )
    const made = await shop.make('2026-03-01')
    expect(made.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])
    expect([made.isPublished, made.parts.length]).toEqual([true, NIGHTLY_TABLES.length])
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
    await shop.take(sale('a', '2026-03-01T10:00:00Z'))
    await shop.make('2026-03-01')
    await shop.take(sale('b', '2026-03-02T10:00:00Z'))
    await shop.make('2026-03-02')
    await shop.take(sale('c', '2026-03-03T10:00:00Z'), sale('late', '2026-03-02T11:00:00Z', 4))
    const { parts } = await shop.make('2026-03-03', ['2026-03-02'])
    const ofTable = (name: string) => parts.filter(({ table }) => table === name).map(({ day }) => day)
    expect(ofTable('fact_sales')).toEqual(['2026-03-02', '2026-03-03'])
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
    await shop.take(sale('a', '2026-03-01T10:00:00Z'))
    await shop.make('2026-03-01')
    // The same refund twice in the lake would be two lines; one of a reason that nobody has is a fault of ours.
    const columns = rawTableColumns('booked_line')
    const at = Date.parse('2026-03-02T10:00:00Z')
    const row: Record<string, unknown> = {
      merchant_id: shop.merchantId,
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
    await shop.objects.put(`${rawFolder('booked_line', at)}0-9-9.parquet`, file)
    const { isPublished, checks } = await shop.make('2026-03-02')
    expect(isPublished).toBe(false)
    expect(checks.filter(({ outcome }) => outcome === 'failed')).toEqual([
      expect.objectContaining({ table: 'fact_refunds', measured: 1, bound: 0 }),
    ])
    expect(await shop.net()).toEqual([{ day: '2026-03-01', net: 250 }])
    expect((await readPublished(shop.objects, shop.merchantId)).number).toBe(1)
  })

  test('a step whose SELECT makes other columns writes nothing', async () => {
    const shop = new Shop()
    await expect(shop.make('2026-03-01', [], shop.warehouse, async () => 'select 1 as a')).rejects.toThrow(
      WarehouseQueryError,
    )
    expect(await shop.objects.list('warehouse/fact')).toEqual([])
  })
})
