import {
  COUNT_MEASURES,
  type CountMeasure,
  MONEY_MEASURES,
  type MoneyMeasure,
  SERIES_BY,
  SERIES_WINDOWS,
  type SeriesAnswer,
  type SeriesBy,
  type SeriesWindow,
} from '#core/api/metrics.ts'
import { bucketsOf, MAX_BUCKETS, statusOf } from '#core/metrics/buckets.ts'
import { HOUR_MS, startOfMinute } from '#core/metrics/business-time.ts'
import { type Cell, EMPTY_CELL } from '#core/metrics/cells.ts'
import { addCells, countOf, currenciesIn, moneyOf, sumOf } from '#core/metrics/figures.ts'
import { type Piece, piecesOf } from '#core/metrics/spans.ts'
import { WATERMARK_DELAY_MS } from '#core/metrics/watermark.ts'
import { ABANDONED_AFTER_MS } from '#core/trade/carts.ts'
import { HttpError, type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { readProducts, readStores } from '#runtime/read-catalogue.ts'
import { readGroups, readSpan } from '#runtime/read-cells.ts'
import { readLag } from '#runtime/read-lag.ts'
import { resolveScope } from '#runtime/read-metrics.ts'
import { instantIn } from './query-parameters.ts'

/** As many groups are shown by themselves; the rest is `other`. */
const GROUPS = 8

/** How far back a series goes when nobody says from when. */
const DEFAULT_SPAN_MS: Readonly<Record<SeriesWindow, number>> = {
  minute: HOUR_MS,
  quarter: 24 * HOUR_MS,
  hour: 48 * HOUR_MS,
  day: 31 * 24 * HOUR_MS,
  month: 366 * 24 * HOUR_MS,
}

type SeriesMeasure = CountMeasure | MoneyMeasure
const isMoney = (measure: SeriesMeasure): measure is MoneyMeasure => MONEY_MEASURES.includes(measure as MoneyMeasure)

export async function answerSeries(ports: Ports, request: HttpRequest): Promise<SeriesAnswer> {
  const { log, state, clock } = ports
  const { merchantId } = viewerIn(request)
  const { measure, by, window } = questionIn(request)
  const nowMs = clock.now()
  const scope = await resolveScope(state, merchantId, { by: 'total', key: undefined })
  const storeScope =
    request.query.store === undefined
      ? undefined
      : await resolveScope(state, merchantId, { by: 'store', key: request.query.store })
  const { timeZone } = storeScope ?? scope
  const toMs = instantIn(request, 'to') ?? nowMs
  const fromMs = instantIn(request, 'from') ?? toMs - DEFAULT_SPAN_MS[window]
  const buckets = bucketsOf(window, fromMs, Math.min(toMs, nowMs), timeZone)
  if (buckets.length > MAX_BUCKETS)
    throw new HttpError(422, `That is more than ${MAX_BUCKETS} buckets: ask for a shorter span or wider buckets`)

  const reading = { state, shards: log.shards, merchantId }
  const cellsByBucket: Map<string, Cell>[] = []
  for (const bucket of buckets) {
    const pieces = piecesOf(
      bucket.fromMs,
      Math.min(bucket.toMs, measure === 'abandonedCarts' ? nowMs - ABANDONED_AFTER_MS : bucket.toMs),
      timeZone,
      nowMs,
    )
    cellsByBucket.push(
      by === 'total'
        ? new Map([['total', await readSpan(reading, (storeScope ?? scope).scope, pieces)]])
        : await groupsOf(reading, by, pieces),
    )
  }
  const all = sumOf(cellsByBucket.flatMap((cells) => [...cells.values()]))
  const currency = isMoney(measure)
    ? (request.query.currency ?? mainCurrency(all, (storeScope ?? scope).currency))
    : null
  const figureOf = (cell: Cell | undefined): number | null => {
    const { sums } = cell ?? EMPTY_CELL
    return isMoney(measure)
      ? moneyOf(measure, currency!, sums)
      : countOf(measure, { all: cell ?? EMPTY_CELL, oldCarts: cell ?? EMPTY_CELL })
  }
  const watermarkMs = startOfMinute(nowMs - WATERMARK_DELAY_MS)
  return {
    asOf: new Date(nowMs).toISOString(),
    lagMs: await readLag(log, state, nowMs),
    window: { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), timeZone },
    measure,
    by,
    bucket: window,
    currency,
    buckets: buckets.map((bucket, i) => ({
      start: new Date(bucket.fromMs).toISOString(),
      end: new Date(bucket.toMs).toISOString(),
      status: statusOf(bucket, nowMs, watermarkMs),
      corrected: [...cellsByBucket[i]!.values()].some(({ sums }) => (sums.late ?? 0) > 0),
    })),
    series: await seriesOf(ports, merchantId, by, cellsByBucket, figureOf),
  }
}

