/**
 * A merchant's night: the lake is filled, and of the warehouse just the days are made anew that something has come for since
 * the last one, with those that were never made. What a night will do is written down first: one that was cut off goes on
 * under the same name.
 */
import { daysOf } from '#core/lake/published.ts'
import { ENVELOPE_COLUMNS } from '#core/lake/raw-columns.ts'
import { isUpTo, RAW, stretchIn } from '#core/lake/raw-names.ts'
import { WAREHOUSE_TABLES } from '#core/lake/warehouse-tables.ts'
import { addDays, businessDateOf, instantOfWall, QUARTER_MS } from '#core/metrics/business-time.ts'
import type { Condition, IdSource, StateStore } from '#core/ports.ts'
import { settingOf } from '#core/settings/settings.ts'
import { type ArchivePorts, archiveShard } from './archive-shard.ts'
import { makeWarehouse, type WarehouseMade, type WarehousePorts } from './make-warehouse.ts'
import { readPublished } from './published-warehouse.ts'
import { readSettings } from './read-catalogue.ts'
import { sweptUntil } from './sweep-lake.ts'

/** Key: the merchant. */
export type NightRow = {
  /** Counts changes of the row. */
  readonly turn: number
  /** By shard: the last record of the lake that the published nights know; '' for none. */
  readonly known: readonly string[]
  /** The business date of the last one; '' before the first. */
  readonly date: string
  /** One that was begun, and has not been published. */
  readonly planned?: Plan
  /** The business date of one whose checks failed after that: it is not tried again by itself. */
  readonly failed?: string
}
type Plan = Pick<NightRow, 'known' | 'date'> & { readonly version: string }
const NIGHTS_TABLE = 'nights'
/** The file in `core/lake/sql` that says when something came. */
export const TOUCHED_QUARTERS = 'touched-quarters'

export type NightPorts = ArchivePorts &
  WarehousePorts & { readonly log: { readonly shards: number }; readonly state: StateStore; readonly ids: IdSource }

export type Night = WarehouseMade & {
  readonly date: string
  readonly version: string
  /** Days before it that were made too, in order. */
  readonly reopened: readonly string[]
}

/** Tables whose rows days are made of. */
const DAILY_RAW = [
  ...new Set(
    WAREHOUSE_TABLES.filter(({ parts }) => parts === 'day').flatMap(({ inputs }) =>
      inputs.flatMap((input) => ('raw' in input && input.days === 'around' ? [input.raw] : [])),
    ),
  ),
]
const TOUCHED_COLUMNS = ENVELOPE_COLUMNS.filter(({ name }) =>
  ['merchant_id', 'occurred_at', 'shard', 'sequence'].includes(name),
)
/** Ten years. */
const MOST_QUARTERS = { rows: 360_000, ms: 600_000 }

/**
 * Makes the warehouse of all that is over: up to the business day before `now` (epoch ms) in the merchant's zone. Undefined:
 * nothing has come since the last night, and no day has ended.
 * @throws Error where another night of the merchant runs; WarehouseQueryError.
 */
