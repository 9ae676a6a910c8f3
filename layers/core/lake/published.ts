/** Which versions of which parts are a merchant's warehouse: one small object, so that readers see one night or the next. */
import { partFolder } from './warehouse-names.ts'

export type Part = { readonly version: string; readonly rows: number }
/** Of a table that is one part, the only day is ''. */
export type Parts = Readonly<Record<string, Part>>
export const WHOLE = ''

export type Published = {
  readonly merchantId: string
  /** Counts publications. */
  readonly number: number
  /** By table, then by day. */
  readonly tables: Readonly<Record<string, Parts>>
  /** Folders that no publication names any more, with the time (epoch ms) since when: readers may still be at them. */
  readonly retired: readonly { readonly folder: string; readonly since: number }[]
}

export const nothingPublished = (merchantId: string): Published => ({ merchantId, number: 0, tables: {}, retired: [] })

export type MadePart = Part & { readonly table: string; readonly day: string }

export function withPart(published: Published, { table, day, version, rows }: MadePart): Published {
  const parts = { ...published.tables[table], [day]: { version, rows } }
  return { ...published, tables: { ...published.tables, [table]: parts } }
}

/** Folders of the table's parts, of all days or of those that `isAsked` picks, by day. */
export const foldersOf = (
  { merchantId, tables }: Published,
  table: string,
  isAsked: (day: string) => boolean = () => true,
): string[] =>
  Object.entries(tables[table] ?? {})
    .filter(([day]) => isAsked(day))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, { version }]) => partFolder(table, merchantId, day === WHOLE ? undefined : day, version))

/** Days of which there is a part, in order. */
export const daysOf = ({ tables }: Published, table: string): string[] => Object.keys(tables[table] ?? {}).sort()

/** How long a question may still be at what it found published when it began. */
const READERS_MS = 24 * 3_600_000

export type Publication = {
  readonly next: Published
  /** Folders that nobody reads any more. */
  readonly over: readonly string[]
}

/** `draft` in place of `before`. `now`: epoch ms. */
export function publish(before: Published, draft: Published, now: number): Publication {
  const named = new Set(allFolders(draft))
  const replaced = allFolders(before).filter((folder) => !named.has(folder))
  // A part whose rows follow from its inputs has their name, and that may come back.
  const waiting = before.retired.filter(({ folder }) => !named.has(folder))
  const retired = [...waiting, ...replaced.map((folder) => ({ folder, since: now }))]
  const isOver = ({ since }: { since: number }): boolean => now - since >= READERS_MS
  return {
    next: { ...draft, number: before.number + 1, retired: retired.filter((one) => !isOver(one)) },
    over: retired.filter(isOver).map(({ folder }) => folder),
  }
}

const allFolders = (published: Published): string[] =>
  Object.keys(published.tables).flatMap((table) => foldersOf(published, table))
