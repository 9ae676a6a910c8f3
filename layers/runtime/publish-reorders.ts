/** A morning's levels and quantities as a part of `fact_reorders`: for analysts, and for the inventory of that day. */
import { createHash } from 'node:crypto'
import { daysOf, type Published } from '#core/lake/published.ts'
import { partFolder } from '#core/lake/warehouse-names.ts'
import { FACT_PREDICTIONS, FACT_REORDERS } from '#core/lake/warehouse-tables.ts'
import type { LineName } from '#core/reorders/arithmetic-line.ts'
import type { ReorderAnswer } from '#core/reorders/reorder-policy.ts'
import { partsIn } from './keep-lineage.ts'
import { type ParquetRow, parquetFile } from './parquet.ts'
import { type ComputedOutcome, type ComputedPart, type ComputedPorts, publishComputed } from './publish-computed.ts'
import type { AskedQuestion } from './reorder-questions.ts'

/**
 * The same rows have the same name: they are published once. `answers`, in the order of `asked`.
 * @throws WarehouseQueryError
 */
export async function publishReorders(
  ports: ComputedPorts,
  published: Published,
  asked: readonly AskedQuestion[],
  answers: readonly ReorderAnswer[],
  { day, durationMs, run }: Pick<ComputedPart, 'day' | 'durationMs' | 'run'>,
  now: number,
): Promise<ComputedOutcome> {
  const { name, columns, from } = FACT_REORDERS
  const file = parquetFile(
    columns,
    answers.map((answer, nth) => rowOf(day, answer, asked[nth]!)),
  )
  const version = `made-${createHash('sha256').update(file).digest('hex').slice(0, 16)}`
  if (published.tables[name]?.[day]?.version === version) return { isPublished: true, checks: [] }
  await ports.objects.put(`${partFolder(name, published.merchantId, day, version)}part-0.parquet`, file)
  const forecastsOf = daysOf(published, FACT_PREDICTIONS.name).at(-1)
  const inputs = from.flatMap((table) =>
    partsIn(published, table, (one) => table !== FACT_PREDICTIONS.name || one === forecastsOf),
  )
  const part = { day, version, rows: answers.length, inputs, durationMs, run }
  return publishComputed(ports, FACT_REORDERS, published, part, now)
}

function rowOf(day: string, answer: ReorderAnswer, { question, money }: AskedQuestion): ParquetRow {
  const line = (what: LineName) => answer.lines.find((one) => one.what === what)
  const value = (what: LineName) => line(what)?.value
  const [reorderPoint, expected] = [value('reorder-point'), value('demand-over-protection')]
  const quantity = answer.kind === 'proposal' ? answer.quantity : 0
  const { unitCostMinor } = money
  const values: Readonly<Record<string, unknown>> = {
    day,
    store_id: answer.storeId,
    product_id: answer.productId,
    supplier_id: question.supplierId,
    product_class: line('service-level')?.productClass,
    service_level: value('service-level'),
    lead_days: value('lead-days'),
    demand_over_lead: value('demand-over-lead'),
    demand_over_protection: expected,
    reorder_point: reorderPoint,
    safety_stock: reorderPoint === undefined || expected === undefined ? undefined : reorderPoint - expected,
    order_up_to: value('order-up-to'),
    on_hand: value('on-hand'),
    inbound: value('inbound'),
    quantity,
    reason: answer.kind === 'none' ? answer.reason : undefined,
    currency: money.currency,
    cost_minor: quantity === 0 || unitCostMinor === undefined ? undefined : quantity * unitCostMinor,
  }
  return FACT_REORDERS.columns.map((column) => values[column.name])
}
