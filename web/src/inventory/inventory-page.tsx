import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { z } from 'zod/mini'
import { formatNumber } from '../format/format-number.ts'
import { useDialog, usePageState } from '../frame/page-state.ts'
import { EditIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { useMay } from '../people/account-context.ts'
import { Dialog } from '../people/dialog.tsx'
import { useStoreNames } from '../people/use-names.ts'
import { seriesQuery } from '../reach/queries.ts'
import { DataTable, type RowCard } from '../table/data-table.tsx'
import { AcrossStores } from './across-stores.tsx'
import { coverText } from './cell-text.ts'
import classes from './inventory.module.css'
import type { StockRow } from './prepare-stock.ts'
import { ProductChoice } from './product-choice.tsx'
import { RiskMark } from './risk-mark.tsx'
import { useStockChanges } from './stock-changes.tsx'
import { stockColumns } from './stock-columns.tsx'
import { type StockFilter, useLiveStock } from './stock-queries.ts'
import { useStockRows } from './use-stock-rows.ts'
import { ViewsMenu } from './views-menu.tsx'
import { words } from './words.ts'

const name = z.optional(z.string().check(z.minLength(1)))
const RISKS = ['any', 'oversold', 'out', 'critical', 'low'] as const
/** `store` and `category` are those of the bar of other pages: a link from there is about the same. `open`: a product in all stores. */
const FIELDS = { risk: z.optional(z.enum(RISKS)), store: name, category: name, product: name, open: name }
type State = { readonly [field in keyof typeof FIELDS]?: z.output<(typeof FIELDS)[field]> }

/** What is there, how fast it goes, how long it lasts; and what somebody does about it. */
export function InventoryPage() {
  useLiveStock()
  const [{ open, ...filter }, change] = usePageState(FIELDS)
  const storeNames = useStoreNames()
  const changes = useStockChanges(storeNames)
  const mayChange = useMay('stock:change')
  const [isChoosing, , closeChoice] = useDialog('change')
  const { rows, state, hasMore, loadsMore, loadAll } = useStockRows(askedOf(filter))
  const columns = useMemo(() => stockColumns(onlyCurrency(rows)), [rows])
  const isNarrowed = Object.values(filter).some((value) => value !== undefined)
  const clear = () => change({ risk: undefined, store: undefined, category: undefined, product: undefined })
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{words.title}</h1>
        <p>{words.about}</p>
        <ViewsMenu />
      </header>
      {changes.said}
      <Filters filter={filter} rows={rows} onChange={change}>
        {isNarrowed && (
          <button type="button" className={classes.quiet} onClick={clear}>
            {words.clear}
          </button>
        )}
      </Filters>
      <Panel
        id="rows"
        title={words.tableTitle}
        about={words.loaded(formatNumber(rows.length), !hasMore)}
        actions={
          loadAll && (
            <button type="button" className={classes.quiet} disabled={loadsMore} onClick={loadAll}>
              {loadsMore ? words.loadingMore : words.loadAll}
            </button>
          )
        }
        state={state}
        empty={rows.length === 0 && !hasMore ? emptyOf(filter, isNarrowed, clear) : undefined}
        skeleton="table"
        flush
      >
        <DataTable
          id="stock"
          name={words.tableTitle}
          columns={columns}
          rows={rows}
          rowKey={keyOf}
          card={cardOf}
          height="max(320px, calc(100dvh - 324px))"
          onOpen={({ productId }) => change({ open: productId })}
          {...(mayChange && {
            actions: ({ productId, product, storeId, store }: StockRow) => (
              <button
                type="button"
                className={classes.quiet}
                aria-label={words.changeOf(product, store)}
                title={words.change}
                onClick={() => changes.open({ productId, product, storeId })}
              >
                <EditIcon size={16} />
              </button>
            ),
            actionsWidth: 56,
          })}
        />
      </Panel>
      {open !== undefined && (
        <AcrossStores productId={open} onClose={() => change({ open: undefined })} onChange={changes.open} />
      )}
      {isChoosing && mayChange && (
        <Dialog title={words.change} onClose={closeChoice}>
          <ProductChoice
            productId={undefined}
            product={undefined}
            onChoose={(productId) => {
              closeChoice()
              if (productId !== undefined) changes.open({ productId, product: nameOf(rows, productId) })
            }}
          />
        </Dialog>
      )}
      {changes.dialog}
    </div>
  )
}

