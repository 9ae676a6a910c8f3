/**
 * What a merchant's warehouse says of demand, as a panel. The SELECTs lie in `core/lake/sql/demand-*.sql`. A series takes
 * 14 kB here (437 days of units, orders, stock-outs and prices), so the most there can be take 70 MB; rows come four weeks at a
 * time, 140,000 at most.
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
  /** The first day that is not known, YYYY-MM-DD. */
  readonly madeOn: string
  /** Products of stores that sold lately and are not among the series: there were more than the most. */
  readonly leftOut: number
}

/** A year, and what comes before its first day's averages. */
const PANEL_DAYS = 400
/** What has not sold for so long is not forecast. */
const RECENT_DAYS = 91
export const MOST_SERIES = 5_000
const DAYS_AT_ONCE = 28
const QUESTION_MS = 600_000

/**
 * Undefined where the warehouse has no day, or nothing sold of late. `scratch`: a folder of objects, ending with `/`, that is
 * written, and deleted again. `lastDay`: the newest day to look at, if not the newest there is. @throws WarehouseQueryError
 */
export async function readDemandPanel(
  ports: PanelPorts,
  published: Published,
  scratch: string,
  {
    mostSeries = MOST_SERIES,
    lastDay = daysOf(published, 'fact_sales').at(-1),
  }: { mostSeries?: number; lastDay?: string | undefined } = {},
): Promise<PanelRead | undefined> {
  const days = daysOf(published, 'fact_sales')
  if (days.length === 0 || lastDay === undefined) return undefined
  const firstDay = later(days[0]!, addDays(lastDay, 1 - PANEL_DAYS))
  const asking = new Asking(ports, published, { firstDay, lastDay }, `${scratch}${DEMAND_SERIES.table}/`)
  try {
    const found = await asking.series(mostSeries)
    if (found.length === 0) return undefined
    const known = dayNumber(lastDay) - dayNumber(firstDay) + 1
    const series = await fill(asking, found, known)
    const panel = { firstDay: dayNumber(firstDay), days: known + PLANNED_DAYS, series }
    return { panel, known, madeOn: addDays(lastDay, 1), leftOut: Number(found[0]!.found) - found.length }
  } finally {
    await asking.forgetSeries()
  }
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

/** By place, the list price of each day over the first one; undefined where no price was ever changed. */
function listPrices(prices: readonly WarehouseRow[], places: number, days: number): Float64Array[] | undefined {
  const first = new Map<number, number>()
  let isChanged = false
  const shares = Array.from({ length: places }, () => new Float64Array(days).fill(Number.NaN))
  for (const { place, day, base_price_minor } of prices) {
    const at = Number(place)
    const price = Number(base_price_minor)
    if (!first.has(at)) first.set(at, price)
    if (price !== first.get(at)) isChanged = true
    shares[at]!.fill(price / first.get(at)!, Math.max(0, Number(day)))
  }
  return isChanged ? shares : undefined
}

/** Questions about one panel. */
class Asking {
  private readonly ports: PanelPorts
  private readonly published: Published
  private readonly span: { readonly firstDay: string; readonly lastDay: string }
  private readonly seriesFolder: string

  constructor(ports: PanelPorts, published: Published, span: Asking['span'], seriesFolder: string) {
    this.ports = ports
    this.published = published
    this.span = span
    this.seriesFolder = seriesFolder
  }

  /** In the order of their places. */
  async series(most: number): Promise<WarehouseRow[]> {
    const { warehouse, sql } = this.ports
    const since = later(this.span.firstDay, addDays(this.span.lastDay, 1 - RECENT_DAYS))
    const query = {
      sql: await sql(DEMAND_QUESTIONS.series),
      run: [...this.runOf(since, this.span.lastDay), { name: 'most', type: 'bigint' as const, value: most }],
      inputs: [this.table('fact_sales', since), this.table('dim_product')],
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
