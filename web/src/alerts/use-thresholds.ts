import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { PreviewAnswer, ProductSettingsAnswer, SettingsAnswer } from '#core/api/settings.ts'
import { answerOf, engine } from '../reach/ask-engine.ts'
import type { ThresholdName, ThresholdScope } from './prepare-thresholds.ts'

const settingsQuery = queryOptions({
  queryKey: ['settings', 'of-alerts'],
  queryFn: ({ signal }): Promise<SettingsAnswer> => answerOf(engine.GET('/settings', { signal })),
})
const productsQuery = queryOptions({
  queryKey: ['settings', 'of-products'],
  queryFn: async ({ signal }): Promise<ProductSettingsAnswer['items']> => {
    const items: ProductSettingsAnswer['items'] = []
    for (let next: string | null = ''; next !== null; ) {
      const query = { limit: 500, ...(next !== '' && { next }) }
      const page: ProductSettingsAnswer = await answerOf(
        engine.GET('/settings/products', { signal, params: { query } }),
      )
      items.push(...page.items)
      next = page.next
    }
    return items
  },
})

export function useThresholds() {
  return { settings: useQuery(settingsQuery), products: useQuery(productsQuery) }
}

export type ThresholdChange = ThresholdScope & {
  readonly name: ThresholdName
  /** Undefined: nothing is decided of just this any more. */
  readonly value?: number
}

/** `before`: what was decided when they looked; where somebody was faster, the engine refuses. */
export const saveThreshold = (change: ThresholdChange, before: number | null) =>
  answerOf(engine.POST('/settings', { body: { ...change, before } }))

const APPLIED_MS = 1000

/** A change counts from its place in the log on: it is there at once, or in a moment. */
export function useLookAgain(): () => void {
  const client = useQueryClient()
  return () => {
    const again = () => void client.invalidateQueries({ queryKey: ['settings'] })
    again()
    setTimeout(again, APPLIED_MS)
  }
}

/** As many answers as are asked for by themselves, of 2,000 places in stock each. */
const PAGES = 10

const previewQuery = (change: ThresholdChange) =>
  infiniteQueryOptions({
    queryKey: ['threshold-preview', change],
    queryFn: ({ signal, pageParam }): Promise<PreviewAnswer> =>
      answerOf(
        engine.POST('/settings/preview', { signal, body: { ...change, ...(pageParam && { next: pageParam }) } }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }: PreviewAnswer) => next,
    gcTime: 0,
  })

/** What a change would do; undefined: there is none. */
export function usePreview(change: ThresholdChange | undefined) {
  const asked = useInfiniteQuery({
    ...previewQuery(change ?? { name: 'lowStockWarningDays' }),
    enabled: change !== undefined,
  })
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, isError } = asked
  const pages = data?.pages.length ?? 0
  const goesOn = change !== undefined && hasNextPage && !isFetchingNextPage && !isError && pages < PAGES
  useEffect(() => {
    if (goesOn) void fetchNextPage()
  }, [goesOn, fetchNextPage])
  return asked
}

/** Categories that sold, were alerted of, or that something is decided of. */
export const categoriesQuery = queryOptions({
  queryKey: ['series', 'categories-of-thresholds'],
  queryFn: async ({ signal }): Promise<readonly string[]> => {
    const query = { measure: 'units', by: 'category', window: 'day' } as const
    const { series } = await answerOf(engine.GET('/metrics/series', { signal, params: { query } }))
    return series.flatMap(({ key }) => (key === 'other' ? [] : [key]))
  },
  staleTime: 600_000,
})
