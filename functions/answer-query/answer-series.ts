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
import type { By, Cell } from '#core/metrics/cells.ts'
import { countOf, currenciesIn, moneyOf, sumOf } from '#core/metrics/figures.ts'
import type { Span } from '#core/metrics/spans.ts'
import { WATERMARK_DELAY_MS } from '#core/metrics/watermark.ts'
import { ABANDONED_AFTER_MS } from '#core/trade/carts.ts'
import { type HttpRequest, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { currencyIn, instantIn, nameIn, refuse, refuseBackward } from '#runtime/query-parameters.ts'
import type { Added } from '#runtime/read-cells.ts'
import { readLag } from '#runtime/read-lag.ts'
import { resolveScope } from '#runtime/read-metrics.ts'
import { groupLines, inAll, joined, type Line, totalLine } from './series-groups.ts'

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
  const store = nameIn(request, 'store')
  const askedCurrency = currencyIn(request)
  const scope = await resolveScope(state, merchantId, { by: store === undefined ? 'total' : 'store', key: store })
  const { timeZone } = scope
  const toMs = instantIn(request, 'to') ?? nowMs
  const fromMs = instantIn(request, 'from') ?? toMs - DEFAULT_SPAN_MS[window]
  refuseBackward(request, fromMs, toMs)
  const buckets = bucketsOf(window, fromMs, Math.min(toMs, nowMs), timeZone)
  if (buckets.length > MAX_BUCKETS)
    throw refuse('window', `would make more than ${MAX_BUCKETS} buckets: ask for a shorter span or wider buckets`)

  const latestMs = measure === 'abandonedCarts' ? startOfMinute(nowMs - ABANDONED_AFTER_MS) : Number.POSITIVE_INFINITY
  const spans = buckets.map(
    (bucket): Span => ({ ...bucket, toMs: Math.max(bucket.fromMs, Math.min(bucket.toMs, latestMs)) }),
  )
  const reading = { state, shards: log.shards, merchantId, nowMs }
  const lines = by === 'total' ? await totalLine(reading, scope, spans) : await groupLines(reading, by, spans)
  const currency = isMoney(measure)
    ? (askedCurrency ?? mainCurrency(sumOf(lines.map((line) => inAll(line).cell)), scope.currency))
    : null
  const cells: By = by === 'total' ? scope.by : by === 'store' || by === 'region' ? 'store' : 'product'
  const figureOf = (sum: Added | undefined): number | null => {
    if (sum === undefined) return null
    const { cell, knowsPeople } = sum
    return isMoney(measure)
      ? moneyOf(measure, currency!, cell.sums)
      : countOf(measure, { by: cells, all: cell, oldCarts: cell, knowsPeople })
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
      corrected: lines.some(({ sums }) => (sums[i]?.cell.sums.late ?? 0) > 0),
    })),
    series: shownOf(lines, buckets.length, figureOf),
  }
}

function questionIn({ query }: HttpRequest): { measure: SeriesMeasure; by: SeriesBy; window: SeriesWindow } {
  const { measure = 'netRevenue', by = 'total', window = 'minute' } = query
  const oneOf = <T extends string>(field: string, value: string, known: readonly T[]): T => {
    if (known.includes(value as T)) return value as T
    throw refuse(field, `must be one of ${known.join(', ')}`)
  }
  if (query.store !== undefined && by !== 'total')
    throw refuse('store', 'is for by=total: nothing is kept by store and product over time')
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

/** The largest lines by their sum, then everything else together. */
function shownOf(
  lines: readonly Line[],
  buckets: number,
  figureOf: (sum: Added | undefined) => number | null,
): SeriesAnswer['series'] {
  const sizes = new Map(lines.map((line) => [line, figureOf(inAll(line)) ?? 0]))
  const ranked = [...lines].sort((a, b) => sizes.get(b)! - sizes.get(a)! || (a.key < b.key ? -1 : 1))
  const rest = ranked.slice(GROUPS)
  const shown = ranked.slice(0, GROUPS)
  if (rest.length > 0) shown.push(joined('other', `${rest.length} others`, rest, buckets))
  return shown.map(({ key, label, sums }) => ({ key, label, values: sums.map(figureOf) }))
}
