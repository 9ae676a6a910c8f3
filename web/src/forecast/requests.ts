/** What pages ask of forecasts. */
import { queryOptions } from '@tanstack/react-query'
import type { ForecastAnswer, WhyAnswer } from '#core/api/forecasts.ts'
import { answerOf, engine } from '../reach/ask-engine.ts'

/** They are made in the morning: nothing moves them before the next. */
const STALE_MS = 300_000

type Place = { readonly product?: string | undefined; readonly store?: string | undefined }

const given = ({ product, store }: Place) => ({
  ...(product !== undefined && { product }),
  ...(store !== undefined && { store }),
})

export const forecastQuery = (place: Place) =>
  queryOptions({
    queryKey: ['forecasts', place.product ?? '', place.store ?? ''],
    staleTime: STALE_MS,
    queryFn: ({ signal }): Promise<ForecastAnswer> =>
      answerOf(engine.GET('/forecasts', { signal, params: { query: given(place) } })),
  })

export const forecastProductsQuery = (store: string | undefined, limit: number) =>
  queryOptions({
    queryKey: ['forecasts', 'products', store ?? '', limit],
    staleTime: STALE_MS,
    queryFn: ({ signal }) =>
      answerOf(engine.GET('/forecasts/products', { signal, params: { query: { ...given({ store }), limit } } })),
  })

export const whyQuery = (product: string, store: string, day: string) =>
  queryOptions({
    queryKey: ['forecasts', 'why', product, store, day],
    staleTime: STALE_MS,
    queryFn: ({ signal }): Promise<WhyAnswer> =>
      answerOf(engine.GET('/forecasts/why', { signal, params: { query: { product, store, day } } })),
  })
