/** What the pages about stock ask of the engine, and how the socket keeps it new. */
import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useQueryClient,
} from '@tanstack/react-query'
import { useCallback } from 'react'
import type { ProductsAnswer } from '#core/api/listings.ts'
import type { StockAnswer } from '#core/api/stock.ts'
import type { StockChange, StockChangeAnswer } from '#core/api/stock-changes.ts'
import type { paths } from '../reach/api.gen.d.ts'
import { answerOf, engine } from '../reach/ask-engine.ts'
import { type StockMoved, useMovingStock } from '../reach/live.tsx'
import { longPage } from '../reach/use-all-pages.ts'
import { withMovedStock } from './with-moved-stock.ts'

const STOCK = 'stock'
const [IN_PAGES, OF_PRODUCT] = ['in pages', 'of product']

export type StockFilter = {
  readonly risk?: 'any' | 'oversold' | 'out' | 'critical' | 'low'
  readonly store?: string
  readonly category?: string
  readonly product?: string
}

/** Rows of stock, page by page. */
export const stockKey = (filter: StockFilter) => [STOCK, IN_PAGES, filter] as const
export const askStock =
  (filter: StockFilter) =>
  (next: string | undefined, signal: AbortSignal): Promise<StockAnswer> =>
    answerOf(engine.GET('/stock', { signal, params: { query: { ...filter, ...longPage(next) } } }))

/** One product in every store that one may see. */
export const productStockQuery = (product: string) =>
  queryOptions({
    queryKey: [STOCK, OF_PRODUCT, product],
    queryFn: async ({ signal }): Promise<Pick<StockAnswer, 'asOf' | 'items'>> => {
      const items: StockAnswer['items'] = []
      let next: string | null = null
      let asOf: string | undefined
      do {
        const query: { product: string; limit: number; next?: string } = { product, ...longPage(next ?? undefined) }
        const page: StockAnswer = await answerOf(engine.GET('/stock', { signal, params: { query } }))
        items.push(...page.items)
        asOf ??= page.asOf
        next = page.next
      } while (next !== null)
      return { asOf: asOf!, items }
    },
    staleTime: 5_000,
  })

type Pages = InfiniteData<StockAnswer, string | undefined>
type OfProduct = Pick<StockAnswer, 'asOf' | 'items'>

/** Rows on the screen stay as new as the engine's, while it is mounted. */
export function useLiveStock(): void {
  const client = useQueryClient()
  useMovingStock(useCallback((moved) => takeIn(client, moved), [client]))
}

function takeIn(client: QueryClient, { items, asOf, isReset }: StockMoved): void {
  client.setQueriesData<Pages>({ queryKey: [STOCK, IN_PAGES] }, (data) => data && withMovedPages(data, items, asOf))
  client.setQueriesData<OfProduct>(
    { queryKey: [STOCK, OF_PRODUCT] },
    (data) => data && withMovedStock(data, items, asOf),
  )
  if (isReset) void client.invalidateQueries({ queryKey: [STOCK] })
}

function withMovedPages(data: Pages, items: StockMoved['items'], asOf: string): Pages {
  const pages = data.pages.map((page) => withMovedStock(page, items, asOf))
  return pages.every((page, i) => page === data.pages[i]) ? data : { ...data, pages }
}

/** Products whose listing holds these words, page by page; '': all of them. */
export const productsQuery = (query: string) =>
  infiniteQueryOptions({
    queryKey: ['products', query],
    queryFn: ({ signal, pageParam }): Promise<ProductsAnswer> =>
      answerOf(
        engine.GET('/products', {
          signal,
          params: {
            query: { limit: 20, ...(query !== '' && { query }), ...(pageParam !== '' && { next: pageParam }) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    staleTime: 60_000,
  })

// An absent note and an undefined one are the same JSON.
type ChangeBody = NonNullable<paths['/stock/changes']['post']['requestBody']>['content']['application/json']

/** `key`: the same for the same change, so that one that is sent twice is done once. */
export const changeStock = (change: StockChange, key: string): Promise<StockChangeAnswer> =>
  answerOf(
    engine.POST('/stock/changes', { body: change as ChangeBody, params: { header: { 'idempotency-key': key } } }),
  )

/** 128 random bits. (`randomUUID` is for secure origins alone.) */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
