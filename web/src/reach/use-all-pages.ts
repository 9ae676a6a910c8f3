import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'

type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null }

type AllPages<Item> = {
  /** Those that have come so far; undefined: none has. */
  readonly items: readonly Item[] | undefined
  /** More are on their way. */
  readonly isLoading: boolean
  /** Why no more come; what has come stays. */
  readonly error: Error | null
  readonly again: () => void
  readonly dataUpdatedAt: number
}

/** A list that comes in pages, whole: the first page at once, the others one after the other behind it, `most` rows at the most. */
export function useAllPages<Item>(
  queryKey: readonly unknown[],
  ask: (next: string | undefined, signal: AbortSignal) => Promise<Page<Item>>,
  { most, enabled = true, everyMs }: { readonly most: number; readonly enabled?: boolean; readonly everyMs?: number },
): AllPages<Item> {
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch, dataUpdatedAt } = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => ask(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }, pages) =>
      next === null || pages.reduce((sum, { items }) => sum + items.length, 0) >= most ? undefined : next,
    enabled,
    // A short list is asked for anew as a whole; a long one is too much for that, and stays as it came.
    refetchInterval: ({ state }) => (everyMs !== undefined && (state.data?.pages.length ?? 0) <= 2 ? everyMs : false),
  })
  useEffect(() => {
    if (hasNextPage && !isFetching && error === null) void fetchNextPage()
  }, [hasNextPage, isFetching, error, fetchNextPage])
  const items = useMemo(() => data?.pages.flatMap((page) => page.items), [data])
  const again = () => void (data === undefined ? refetch() : fetchNextPage())
  return { items, isLoading: hasNextPage && error === null, error, again, dataUpdatedAt }
}
