import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { type PanelState, panelStateOf } from '../panel/panel-state.ts'
import { useStoreNames } from '../people/use-names.ts'
import { joinedItems, prepareStock, type StockRow } from './prepare-stock.ts'
import { type StockFilter, stockQuery } from './stock-queries.ts'

/** A page may hold less than was asked for: it goes on by itself until there is something to see, but not for ever. */
const ENOUGH_ROWS = 50
const MOST_BY_ITSELF = 20
/** Rows come and go; those that are there are kept new by the socket. */
const ASK_AGAIN_MS = 20_000
const MOST_PAGES_AGAIN = 2

type StockRows = {
  readonly rows: readonly StockRow[]
  readonly state: PanelState
  /** There is more behind them. */
  readonly hasMore: boolean
  readonly loadsMore: boolean
  readonly loadMore: () => void
}

/** Rows that fit the filter: what is at risk first, most urgent at the top, then the others as the engine has them. */
export function useStockRows(filter: StockFilter): StockRows {
  const names = useStoreNames()
  const asksTwice = filter.risk === undefined
  const urgent = usePages({ ...filter, risk: filter.risk ?? 'any' }, true)
  const others = usePages(filter, asksTwice)
  const rows = useMemo(() => {
    const pages = [...(urgent.data?.pages ?? []), ...(asksTwice ? (others.data?.pages ?? []) : [])]
    return prepareStock(joinedItems(pages), names)
  }, [urgent.data, others.data, asksTwice, names])
  const next = urgent.hasNextPage ? urgent : asksTwice && others.hasNextPage ? others : undefined
  const loadsMore = urgent.isFetchingNextPage || others.isFetchingNextPage
  const pages = (urgent.data?.pages.length ?? 0) + (others.data?.pages.length ?? 0)
  const goesOn = next !== undefined && !loadsMore && rows.length < ENOUGH_ROWS && pages < MOST_BY_ITSELF
  useEffect(() => {
    if (goesOn) void next?.fetchNextPage()
  }, [goesOn, next])
  return {
    rows,
    state: asksTwice ? panelStateOf(urgent, others) : panelStateOf(urgent),
    hasMore: next !== undefined,
    loadsMore,
    loadMore: () => void next?.fetchNextPage(),
  }
}

const usePages = (filter: StockFilter, enabled: boolean) =>
  useInfiniteQuery({
    ...stockQuery(filter),
    enabled,
    refetchInterval: ({ state }) =>
      document.visibilityState === 'visible' && (state.data?.pages.length ?? 0) <= MOST_PAGES_AGAIN
        ? ASK_AGAIN_MS
        : false,
  })
