/** A part that code has computed, of a table that no night makes: what it was made of, its checks, and its publication. */
import { businessDay } from '#core/lake/business-day-run.ts'
import type { LineageInput } from '#core/lake/lineage.ts'
import { daysOf, type MadePart, type Published, withPart } from '#core/lake/published.ts'
import type { CheckResult } from '#core/lake/table-checks.ts'
import type { ComputedTable } from '#core/lake/warehouse-table.ts'
import type { ObjectStore, StateStore, Warehouse } from '#core/ports.ts'
import { settingOf } from '#core/settings/settings.ts'
import { keepChecks, summaryOf } from './chain-checks.ts'
import { checkPart } from './check-part.ts'
import { keepPartLineage, PROGRAM } from './keep-lineage.ts'
import { refuseFailed } from './night-steps.ts'
import { publishWarehouse } from './published-warehouse.ts'
import { readSettings } from './read-catalogue.ts'
import type { StepInput } from './step.ts'

export type ComputedPorts = {
  readonly state: StateStore
  readonly objects: ObjectStore
  readonly warehouse: Warehouse
}

export type ComputedPart = Omit<MadePart, 'table'> & {
  readonly inputs: LineageInput[]
  readonly durationMs: number
  /** Of a chain, whose part it is. */
  readonly run: string | null
}

/** False: a hard check failed, and what was published stays. */
export type ComputedOutcome = { readonly isPublished: boolean; readonly checks: readonly CheckResult[] }

/**
 * Its rows are written. One at a time of a merchant, and not beside its night: both publish. `now`: epoch ms.
 * @throws WarehouseQueryError
 */
export async function publishComputed(
  { state, objects, warehouse }: ComputedPorts,
  table: ComputedTable,
  published: Published,
  { inputs, durationMs, run, ...made }: ComputedPart,
  now: number,
): Promise<ComputedOutcome> {
  const { merchantId } = published
  const part = { table: table.name, ...made }
  const draft = withPart(published, part)
  const settings = await readSettings(state, merchantId)
  const day = businessDay(merchantId, part.day, settingOf('timeZone', settings))
  const [firstDate] = daysOf(published, 'fact_sales')
  const checks = await checkPart({ warehouse }, table, { settings, date: part.day }, day, firstDate!, draft)
  const { counts } = summaryOf(checks.map((check) => ({ ...check, day: part.day })))
  const record = { code: PROGRAM, madeAt: now, durationMs, rowsIn: null, run, checks: counts, inputs }
  await keepPartLineage(objects, merchantId, part, record)
  const isPublished = checks.every(({ outcome }) => outcome !== 'failed')
  if (isPublished) await publishWarehouse(objects, published, draft, now)
  return { isPublished, checks }
}

/** Keeps what the checks of a run's part have found. @throws where a hard one has failed: the run ends there. */
export async function answerForChecks(
  state: StateStore,
  run: StepInput,
  { name }: ComputedTable,
  day: string,
  checks: readonly CheckResult[],
): Promise<void> {
  // Published before: what an earlier try has found of it stays.
  if (checks.length === 0) return
  const kept = checks.map((check) => ({ ...check, day }))
  await keepChecks(state, run, name, kept)
  refuseFailed(kept)
}
