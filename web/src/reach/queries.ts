import { type QueryClient, queryOptions, replaceEqualDeep, skipToken } from '@tanstack/react-query'
import type { AlertsAnswer } from '#core/api/alerts.ts'
import type { StoresAnswer } from '#core/api/listings.ts'
import type { CountMeasure, MetricsAnswer, MoneyMeasure, SeriesAnswer } from '#core/api/metrics.ts'
import type { ScopeParams } from '../scope/scope.ts'
import type { paths } from './api.gen.d.ts'
import { isNewer, type NewestLines, type Standing } from './apply-frame.ts'
import { answerOf, engine } from './ask-engine.ts'

/** An answer that was on its way while a frame came must not take the screen back. */
function keepNewest(shown: unknown, answer: unknown): unknown {
  if (shown !== undefined && isNewer(shown as MetricsAnswer, answer as MetricsAnswer)) return shown
  return replaceEqualDeep(shown, answer)
}

/** The socket keeps them fresh: another part of the page that wants one does not ask again. */
const HEARD_MS = 5000

export const metricsQuery = queryOptions({
  queryKey: ['metrics'],
  staleTime: HEARD_MS,
  queryFn: ({ signal }): Promise<MetricsAnswer> => answerOf(engine.GET('/metrics', { signal })),
  structuralSharing: keepNewest,
})

export const alertsQuery = queryOptions({
  queryKey: ['alerts'],
  staleTime: HEARD_MS,
  // The engine sorts them by store: the urgent ones are found only among all.
  queryFn: ({ signal }): Promise<AlertsAnswer> =>
    answerOf(engine.GET('/alerts', { signal, params: { query: { limit: 500 } } })),
  structuralSharing: keepNewest,
})

export const transactionsQuery = queryOptions({
  queryKey: ['transactions'],
  staleTime: HEARD_MS,
  queryFn: ({ signal }): Promise<NewestLines> => answerOf(engine.GET('/transactions', { signal })),
  structuralSharing: keepNewest,
})

/** Nobody asks for it: the socket says it whenever it is otherwise. */
export const standingQuery = queryOptions<Standing>({ queryKey: ['standing'], queryFn: skipToken })

const MINUTE_MS = 60_000
const MINUTES_SHOWN = 60
/** The series themselves; the socket has no topic for them. */
export const SERIES = 'series'

/** One part of the trade. */
type Place = Pick<ScopeParams, 'store' | 'region' | 'category'>

/** The last hour of one measure by minute, or the last `minutes`. `currency`: of a money measure. */
export const lastHourQuery = (
  measure: CountMeasure | MoneyMeasure,
  currency: string | null,
  place: Place = {},
  minutes = MINUTES_SHOWN,
) =>
  queryOptions({
    queryKey: [SERIES, measure, currency, place, minutes],
    queryFn: ({ signal, client }): Promise<SeriesAnswer> => {
      const toMs = engineNowMs(client)
      const fromMs = Math.floor(toMs / MINUTE_MS) * MINUTE_MS - (minutes - 1) * MINUTE_MS
      const query = {
        measure,
        by: 'total',
        window: 'minute',
        from: new Date(fromMs).toISOString(),
        to: new Date(toMs).toISOString(),
        ...(currency === null ? {} : { currency }),
        ...place,
      } as const
      return answerOf(engine.GET('/metrics/series', { signal, params: { query } }))
    },
    structuralSharing: keepNewest,
  })

/** A difference below this is the way of the answer, not a wrong clock. */
const CLOCKS_AGREE_MS = 5000

/** The engine's time: the page's own clock, corrected by the newest answer where the two disagree. */
export function engineNowMs(client: QueryClient): number {
  const state = client.getQueryState(metricsQuery.queryKey)
  if (state?.data === undefined) return Date.now()
  const ahead = Date.parse(state.data.asOf) - state.dataUpdatedAt
  return Date.now() + (Math.abs(ahead) < CLOCKS_AGREE_MS ? 0 : ahead)
}

/** The longest page that the engine answers. */
const PAGE = 500
const MINUTES_10 = 600_000

/** Every store that may be seen. They change seldom. */
export const storesQuery = queryOptions({
  queryKey: ['stores'],
  staleTime: MINUTES_10,
  queryFn: async ({ signal }): Promise<StoresAnswer['items']> => {
    const items: StoresAnswer['items'] = []
    let next: string | null = null
    do {
      const query: { limit: number; next?: string } = { limit: PAGE, ...(next !== null && { next }) }
      const page: StoresAnswer = await answerOf(engine.GET('/stores', { signal, params: { query } }))
      items.push(...page.items)
      next = page.next
    } while (next !== null)
    return items
  },
})

/** The figures of a scope; those of today's total are kept fresh by the socket. */
export const figuresQuery = (params: ScopeParams) =>
  queryOptions({
    queryKey: (Object.keys(params).length === 0 ? metricsQuery.queryKey : ['metrics', params]) as readonly unknown[],
    queryFn: ({ signal }): Promise<MetricsAnswer> =>
      answerOf(engine.GET('/metrics', { signal, params: { query: params } })),
    structuralSharing: keepNewest,
  })

type SeriesQuestion = NonNullable<paths['/metrics/series']['get']['parameters']['query']>

/** One measure in buckets. */
export const seriesQuery = (query: SeriesQuestion) =>
  queryOptions({
    queryKey: [SERIES, query],
    queryFn: ({ signal }): Promise<SeriesAnswer> =>
      answerOf(engine.GET('/metrics/series', { signal, params: { query } })),
    structuralSharing: keepNewest,
  })
