import type { SeriesAnswer, SeriesWindow } from '#core/api/metrics.ts'
import { type Bucket, bucketsOf, MAX_BUCKETS, statusOf } from '#core/metrics/buckets.ts'
import { businessDateOf, HOUR_MS, startOfBusinessDay, startOfMinute } from '#core/metrics/business-time.ts'
import type { Cell } from '#core/metrics/cells.ts'
import type { Conversion } from '#core/metrics/exchange-rates.ts'
import { countOf, currenciesIn, moneyOf, sumOf } from '#core/metrics/figures.ts'
import type { ReadBy } from '#core/metrics/scope.ts'
import { type Span, windowOf } from '#core/metrics/spans.ts'
import { WATERMARK_DELAY_MS } from '#core/metrics/watermark.ts'
import { ABANDONED_AFTER_MS } from '#core/trade/carts.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { currencyIn, instantIn, limitIn, refuse, refuseBackward } from '#runtime/query-parameters.ts'
import type { Added } from '#runtime/read-cells.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { isKept, type ResolvedScope, resolveScope, stockScope } from '#runtime/read-metrics.ts'
import { convertedLines, leftOut } from './series-currency.ts'
import {
  type Among,
  groupLines,
  isOfProducts,
  labelsOf,
  productsOf,
  reasonLines,
  storesOf,
  totalLine,
} from './series-groups.ts'
import { inAll, joined, knownCells, type Line, sumsOf } from './series-lines.ts'
import { isMoney, seriesQuestionIn } from './series-question.ts'

/** As many groups are shown by themselves unless `limit` says otherwise; the rest is `other`. */
const GROUPS = 8

/** How far back a series goes when nobody says from when. */
const DEFAULT_SPAN_MS: Readonly<Record<SeriesWindow, number>> = {
  minute: HOUR_MS,
  quarter: 24 * HOUR_MS,
  hour: 48 * HOUR_MS,
  day: 31 * 24 * HOUR_MS,
  month: 366 * 24 * HOUR_MS,
  span: 24 * HOUR_MS,
}

export async function answerSeries(ports: Ports, request: HttpRequest): Promise<SeriesAnswer> {
  const { log, state, clock } = ports
  const { merchantId, stores } = viewerIn(request)
  const { measure, by, window, scope: asked } = seriesQuestionIn(request)
  const nowMs = clock.now()
  const askedCurrency = currencyIn(request)
  const fresh = await freshnessAt({ log, state }, nowMs)
  const scope = await resolveScope(state, merchantId, asked, stores)
  const { timeZone } = scope
  const toMs = instantIn(request, 'to') ?? nowMs
  const fromMs = instantIn(request, 'from') ?? toMs - DEFAULT_SPAN_MS[window]
  refuseBackward(request, fromMs, toMs)
  const buckets = bucketsOf(window, fromMs, Math.min(toMs, nowMs), timeZone)
  if (buckets.length > MAX_BUCKETS)
    throw refuse('window', `would make more than ${MAX_BUCKETS} buckets: ask for a shorter span or wider buckets`)

  const only = await storesOf(state, merchantId, asked, stores)
  const isOfStock = scope.by === 'stock' || (isOfProducts(by) && only !== undefined)
  const inStock = isOfStock ? await stockScope(state, merchantId, only ?? []) : undefined
  if (inStock !== undefined) refuseNotKept(window, buckets, inStock, nowMs)
  const latestMs = measure === 'abandonedCarts' ? startOfMinute(nowMs - ABANDONED_AFTER_MS) : Number.POSITIVE_INFINITY
  const spans = buckets.map(
    (bucket): Span => ({ ...bucket, toMs: Math.max(bucket.fromMs, Math.min(bucket.toMs, latestMs)) }),
  )
  const reading = { state, shards: log.shards, merchantId, nowMs, withPeople: measure === 'activeCustomers' }
  const among: Among = { zone: timeZone, stores: only, products: await productsOf(state, merchantId, asked) }
  const read = (of: readonly Span[]) =>
    by === 'total'
      ? totalLine(reading, scope, of)
      : by === 'reason'
        ? reasonLines(reading, scope, of)
        : groupLines(reading, by, of, among)
  const converted =
    isMoney(measure) && askedCurrency !== undefined
      ? await convertedLines(reading, askedCurrency, window, buckets, timeZone, read)
      : undefined
  const lines = converted?.lines ?? (await read(spans))
  const known = knownCells(lines, buckets.length)
  const { currency, conversion } = !isMoney(measure)
    ? { currency: null, conversion: null }
    : converted === undefined
      ? inMainCurrency(lines, known, scope, buckets)
      : { currency: askedCurrency!, conversion: converted.conversion }
  const readBy: ReadBy =
    by === 'total' || by === 'reason' ? scope.by : isOfStock ? 'stock' : isOfProducts(by) ? 'product' : 'store'
  const figureOf = (sum: Added | undefined): number | null => {
    if (sum === undefined) return null
    const { cell, knowsPeople } = sum
    return isMoney(measure)
      ? moneyOf(measure, currency!, cell.sums)
      : countOf(measure, { by: readBy, all: cell, oldCarts: cell, knowsPeople })
  }
  const watermarkMs = startOfMinute(nowMs - WATERMARK_DELAY_MS)
  return {
    ...fresh,
    window: windowOf({ fromMs, toMs }, timeZone),
    measure,
    by,
    bucket: window,
    currency,
    conversion,
    buckets: buckets.map((bucket, i) => ({
      start: new Date(bucket.fromMs).toISOString(),
      end: new Date(bucket.toMs).toISOString(),
      status: statusOf(bucket, nowMs, watermarkMs),
      corrected: (known[i]!.sums.late ?? 0) > 0,
    })),
    knownFrom: inStock === undefined ? null : knownFrom(buckets, inStock, nowMs),
    series: await shownOf(lines, limitIn(request, GROUPS), buckets.length, figureOf, (keys) =>
      labelsOf(reading, by, keys),
    ),
  }
}

