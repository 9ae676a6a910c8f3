import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import classes from '../chart/split-page.module.css'
import { useGoTo } from '../frame/page-path.ts'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { itemPath } from '../paths.ts'
import { metricsQuery } from '../reach/queries.ts'
import { DataTable } from '../table/data-table.tsx'
import { currencyOf } from './prepare-measures.ts'
import { mainCurrency, otherCurrencies, type ProductRow, prepareProducts } from './prepare-products.ts'
import { productCard, productColumns } from './product-columns.tsx'
import { sayNotAsked } from './say-not-asked.tsx'
import { type useAsked, useProducts } from './use-sales.ts'
import { words } from './words.ts'

const NONE: never[] = []
const SORT = { id: 'net', desc: true }
const keyOf = ({ productId }: ProductRow) => productId

/** Every product with its figures: what is shown can be sorted, narrowed and taken along. */
export function ProductsPanel({ used }: { readonly used: ReturnType<typeof useAsked> }) {
  const { why, pages } = useProducts(used)
  const { data: metrics } = useQuery({ ...metricsQuery, enabled: false })
  const goTo = useGoTo()
  const items = pages.items ?? NONE
  const currency = useMemo(() => mainCurrency(items, metrics ? currencyOf(metrics) : ''), [items, metrics])
  const rows = useMemo(() => prepareProducts(items, currency), [items, currency])
  const than = used.earlier?.label ?? ''
  const columns = useMemo(() => productColumns(currency, than), [currency, than])
  const card = useMemo(() => productCard(currency), [currency])
  const open = useCallback(({ productId }: ProductRow) => goTo(itemPath(productId)), [goTo])
  const state = panelStateOf({ ...pages, data: pages.items, refetch: pages.again })
  const nothing = { title: words.nothingTitle, why: words.nothingWhy }
  const isEmpty = pages.items !== undefined && rows.length === 0 && !pages.isLoading
  const others = otherCurrencies(items, currency)
  return (
    <Panel
      id="products"
      title={words.table}
      about={words.tableAbout(used.span.label, than)}
      {...(why === undefined && { state })}
      empty={why === undefined ? (isEmpty ? nothing : undefined) : sayNotAsked(why, used)}
      skeleton="table"
      flush
    >
      <Progress pages={pages} rows={rows.length} />
      {others.length > 0 && <p className={classes.note}>{words.otherCurrencies(others)}</p>}
      <DataTable
        id="products"
        name={words.table}
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        sort={SORT}
        card={card}
        onOpen={open}
      />
    </Panel>
  )
}

type ProgressProps = { readonly pages: ReturnType<typeof useProducts>['pages']; readonly rows: number }

/** Whether this is all of it: a sum over a part is not taken for the whole. */
function Progress({ pages, rows }: ProgressProps) {
  if (pages.error !== null && rows > 0)
    return (
      <p className={classes.note} role="alert">
        {words.partial(rows, pages.error.message)}{' '}
        <button type="button" onClick={pages.again}>
          {words.tryAgain}
        </button>
      </p>
    )
  return pages.isLoading && rows > 0 ? (
    <p className={classes.note} role="status">
      {words.loading(rows)}
    </p>
  ) : null
}
