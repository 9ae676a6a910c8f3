/** The lines of a series: which stores or products make up each one, and what is known of it in each bucket. */
import type { SeriesBy } from '#core/api/metrics.ts'
import { zoneOf } from '#core/catalogue/listings.ts'
import { REFUND_REASONS } from '#core/events/sale-refunded.ts'
import { type Cell, EMPTY_CELL } from '#core/metrics/cells.ts'
import { addCells, currenciesIn } from '#core/metrics/figures.ts'
import { amount, refundedFor, refundsFor, type Sums } from '#core/metrics/measure-names.ts'
import type { AskedScope } from '#core/metrics/scope.ts'
import { coverOf, isJust, type Span } from '#core/metrics/spans.ts'
import type { StateStore } from '#core/ports.ts'
import { settingOf } from '#core/settings/settings.ts'
import { productsWith, readListedStores, readProducts, readSettings, readStores } from '#runtime/read-catalogue.ts'
import { type Groups, type Reading, readChannels, readCurrentSums, readGroups, readSpan } from '#runtime/read-cells.ts'
import { type ResolvedScope, stockScope } from '#runtime/read-metrics.ts'
import { bothKnown, type Held, type Line, lineOf, oneOfEach } from './series-lines.ts'

/** So many spans are read at once. */
const SPANS_AT_ONCE = 8

async function ofEach<T>(spans: readonly Span[], read: (span: Span) => Promise<T>): Promise<T[]> {
  const found: T[] = []
  for (let i = 0; i < spans.length; i += SPANS_AT_ONCE)
    found.push(...(await Promise.all(spans.slice(i, i + SPANS_AT_ONCE).map(read))))
  return found
}

/** The one line of the merchant, or of one store. */
export async function totalLine(reading: Reading, scope: ResolvedScope, spans: readonly Span[]): Promise<Line[]> {
  return [lineOf('total', await ofEach(spans, (span) => readSpan(reading, scope.scopes, span)))]
}

/** A line for each reason of which anything was given back. */
export async function reasonLines(reading: Reading, scope: ResolvedScope, spans: readonly Span[]): Promise<Line[]> {
  const [total] = await totalLine(reading, scope, spans)
  const lines = REFUND_REASONS.map(
    (reason): Line => ({
      key: reason,
      held: total!.held.map(({ bucket, cell }) => ({ bucket, cell: { sums: refundsOf(reason, cell.sums) } })),
      known: total!.known.map((known) => (known === undefined ? undefined : false)),
    }),
  )
  return lines.filter(({ held }) => held.some(({ cell }) => (cell.sums.refunds ?? 0) > 0))
}

/** What was given back for one reason, as if there were no other. */
function refundsOf(reason: string, sums: Sums): Sums {
  const named = [
    ['refunds', refundsFor(reason)] as const,
    ...currenciesIn(sums).map((code) => [amount('refunded', code), refundedFor(reason, code)] as const),
    ['late', 'late'] as const,
  ]
  return Object.fromEntries(named.flatMap(([name, kept]) => (sums[kept] === undefined ? [] : [[name, sums[kept]]])))
}

/** What a series is about alone; undefined: of all that there are. */
export type Among = {
  readonly stores?: readonly string[] | undefined
  readonly products?: ReadonlySet<string> | undefined
  /** By whose days the question is. */
  readonly zone: string
}

/** The stores that a question is about, of those that its viewer may see. */
export async function storesOf(
  state: StateStore,
  merchantId: string,
  { by, key }: AskedScope,
  visible: readonly string[] | undefined,
): Promise<readonly string[] | undefined> {
  if (by === 'store') return [key!]
  if (by !== 'region') return visible
  const stores =
    visible === undefined ? await readStores(state, merchantId) : await readListedStores(state, merchantId, visible)
  return [...stores].flatMap(([id, { region }]) => (region === key ? [id] : []))
}

/** The products that a question is about. */
export async function productsOf(
  state: StateStore,
  merchantId: string,
  { by, key }: AskedScope,
): Promise<ReadonlySet<string> | undefined> {
  if (by === 'product') return new Set([key!])
  return by === 'category' || by === 'brand' ? new Set(await productsWith(state, merchantId, by, key!)) : undefined
}

/** A line for each store, region, channel, category, brand or product that has anything in the spans, or may have had. */
export async function groupLines(
  reading: Reading,
  by: 'store' | 'region' | 'channel' | 'category' | 'brand' | 'product',
  spans: readonly Span[],
  { stores, products, zone }: Among,
): Promise<Line[]> {
  if (by === 'channel') return channelLines(reading, spans, stores, zone)
  if (!isOfProducts(by)) return storeLines(reading, by, spans, stores)
  return stores === undefined
    ? productLines(reading, by, spans, products)
    : stockLines(reading, by, spans, stores, products)
}

