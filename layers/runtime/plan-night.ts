/**
 * What a night makes: the last day that is over, and of the others just those that something has come for since the nights
 * before, with those that were never made.
 */
import { daysOf } from '#core/lake/published.ts'
import { ENVELOPE_COLUMNS } from '#core/lake/raw-columns.ts'
import { isUpTo, RAW, stretchIn } from '#core/lake/raw-names.ts'
import { NIGHTLY_TABLES } from '#core/lake/warehouse-tables.ts'
import { addDays, businessDateOf, QUARTER_MS } from '#core/metrics/business-time.ts'
import type { ObjectStore, StateStore } from '#core/ports.ts'
import { settingOf } from '#core/settings/settings.ts'
import type { WarehousePorts } from './make-part.ts'
import { type NightPlan, readNight } from './night-row.ts'
import { readPublished } from './published-warehouse.ts'
import { readSettings } from './read-catalogue.ts'
import { sweptUntil } from './sweep-lake.ts'

/** The file in `core/lake/sql` that says when something came. */
export const TOUCHED_QUARTERS = 'touched-quarters'

/** Tables whose rows days are made of. */
const DAILY_RAW = [
  ...new Set(
    NIGHTLY_TABLES.filter(({ parts }) => parts === 'day').flatMap(({ inputs }) =>
      inputs.flatMap((input) => ('raw' in input && input.days === 'around' ? [input.raw] : [])),
    ),
  ),
]
const TOUCHED_COLUMNS = ENVELOPE_COLUMNS.filter(({ name }) =>
  ['merchant_id', 'occurred_at', 'shard', 'sequence'].includes(name),
)
/** Ten years. */
const MOST_QUARTERS = { rows: 360_000, ms: 600_000 }

export type NightAsked = Pick<NightPlan, 'known' | 'version'> & {
  readonly merchantId: string
  /** The business date (YYYY-MM-DD) that the run is for. */
  readonly date: string
  /** That day is made though nothing has come for it. */
  readonly remake: boolean
}

/** Undefined: there is nothing to make. @throws WarehouseQueryError */
export async function planNight(
  ports: WarehousePorts & { readonly state: StateStore },
  { merchantId, date: asked, known, version, remake }: NightAsked,
): Promise<NightPlan | undefined> {
  const settings = await readSettings(ports.state, merchantId)
  const row = await readNight(ports.state, merchantId)
  const days = daysOf(await readPublished(ports.objects, merchantId), NIGHTLY_TABLES[0]!.name)
  const newest = days.at(-1)
  // A day before the newest is opened again: what follows it is to know.
  const date = newest !== undefined && newest > asked ? newest : asked
  const zone = settingOf('timeZone', settings)
  // A day ends within the next day of UTC, and begins within the one before.
  const sweptDay = await sweptUntil(ports.state, merchantId)
  const hasAllOf = (day: string): boolean => addDays(day, -1) > sweptDay
  if (remake && !hasAllOf(asked))
    throw new RangeError(`the lake no longer has all of ${asked}: the day stays as it was made`)
  const touched = (await touchedDates(ports, merchantId, zone, row?.known ?? known.map(() => ''))).filter(hasAllOf)
  const isNew = row?.date === undefined || row.date < date || touched.includes(date) || (remake && asked === date)
  const earlier = [...touched, ...missingDates(newest, date), ...(remake ? [asked] : [])].filter((day) => day < date)
  if (!isNew && earlier.length === 0) return undefined
  const made = [...new Set([...earlier, date])].sort()
  const firstDate = [...days, ...made].sort()[0]!
  return { version, date, days: made, firstDate, settings, known }
}

/** Business dates in which the merchant has rows that lie behind these records of their shards. */
async function touchedDates(
  {
    objects,
    warehouse,
    sql,
  }: { readonly objects: Pick<ObjectStore, 'list'> } & Pick<WarehousePorts, 'warehouse' | 'sql'>,
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
function missingDates(newest: string | undefined, date: string): string[] {
  const missing: string[] = []
  if (newest === undefined) return missing
  for (let day = addDays(newest, 1); day < date; day = addDays(day, 1)) missing.push(day)
  return missing
}
