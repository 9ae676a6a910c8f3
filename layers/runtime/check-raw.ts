/** Counts the lake against the ledger, in what has come since that was done last. */
import { businessDay } from '#core/lake/business-day-run.ts'
import {
  COUNTED_COLUMNS,
  EVENT_TABLES,
  ledgerCheck,
  rowsIn,
  stretchSelect,
  wholeDayCheck,
} from '#core/lake/raw-checks.ts'
import { isUpTo, RAW, stretchIn } from '#core/lake/raw-names.ts'
import type { CheckResult } from '#core/lake/table-checks.ts'
import type { ObjectStore, StateStore, Warehouse } from '#core/ports.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { settingOf } from '#core/settings/settings.ts'
import { readSettings } from './read-catalogue.ts'
import { readCheckpoints } from './read-lag.ts'

const COUNT_MS = 600_000

type RawPorts = {
  readonly state: StateStore
  readonly objects: Pick<ObjectStore, 'list'>
  readonly warehouse: Pick<Warehouse, 'ask'>
}

/** How far a shard's part of the lake was counted, and found to be what the ledger has applied. Key: the shard. */
export const LAKE_CHECKED_TABLE = 'lake-checked'
type CheckedRow = {
  /** Sequence of the last record. */
  readonly until: string
  /** Events up to it: the row of `archived` as it was there. */
  readonly events: number
}
const NOT_CHECKED: CheckedRow = { until: '', events: 0 }

/** By shard, of those that were counted: up to which record. */
export async function lakeCountedUpTo(state: StateStore): Promise<ReadonlyMap<number, string>> {
  const rows = await state.query({ table: LAKE_CHECKED_TABLE, range: EVERY_KEY })
  return new Map(rows.map(({ key, row }) => [Number(key), (row as CheckedRow).until]))
}

export type RawAsked = {
  readonly merchantId: string
  readonly date: string
  /** By shard: how far it is in the lake, and the events up to there. */
  readonly known: readonly string[]
  readonly events: readonly number[]
}

/** Counts each stretch once, whichever merchant's night comes first. `rows`: what it has counted. @throws WarehouseQueryError */
export async function checkRaw(
  { state, objects, warehouse }: RawPorts,
  { merchantId, date, known, events }: RawAsked,
): Promise<{ readonly checks: readonly CheckResult[]; readonly rows: number }> {
  const names: (readonly [table: string, name: string])[] = []
  for (const table of EVENT_TABLES) for (const name of await objects.list(`${RAW}${table}/`)) names.push([table, name])
  const checks: CheckResult[] = []
  let rows = 0
  for (const [shard, until] of known.entries()) {
    const place = { table: LAKE_CHECKED_TABLE, key: String(shard) }
    const before = ((await state.get(place.table, place.key)) as CheckedRow | undefined) ?? NOT_CHECKED
    if (until === before.until) continue
    const stretch = { shard, after: before.until, until }
    const counted = await countStretch(warehouse, stretch, foldersBehind(names, shard, before.until))
    rows += counted
    const check = ledgerCheck(shard, counted, events[shard]! - before.events)
    checks.push(check)
    const row: CheckedRow = { until, events: events[shard]! }
    if (check.outcome === 'passed') await state.commitDurable([{ ...place, row }])
  }
  const { end } = businessDay(merchantId, date, settingOf('timeZone', await readSettings(state, merchantId)))
  const clocks = (await readCheckpoints(state, known.length)).map(({ clock }) => clock)
  checks.push(wholeDayCheck(end - Math.min(...clocks)))
  return { checks, rows }
}

/** By table: folders with objects of the shard that end behind this record; one that was put together may begin before it. */
function foldersBehind(
  names: readonly (readonly [table: string, name: string])[],
  shard: number,
  after: string,
): ReadonlyMap<string, ReadonlySet<string>> {
  const folders = new Map<string, Set<string>>()
  for (const [table, name] of names) {
    const stretch = stretchIn(name)
    if (stretch?.shard !== shard || isUpTo(stretch, after)) continue
    const found = folders.get(table) ?? new Set()
    folders.set(table, found.add(name.slice(0, name.lastIndexOf('/') + 1)))
  }
  return folders
}

async function countStretch(
  warehouse: Pick<Warehouse, 'ask'>,
  { shard, after, until }: { readonly shard: number; readonly after: string; readonly until: string },
  folders: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<number> {
  if (folders.size === 0) return 0
  const query = {
    sql: stretchSelect([...folders.keys()]),
    run: [
      { name: 'shard', type: 'bigint' as const, value: shard },
      { name: 'after', type: 'text' as const, value: after },
      { name: 'until', type: 'text' as const, value: until },
    ],
    inputs: [...folders].map(([table, its]) => ({ table, columns: COUNTED_COLUMNS, folders: [...its] })),
  }
  const [row] = await warehouse.ask(query, { rows: 1, ms: COUNT_MS })
  return rowsIn(row!)
}