export const isOfProducts = (by: SeriesBy): by is 'category' | 'brand' | 'product' =>
  by === 'category' || by === 'brand' || by === 'product'

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
  const buckets = await ofEach(spans, (span) => readGroups(reading, 'store', zones, zone, span))
  const groupOf = (id: string) => (by === 'store' ? id : (stores.get(id)?.region ?? NO_GROUP))
  // A region is known where all of its stores are, those without a cell among them.
  return linesOf(buckets, groupedBy(groupOf, stores.keys()), zone)
}

async function productLines(
  reading: Reading,
  by: 'category' | 'brand' | 'product',
  spans: readonly Span[],
  only: ReadonlySet<string> | undefined,
): Promise<Line[]> {
  const merchantZone = settingOf('timeZone', await readSettings(reading.state, reading.merchantId))
  const zone = () => merchantZone
  const buckets = await ofEach(spans, (span) => readGroups(reading, 'product', [merchantZone], zone, span))
  const ids = new Set<string>()
  for (const { cells } of buckets) for (const id of cells.keys()) if (only?.has(id) !== false) ids.add(id)
  return linesOf(buckets, groupedBy(await groupOf(reading, by, ids), ids), zone)
}

/** By the dates of `zone`, of which each store has its own days; unknown: the span is not of whole ones. */
async function channelLines(
  reading: Reading,
  spans: readonly Span[],
  only: readonly string[] | undefined,
  zone: string,
): Promise<Line[]> {
  const { state, merchantId, nowMs } = reading
  const stores = new Set(only ?? (await readStores(state, merchantId)).keys())
  const buckets: (ReadonlyMap<string, Cell> | undefined)[] = []
  for (const span of spans) {
    const { pieces, ...cover } = coverOf(span, zone, nowMs)
    const dates = pieces.flatMap((piece) => (piece.width === 'day' ? [piece.time] : []))
    const isWhole = isJust({ pieces, ...cover }, span) && dates.length === pieces.length
    buckets.push(isWhole ? await readChannels(reading, stores, dates) : undefined)
  }
  const channels = [...new Set(buckets.flatMap((bucket) => [...(bucket?.keys() ?? [])]))]
  return channels.map((key) =>
    lineOf(
      key,
      buckets.map((bucket) => bucket && { cell: bucket.get(key) ?? EMPTY_CELL, knowsPeople: false }),
    ),
  )
}

/** Products in some stores: known of the buckets that stock rows hold sums of, and of no other. */
async function stockLines(
  reading: Reading,
  by: 'category' | 'brand' | 'product',
  spans: readonly Span[],
  stores: readonly string[],
  only: ReadonlySet<string> | undefined,
): Promise<Line[]> {
  const { state, merchantId } = reading
  const { scopes } = await stockScope(state, merchantId, stores, only === undefined ? undefined : [...only])
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
  return linesOf(buckets, groupedBy(await groupOf(reading, by, ids), ids), () => IN_STOCK)
}
/** The one zone by whose days the sums were put together already. */
const IN_STOCK = ''

async function groupOf(
  { state, merchantId }: Reading,
  by: 'category' | 'brand' | 'product',
  ids: ReadonlySet<string>,
): Promise<(id: string) => string> {
  if (by === 'product') return (id) => id
  const products = await readProducts(state, merchantId, ids)
  return (id) => products.get(id)?.[by] ?? NO_GROUP
}

/** What people call the lines with these keys. */
export async function labelsOf(
  { state, merchantId }: Reading,
  by: SeriesBy,
  keys: readonly string[],
): Promise<(key: string) => string> {
  if (by === 'product') {
    const products = await readProducts(state, merchantId, keys)
    return (key) => products.get(key)?.title ?? key
  }
  if (by !== 'store') return (key) => key
  const stores = await readListedStores(state, merchantId, keys)
  return (key) => stores.get(key)?.name ?? key
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
): Line[] {
  const byZone = new Map<string, Line['known']>()
  const knownOf = (id: string): Line['known'] => {
    const name = zone(id)
    const present = byZone.get(name) ?? buckets.map(({ zones }) => zones.get(name))
    byZone.set(name, present)
    return present
  }
  const lines = [...groups].map(([key, ids]) => ({
    key,
    held: [] as Held[],
    known: ids.map(knownOf).reduce(bothKnown),
  }))
  const lineOfId = new Map([...groups.values()].flatMap((ids, i) => ids.map((id) => [id, lines[i]!] as const)))
  for (const [bucket, { cells }] of buckets.entries()) {
    for (const [id, cell] of cells) {
      const line = lineOfId.get(id)
      if (line !== undefined && line.known[bucket] !== undefined) line.held.push({ bucket, cell })
    }
  }
  const mayHold = lines.filter(({ held, known }) => held.length > 0 || known.includes(undefined))
  return mayHold.map((line) => ({ ...line, held: oneOfEach(line.held) }))
}
