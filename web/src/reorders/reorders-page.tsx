import { SegmentedControl, Select } from '@mantine/core'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { z } from 'zod/mini'
import type { ReorderItem, ReordersAnswer } from '#core/api/reorders.ts'
import { formatNumber } from '../format/format-number.ts'
import { formatTime } from '../format/format-time.ts'
import { PageLink } from '../frame/page-link.tsx'
import { usePageState } from '../frame/page-state.ts'
import { DoneIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { INVENTORY } from '../paths.ts'
import { OWN_ZONE, useStoreNames } from '../people/use-names.ts'
import { DataTable, type RowCard } from '../table/data-table.tsx'
import { chanceText, costText, dayText, joined, nameOf, onlyCurrency, storeOf } from './prepare-reorders.ts'
import { reorderColumns } from './reorder-columns.tsx'
import { ReorderDrawer } from './reorder-drawer.tsx'
import classes from './reorders.module.css'
import { REORDERS, reordersQuery } from './requests.ts'
import { SupplierTotals } from './supplier-totals.tsx'
import { WhyNothing } from './why-nothing.tsx'
import { words } from './words.ts'

const name = z.optional(z.string().check(z.minLength(1)))
const STATES = ['open', 'snoozed', 'accepted', 'dismissed'] as const
const FIELDS = { state: z._default(z.enum(STATES), 'open'), store: name, supplier: name, open: name, why: name }

/** What to order, how much, and why; and what somebody decides of it. */
export function ReordersPage() {
  const [{ state, store, supplier, open, why }, change] = usePageState(FIELDS)
  const client = useQueryClient()
  const asked = useInfiniteQuery(reordersQuery({ state, store, supplier }))
  const [decided, setDecided] = useState<ReorderItem>()
  const rows = useMemo(() => joined(asked.data?.pages ?? []), [asked.data])
  const currency = onlyCurrency(rows)
  const columns = useMemo(() => reorderColumns(state, currency), [state, currency])
  const { morning = null, suppliers = [] } = asked.data?.pages[0] ?? {}
  const isNarrowed = store !== undefined || supplier !== undefined
  const clear = () => change({ store: undefined, supplier: undefined })
  const onDecided = (item: ReorderItem) => {
    setDecided(item)
    change({ open: undefined })
    for (const queryKey of [[REORDERS], ['stock']]) void client.invalidateQueries({ queryKey })
  }
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{words.title}</h1>
        <p>{morning === null ? words.about : `${words.about}: ${madeText(morning)}`}</p>
      </header>
      <p role="status" className={classes.said} hidden={decided === undefined}>
        {decided !== undefined && (
          <>
            <DoneIcon size={16} />
            <span>{saidOf(decided)}</span>
            {decided.state === 'accepted' && (
              <PageLink to={INVENTORY} search={{ product: decided.productId, store: decided.storeId }}>
                {words.seeStock}
              </PageLink>
            )}
          </>
        )}
      </p>
      <section className={classes.filters} aria-label={words.filters}>
        <SegmentedControl
          aria-label={words.stateFilter}
          value={state}
          onChange={(next) => change({ state: next as ReorderItem['state'] })}
          data={STATES.map((value) => ({ value, label: words.states[value] }))}
          transitionDuration={0}
        />
        <StoreChoice store={store} onChoose={(next) => change({ store: next })} />
        {supplier !== undefined && <p className={classes.narrowed}>{`${words.supplierFilter}: ${supplier}`}</p>}
        {isNarrowed && (
          <button type="button" className={classes.quiet} onClick={clear}>
            {words.clear}
          </button>
        )}
      </section>
      <Panel
        id="proposals"
        title={words.tableTitle}
        about={words.loaded(formatNumber(rows.length), !asked.hasNextPage)}
        actions={
          asked.hasNextPage && (
            <button
              type="button"
              className={classes.quiet}
              disabled={asked.isFetchingNextPage}
              onClick={() => void asked.fetchNextPage()}
            >
              {asked.isFetchingNextPage ? words.loadingMore : words.more}
            </button>
          )
        }
        state={panelStateOf(asked)}
        empty={rows.length === 0 ? emptyOf(morning, state, isNarrowed, clear) : undefined}
        skeleton="table"
        flush
      >
        <DataTable
          id="reorders"
          name={words.tableTitle}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          card={cardOf}
          height="max(280px, calc(100dvh - 420px))"
          onOpen={({ id }) => change({ open: id })}
        />
      </Panel>
      <div className={classes.below}>
        {suppliers.length > 0 && (
          <Panel id="suppliers" title={words.suppliersTitle}>
            <SupplierTotals totals={suppliers} onChoose={(next) => change({ supplier: next })} />
          </Panel>
        )}
        <WhyNothing productId={why} currency={currency ?? ''} onChoose={(next) => change({ why: next })} />
      </div>
      {open !== undefined && (
        <ReorderDrawer id={open} onClose={() => change({ open: undefined })} onDecided={onDecided} />
      )}
    </div>
  )
}

function StoreChoice({
  store,
  onChoose,
}: {
  readonly store: string | undefined
  readonly onChoose: (store: string | undefined) => void
}) {
  const names = useStoreNames()
  const stores = useMemo(() => {
    const known = [...names].map(([value, label]) => ({ value, label }))
    const all = store === undefined || names.has(store) ? known : [...known, { value: store, label: store }]
    return all.sort((a, b) => a.label.localeCompare(b.label) || (a.value < b.value ? -1 : 1))
  }, [names, store])
  return (
    <Select
      label={words.storeFilter}
      placeholder={words.allStores}
      data={stores}
      value={store ?? null}
      searchable
      clearable
      limit={100}
      comboboxProps={{ transitionProps: { duration: 0 } }}
      onChange={(next) => onChoose(next ?? undefined)}
    />
  )
}

function madeText({ at, forecastsOf }: NonNullable<ReordersAnswer['morning']>): string {
  const atMs = Date.parse(at)
  return words.madeAt(
    formatTime(atMs, OWN_ZONE, 'shortDate'),
    formatTime(atMs, OWN_ZONE, 'clock'),
    dayText(forecastsOf),
  )
}

function saidOf(item: ReorderItem): string {
  const { state, decision, quantity } = item
  if (state === 'snoozed') return words.said.snoozed(nameOf(item), dayText(decision!.until!))
  if (state === 'dismissed') return words.said.dismissed(nameOf(item))
  return words.said.accepted(formatNumber(decision?.quantity ?? quantity), nameOf(item), decision!.purchaseOrderId!)
}

const cardOf = (item: ReorderItem): RowCard => ({
  title: nameOf(item),
  facts: [
    { name: words.columns.store, value: storeOf(item) },
    { name: words.columns.quantity, value: formatNumber(item.decision?.quantity ?? item.quantity) },
    item.costMinor === null
      ? { name: words.columns.stockoutChance, value: chanceText(item.stockoutChance) }
      : { name: words.columns.cost, value: costText(item.costMinor, item.currency) },
  ],
})

function emptyOf(
  morning: ReordersAnswer['morning'],
  state: ReorderItem['state'],
  isNarrowed: boolean,
  clear: () => void,
) {
  if (isNarrowed) {
    const action = (
      <button type="button" className={classes.secondary} onClick={clear}>
        {words.clear}
      </button>
    )
    return { ...words.empty.filtered, action }
  }
  return morning === null ? words.noMorning : words.empty[state]
}