const keyOf = ({ key }: StockRow): string => key
const nameOf = (rows: readonly StockRow[], id: string): string =>
  rows.find(({ productId }) => productId === id)?.product ?? id

/** The question: what nobody chose is not in it. */
const askedOf = (filter: State): StockFilter =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))

/** null: there are several, or none. */
function onlyCurrency(rows: readonly StockRow[]): string | null {
  const found = new Set(rows.flatMap(({ currency }) => currency ?? []))
  return found.size === 1 ? [...found][0]! : null
}

const cardOf = ({ product, store, risk, onHand, daysOfCover }: StockRow): RowCard => ({
  title: (
    <span className={classes.cardTitle}>
      {product} <RiskMark risk={risk} />
    </span>
  ),
  facts: [
    { name: words.columns.store, value: store },
    { name: words.columns.onHand, value: formatNumber(onHand) },
    { name: words.columns.daysOfCover, value: coverText(daysOfCover) },
  ],
})

function emptyOf(filter: State, isNarrowed: boolean, clear: () => void) {
  const action = (
    <button type="button" className={classes.secondary} onClick={clear}>
      {words.clear}
    </button>
  )
  if (!isNarrowed) return { title: words.noneTitle, why: words.noneWhy }
  const isCalm = filter.risk !== undefined
  return isCalm
    ? { title: words.calmTitle, why: words.calmWhy, action }
    : { title: words.noneFound, why: words.noneFoundWhy, action }
}

type FiltersProps = {
  readonly filter: State
  readonly rows: readonly StockRow[]
  readonly onChange: (change: State) => void
  readonly children: ReactNode
}

/** What the engine is asked for: of many thousand rows, those that one wants. */
function Filters({ filter: { risk, store, category, product }, rows, onChange, children }: FiltersProps) {
  const names = useStoreNames()
  const categories = useCategories(rows)
  const stores = useMemo(
    () =>
      [...names]
        .map(([value, label]) => ({ value, label }))
        .sort((a, b) => a.label.localeCompare(b.label) || (a.value < b.value ? -1 : 1)),
    [names],
  )
  const choice = { searchable: true, comboboxProps: { transitionProps: { duration: 0 } }, limit: 100 } as const
  return (
    <section className={classes.filters} aria-label={words.filters}>
      <Select
        {...choice}
        label={words.riskFilter}
        data={['', ...RISKS].map((value) => ({ value, label: words.riskFilters[value as ''] }))}
        value={risk ?? ''}
        allowDeselect={false}
        onChange={(next) => onChange({ risk: RISKS.find((one) => one === next) })}
      />
      <Select
        {...choice}
        label={words.storeFilter}
        placeholder={words.allStores}
        data={withThis(stores, store)}
        value={store ?? null}
        clearable
        onChange={(next) => onChange({ store: next ?? undefined })}
      />
      <Select
        {...choice}
        label={words.categoryFilter}
        placeholder={words.allCategories}
        data={withThis(
          categories.map((value) => ({ value, label: value })),
          category,
        )}
        value={category ?? null}
        clearable
        onChange={(next) => onChange({ category: next ?? undefined })}
      />
      <div className={classes.wide}>
        <ProductChoice
          productId={product}
          product={rows.find(({ productId }) => productId === product)?.product}
          onChoose={(next) => onChange({ product: next })}
        />
      </div>
      {children}
    </section>
  )
}

type Choice = { readonly value: string; readonly label: string }

/** What is chosen is among the choices, even where nobody knows it any more. */
const withThis = (choices: readonly Choice[], value: string | undefined): Choice[] =>
  value === undefined || choices.some((choice) => choice.value === value)
    ? [...choices]
    : [...choices, { value, label: value }]

const NO_GROUP = '(none)'

/** Categories that sold lately or are among the rows. */
function useCategories(rows: readonly StockRow[]): string[] {
  const { data } = useQuery({
    ...seriesQuery({ measure: 'units', by: 'category', window: 'day' }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return useMemo(() => {
    const sold = data?.series.flatMap(({ key }) => (key === 'other' || key === NO_GROUP ? [] : [key])) ?? []
    const all = new Set([...sold, ...rows.flatMap(({ category }) => category ?? [])])
    return [...all].sort((a, b) => a.localeCompare(b))
  }, [data, rows])
}
