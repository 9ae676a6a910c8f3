/** What a merchant's published forecasts were worth: `core/lake/sql/demand-accuracy.sql`. */

import { type Accuracy, accuracyOf } from '#core/demand/accuracy.ts'
import { FORECAST_QUESTIONS } from '#core/lake/demand-questions.ts'
import { daysOf, foldersOf, type Published } from '#core/lake/published.ts'
import { FACT_PREDICTIONS, warehouseTable } from '#core/lake/warehouse-tables.ts'
import { addDays } from '#core/metrics/business-time.ts'
import type { RunColumn, Warehouse } from '#core/ports.ts'
import { sqlFile } from './warehouse-sql.ts'

/** Of the baselines: days before the first one that is judged. */
const BEFORE = 35
const QUESTION_MS = 60_000

export type AccuracyAsked = {
  /** Days that are over, the newest ones: at most so many. */
  readonly days: number
  /** How many days ahead the forecasts were made, 1 to 7. */
  readonly ahead: number
  /** Of listings that name none, in stores that name none. */
  readonly currency: string
}

/** Days without a forecast are not among the answer's. @throws WarehouseQueryError */
export async function readDemandAccuracy(
  warehouse: Pick<Warehouse, 'ask'>,
  published: Published,
  { days, ahead, currency }: AccuracyAsked,
): Promise<Accuracy> {
  const lastDay = daysOf(published, 'fact_sales').at(-1)
  if (lastDay === undefined) return accuracyOf([])
  const since = addDays(lastDay, 1 - days)
  const input = (table: string, from: string) => ({
    table,
    columns: warehouseTable(table).columns,
    folders: foldersOf(published, table, (day) => day === '' || (day >= from && day <= lastDay)),
  })
  const run: RunColumn[] = [
    { name: 'since', type: 'date', value: since },
    { name: 'last_day', type: 'date', value: lastDay },
    { name: 'horizon', type: 'bigint', value: ahead },
    { name: 'currency', type: 'text', value: currency },
  ]
  const inputs = [
    input(FACT_PREDICTIONS.name, addDays(since, 1 - ahead)),
    input('fact_sales', addDays(since, -BEFORE)),
    input('fact_inventory', since),
    input('dim_product', since),
    input('dim_store', since),
  ]
  const rows = await warehouse.ask(
    { sql: await sqlFile(FORECAST_QUESTIONS.accuracy), run, inputs },
    { rows: days * 50, ms: QUESTION_MS },
  )
  return accuracyOf(rows)
}
