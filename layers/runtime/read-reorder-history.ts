/** What a merchant's warehouse says for a morning's proposals. The SELECTs lie in `core/lake/sql/reorder-*.sql`. */
import { HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { QUANTILE_KINDS } from '#core/demand/forecast-columns.ts'
import { daysOf, foldersOf, type Published } from '#core/lake/published.ts'
import { REORDER_QUESTIONS } from '#core/lake/reorder-questions.ts'
import { FACT_PREDICTIONS, warehouseTable } from '#core/lake/warehouse-tables.ts'
import { addDays } from '#core/metrics/business-time.ts'
import type { Warehouse, WarehouseInput, WarehouseRow } from '#core/ports.ts'
import type { DayForecast, ForecastErrors, LateSales } from '#core/reorders/reorder-policy.ts'
import type { SqlFiles } from './warehouse-sql.ts'

export type HistoryPorts = { readonly warehouse: Warehouse; readonly sql: SqlFiles }

/** By store and product, as `pairOf` names them. `week`: seven days from the first that is forecast. */
export type ReorderHistory = {
  readonly forecastsOf: string
  readonly week: ReadonlyMap<string, readonly DayForecast[]>
  readonly sales: ReadonlyMap<string, LateSales>
  readonly errors: readonly ForecastErrors[]
}

export const pairOf = (storeId: string, productId: string): string => JSON.stringify([storeId, productId])

const WEEKS = 13
/** Past forecasts that are looked at, a week apart: their errors tell how much the days of one err together. */
const PAST_FORECASTS = 4
/** Units a day: what sells less often errs by next to nothing. */
const LEAST_SCALE = 0.1
const QUESTION_MS = 600_000
/** Products of stores that a morning looks at: those that are expected to sell most. */
const MOST_ASKED = 5_000

/** Undefined: nothing was forecast yet. `most`: products of stores; more are left out. @throws WarehouseQueryError */
export async function readReorderHistory(
  ports: HistoryPorts,
  published: Published,
  most = MOST_ASKED,
): Promise<ReorderHistory | undefined> {
  const made = daysOf(published, FACT_PREDICTIONS.name)
  const forecastsOf = made.at(-1)
  if (forecastsOf === undefined) return undefined
  const ask = questionsTo(ports, published, most)
  const week = new Map<string, DayForecast[]>()
  for (const row of await ask(REORDER_QUESTIONS.forecasts, forecastsOf)) {
    const day = { mean: Number(row.mean), quantiles: QUANTILE_KINDS.map((kind) => Number(row[kind])) }
    const pair = pairOf(String(row.store_id), String(row.product_id))
    const days = week.get(pair)
    if (days === undefined) week.set(pair, [day])
    else days.push(day)
  }
  const sales = salesIn(await ask(REORDER_QUESTIONS.sales, forecastsOf, 7 * WEEKS))
  const errors: ForecastErrors[] = []
  for (let back = 1; back <= PAST_FORECASTS; back++) {
    const day = addDays(forecastsOf, -7 * back)
    if (made.includes(day)) errors.push(...errorsIn(await ask(REORDER_QUESTIONS.errors, day)))
  }
  return { forecastsOf, week, sales, errors }
}

type Ask = (question: string, madeOn: string, daysBefore?: number) => Promise<readonly WarehouseRow[]>

/** Of the days before the forecast, or of those that it is about. */
function questionsTo({ warehouse, sql }: HistoryPorts, published: Published, most: number): Ask {
  return async (question, madeOn, daysBefore) => {
    const since = daysBefore === undefined ? madeOn : addDays(madeOn, -daysBefore)
    const lastDay = addDays(madeOn, daysBefore === undefined ? HORIZON_DAYS - 1 : -1)
    const input = (table: string, isAsked: (day: string) => boolean): WarehouseInput => ({
      table,
      columns: warehouseTable(table).columns,
      folders: foldersOf(published, table, isAsked),
    })
    const isWithin = (day: string) => day >= since && day <= lastDay
    const predictions = input(FACT_PREDICTIONS.name, (day) => day === madeOn)
    const inputs: Readonly<Record<string, readonly WarehouseInput[]>> = {
      [REORDER_QUESTIONS.forecasts]: [predictions],
      [REORDER_QUESTIONS.sales]: [predictions, input('fact_sales', isWithin)],
      [REORDER_QUESTIONS.errors]: [predictions, input('fact_sales', isWithin), input('fact_inventory', isWithin)],
    }
    const run = [
      { name: 'made_on', type: 'date' as const, value: madeOn },
      { name: 'most', type: 'bigint' as const, value: most },
      { name: 'since', type: 'date' as const, value: since },
      { name: 'last_day', type: 'date' as const, value: lastDay },
    ]
    const limits = { rows: most * 2 * WEEKS, ms: QUESTION_MS }
    return warehouse.ask({ sql: await sql(question), run, inputs: inputs[question]! }, limits)
  }
}

/** Of each product of a store in the currency that it earned most in. */
function salesIn(rows: readonly WarehouseRow[]): Map<string, LateSales> {
  const sales = new Map<string, LateSales>()
  const byPair = Map.groupBy(rows, ({ store_id, product_id }) => pairOf(String(store_id), String(product_id)))
  for (const [pair, its] of byPair) {
    const weeklyUnits = new Array<number>(WEEKS).fill(0)
    const revenue = new Map<string, number>()
    for (const { week, units, currency, revenue_minor } of its) {
      weeklyUnits[Number(week)]! += Number(units)
      revenue.set(String(currency), (revenue.get(String(currency)) ?? 0) + Number(revenue_minor))
    }
    const [currency, revenueMinor] = [...revenue].reduce((most, one) => (one[1] > most[1] ? one : most))
    sales.set(pair, { currency, revenueMinor, weeklyUnits })
  }
  return sales
}

function errorsIn(rows: readonly WarehouseRow[]): ForecastErrors[] {
  const byPair = Map.groupBy(rows, ({ store_id, product_id }) => pairOf(String(store_id), String(product_id)))
  return [...byPair.values()].map((days) => ({
    errors: days.map(({ units, mean }) => (units === null ? Number.NaN : Number(units) - Number(mean))),
    scale: Math.max(LEAST_SCALE, days.reduce((sum, { mean }) => sum + Number(mean), 0) / days.length),
  }))
}
