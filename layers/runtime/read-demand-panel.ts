/**
 * What a merchant's warehouse says of demand, as panels. The SELECTs lie in `core/lake/sql/demand-*.sql`. A series takes
 * 14 kB here (437 days of units, orders, stock-outs and prices), so the most there are in a panel take 70 MB; rows come four weeks
 * at a time, 140,000 at most. Training looks at one panel: of more series than it takes at an even sample. Forecasts are of
 * every series, some stores at a time.
 */
import { type DemandPanel, type DemandSeries, PLANNED_DAYS } from '#core/demand/demand-panel.ts'
import { DEMAND_QUESTIONS, DEMAND_SERIES } from '#core/lake/demand-questions.ts'
import { daysOf, foldersOf, type Published } from '#core/lake/published.ts'
import { warehouseTable } from '#core/lake/warehouse-tables.ts'
import { addDays, DAY_MS } from '#core/metrics/business-time.ts'
import type { ObjectStore, RunColumn, Warehouse, WarehouseInput, WarehouseRow } from '#core/ports.ts'
import type { SqlFiles } from './warehouse-sql.ts'

export type PanelPorts = {
  readonly objects: Pick<ObjectStore, 'list' | 'delete'>
  readonly warehouse: Warehouse
  readonly sql: SqlFiles
}

export type PanelRead = {
  /** Up to the newest day of the warehouse, and planned days behind it. */
  readonly panel: DemandPanel
  /** Days that are known: the origin of a forecast. */
  readonly known: number
}

/** A year, and what comes before its first day's averages. */
const PANEL_DAYS = 400
/** What has not sold for so long is not forecast. */
const RECENT_DAYS = 91
/** Of a panel. */
export const MOST_SERIES = 5_000
const DAYS_AT_ONCE = 28
const QUESTION_MS = 600_000

/** Those of the stores from one to another, in the order of store and product, from a number up to another. */
type SeriesRange = {
  readonly firstStore: string
  readonly lastStore: string
  readonly first: number
  readonly end: number
}

/**
 * To learn from. Undefined where the warehouse has no day, or nothing sold of late. `scratch`: a folder of objects, ending
 * with `/`, that is written, and deleted again. `leftOut`: how many more sold of late. @throws WarehouseQueryError
 */
export async function readTrainingPanel(
  ports: PanelPorts,
  published: Published,
  scratch: string,
  mostSeries = MOST_SERIES,
): Promise<(PanelRead & { readonly leftOut: number }) | undefined> {
  const asking = Asking.of(ports, published, scratch)
  const stores = (await asking?.stores()) ?? []
  if (asking === undefined || stores.length === 0) return undefined
  const found = stores.reduce((sum, { products }) => sum + products, 0)
  const all = { firstStore: stores[0]!.storeId, lastStore: stores.at(-1)!.storeId, first: 0, end: found }
  try {
    const read = await asking.panel(all, Math.min(found, mostSeries))
    return { ...read, leftOut: found - read.panel.series.length }
  } finally {
    await asking.forgetSeries()
  }
}

/**
 * To forecast: every series in the order of store and product, panel by panel; a store is in one of them, if it is not too large.
 * None where the warehouse has no day, or nothing sold of late. @throws WarehouseQueryError
 */
export async function* readDemandPanels(
  ports: PanelPorts,
  published: Published,
  scratch: string,
  mostSeries = MOST_SERIES,
): AsyncGenerator<PanelRead> {
  const asking = Asking.of(ports, published, scratch)
  if (asking === undefined) return
  try {
    for (const range of rangesOf(await asking.stores(), mostSeries)) yield await asking.panel(range)
  } finally {
    await asking.forgetSeries()
  }
}

type StoreSold = { readonly storeId: string; readonly products: number }

