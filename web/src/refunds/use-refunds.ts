import { queryOptions } from '@tanstack/react-query'
import type { RefundItem, RefundStatisticsAnswer } from '#core/api/refunds.ts'
import { useAccount } from '../people/account-context.ts'
import { answerOf, engine } from '../reach/ask-engine.ts'
import { figuresQuery, seriesQuery } from '../reach/queries.ts'
import { useAllPages } from '../reach/use-all-pages.ts'
import { useFresh } from '../reach/use-fresh.ts'
import { earlierKept, isOfSomeStores, notKept } from '../scope/kept.ts'
import { useScope } from '../scope/use-scope.ts'
import type { RefundMeasure, RefundSplit } from './words.ts'

const EVERY_MS = 5000
const PAGE = 500
/** As many refunds as the list shows. */
const MOST = 10_000

const ENGINE_MEASURE = { amount: 'refundAmount', count: 'refunds' } as const satisfies Readonly<
  Record<RefundMeasure, string>
>

/** What the page is about: the scope of its address, and whose stores these are. */
export function useAsked(measure: RefundMeasure) {
  const { earlier: before, ...used } = useScope()
  const { stores } = useAccount()
  const { store, region, category } = used.scope
  const part = {
    ...(store !== undefined && { store }),
    ...(region !== undefined && { region }),
    ...(category !== undefined && { category }),
  }
  const span = { from: used.span.from, ...(used.span.to !== undefined && { to: used.span.to }) }
  const earlier = before && earlierKept(before, Date.now())
  return {
    ...used,
    earlier,
    measure,
    part,
    asked: { ...part, ...span },
    someStores: stores !== null,
    moves: used.span.to === undefined,
  }
}
export type Used = ReturnType<typeof useAsked>

/** All figures of the scope and of the time that it is compared with, and the times between sale and refund. */
export function useFigures({ params, part, asked, earlier, moves, ...used }: Used) {
  const why = notKept(used, 'total')
  const now = useFresh({ ...figuresQuery(params), enabled: why === undefined }, { moves })
  const isKept = earlier !== null && why === undefined && (part.category === undefined || !isOfSomeStores(used))
  const { from, to } = earlier ?? NO_SPAN
  const before = useFresh({ ...figuresQuery({ ...part, from, to }), enabled: isKept }, { moves: false })
  const times = useFresh(statisticsQuery(asked), { everyMs: EVERY_MS, moves })
  return { why, now, before: isKept ? before.data : undefined, times }
}

const statisticsQuery = (query: { readonly from: string; readonly to?: string }) =>
  queryOptions({
    queryKey: ['refund-times', query],
    queryFn: ({ signal }): Promise<RefundStatisticsAnswer> =>
      answerOf(engine.GET('/refunds/statistics', { signal, params: { query } })),
  })

/** What was given back by one thing, in all of the time and of the time before. */
export function useSplit({ measure, part, asked, earlier, moves, ...used }: Used, by: RefundSplit | 'reason') {
  const why = notKept(used, by)
  const question = { measure: ENGINE_MEASURE[measure], by, window: 'span' } as const
  const now = useFresh(
    { ...seriesQuery({ ...question, ...asked }), enabled: why === undefined },
    { everyMs: EVERY_MS, moves },
  )
  const ofProducts = by === 'product' || by === 'category' || part.category !== undefined
  const isKept = earlier !== null && why === undefined && !(ofProducts && isOfSomeStores(used))
  const { from, to } = earlier ?? NO_SPAN
  const before = useFresh({ ...seriesQuery({ ...question, ...part, from, to }), enabled: isKept }, { moves: false })
  return { why, now, before: isKept ? before.data : undefined }
}

/** What was given back over time by reason; undefined: of a category in some stores today is known as a whole alone. */
export function useOverTime({ measure, part, asked, span, moves, ...used }: Used) {
  const isKept = part.category === undefined || !isOfSomeStores(used)
  const window = span.days <= 2 ? 'hour' : span.days <= 124 ? 'day' : 'month'
  const query = seriesQuery({ measure: ENGINE_MEASURE[measure], by: 'reason', window, ...asked })
  const answer = useFresh({ ...query, enabled: isKept }, { everyMs: EVERY_MS, moves })
  return isKept ? answer : undefined
}

/** The refunds themselves, newest first: the first page at once, the others behind it. */
export function useRefunds({ asked, moves, ...used }: Used) {
  const why = notKept(used, 'total')
  const pages = useAllPages<RefundItem>(
    ['refunds', asked],
    (next, signal) => {
      const query = { ...asked, limit: PAGE, ...(next !== undefined && { next }) }
      return answerOf(engine.GET('/refunds', { signal, params: { query } }))
    },
    { most: MOST, enabled: why === undefined, ...(moves && { everyMs: 10_000 }) },
  )
  return { why, pages, isCut: (pages.items?.length ?? 0) >= MOST }
}

const NO_SPAN = { from: '', to: '' }
