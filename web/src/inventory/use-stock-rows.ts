import { useMemo, useState } from 'react'
import { type PanelState, panelStateOf } from '../panel/panel-state.ts'
import { useStoreNames } from '../people/use-names.ts'
import { useAllPages } from '../reach/use-all-pages.ts'
import { eachOnce, prepareStock, type StockRow } from './prepare-stock.ts'
import { askStock, type StockFilter, stockKey } from './stock-queries.ts'

/** A page may hold less than was asked for: it goes on by itself until there is something to see, but not for ever. */
const SOME = { most: 50, mostPages: 16 } as const
/** As many rows as the table shows. */
const ALL = { most: 100_000 } as const
/** Rows come and go; those that are there are kept new by the socket. */
const ASK_AGAIN_MS = 20_000

type StockRows = {
  readonly rows: readonly StockRow[]
  readonly state: PanelState
  /** There is more behind them. */
  readonly hasMore: boolean
  readonly loadsMore: boolean
  /** All that there are, or as many as a table holds; undefined: it has them. */
  readonly loadAll: (() => void) | undefined
}

/** Rows that fit the filter: what is at risk first, most urgent at the top, then the others as the engine has them. */
export function useStockRows(filter: StockFilter): StockRows {
  const names = useStoreNames()
  const asked = JSON.stringify(filter)
  const [allOf, setAllOf] = useState<string>()
  const bounds = allOf === asked ? ALL : SOME
  const asksTwice = filter.risk === undefined
  const urgent = usePages({ ...filter, risk: filter.risk ?? 'any' }, bounds, true)
  const others = usePages(filter, bounds, asksTwice)
  const rows = useMemo(() => {
    const items = [...(urgent.items ?? []), ...(asksTwice ? (others.items ?? []) : [])]
    return prepareStock(eachOnce(items), names)
  }, [urgent.items, others.items, asksTwice, names])
  const hasMore = urgent.hasMore || (asksTwice && others.hasMore)
  const loadAll = () => {
    setAllOf(asked)
    for (const { error, again } of [urgent, others]) if (error !== null) again()
  }
  const parts = asksTwice ? [urgent, others] : [urgent]
  return {
    rows,
    state: panelStateOf(...parts.map((part) => ({ ...part, data: part.items, refetch: part.again }))),
    hasMore,
    loadsMore: urgent.isLoading || (asksTwice && others.isLoading),
    loadAll: hasMore && rows.length < ALL.most ? loadAll : undefined,
  }
}

const usePages = (filter: StockFilter, bounds: typeof SOME | typeof ALL, enabled: boolean) =>
  useAllPages(stockKey(filter), askStock(filter), { ...bounds, enabled, everyMs: ASK_AGAIN_MS })
