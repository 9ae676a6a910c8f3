/**
 * Which raw objects, and whose rows in them, have been in the lake for as long as they may. An object holds rows of many
 * merchants: the longest wish of all decides about it, a shorter one about the merchant's own rows.
 */
import { addDays } from '#core/metrics/business-time.ts'
import { isUpTo, rawDayOf, stretchIn } from './raw-names.ts'
import { RAW_TABLES } from './raw-tables.ts'
import { NIGHTLY_TABLES } from './warehouse-tables.ts'

/** How far each shard was in the lake, by shard, when a UTC day (YYYY-MM-DD) had begun. */
export type LakeMark = { readonly day: string; readonly archived: readonly string[] }

/** What had been in the lake for so many days; undefined: nothing that is known of. */
export function archivedBefore(marks: readonly LakeMark[], today: string, days: number): readonly string[] | undefined {
  const until = addDays(today, -days)
  return marks.filter(({ day }) => day <= until).sort((a, b) => (a.day < b.day ? 1 : -1))[0]?.archived
}

/** A merchant's rows up to the one sequence of a shard, behind the other. '' : from the first, or none. */
export type Taken = { readonly merchantId: string; readonly after: readonly string[]; readonly upTo: readonly string[] }

export type RawSweep = {
  readonly delete: readonly string[]
  readonly rewrite: readonly { readonly name: string; readonly without: readonly string[] }[]
}

/** `whole`: up to where objects go, whoever's rows they hold; undefined: they stay. */
export function sweepOf(
  names: readonly string[],
  whole: readonly string[] | undefined,
  taken: readonly Taken[],
): RawSweep {
  const over: string[] = []
  const rewrite: { name: string; without: string[] }[] = []
  for (const name of names) {
    const stretch = stretchIn(name)
    if (stretch === undefined) continue
    const { shard } = stretch
    if (whole !== undefined && isUpTo(stretch, whole[shard] ?? '')) over.push(name)
    else {
      const without = taken.filter(
        // What was put together since may hold rows of before and behind it.
        ({ after, upTo }) => isUpTo(stretch, upTo[shard] ?? '') && !isUpTo(stretch, after[shard] ?? ''),
      )
      if (without.length > 0) rewrite.push({ name, without: without.map(({ merchantId }) => merchantId) })
    }
  }
  return { delete: over, rewrite }
}

/** The newest UTC day that the sweep takes something of; '': none. */
export const newestDayOf = (names: readonly string[]): string => names.map(rawDayOf).sort().at(-1) ?? ''

/** Read whole each night, however old their rows are: a product that was listed long ago is still sold. */
const READ_WHOLE: ReadonlySet<string> = new Set(
  NIGHTLY_TABLES.flatMap(({ inputs }) =>
    inputs.flatMap((one) => ('raw' in one && one.days === 'all' ? [one.raw] : [])),
  ),
)
/** What the lake has, and whether its rows end. */
export const SWEPT_TABLES: readonly { readonly table: string; readonly ends: boolean }[] = [...RAW_TABLES.values()].map(
  ({ table }) => ({ table, ends: !READ_WHOLE.has(table) }),
)
