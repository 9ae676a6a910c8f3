import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import { MAX_LONG_PAGE } from '#core/api/limits.ts'

type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null }

/** How a list of many thousand rows is asked for: soon some to see, then as many as an answer may hold. */
export const longPage = (next: string | undefined): { readonly limit: number; readonly next?: string } =>
  next === undefined ? { limit: FIRST_PAGE } : { limit: MAX_LONG_PAGE, next }
const FIRST_PAGE = 500

type AllPages<Item> = {
  /** Those that have come so far; undefined: none has. */
  readonly items: readonly Item[] | undefined
  /** More are on their way. */
  readonly isLoading: boolean
  /** There are more, whether or not they are on their way. */
  readonly hasMore: boolean
  /** Why no more come; what has come stays. */
  readonly error: Error | null
  readonly again: () => void
  readonly dataUpdatedAt: number
}

/**
 * The rows that are handed on: the first page at once, then twice as many pages each time, at last all. A long list that was
 * handed on with each page would be prepared, sorted and drawn as often as it has pages.
 */
export function rowsShown<Item>(pages: readonly Page<Item>[], most: number): readonly Item[] {
  const came = pages.length === 0 || isWhole(pages, most) ? pages.length : 2 ** Math.floor(Math.log2(pages.length))
  return pages.slice(0, came).flatMap(({ items }) => items)
}

const isWhole = <Item>(pages: readonly Page<Item>[], most: number): boolean =>
  !hasNext(pages) || pages.reduce((sum, { items }) => sum + items.length, 0) >= most

const hasNext = <Item>(pages: readonly Page<Item>[]): boolean => pages.at(-1)?.next !== null

/**
 * A list that comes in pages, whole: the first page at once, the others one after the other behind it, `most` rows at the
 * most. `mostPages`, a power of two: of a list whose pages may be empty though more come.
 */
export function useAllPages<Item>(
  queryKey: readonly unknown[],
  ask: (next: string | undefined, signal: AbortSignal) => Promise<Page<Item>>,
  {
    most,
    mostPages = Number.POSITIVE_INFINITY,
    enabled = true,
    everyMs,
  }: { readonly most: number; readonly mostPages?: number; readonly enabled?: boolean; readonly everyMs?: number },
): AllPages<Item> {
  const {
    data: { items, hasMore = false } = NOTHING,
    error,
    hasNextPage,
    isFetching,
    fetchNextPage,
    refetch,
    dataUpdatedAt,
  } = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => ask(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }, pages) => (isWhole(pages, most) || pages.length >= mostPages ? undefined : next),
    select: useCallback(
      ({ pages }: { readonly pages: readonly Page<Item>[] }): Came<Item> => ({
        items: rowsShown(pages, most),
        hasMore: hasNext(pages),
      }),
      [most],
    ),
    enabled,
    // A short list is asked for anew as a whole; a long one is too much for that, and stays as it came.
    refetchInterval: ({ state }) => (everyMs !== undefined && (state.data?.pages.length ?? 0) <= 2 ? everyMs : false),
  })
  useEffect(() => {
    if (hasNextPage && !isFetching && error === null) void fetchNextPage()
  }, [hasNextPage, isFetching, error, fetchNextPage])
  const isLoading = hasNextPage && error === null
  const again = () => void (items === undefined ? refetch() : fetchNextPage())
  return { items, isLoading, hasMore, error, again, dataUpdatedAt }
}

type Came<Item> = Partial<Pick<AllPages<Item>, 'items' | 'hasMore'>>
const NOTHING: Came<never> = {}