/** Of products in some stores the day and the quarter of an hour so far are kept: buckets before them are unknown. */
function refuseNotKept(window: SeriesWindow, buckets: readonly Bucket[], scope: ResolvedScope, nowMs: number): void {
  const isWidth = window === 'day' || window === 'quarter' || (window === 'span' && isKept(scope, buckets[0]!, nowMs))
  if (!isWidth || !buckets.some(({ toMs }) => toMs >= nowMs))
    throw refuse(
      'window',
      'must be day or quarter and reach the present: of products in some stores no other time is kept. Ask by total, store or region',
    )
  const { timeZone } = scope
  const today = { fromMs: startOfBusinessDay(businessDateOf(nowMs, timeZone), timeZone), toMs: nowMs }
  if (window === 'day' && !isKept(scope, today, nowMs))
    throw refuse('window', 'must be quarter: your stores have several time zones, and no day in common')
}

/** RFC 3339: where the bucket begins that stock rows hold sums of. */
function knownFrom(buckets: readonly Bucket[], scope: ResolvedScope, nowMs: number): string {
  const { fromMs } = buckets.find((bucket) => isKept(scope, bucket, nowMs)) ?? buckets.at(-1)!
  return new Date(fromMs).toISOString()
}

/** In the currency that has the most; the others are named, and left out. */
function inMainCurrency(
  lines: readonly Line[],
  known: readonly Cell[],
  scope: ResolvedScope,
  buckets: readonly Bucket[],
) {
  const all = sumOf(known)
  const currency = mainCurrency(all, scope.currency)
  const isOnly = currenciesIn(all.sums).every((code) => code === currency)
  return { currency, conversion: isOnly ? NO_CONVERSION : leftOut(lines, currency, buckets, scope.timeZone) }
}
const NO_CONVERSION: Conversion = { rates: [], unconverted: [] }

function mainCurrency(all: Cell, otherwise: string): string {
  const found = currenciesIn(all.sums)
  if (found.length === 0 || found.includes(otherwise)) return otherwise
  return found.reduce((a, b) =>
    (moneyOf('grossRevenue', b, all.sums) ?? 0) > (moneyOf('grossRevenue', a, all.sums) ?? 0) ? b : a,
  )
}

/** The largest lines by their sum, then everything else together. */
async function shownOf(
  lines: readonly Line[],
  groups: number,
  buckets: number,
  figureOf: (sum: Added | undefined) => number | null,
  labelsFor: (keys: readonly string[]) => Promise<(key: string) => string>,
): Promise<SeriesAnswer['series']> {
  const sizes = lines.map((line) => figureOf(inAll(line)) ?? 0)
  const least = Float64Array.from(sizes).sort().at(-groups) ?? Number.NEGATIVE_INFINITY
  const ranked = lines
    .map((line, i) => ({ line, size: sizes[i]! }))
    .filter(({ size }) => size >= least)
    .sort((a, b) => b.size - a.size || (a.line.key < b.line.key ? -1 : 1))
  const largest = ranked.slice(0, groups).map(({ line }) => line)
  const labelOf = await labelsFor(largest.map(({ key }) => key))
  const shown = largest.map((line) => ({
    key: line.key,
    label: labelOf(line.key),
    values: sumsOf(line).map(figureOf),
  }))
  const isShown = new Set(largest)
  const rest = lines.filter((line) => !isShown.has(line))
  if (rest.length === 0) return shown
  return [...shown, { key: 'other', label: `${rest.length} others`, values: joined(rest, buckets).map(figureOf) }]
}
