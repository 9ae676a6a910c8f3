/** Totals of the newest forecasts by store, by product, or of all: means add up, and quantiles come from draws that agree with each other. */
import type { DemandLearner } from '#core/demand/demand-learner.ts'
import { type DemandSeries, HORIZON_DAYS, PLANNED_DAYS } from '#core/demand/demand-panel.ts'
import { blankColumns, cellOf, FORECAST_KINDS, type ForecastKind } from '#core/demand/forecast-columns.ts'
import { scratchFolder } from '#core/demand/model-names.ts'
import { daysOf, foldersOf, type Published } from '#core/lake/published.ts'
import { FACT_PREDICTIONS } from '#core/lake/warehouse-tables.ts'
import { addDays } from '#core/metrics/business-time.ts'
import type { WarehouseRow } from '#core/ports.ts'
import { MOST_SERIES, type PanelPorts, readDemandPanel } from './read-demand-panel.ts'

export const SUMS_BY = ['store', 'product', 'all'] as const
export type SumsBy = (typeof SUMS_BY)[number]

/** Units of a group on one day: `group` is the store's or the product's id, '' of all. */
export type DemandSum = Readonly<Record<ForecastKind, number>> & {
  readonly group: string
  readonly madeOn: string
  readonly day: string
  readonly horizon: number
}

const QUESTION_MS = 600_000

/** Groups in order of their ids, each with its days. Undefined: nothing was forecast yet. @throws WarehouseQueryError */
export async function readDemandSums(
  ports: PanelPorts,
  learner: Pick<DemandLearner, 'sums'>,
  published: Published,
  by: SumsBy,
): Promise<readonly DemandSum[] | undefined> {
  const madeOn = daysOf(published, FACT_PREDICTIONS.name).at(-1)
  if (madeOn === undefined) return undefined
  const rows = await predictionsOf(ports, published, madeOn)
  const scratch = scratchFolder(published.merchantId, 'sums')
  const read = await readDemandPanel(ports, published, scratch, { lastDay: addDays(madeOn, -1) })
  const known = read?.known ?? 0
  const past = new Map(read?.panel.series.map((one) => [one.id, one]))
  const days = known + PLANNED_DAYS
  const series: DemandSeries[] = []
  const columns = blankColumns(rows.length / HORIZON_DAYS)
  for (const row of rows) {
    const [product, store] = [String(row.product_id), String(row.store_id)]
    const id = JSON.stringify([store, product])
    if (series.at(-1)?.id !== id)
      // What something late has put out of the panel since then has no past: it moves by chance.
      series.push(past.get(id) ?? { id, product, store, categories: [], units: new Float64Array(days) })
    const cell = cellOf(series.length - 1, Number(row.horizon))
    for (const kind of FORECAST_KINDS) columns[kind][cell] = Number(row[kind])
  }
  const panel = { firstDay: read?.panel.firstDay ?? 0, days, series }
  const sums = learner.sums(panel, known, columns, (place) => (by === 'all' ? '' : series[place]![by]))
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([group, its]) =>
      Array.from({ length: HORIZON_DAYS }, (_, k): DemandSum => {
        const values = FORECAST_KINDS.map((kind) => [kind, its[kind][k]!] as const)
        const told = Object.fromEntries(values) as Record<ForecastKind, number>
        return { group, madeOn, day: addDays(madeOn, k), horizon: k + 1, ...told }
      }),
    )
}

/** In order of store, product and day. */
async function predictionsOf(
  { warehouse }: Pick<PanelPorts, 'warehouse'>,
  published: Published,
  madeOn: string,
): Promise<readonly WarehouseRow[]> {
  const { name, columns } = FACT_PREDICTIONS
  const folders = foldersOf(published, name, (day) => day === madeOn)
  const query = {
    sql: `select * from ${name} order by store_id, product_id, day`,
    run: [],
    inputs: [{ table: name, columns, folders }],
  }
  return warehouse.ask(query, { rows: MOST_SERIES * HORIZON_DAYS, ms: QUESTION_MS })
}
