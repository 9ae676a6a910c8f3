/** The lines of a series: which stores or products make up each one, and what is known of it in each bucket. */
import type { SeriesBy } from '#core/api/metrics.ts'
import { zoneOf } from '#core/catalogue/listings.ts'
import { type Cell, EMPTY_CELL } from '#core/metrics/cells.ts'
import { addCells, sumOf } from '#core/metrics/figures.ts'
import type { Span } from '#core/metrics/spans.ts'
import { settingOf } from '#core/settings/settings.ts'
import { readListedStores, readProducts, readSettings, readStores } from '#runtime/read-catalogue.ts'
import { type Added, type Groups, type Reading, readCurrentSums, readGroups, readSpan } from '#runtime/read-cells.ts'
import { type ResolvedScope, stockScope } from '#runtime/read-metrics.ts'

/** What a line holds in each bucket; undefined: not known for just that bucket. */
export type Line = { readonly key: string; readonly label: string; readonly sums: readonly (Added | undefined)[] }

/** The one line of the merchant, or of one store. */
export async function totalLine(reading: Reading, scope: ResolvedScope, spans: readonly Span[]): Promise<Line[]> {
  const sums: (Added | undefined)[] = []
  for (const span of spans) sums.push(await readSpan(reading, scope.scopes, span))
  return [{ key: 'total', label: 'total', sums }]
}

/**
 * A line for each store, region, category, brand or product that has anything in the spans, or may have had. `stores`:
 * of these alone.
 */
export async function groupLines(
  reading: Reading,
  by: 'store' | 'region' | 'category' | 'brand' | 'product',
  spans: readonly Span[],
  stores?: readonly string[],
): Promise<Line[]> {
  if (isOfStores(by)) return storeLines(reading, by, spans, stores)
  return stores === undefined ? productLines(reading, by, spans) : stockLines(reading, by, spans, stores)
}

export const isOfStores = (by: SeriesBy): by is 'store' | 'region' => by === 'store' || by === 'region'

const NO_GROUP = '(none)'

async function storeLines(
  reading: Reading,
  by: 'store' | 'region',
  spans: readonly Span[],
  only: readonly string[] | undefined,
): Promise<Line[]> {
  const { state, merchantId } = reading
  const settings = await readSettings(state, merchantId)
  const stores =
    only === undefined ? await readStores(state, merchantId) : await readListedStores(state, merchantId, only)
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
  return linesOf(buckets, groupedBy(groupOf(by, products), ids), zone, labelOf(by, products))
}

/** Products in some stores: known of the buckets that stock rows hold sums of, and of no other. */
async function stockLines(
  reading: Reading,
  by: 'category' | 'brand' | 'product',
  spans: readonly Span[],
  stores: readonly string[],
): Promise<Line[]> {
  const { state, merchantId } = reading
  const { scopes } = await stockScope(state, merchantId, stores)
  const buckets: Groups[] = []
  for (const { fromMs, toMs } of spans) {
    const cells = new Map<string, Cell>()
    let isKnown = true
    for (const scope of scopes) {
      const sums = await readCurrentSums(reading, scope, { fromMs, toMs })
      isKnown &&= sums !== undefined
      for (const [id, cell] of sums ?? []) cells.set(id, addCells(cells.get(id) ?? EMPTY_CELL, cell))
    }
    buckets.push(isKnown ? { cells, zones: new Map([[IN_STOCK, false]]) } : { cells: new Map(), zones: new Map() })
  }
  const ids = new Set(buckets.flatMap(({ cells }) => [...cells.keys()]))
  const products = await readProducts(state, merchantId, ids)
  return linesOf(buckets, groupedBy(groupOf(by, products), ids), () => IN_STOCK, labelOf(by, products))
}
/** The one zone by whose days the sums were put together already. */
const IN_STOCK = ''

type Products = Awaited<ReturnType<typeof readProducts>>
const groupOf = (by: 'category' | 'brand' | 'product', products: Products) => (id: string) =>
  by === 'product' ? id : (products.get(id)?.[by] ?? NO_GROUP)
const labelOf = (by: 'category' | 'brand' | 'product', products: Products) => (key: string) =>
  by === 'product' ? (products.get(key)?.title ?? key) : key

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
      return { cell: sumOfFew(ids.flatMap((id) => cells.get(id) ?? [])), knowsPeople }
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

export function addedUp(parts: readonly (Added | undefined)[]): Added | undefined {
  const known = parts.filter((part) => part !== undefined)
  if (known.length < parts.length) return undefined
  const cells = known.flatMap(({ cell }) => (cell === EMPTY_CELL ? [] : [cell]))
  return { cell: sumOfFew(cells), knowsPeople: known.every(({ knowsPeople }) => knowsPeople) }
}

/** Most of many thousand products have one cell or none in a bucket. */
const sumOfFew = (cells: readonly Cell[]): Cell => (cells.length > 1 ? sumOf(cells) : (cells[0] ?? EMPTY_CELL))

/** All that is known of a line, over every bucket. */
export const inAll = ({ sums }: Line): Added => addedUp(sums.filter((sum) => sum !== undefined))!
