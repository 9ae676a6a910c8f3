import type { ForecastAnswer, ForecastDay } from '#core/api/forecasts.ts'
import { type DemandSeries, HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { blankColumns, cellOf, FORECAST_KINDS, type ForecastColumns } from '#core/demand/forecast-columns.ts'
import { FORECAST_QUESTIONS } from '#core/lake/demand-questions.ts'
import { daysOf } from '#core/lake/published.ts'
import { addDays, DAY_MS } from '#core/metrics/business-time.ts'
import type { WarehouseRow } from '#core/ports.ts'
import type { HttpRequest } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { refuse } from '#runtime/query-parameters.ts'
import { readProducts } from '#runtime/read-catalogue.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { readServedAbout, readServedRows, readServedTotals } from '#runtime/served-rows.ts'
import { sqlFile } from '#runtime/warehouse-sql.ts'
import { coherentSums } from '../../models/demand/coherent-sums.ts'
import { ForecastQuestion } from './forecast-question.ts'

/** Of these the quantiles of totals learn how stores move together. */
const PAST_DAYS = 182
/** Of these the answer tells. */
const SHOWN_DAYS = 91
const MOST_STORES = 2_000

/** Units of the days before and of the seven to come: of a product in a store, or of a total. */
export async function answerForecast(ports: Ports, request: HttpRequest): Promise<ForecastAnswer> {
  const fresh = await freshnessAt(ports, ports.clock.now())
  const question = await ForecastQuestion.of(ports, request)
  const { merchantId, product, part } = question
  const total = product === undefined ? totalStore(question) : undefined
  const lastDay = part === undefined ? daysOf(question.published, 'fact_sales').at(-1) : addDays(part.madeOn, -1)
  const history = lastDay === undefined ? [] : await historyOf(question, lastDay)
  const made = part === undefined ? undefined : await forecastOf(ports, question, history, total)
  const listing =
    product === undefined ? undefined : (await readProducts(ports.state, merchantId, [product])).get(product)
  return {
    ...fresh,
    title: listing?.title ?? null,
    madeOn: part?.madeOn ?? null,
    history: lastDay === undefined ? [] : await shownHistory(question, history, lastDay),
    days: made?.days ?? [],
    why: part === undefined ? 'nothing-forecast' : (made?.why ?? null),
    series: made?.servedBy.reduce((sum, one) => sum + one.series, 0) ?? 0,
    servedBy: made?.servedBy ?? [],
    methods: made?.methods ?? [],
  }
}

/** The store whose total it is; null: of all. @throws HttpError 422 where it would be one of some stores: none is kept of just those. */
function totalStore({ stores }: ForecastQuestion): string | null {
  if (stores === undefined) return null
  if (stores.length === 1) return stores[0]!
  throw refuse('store', 'is missing: name one of your stores, or a product')
}

type Made = Pick<ForecastAnswer, 'days' | 'servedBy' | 'methods' | 'why'>

async function forecastOf(
  ports: Ports,
  question: ForecastQuestion,
  history: readonly WarehouseRow[],
  total: string | null | undefined,
): Promise<Made> {
  const { merchantId, product } = question
  const part = question.part!
  const isDay = (day: string) => day === part.madeOn
  const counted = await question.ask(FORECAST_QUESTIONS.servedBy, 'fact_predictions', isDay, { most: 1_000 })
  const servedBy = counted.map(({ served_by, segment, model_version, series }) => ({
    by: String(served_by),
    segment: String(segment),
    modelVersion: model_version === null ? null : String(model_version),
    series: Number(series),
  }))
  const about = await readServedAbout(ports.objects, merchantId, part)
  if (product === undefined) {
    if (about === undefined) return { days: [], servedBy, methods: [], why: 'older' }
    const rows = await readServedTotals(
      question,
      merchantId,
      part,
      await sqlFile(FORECAST_QUESTIONS.totals),
      total == null ? 'all' : 'store',
      total ?? '',
    )
    return {
      days: rows.map((row) => dayOf(row, part.madeOn)),
      servedBy,
      methods: [],
      why: rows.length ? null : 'not-sold',
    }
  }
  const most = MOST_STORES * HORIZON_DAYS
  const rows = await question.ask(FORECAST_QUESTIONS.days, 'fact_predictions', isDay, { most })
  if (rows.length === 0) return { days: [], servedBy, methods: [], why: 'not-sold' }
  if (rows.length > HORIZON_DAYS) {
    const first = daysOf(question.published, 'fact_sales')[0]!
    const days = totalsOf(rows, history, part.madeOn, later(first, addDays(part.madeOn, -PAST_DAYS)))
    return { days, servedBy, methods: [], why: null }
  }
  const days = rows.map((row) => dayOf(row, part.madeOn))
  if (about === undefined) return { days, servedBy, methods: [], why: null }
  const place = { product, store: String(rows[0]!.store_id) }
  const kept = await readServedRows(
    question,
    merchantId,
    part,
    about,
    await sqlFile(FORECAST_QUESTIONS.servedRows),
    place,
  )
  return { days, servedBy, methods: methodsIn(about.said, kept), why: null }
}

const dayOf = (row: WarehouseRow, madeOn: string): ForecastDay => ({
  day: addDays(madeOn, Number(row.horizon) - 1),
  horizon: Number(row.horizon),
  ...(Object.fromEntries(FORECAST_KINDS.map((kind) => [kind, Number(row[kind])])) as Omit<
    ForecastDay,
    'day' | 'horizon'
  >),
})

/** The median of each method, of those without one the middle of their quantiles. */
function methodsIn(
  said: readonly { readonly member: string; readonly kind: string; readonly column: string }[],
  rows: readonly WarehouseRow[],
): ForecastAnswer['methods'] {
  return [...Map.groupBy(said, ({ member }) => member)].flatMap(([name, columns]) => {
    const told = ['median', 'q50', 'mean'].flatMap((kind) => columns.find((column) => column.kind === kind) ?? [])[0]
    if (told === undefined) return []
    return [{ name, median: rows.map((row) => (row[told.column] === null ? null : Number(row[told.column]))) }]
  })
}

/** One product over several stores: stores move together as they did on past days, from `since` on. */
function totalsOf(
  rows: readonly WarehouseRow[],
  history: readonly WarehouseRow[],
  madeOn: string,
  since: string,
): ForecastDay[] {
  const byStore = [...Map.groupBy(rows, ({ store_id }) => String(store_id))]
  const sold = Map.groupBy(history, ({ store_id }) => String(store_id))
  const begin = dayNumber(since)
  const known = dayNumber(madeOn) - begin
  const columns: ForecastColumns = blankColumns(byStore.length)
  const series = byStore.map(([store, days], place): DemandSeries => {
    for (const day of days)
      for (const kind of FORECAST_KINDS) columns[kind][cellOf(place, Number(day.horizon))] = Number(day[kind])
    const units = new Float64Array(known + HORIZON_DAYS)
    for (const { day, units: its } of sold.get(store) ?? []) units[dayNumber(String(day)) - begin] = Number(its)
    return { id: store, product: '', store, categories: [], units }
  })
  const panel = { firstDay: begin, days: known + HORIZON_DAYS, series }
  const total = coherentSums(panel, known, columns, () => '').get('')!
  return Array.from({ length: HORIZON_DAYS }, (_, k) =>
    dayOf({ horizon: k + 1, ...Object.fromEntries(FORECAST_KINDS.map((kind) => [kind, total[kind][k]!])) }, madeOn),
  )
}

async function historyOf(question: ForecastQuestion, lastDay: string): Promise<readonly WarehouseRow[]> {
  const since = addDays(lastDay, 1 - PAST_DAYS)
  const more = [{ name: 'since', type: 'date' as const, value: since }]
  return question.ask(FORECAST_QUESTIONS.history, 'fact_sales', (day) => day >= since && day <= lastDay, {
    most: MOST_STORES * PAST_DAYS,
    more,
  })
}

/** Every day of the last weeks since there is a warehouse. */
async function shownHistory(question: ForecastQuestion, history: readonly WarehouseRow[], lastDay: string) {
  const first = daysOf(question.published, 'fact_sales')[0]!
  const earliest = addDays(lastDay, 1 - SHOWN_DAYS)
  const since = later(first, earliest)
  const units = new Map<string, number>()
  for (const { day, units: sold } of history) units.set(String(day), (units.get(String(day)) ?? 0) + Number(sold))
  const outs = new Map<string, number>()
  if (question.product !== undefined) {
    const more = [{ name: 'since', type: 'date' as const, value: since }]
    const isAsked = (day: string) => day >= since && day <= lastDay
    const rows = await question.ask(FORECAST_QUESTIONS.stockOuts, 'fact_inventory', isAsked, { most: SHOWN_DAYS, more })
    for (const { day, stores } of rows) outs.set(String(day), Number(stores))
  }
  const count = Math.max(0, dayNumber(lastDay) - dayNumber(since) + 1)
  return Array.from({ length: count }, (_, at) => {
    const day = addDays(since, at)
    return { day, units: units.get(day) ?? 0, stockOuts: outs.get(day) ?? 0 }
  })
}

const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS
const later = (a: string, b: string): string => (a > b ? a : b)
