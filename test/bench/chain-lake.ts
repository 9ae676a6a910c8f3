/**
 * A lake as the archiver would have left it, written by SQL: at a thousand stores with a thousand products, events through an
 * engine would take hours. A pair of store and product sells on half of the days, one to five units, in orders of two lines;
 * everything was counted on the evening before, and comes in once a week, somewhat less than is sold, so that shelves run empty.
 */
import { readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { DuckDbWarehouse } from '#adapters/embedded/duckdb-warehouse.ts'
import { ENVELOPE_COLUMNS } from '#core/lake/raw-columns.ts'
import { rawFolder, rawObject } from '#core/lake/raw-names.ts'
import { rawTableColumns } from '#core/lake/raw-tables.ts'
import { addDays } from '#core/metrics/business-time.ts'

export type ChainShop = { readonly stores: number; readonly products: number }
/** Sequences of a day: there is room for all its events. */
const OF_A_DAY = 1_000_000_000

/** The last sequence of the day, as text. */
export const sequenceOf = (at: number): string => String((at + 1) * OF_A_DAY - 1).padStart(16, '0')

export class ChainLake {
  private readonly path: string
  private readonly warehouse: DuckDbWarehouse
  private readonly shop: ChainShop

  /** `path`: the object store's folder. */
  constructor(path: string, warehouse: DuckDbWarehouse, shop: ChainShop) {
    this.path = path
    this.warehouse = warehouse
    this.shop = shop
  }

  /** What is listed and counted at the evening of a day, which is the `at`-th. Answers rows. */
  async open(day: string, at: number): Promise<number> {
    const { stores, products } = this.shop
    const product = `'p' || i as product_id, 'Product ' || i as title, 'category ' || (i % 20) as category, 'supplier ' || (i % 50) as supplier_id, cast(100 + i % 900 as bigint) as base_price_minor, cast(60 + i % 500 as bigint) as unit_cost_minor, 'EUR' as currency`
    const counted = `'p' || (i % ${products}) as product_id, cast(20 as bigint) as level`
    return (
      (await this.write('store_listed', day, at, stores, "'Store ' || i as name", "'s' || i")) +
      (await this.write('product_listed', day, at, products, product, "'-'")) +
      (await this.write('stock_counted', day, at, stores * products, counted, storeOf(products)))
    )
  }

  /** What is sold on a day, and what comes in. Answers rows. */
  async trade(day: string, at: number): Promise<number> {
    const { stores, products } = this.shop
    const random = `hash(i * 7919 + ${at})`
    const line = `'sale' as kind, 'o' || (i // 2) as order_id, 'p' || (i % ${products}) as product_id, cast(1 + ${random} % 5 as bigint) as quantity, cast((1 + ${random} % 5) * (100 + (i % ${products}) % 900) as bigint) as amount_minor, cast(0 as bigint) as discount_minor, cast(0 as bigint) as tax_minor, 'EUR' as currency, case when i % 3 = 0 then 'c' || (hash(i + ${at}) % ${stores * 500}) end as customer, 'store' as channel, false as is_estimated, false as reversal`
    const sold = await this.write(
      'booked_line',
      day,
      at,
      stores * products,
      line,
      storeOf(products),
      `${random} // 5 % 2 = 0`,
    )
    if (at % 7 !== 0) return sold
    const received = `'p' || (i % ${products}) as product_id, cast(9 as bigint) as quantity`
    return sold + (await this.write('stock_received', day, at, stores * products, received, storeOf(products)))
  }

  private async write(
    table: string,
    day: string,
    at: number,
    count: number,
    own: string,
    store: string,
    where = 'true',
  ): Promise<number> {
    const noon = `timestamp '${day} 06:00:00' + to_seconds(cast(i % 50000 as bigint))`
    const sql = `select 'm' as merchant_id, ${store} as store_id, '${table}-${at}-' || i as event_id, 'bench' as source,
      ${noon} as occurred_at, ${noon} as received_at, date '${day}' as business_date, cast(0 as bigint) as shard,
      lpad(cast(${at * OF_A_DAY} + i as varchar), 16, '0') as sequence, ${own}
      from range(${count}) as t(i) where ${where}`
    const names = new Set([...own.matchAll(/ as (\w+)(?:,|$)/g)].map(([, name]) => name))
    const columns = [
      ...ENVELOPE_COLUMNS,
      ...rawTableColumns(table)
        .filter(({ name }) => names.has(name))
        .toSorted((a, b) => own.indexOf(` as ${a.name}`) - own.indexOf(` as ${b.name}`)),
    ]
    const folder = rawFolder(table, Date.parse(day))
    const { rows } = await this.warehouse.write({ sql, run: [], inputs: [] }, folder, columns)
    const into = join(this.path, folder)
    const stretch = { shard: 0, first: String(at * OF_A_DAY), last: sequenceOf(at) }
    for (const name of await readdir(into))
      if (name === 'part-0.parquet') await rename(join(into, name), join(this.path, rawObject(folder, stretch)))
    return rows
  }
}

const storeOf = (products: number): string => `'s' || (i // ${products})`

/** Days in order, the last one `last`. */
export const daysUpTo = (last: string, days: number): string[] =>
  Array.from({ length: days }, (_, at) => addDays(last, at + 1 - days))