export async function refreshWarehouse(ports: NightPorts, merchantId: string, now: number): Promise<Night | undefined> {
  const { state, log, ids } = ports
  const settings = await readSettings(state, merchantId)
  const zone = settingOf('timeZone', settings)
  const known: string[] = []
  for (let shard = 0; shard < log.shards; shard++) known.push((await archiveShard(ports, shard)).archived)
  const place = { table: NIGHTS_TABLE, key: merchantId }
  let row = (await state.get(place.table, place.key)) as NightRow | undefined
  const keep = async (next: Omit<NightRow, 'turn'>): Promise<void> => {
    const unmoved: Condition =
      row === undefined ? { ...place, field: undefined } : { ...place, field: 'turn', equals: row.turn }
    const changed: NightRow = { ...next, turn: (row?.turn ?? 0) + 1 }
    await state.commitDurable([{ ...place, row: changed }], [unmoved])
    row = changed
  }
  const last = row ?? { known: known.map(() => ''), date: '' }
  const date = addDays(businessDateOf(now, zone), -1)
  const plan: Plan = row?.planned ?? { known, date, version: `night-${date}-${ids.next()}` }
  // A day ends within the next day of UTC, and begins within the one before.
  const sweptDay = await sweptUntil(state, merchantId)
  const hasAllOf = (date: string): boolean => addDays(date, -1) > sweptDay
  const touched = (await touchedDates(ports, merchantId, zone, last.known)).filter(hasAllOf)
  const missing = await missingDates(ports, merchantId, plan.date)
  const reopened = [...new Set([...touched.filter((day) => day < plan.date), ...missing])].sort()
  if (row?.planned === undefined && last.date === date && reopened.length === 0 && !touched.includes(date))
    return undefined
  if (row?.planned === undefined) await keep({ known: last.known, date: last.date, planned: plan })
  const made = await makeWarehouse(
    ports,
    { merchantId, settings, version: plan.version, date: plan.date, reopened },
    now,
  )
  if (made.isPublished) await keep({ known: plan.known, date: plan.date })
  else await keep({ known: last.known, date: last.date, failed: plan.date })
  const night: Night = { ...made, date: plan.date, version: plan.version, reopened }
  // What was cut off on an earlier day is done; the days since are still to be made.
  return plan.date < date && made.isPublished ? ((await refreshWarehouse(ports, merchantId, now)) ?? night) : night
}

/** From when on, by the merchant's clock, the day before is over for everybody who sends late. */
const NOT_BEFORE = '08:00'

/** Whether the merchant's night is to run now (epoch ms) by itself. */
export async function isNightDue(
  { state }: Pick<NightPorts, 'state'>,
  merchantId: string,
  now: number,
): Promise<boolean> {
  const zone = settingOf('timeZone', await readSettings(state, merchantId))
  const today = businessDateOf(now, zone)
  if (now < instantOfWall(Date.parse(`${today}T${NOT_BEFORE}:00Z`), zone)) return false
  const { date, failed } = ((await state.get(NIGHTS_TABLE, merchantId)) as NightRow | undefined) ?? { date: '' }
  const over = addDays(today, -1)
  return date < over && failed !== over
}

/** Business dates in which the merchant has rows that lie behind these records of their shards. */
async function touchedDates(
  { objects, warehouse, sql }: NightPorts,
  merchantId: string,
  zone: string,
  known: readonly string[],
): Promise<string[]> {
  const folders = known.map(() => new Set<string>())
  for (const table of DAILY_RAW) {
    for (const name of await objects.list(`${RAW}${table}/`)) {
      const stretch = stretchIn(name)
      // One that was put together may begin before that: its rows say which are behind it.
      if (stretch === undefined || isUpTo(stretch, known[stretch.shard] ?? '')) continue
      folders[stretch.shard]?.add(name.slice(0, name.lastIndexOf('/') + 1))
    }
  }
  const dates = new Set<string>()
  for (const [shard, touched] of folders.entries()) {
    if (touched.size === 0) continue
    const query = {
      sql: await sql(TOUCHED_QUARTERS),
      run: [
        { name: 'merchant_id', type: 'text' as const, value: merchantId },
        { name: 'shard', type: 'bigint' as const, value: shard },
        { name: 'archived', type: 'text' as const, value: known[shard]! },
      ],
      inputs: [{ table: 'touched', columns: TOUCHED_COLUMNS, folders: [...touched] }],
    }
    // Zones differ from UTC by quarters of an hour, so no day begins within one.
    for (const { hour, quarter } of await warehouse.ask(query, MOST_QUARTERS))
      dates.add(businessDateOf(Date.parse(String(hour)) + Number(quarter) * QUARTER_MS, zone))
  }
  return [...dates]
}

/** Days between the newest that is published and the date, which would be left out. */
async function missingDates({ objects }: NightPorts, merchantId: string, date: string): Promise<string[]> {
  const newest = daysOf(await readPublished(objects, merchantId), WAREHOUSE_TABLES[0]!.name).at(-1)
  const missing: string[] = []
  if (newest === undefined) return missing
  for (let day = addDays(newest, 1); day < date; day = addDays(day, 1)) missing.push(day)
  return missing
}
