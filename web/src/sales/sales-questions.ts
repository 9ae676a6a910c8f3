/** Which questions of the API answer the page, and which of them cannot be answered. */
import type { SeriesWindow } from '#core/api/metrics.ts'
import type { paths } from '../reach/api.gen.d.ts'
import { isOfSomeStores, type NotKept, notKept } from '../scope/kept.ts'
import type { Scope, ScopeSpan } from '../scope/scope.ts'
import { ENGINE_MEASURE, type SalesMeasure } from './sales-measure.ts'

export const SPLITS = ['category', 'store', 'region', 'channel', 'product'] as const
export type Split = (typeof SPLITS)[number]

export type SeriesQuestion = NonNullable<paths['/metrics/series']['get']['parameters']['query']>

/** What a page is about, and who looks at it. */
export type Asked = {
  readonly measure: SalesMeasure
  readonly scope: Pick<Scope, 'store' | 'region' | 'category'>
  readonly span: Pick<ScopeSpan, 'from' | 'to' | 'fromMs' | 'toMs' | 'days' | 'isToday'>
  /** The viewer may see some stores alone. */
  readonly someStores: boolean
}

/** Why a question is not asked; undefined: it can be. */
export type NotAsked = NotKept | 'orders-of-product'

export function notAsked(asked: Asked, split: Split): NotAsked | undefined {
  const ofProducts = split === 'product' || split === 'category' || asked.scope.category !== undefined
  return asked.measure === 'orders' && ofProducts ? 'orders-of-product' : notKept(asked, split)
}

const part = ({ store, region, category }: Asked['scope']) => ({
  ...(store !== undefined && { store }),
  ...(region !== undefined && { region }),
  ...(category !== undefined && { category }),
})

/** All of the span by one thing. `of`: another span to compare with. */
export const splitQuestion = (
  { measure, scope, span }: Asked,
  by: Split,
  of?: { from: string; to: string },
): SeriesQuestion => ({
  measure: ENGINE_MEASURE[measure],
  by,
  window: 'span',
  ...spanOf(of ?? span),
  ...part(scope),
})

/** Over time; of products in some stores today is known as a whole alone: undefined. */
export function overTimeQuestion(asked: Asked): SeriesQuestion | undefined {
  const { measure, scope, span } = asked
  if (isOfSomeStores(asked)) return undefined
  return {
    measure: ENGINE_MEASURE[measure],
    by: 'product',
    window: windowOf(span.days),
    ...spanOf(span),
    ...part(scope),
  }
}

/** Wide enough that a chart is read, and narrow enough that it tells something. */
export function windowOf(days: number): SeriesWindow {
  if (days <= 2) return 'hour'
  return days <= 124 ? 'day' : 'month'
}

const DAY_MS = 24 * 3_600_000
/** An answer holds 1,500 hours at the most. */
const MOST_HEAT_DAYS = 60
const LEAST_HEAT_DAYS = 7
const USUAL_HEAT_DAYS = 28

/** Days that the heat map is about: of less than a week it would tell nothing, and the four weeks up to its end stand in. */
export const heatDays = ({ days }: Pick<ScopeSpan, 'days'>): number =>
  days < LEAST_HEAT_DAYS ? USUAL_HEAT_DAYS : Math.min(days, MOST_HEAT_DAYS)

export function heatQuestion({ measure, scope, span }: Asked): SeriesQuestion {
  const days = heatDays(span)
  const fromMs = span.fromMs + (span.days - days) * DAY_MS
  const from = new Date(fromMs).toISOString()
  return {
    measure: ENGINE_MEASURE[measure],
    window: 'hour',
    from,
    ...(span.to !== undefined && { to: span.to }),
    ...part(scope),
  }
}

const spanOf = ({ from, to }: { readonly from: string; readonly to?: string | undefined }) => ({
  from,
  ...(to !== undefined && { to }),
})
