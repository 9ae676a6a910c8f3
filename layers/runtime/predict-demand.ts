/** A merchant's forecasts of the days to come: a part of `fact_predictions`, made of what the warehouse knows by now. */
import { createHash } from 'node:crypto'
import { SERVED_FORMAT } from '#core/demand/served-rows.ts'
import type { LineageInput } from '#core/lake/lineage.ts'
import { daysOf, type Published } from '#core/lake/published.ts'
import { FACT_PREDICTIONS } from '#core/lake/warehouse-tables.ts'
import { addDays } from '#core/metrics/business-time.ts'
import type { Clock } from '#core/ports.ts'
import { readChampion } from './demand-models.ts'
import type { DemandWork, ForecastWritten } from './demand-work.ts'
import { partsIn } from './keep-lineage.ts'
import { type ComputedOutcome, type ComputedPorts, publishComputed } from './publish-computed.ts'
import { readPublished } from './published-warehouse.ts'

export type PredictPorts = ComputedPorts & { readonly demand: DemandWork; readonly clock: Clock }

export type DemandPredicted = ComputedOutcome & {
  /** The first day that is forecast. */
  readonly madeOn: string
  readonly rows: number
  /** What serves where no model does. */
  readonly baseline: string
  /** What was written; absent: the same was published before. */
  readonly written?: ForecastWritten
}

/**
 * The same rows again where nothing has changed: neither what the forecasts are made of, nor what makes them. One at a time of
 * a merchant, and not beside its night: both publish. `now`: epoch ms. `run`: of a chain, whose part it is. Undefined: there is no warehouse yet.
 * @throws WarehouseQueryError
 */
export async function predictDemand(
  { state, objects, warehouse, demand, clock }: PredictPorts,
  merchantId: string,
  now: number,
  run: string | null = null,
): Promise<DemandPredicted | undefined> {
  const published = await readPublished(objects, merchantId)
  const days = daysOf(published, 'fact_sales')
  if (days.length === 0) return undefined
  const madeOn = addDays(days.at(-1)!, 1)
  const { champion, baseline } = await readChampion(state, merchantId)
  const partVersion = nameOfPart(published, champion?.version ?? baseline)
  const present = published.tables[FACT_PREDICTIONS.name]?.[madeOn]
  if (present?.version === partVersion) return { madeOn, baseline, rows: present.rows, isPublished: true, checks: [] }
  const task = { published, madeOn, partVersion, champion: champion?.version, baseline }
  const startedAt = clock.now()
  const written = await demand.forecast(task)
  const durationMs = clock.now() - startedAt
  const inputs: LineageInput[] = [
    ...FACT_PREDICTIONS.from.flatMap((table) => partsIn(published, table)),
    written.model === undefined
      ? { kind: 'given', name: 'baseline', version: baseline }
      : { kind: 'model', version: written.model },
  ]
  const part = { day: madeOn, version: partVersion, rows: written.rows, inputs, durationMs, run }
  const outcome = await publishComputed({ state, objects, warehouse }, FACT_PREDICTIONS, published, part, now)
  return { madeOn, baseline, rows: written.rows, written, ...outcome }
}

/** Of what the rows, and what is kept beside them, follow from: the same name is the same rows. */
function nameOfPart({ tables }: Published, model: string): string {
  const inputs = FACT_PREDICTIONS.from.map((table) => [table, Object.entries(tables[table] ?? {}).sort()])
  const hash = createHash('sha256').update(JSON.stringify([SERVED_FORMAT, model, inputs]))
  return `made-${hash.digest('hex').slice(0, 16)}`
}