/** Whole stores, as many as have so many series together; one that has more by itself in even pieces. */
function* rangesOf(stores: readonly StoreSold[], mostSeries: number): Generator<SeriesRange> {
  let begun: SeriesRange | undefined
  for (const { storeId, products } of stores) {
    if (begun !== undefined && begun.end + products <= mostSeries) {
      begun = { ...begun, lastStore: storeId, end: begun.end + products }
      continue
    }
    if (begun !== undefined) yield begun
    begun = undefined
    const pieces = Math.ceil(products / mostSeries)
    const [firstStore, lastStore] = [storeId, storeId]
    const endOf = (piece: number) => Math.round((piece * products) / pieces)
    if (pieces === 1) begun = { firstStore, lastStore, first: 0, end: products }
    else
      for (let piece = 0; piece < pieces; piece++)
        yield { firstStore, lastStore, first: endOf(piece), end: endOf(piece + 1) }
  }
  if (begun !== undefined) yield begun
}

async function fill(asking: Asking, found: readonly WarehouseRow[], known: number): Promise<DemandSeries[]> {
  const days = known + PLANNED_DAYS
  const holiday = new Float64Array(days)
  for (const { day } of await asking.holidays(days)) holiday[Number(day)] = 1
  const blank = (value: number) => found.map(() => new Float64Array(days).fill(value, 0, known).fill(Number.NaN, known))
  const [units, orders, stockout] = [blank(0), blank(0), blank(0)]
  let hasStockOuts = false
  for await (const rows of asking.bySpans(DEMAND_QUESTIONS.days, 'fact_sales'))
    for (const { place, day, units: sold, orders: count } of rows) {
      units[Number(place)]![Number(day)] = Number(sold)
      orders[Number(place)]![Number(day)] = Number(count)
    }
  for await (const rows of asking.bySpans(DEMAND_QUESTIONS.stockOuts, 'fact_inventory'))
    for (const { place, day, share } of rows) {
      stockout[Number(place)]![Number(day)] = Number(share)
      hasStockOuts = true
    }
  const price = listPrices(await asking.prices(), found.length, days)
  return found.map(
    ({ store_id, product_id, category, sub_category }, place): DemandSeries => ({
      id: JSON.stringify([store_id, product_id]),
      product: String(product_id),
      store: String(store_id),
      categories: [String(category ?? ''), String(sub_category ?? '')],
      units: units[place]!,
      orders: orders[place]!,
      ...(hasStockOuts && { stockout: stockout[place]! }),
      ...(price !== undefined && { price: price[place]! }),
      holiday,
    }),
  )
}

/** By place, the list price of each day over the first one; undefined where nobody listed any. */
function listPrices(prices: readonly WarehouseRow[], places: number, days: number): Float64Array[] | undefined {
  if (prices.length === 0) return undefined
  const first = new Map<number, number>()
  const shares = Array.from({ length: places }, () => new Float64Array(days).fill(Number.NaN))
  for (const { place, day, base_price_minor } of prices) {
    const at = Number(place)
    const price = Number(base_price_minor)
    if (!first.has(at)) first.set(at, price)
    shares[at]!.fill(price / first.get(at)!, Math.max(0, Number(day)))
  }
  return shares
}

/** Questions about panels of the same days. */
class Asking {
  private readonly ports: PanelPorts
  private readonly published: Published
  private readonly span: { readonly firstDay: string; readonly lastDay: string }
  private readonly seriesFolder: string

  private constructor(ports: PanelPorts, published: Published, span: Asking['span'], seriesFolder: string) {
    this.ports = ports
    this.published = published
    this.span = span
    this.seriesFolder = seriesFolder
  }

  /** Undefined where the warehouse has no day. */
  static of(ports: PanelPorts, published: Published, scratch: string): Asking | undefined {
    const days = daysOf(published, 'fact_sales')
    const lastDay = days.at(-1)
    if (lastDay === undefined) return undefined
    const firstDay = later(days[0]!, addDays(lastDay, 1 - PANEL_DAYS))
    return new Asking(ports, published, { firstDay, lastDay }, `${scratch}${DEMAND_SERIES.table}/`)
  }

  /** Those that sold of late, in their order. */
  async stores(): Promise<StoreSold[]> {
    const rows = await this.ask(DEMAND_QUESTIONS.stores, this.runOf(this.recent, this.span.lastDay), [
      this.table('fact_sales', this.recent),
    ])
    return rows.map(({ store_id, products }) => ({ storeId: String(store_id), products: Number(products) }))
  }