function questionIn({ query }: HttpRequest): { measure: SeriesMeasure; by: SeriesBy; window: SeriesWindow } {
  const { measure = 'netRevenue', by = 'total', window = 'minute' } = query
  const oneOf = <T extends string>(field: string, value: string, known: readonly T[]): T => {
    if (known.includes(value as T)) return value as T
    throw new HttpError(422, 'The question cannot be answered', [
      { field, message: `must be one of ${known.join(', ')}` },
    ])
  }
  return {
    measure: oneOf('measure', measure, [...COUNT_MEASURES, ...MONEY_MEASURES]),
    by: oneOf('by', by, SERIES_BY),
    window: oneOf('window', window, SERIES_WINDOWS),
  }
}

function mainCurrency(all: Cell, otherwise: string): string {
  const found = currenciesIn(all.sums)
  if (found.length === 0 || found.includes(otherwise)) return otherwise
  return found.reduce((a, b) =>
    (moneyOf('grossRevenue', b, all.sums) ?? 0) > (moneyOf('grossRevenue', a, all.sums) ?? 0) ? b : a,
  )
}

/** Cells of a bucket by store, region, category, brand or product. */
async function groupsOf(
  reading: { state: Ports['state']; shards: number; merchantId: string },
  by: Exclude<SeriesBy, 'total'>,
  pieces: readonly Piece[],
): Promise<Map<string, Cell>> {
  const cells = by === 'store' || by === 'region' ? 'store' : 'product'
  const byId = new Map<string, Cell>()
  for (const piece of pieces) {
    for (const [id, cell] of await readGroups(reading, cells, piece))
      byId.set(id, addCells(byId.get(id) ?? EMPTY_CELL, cell))
  }
  if (by === cells) return byId
  const groups = new Map<string, Cell>()
  const groupOf = await grouping(reading.state, reading.merchantId, by as 'region' | 'category' | 'brand', byId.keys())
  for (const [id, cell] of byId) {
    const group = groupOf(id) ?? '(none)'
    groups.set(group, addCells(groups.get(group) ?? EMPTY_CELL, cell))
  }
  return groups
}

async function grouping(
  state: Ports['state'],
  merchantId: string,
  by: 'region' | 'category' | 'brand',
  ids: Iterable<string>,
): Promise<(id: string) => string | undefined> {
  if (by === 'region') {
    const stores = await readStores(state, merchantId)
    return (id) => stores.get(id)?.region
  }
  const products = await readProducts(state, merchantId, ids)
  return (id) => products.get(id)?.[by]
}

/** The largest groups by their sum, then everything else together. */
async function seriesOf(
  { state }: Ports,
  merchantId: string,
  by: SeriesBy,
  cellsByBucket: readonly Map<string, Cell>[],
  figureOf: (cell: Cell | undefined) => number | null,
): Promise<SeriesAnswer['series']> {
  const sums = new Map<string, Cell>()
  for (const cells of cellsByBucket)
    for (const [key, cell] of cells) sums.set(key, addCells(sums.get(key) ?? EMPTY_CELL, cell))
  const ranked = [...sums]
    .sort(([a, x], [b, y]) => (figureOf(y) ?? 0) - (figureOf(x) ?? 0) || (a < b ? -1 : 1))
    .map(([key]) => key)
  const shown = by === 'total' ? ['total'] : ranked.slice(0, GROUPS)
  const labels = await labelsOf(state, merchantId, by, shown)
  const series = shown.map((key) => ({
    key,
    label: labels.get(key) ?? key,
    values: cellsByBucket.map((cells) => figureOf(cells.get(key))),
  }))
  const rest = by === 'total' ? [] : ranked.slice(GROUPS)
  if (rest.length === 0) return series
  const values = cellsByBucket.map((cells) => figureOf(sumOf(rest.flatMap((key) => cells.get(key) ?? []))))
  return [...series, { key: 'other', label: `${rest.length} others`, values }]
}

async function labelsOf(
  state: Ports['state'],
  merchantId: string,
  by: SeriesBy,
  keys: readonly string[],
): Promise<Map<string, string>> {
  if (by === 'product') {
    const products = await readProducts(state, merchantId, keys)
    return new Map([...products].flatMap(([id, { title }]) => (title === undefined ? [] : [[id, title]])))
  }
  if (by !== 'store') return new Map()
  const stores = await readStores(state, merchantId)
  return new Map([...stores].flatMap(([id, { name }]) => (name === undefined ? [] : [[id, name]])))
}
