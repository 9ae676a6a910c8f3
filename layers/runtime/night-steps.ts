/** What each state of the nightly chain does: `functions/workflows/nightly.asl.json` says in which order, and what is done when one fails. */
import { z } from 'zod'
import { type MadePart, type Published, withPart } from '#core/lake/published.ts'
import { RAW_CHECKS } from '#core/lake/raw-checks.ts'
import { draftObject } from '#core/lake/warehouse-names.ts'
import { NIGHTLY_TABLES, nightlyTable } from '#core/lake/warehouse-tables.ts'
import type { ObjectStore } from '#core/ports.ts'
import { archivedOf, archiveShard } from './archive-shard.ts'
import { checksOf, type KeptCheck, keepChecks, summaryOf } from './chain-checks.ts'
import type { StepResult } from './chain-tasks.ts'
import { checkPart } from './check-part.ts'
import { checkRaw } from './check-raw.ts'
import { deleteUnder } from './delete-under.ts'
import { codeOf, inputsOf, keepLineageChecks, keepPartLineage } from './keep-lineage.ts'
import { dayOfPart, makePart, partCount, partsAtOnce, partsOf, type WarehouseRun } from './make-part.ts'
import { draftWith, forgetUnpublished, NIGHT_PARTS, partMade, partsMade } from './night-parts.ts'
import { plannedRun, readNight, writeNight } from './night-row.ts'
import { planNight } from './plan-night.ts'
import { publishWarehouse, readPublished } from './published-warehouse.ts'
import { type Step, step } from './step.ts'

/** A hard check failed: to do the same again is of no use. */
export class CheckFailedError extends Error {
  override readonly name = 'CheckFailedError'
}

const ofLake = z.object({ known: z.array(z.string()) })
const versioned = z.object({ version: z.string() })
const ofTable = versioned.extend({ table: z.string() })

const extract = step(z.object({}), async (ports) => {
  let rowsOut = 0
  const known: string[] = []
  const events: number[] = []
  for (let shard = 0; shard < ports.log.shards; shard++) {
    const before = await archivedOf(ports.state, shard)
    const after = await archiveShard(ports, shard)
    rowsOut += after.events - before.events
    known.push(after.archived)
    events.push(after.events)
  }
  return { known, events, rowsOut }
})

const validate = step(ofLake.extend({ events: z.array(z.number()) }), async (ports, input) => {
  const { checks, rows } = await checkRaw(ports, input)
  const kept = checks.map((check) => ({ ...check, day: input.date }))
  await keepChecks(ports.state, input, RAW_CHECKS, kept)
  refuseFailed(kept)
  return { rowsIn: rows, ...counted(kept) }
})

const plan = step(ofLake.extend({ remake: z.boolean() }), async (ports, input) => {
  const { state, ids } = ports
  const { merchantId } = input
  const planned = await planNight(ports, { ...input, version: `night-${input.date}-${ids.next()}` })
  if (planned === undefined) return { parts: 0, tables: [], about: { days: [] } }
  await forgetUnpublished(ports, merchantId)
  const before = await readNight(state, merchantId)
  const nothing = { known: input.known.map(() => ''), date: '' }
  await writeNight(state, merchantId, before, { ...nothing, ...before, planned })
  const run: WarehouseRun = { merchantId, ...planned }
  const tables = NIGHTLY_TABLES.map((table) => ({
    table: table.name,
    days: partsOf(table, run),
    atOnce: partsAtOnce(table),
  }))
  const { version, date, days } = planned
  return { version, parts: partCount(run), tables, about: { date, days } }
})

const make = step(ofTable.extend({ day: z.string() }), async (ports, input) => {
  const { merchantId, version, table: name, day, run: runId } = input
  const { state, objects, clock } = ports
  const run = await plannedRun(state, merchantId, version)
  const published = await readPublished(objects, merchantId)
  const present = published.tables[name]?.[day]
  // Somebody may be reading it: what is published is not written again.
  if (present?.version === version) return { rowsOut: present.rows }
  const table = nightlyTable(name)
  const read = table.inputs.flatMap((input) => ('table' in input ? [input.table] : []))
  const draft = await draftWith(objects, merchantId, await partsMade(state, merchantId, version, read))
  const days = partsOf(table, run)
  const before = partsAtOnce(table) === 1 ? days[days.indexOf(day) - 1] : undefined
  if (before !== undefined && draft.tables[name]?.[before]?.version !== version)
    throw new PartMissingError(`${name} of ${before} was not made`)
  const startedAt = clock.now()
  const inputs = await inputsOf(objects, table.inputs, dayOfPart(run, day), draft)
  const { rowsIn, ...made } = await makePart(ports, table, run, day, draft)
  const code = codeOf(table.sql, await ports.sql(table.sql))
  const madeAt = clock.now()
  const about = { code, madeAt, durationMs: madeAt - startedAt, rowsIn, run: runId, checks: null, inputs }
  await keepPartLineage(objects, merchantId, made, about)
  await state.commitDurable([partMade(merchantId, made)])
  return { rowsIn, rowsOut: made.rows }
})