  /** `most`: of those in range, evenly spread. */
  async panel(range: SeriesRange, most = range.end - range.first): Promise<PanelRead> {
    const { firstDay, lastDay } = this.span
    const known = dayNumber(lastDay) - dayNumber(firstDay) + 1
    const series = await fill(this, await this.series(range, most), known)
    return { panel: { firstDay: dayNumber(firstDay), days: known + PLANNED_DAYS, series }, known }
  }

  private get recent(): string {
    return later(this.span.firstDay, addDays(this.span.lastDay, 1 - RECENT_DAYS))
  }

  /** In the order of their places. */
  private async series({ firstStore, lastStore, first, end }: SeriesRange, most: number): Promise<WarehouseRow[]> {
    const { warehouse, sql } = this.ports
    const query = {
      sql: await sql(DEMAND_QUESTIONS.series),
      run: [
        ...this.runOf(this.recent, this.span.lastDay),
        { name: 'first_store', type: 'text' as const, value: firstStore },
        { name: 'last_store', type: 'text' as const, value: lastStore },
        { name: 'first_number', type: 'bigint' as const, value: first },
        { name: 'end_number', type: 'bigint' as const, value: end },
        { name: 'most', type: 'bigint' as const, value: most },
      ],
      inputs: [this.table('fact_sales', this.recent), this.table('dim_product')],
    }
    await warehouse.write(query, this.seriesFolder, DEMAND_SERIES.columns)
    const all = { sql: `select * from ${DEMAND_SERIES.table}`, run: [], inputs: [this.kept()] }
    const rows = await warehouse.ask(all, { rows: most, ms: QUESTION_MS })
    return rows.toSorted((a, b) => Number(a.place) - Number(b.place))
  }

  async forgetSeries(): Promise<void> {
    for (const name of await this.ports.objects.list(this.seriesFolder)) await this.ports.objects.delete(name)
  }

  async *bySpans(question: string, table: string): AsyncGenerator<readonly WarehouseRow[]> {
    const { firstDay, lastDay } = this.span
    for (let since = firstDay; since <= lastDay; since = addDays(since, DAYS_AT_ONCE)) {
      const until = earlier(addDays(since, DAYS_AT_ONCE - 1), lastDay)
      yield this.ask(question, this.runOf(since, until), [this.table(table, since, until), this.kept()])
    }
  }

  prices(): Promise<readonly WarehouseRow[]> {
    const { firstDay, lastDay } = this.span
    return this.ask(DEMAND_QUESTIONS.prices, this.runOf(firstDay, lastDay), [this.table('dim_product'), this.kept()])
  }

  holidays(days: number): Promise<readonly WarehouseRow[]> {
    const { firstDay } = this.span
    const run = this.runOf(firstDay, addDays(firstDay, days - 1))
    return this.ask(DEMAND_QUESTIONS.holidays, run, [this.table('dim_date')])
  }

  private async ask(
    question: string,
    run: readonly RunColumn[],
    inputs: readonly WarehouseInput[],
  ): Promise<readonly WarehouseRow[]> {
    const { warehouse, sql } = this.ports
    const most = { rows: MOST_SERIES * DAYS_AT_ONCE, ms: QUESTION_MS }
    return warehouse.ask({ sql: await sql(question), run, inputs }, most)
  }

  private runOf(since: string, lastDay: string): RunColumn[] {
    return [
      { name: 'first_day', type: 'date', value: this.span.firstDay },
      { name: 'since', type: 'date', value: since },
      { name: 'last_day', type: 'date', value: lastDay },
    ]
  }

  /** Of a table by day, the parts of these days alone. */
  private table(table: string, since = '', until = this.span.lastDay): WarehouseInput {
    const { parts, columns } = warehouseTable(table)
    const isAsked = parts === 'day' ? (day: string) => day >= since && day <= until : undefined
    return { table, columns, folders: foldersOf(this.published, table, isAsked) }
  }

  private kept(): WarehouseInput {
    return { ...DEMAND_SERIES, folders: [this.seriesFolder] }
  }
}

const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS
const later = (a: string, b: string): string => (a > b ? a : b)
const earlier = (a: string, b: string): string => (a < b ? a : b)
