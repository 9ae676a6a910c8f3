/** The lines of a series: which stores or products make up each one, and what is known of it in each bucket. */
import { zoneOf } from '#core/catalogue/listings.ts'
import { EMPTY_CELL } from '#core/metrics/cells.ts'
import { sumOf } from '#core/metrics/figures.ts'
import type { Span } from '#core/metrics/spans.ts'
import { settingOf } from '#core/settings/settings.ts'
import { readProducts, readSettings, readStores } from '#runtime/read-catalogue.ts'
import { type Added, type Groups, type Reading, readGroups, readSpan } from '#runtime/read-cells.ts'
import type { ResolvedScope } from '#runtime/read-metrics.ts'

/** What a line holds in each bucket; undefined: not known for just that bucket. */
export type Line = { readonly key: string; readonly label: string; readonly sums: readonly (Added | undefined)[] }

/** The one line of the merchant, or of one store. */
export async function totalLine(reading: Reading, scope: ResolvedScope, spans: readonly Span[]): Promise<Line[]> {
  const sums: (Added | undefined)[] = []
  for (const span of spans) sums.push(await readSpan(reading, scope.scopes, span))
  return [{ key: 'total', label: 'total', sums }]
}

/** A line for each store, region, category, brand or product that has anything in the spans, or may have had. */
export async function groupLines(
  reading: Reading,
  by: 'store' | 'region' | 'category' | 'brand' | 'product',
  spans: readonly Span[],
): Promise<Line[]> {
  return by === 'store' || by === 'region' ? storeLines(reading, by, spans) : productLines(reading, by, spans)
}

const NO_GROUP = '(none)'

async function storeLines(reading: Reading, by: 'store' | 'region', spans: readonly Span[]): Promise<Line[]> {
  const settings = await readSettings(reading.state, reading.merchantId)
  const stores = await readStores(reading.state, reading.merchantId)
  const zone = (id: string) => zoneOf(stores.get(id) ?? {}, settings)
  const zones = new Set([...stores.keys()].map(zone))
  const buckets: Groups[] = []
  for (const span of spans) buckets.push(await readGroups(reading, 'store', zones, zone, span))
  const groupOf = (id: string) => (by === 'store' ? id : (stores.get(id)?.region ?? NO_GROUP))
  const labelOf = (key: string) => (by === 'store' ? (stores.get(key)?.name ?? key) : key)
  // A region is known where all of its stores are, those without a cell among them.
  return linesOf(buckets, groupedBy(groupOf, stores.keys()), zone, labelOf)
}

async function productLines(
  reading: Reading,
  by: 'category' | 'brand' | 'product',
  spans: readonly Span[],
): Promise<Line[]> {
  const merchantZone = settingOf('timeZone', await readSettings(reading.state, reading.merchantId))
  const zone = () => merchantZone
  const buckets: Groups[] = []
  for (const span of spans) buckets.push(await readGroups(reading, 'product', [merchantZone], zone, span))
  const ids = new Set(buckets.flatMap(({ cells }) => [...cells.keys()]))
  const products = await readProducts(reading.state, reading.merchantId, ids)
  const groupOf = (id: string) => (by === 'product' ? id : (products.get(id)?.[by] ?? NO_GROUP))
  const labelOf = (key: string) => (by === 'product' ? (products.get(key)?.title ?? key) : key)
  return linesOf(buckets, groupedBy(groupOf, ids), zone, labelOf)
}

function groupedBy(groupOf: (id: string) => string, ids: Iterable<string>): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const id of ids) {
    const group = groupOf(id)
    const present = groups.get(group)
    if (present === undefined) groups.set(group, [id])
    else present.push(id)
  }
  return groups
}

function linesOf(
  buckets: readonly Groups[],
  groups: ReadonlyMap<string, readonly string[]>,
  zone: (id: string) => string,
  labelOf: (key: string) => string,
): Line[] {
  return [...groups].flatMap(([key, ids]) => {
    const mayHold = ({ cells, zones }: Groups) => ids.some((id) => cells.has(id) || !zones.has(zone(id)))
    if (!buckets.some(mayHold)) return []
    const sums = buckets.map(({ cells, zones }): Added | undefined => {
      if (ids.some((id) => !zones.has(zone(id)))) return undefined
      const knowsPeople = ids.every((id) => zones.get(zone(id)))
      return { cell: sumOf(ids.map((id) => cells.get(id) ?? EMPTY_CELL)), knowsPeople }
    })
    return [{ key, label: labelOf(key), sums }]
  })
}

/** Lines as one; a bucket is unknown where one of theirs is. */
export const joined = (key: string, label: string, lines: readonly Line[], buckets: number): Line => ({
  key,
  label,
  sums: Array.from({ length: buckets }, (_, i) => addedUp(lines.map(({ sums }) => sums[i]))),
})

function addedUp(parts: readonly (Added | undefined)[]): Added | undefined {
  const known = parts.filter((part) => part !== undefined)
  if (known.length < parts.length) return undefined
  return { cell: sumOf(known.map(({ cell }) => cell)), knowsPeople: known.every(({ knowsPeople }) => knowsPeople) }
}

/** All that is known of a line, over every bucket. */
export const inAll = ({ sums }: Line): Added => addedUp(sums.filter((sum) => sum !== undefined))!
