import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { enum as oneOf, optional, string } from 'zod/mini'
import type { MetricsAnswer } from '#core/api/metrics.ts'
import { usePageState } from '../frame/page-state.ts'
import { figuresQuery, lastHourQuery, seriesQuery, storesQuery } from '../reach/queries.ts'
import { useFresh } from '../reach/use-fresh.ts'
import { useScope } from '../scope/use-scope.ts'
import { type TileMeasure, wordsOf } from './measure-words.ts'
import { type Against, currenciesBySize } from './prepare-tiles.ts'
import { BUCKETS, type Bucket, bucketsFor, MINUTES_OF, windowOf } from './prepare-trend.ts'

const fields = { measure: optional(string()), by: optional(oneOf(BUCKETS)), figures: optional(oneOf(['all'])) }

/** What the page shows besides what its figures are about: which measure is drawn, in which buckets, how many tiles. */
export const useOverviewState = () => usePageState(fields)

/** Figures move every second, and a question of another span is a heavy one. */
const EARLIER_EVERY_MS = 60_000

/** The figures of the scope, and what they are compared with. */
export function useFigures() {
  const { params, earlier, span } = useScope()
  const isTotalToday = Object.keys(params).length === 0
  const { from: _from, to: _to, ...place } = params
  const figures = useFresh<MetricsAnswer>(figuresQuery(params), { moves: !isTotalToday && span.to === undefined })
  const before = useQuery({
    ...figuresQuery(earlier === null ? {} : { ...place, from: earlier.from, to: earlier.to }),
    enabled: earlier !== null && !span.isToday,
    staleTime: EARLIER_EVERY_MS,
  })
  const against = useMemo<Against>(
    () => (earlier === null ? null : span.isToday ? 'days' : { answer: before.data, than: earlier.label }),
    [earlier, span.isToday, before.data],
  )
  return { figures, against, currency: figures.data === undefined ? null : (currenciesBySize(figures.data)[0] ?? null) }
}

/** The place of the scope, without its time. */
export function usePlace() {
  const { scope } = useScope()
  const { store, region, category } = scope
  return useMemo(
    () => ({ ...(store && { store }), ...(region && { region }), ...(category && { category }) }),
    [store, region, category],
  )
}

/** One measure of the scope over time; of today the last hour or hours by minute. */
export function useTrend(measure: TileMeasure, bucket: Bucket, currency: string | null) {
  const { span, earlier } = useScope()
  const place = usePlace()
  const inMoney = wordsOf(measure).kind === 'money' ? currency : null
  const minutes = span.isToday ? MINUTES_OF[bucket] : undefined
  const common = {
    measure,
    by: 'total' as const,
    window: windowOf(bucket),
    ...place,
    ...(inMoney && { currency: inMoney }),
  }
  const asked =
    minutes === undefined
      ? seriesQuery({ ...common, from: span.from, ...(span.to !== undefined && { to: span.to }) })
      : lastHourQuery(measure, inMoney, place, minutes)
  const answer = useFresh(asked as ReturnType<typeof seriesQuery>, { moves: span.to === undefined })
  const compared = earlier !== null && minutes === undefined
  const before = useQuery({
    ...seriesQuery({ ...common, from: earlier?.from ?? '', to: earlier?.to ?? '' }),
    enabled: compared,
    staleTime: EARLIER_EVERY_MS,
  })
  return { answer, before: compared ? before.data : undefined }
}

/** The width of bars that is chosen, or the usual one where it makes no sense of this span. */
export function useBucket(measure: TileMeasure) {
  const { span } = useScope()
  const [{ by }, change] = useOverviewState()
  const choices = bucketsFor(span.days, span.isToday, wordsOf(measure).adds)
  const bucket = by !== undefined && choices.includes(by) ? by : choices[0]!
  return { bucket, choices, choose: (next: Bucket) => change({ by: next === choices[0] ? undefined : next }) }
}

/** Whether something of this store is in what the figures are about. A category says nothing of stores. */
export function useIsInScope(): (storeId: string) => boolean {
  const { store, region } = usePlace()
  const { data: stores } = useQuery({ ...storesQuery, enabled: region !== undefined })
  return useMemo(() => {
    if (store !== undefined) return (storeId: string) => storeId === store
    if (region === undefined) return () => true
    const inRegion = new Set(stores?.filter((each) => each.region === region).map(({ storeId }) => storeId))
    return (storeId: string) => inRegion.has(storeId)
  }, [store, region, stores])
}
