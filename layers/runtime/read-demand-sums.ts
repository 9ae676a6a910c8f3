/** Totals of the newest forecasts by store, by product, or of all: means add up, and quantiles come from draws that agree with each other. */
import { FORECAST_KINDS, type ForecastKind } from '#core/demand/forecast-columns.ts'
import type { TotalsOf } from '#core/demand/served-rows.ts'
import { FORECAST_QUESTIONS } from '#core/lake/demand-questions.ts'
import { addDays } from '#core/metrics/business-time.ts'
import type { ObjectStore, Warehouse } from '#core/ports.ts'
import { readPublished } from './published-warehouse.ts'
import { newestPart, readServedAbout, readServedTotals } from './served-rows.ts'
import type { SqlFiles } from './warehouse-sql.ts'

/** Units of a group on one day: `group` is the store's or the product's id, '' of all. */
export type DemandSum = Readonly<Record<ForecastKind, number>> & {
  readonly group: string
  readonly madeOn: string
  readonly day: string
  readonly horizon: number
}

/** Far more than a merchant has products. */
const MOST_ROWS = 5_000_000

/** Groups in order of their ids, each with its days. Undefined: nothing was forecast yet, or by an earlier release. @throws WarehouseQueryError */
export async function readDemandSums(
  ports: {
    readonly objects: Pick<ObjectStore, 'get'>
    readonly warehouse: Pick<Warehouse, 'ask'>
    readonly sql: SqlFiles
  },
  merchantId: string,
  by: TotalsOf,
): Promise<readonly DemandSum[] | undefined> {
  const part = newestPart(await readPublished(ports.objects, merchantId))
  if (part === undefined || (await readServedAbout(ports.objects, merchantId, part)) === undefined) return undefined
  const sql = await ports.sql(FORECAST_QUESTIONS.totals)
  const rows = await readServedTotals(ports, merchantId, part, sql, by, null, MOST_ROWS)
  return rows.map((row): DemandSum => {
    const values = FORECAST_KINDS.map((kind) => [kind, Number(row[kind])] as const)
    const told = Object.fromEntries(values) as Record<ForecastKind, number>
    const { madeOn } = part
    const horizon = Number(row.horizon)
    return { group: String(row.group_id), madeOn, day: addDays(madeOn, horizon - 1), horizon, ...told }
  })
}
