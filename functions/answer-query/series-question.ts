/** What a series is asked for; what makes no sense together is refused by its name. */
import {
  COUNT_MEASURES,
  type CountMeasure,
  MONEY_MEASURES,
  type MoneyMeasure,
  SERIES_BY,
  SERIES_WINDOWS,
  type SeriesBy,
  type SeriesWindow,
} from '#core/api/metrics.ts'
import type { AskedScope } from '#core/metrics/scope.ts'
import type { HttpRequest } from '#runtime/http-handler.ts'
import { refuse } from '#runtime/query-parameters.ts'
import { scopeIn } from './asked-scope.ts'

export type SeriesMeasure = CountMeasure | MoneyMeasure
export const isMoney = (measure: SeriesMeasure): measure is MoneyMeasure =>
  MONEY_MEASURES.includes(measure as MoneyMeasure)

export type SeriesQuestion = {
  readonly measure: SeriesMeasure
  readonly by: SeriesBy
  readonly window: SeriesWindow
  /** What all of it is about: everything, or one store, region, category, brand or product. */
  readonly scope: AskedScope
}

/** Refunds alone have a reason. */
const OF_REASONS: readonly SeriesMeasure[] = ['refunds', 'refundAmount']

/** @throws HttpError 422 that names the parameter, 404 of a store that the viewer may not see. */
export function seriesQuestionIn(request: HttpRequest): SeriesQuestion {
  const { query } = request
  const oneOf = <T extends string>(field: string, value: string, known: readonly T[]): T => {
    if (known.includes(value as T)) return value as T
    throw refuse(field, `must be one of ${known.join(', ')}`)
  }
  const measure = oneOf('measure', query.measure ?? 'netRevenue', [...COUNT_MEASURES, ...MONEY_MEASURES])
  const by = oneOf('by', query.by ?? 'total', SERIES_BY)
  const window = oneOf('window', query.window ?? 'minute', SERIES_WINDOWS)
  const scope = scopeIn(request)
  if (by === 'reason' && !OF_REASONS.includes(measure))
    throw refuse('measure', `must be ${OF_REASONS.join(' or ')}: nothing else has a reason`)
  if (by === 'channel' && !['day', 'month', 'span'].includes(window))
    throw refuse('window', 'must be day, month or span: what came through which channel is kept by the day')
  const isOfProducts = scope.by === 'category' || scope.by === 'brand' || scope.by === 'product'
  if (isOfProducts && (by === 'store' || by === 'region' || by === 'channel'))
    throw refuse(scope.by, `does not go with by=${by}: nothing is kept by ${by} and product over time`)
  return { measure, by, window, scope }
}