/** A part that was planned is not there. */
class PartMissingError extends Error {
  override readonly name = 'PartMissingError'
}

const load = step(versioned, async ({ state, objects }, { merchantId, version }) => {
  const run = await plannedRun(state, merchantId, version)
  const draft = await draftWith(objects, merchantId, await partsMade(state, merchantId, version))
  let rows = 0
  for (const table of NIGHTLY_TABLES)
    for (const day of partsOf(table, run)) {
      const part = draft.tables[table.name]?.[day]
      if (part?.version !== version) throw new PartMissingError(`${table.name} of ${day || run.date} was not made`)
      rows += part.rows
    }
  await objects.put(draftObject(merchantId, version), new TextEncoder().encode(JSON.stringify(draft)))
  return { rowsIn: rows, rowsOut: rows }
})

async function readDraft(objects: Pick<ObjectStore, 'get'>, merchantId: string, version: string): Promise<Published> {
  const bytes = await objects.get(draftObject(merchantId, version))
  if (bytes === undefined) throw new PartMissingError(`what ${version} has made was not put together`)
  return JSON.parse(new TextDecoder().decode(bytes)) as Published
}

const checkTable = step(ofTable.extend({ days: z.array(z.string()) }), async (ports, input) => {
  const { state, objects } = ports
  const { merchantId, version, days } = input
  const run = await plannedRun(state, merchantId, version)
  const draft = await readDraft(objects, merchantId, version)
  const table = nightlyTable(input.table)
  const checks: KeptCheck[] = []
  for (const day of days) {
    const found = await checkPart(ports, table, run, dayOfPart(run, day), run.firstDate, draft)
    const ofDay = found.map((check) => ({ ...check, day }))
    await keepLineageChecks(objects, merchantId, { table: table.name, day, version }, summaryOf(ofDay).counts)
    checks.push(...ofDay)
  }
  await keepChecks(state, input, table.name, checks)
  return { rowsIn: total(days.map((day) => draft.tables[table.name]![day]!.rows)), ...counted(checks) }
})

const judge = step(z.object({}), async ({ state }, input) => {
  const checks = await checksOf(state, input)
  refuseFailed(checks)
  return counted(checks)
})

const refresh = step(versioned, async ({ state, objects, clock }, { merchantId, version }) => {
  const { known, date } = await plannedRun(state, merchantId, version)
  const draft = await readDraft(objects, merchantId, version)
  const before = await readPublished(objects, merchantId)
  const last = before.tables[NIGHTLY_TABLES[0]!.name]?.[date]
  // What others have published meanwhile stays.
  const next = madeBy(draft, version).reduce(withPart, before)
  if (last?.version !== version) await publishWarehouse(objects, before, next, clock.now())
  const night = await readNight(state, merchantId)
  await writeNight(state, merchantId, night, { ...night, known, date })
  await deleteUnder(state, NIGHT_PARTS, merchantId, version)
  const rows = NIGHTLY_TABLES.map(({ name }) => {
    const parts = madeBy(draft, version).filter(({ table }) => table === name)
    return [name, total(parts.map((part) => part.rows))] as const
  })
  return { rowsOut: total(rows.map(([, count]) => count)), about: Object.fromEntries(rows) }
})

const madeBy = (draft: Published, version: string): MadePart[] =>
  Object.entries(draft.tables).flatMap(([table, parts]) =>
    Object.entries(parts).flatMap(([day, part]) => (part.version === version ? [{ table, day, ...part }] : [])),
  )

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)

const counted = (checks: readonly KeptCheck[]): Pick<StepResult, 'about'> => ({ about: summaryOf(checks).counts })

/** In a message; the others are counted. */
const NAMED = 5

/** @throws CheckFailedError that names what failed: table, day, check, what was measured. */
export function refuseFailed(checks: readonly KeptCheck[]): void {
  const failed = checks.filter(({ outcome }) => outcome === 'failed')
  if (failed.length === 0) return
  const named = failed.slice(0, NAMED).map(({ table, day, check, measured, bound }) => {
    const against = bound === null ? '' : `, against ${bound}`
    return `${table}${day === '' ? '' : ` of ${day}`}, ${check}: ${measured ?? 'nothing'}${against}`
  })
  if (failed.length > NAMED) named.push(`and ${failed.length - NAMED} more`)
  throw new CheckFailedError(named.join('; '))
}

export const NIGHT_STEPS: Readonly<Record<string, Step>> = {
  extract,
  validate,
  plan,
  'make-part': make,
  load,
  'check-table': checkTable,
  judge,
  refresh,
}
