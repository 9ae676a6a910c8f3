import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ChartPanel } from '../chart/chart-panel.tsx'
import { moneyText } from '../format/format-money.ts'
import { PageBody } from '../frame/page-body.tsx'
import { PageLink } from '../frame/page-link.tsx'
import { useGoTo } from '../frame/page-path.ts'
import { useGroups } from '../overview/breakdown-panels.tsx'
import { usePlace } from '../overview/use-overview.ts'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { storePath } from '../paths.ts'
import { alertsQuery, storesQuery } from '../reach/queries.ts'
import { sayNotKept } from '../scope/say-not-kept.tsx'
import { useScope } from '../scope/use-scope.ts'
import type { DataColumn } from '../table/data-column.ts'
import { DataTable } from '../table/data-table.tsx'
import { ChangeMark } from './change-mark.tsx'
import { prepareStores, rankStores, type StoreRow } from './prepare-stores.ts'
import classes from './stores-page.module.css'
import { words } from './words.ts'

/** As many stores as the engine tells apart in one answer. */
const MOST_STORES = 500

/** Which store does how well: for its hours, for its size, against before. */
export function StoresPage() {
  const used = useScope()
  const { span, earlier } = used
  const { region, store } = usePlace()
  const revenue = useGroups('store', 'netRevenue', null, MOST_STORES)
  const orders = useGroups('store', 'orders', null, MOST_STORES)
  const stores = useQuery(storesQuery)
  const { data: alerts } = useQuery(alertsQuery)
  const goTo = useGoTo()
  const { data } = revenue.answer
  const currency = data?.currency ?? 'XXX'
  const listings = useMemo(
    () =>
      stores.data?.filter(
        (each) => (region === undefined || each.region === region) && (store === undefined || each.storeId === store),
      ),
    [stores.data, region, store],
  )
  const rows = useMemo(() => {
    if (data === undefined || revenue.sums === undefined || listings === undefined) return undefined
    const nowMs = Date.parse(data.asOf)
    return prepareStores({
      listings,
      revenue: revenue.sums,
      earlier: revenue.earlier,
      orders: orders.sums ?? null,
      alerts: alerts?.items ?? [],
      fromMs: span.fromMs,
      toMs: span.toMs ?? nowMs,
      nowMs,
      timeZone: span.timeZone,
    })
  }, [data, revenue.sums, revenue.earlier, orders.sums, listings, alerts, span])
  const about = useMemo(
    () => ({ currency, span: span.label.toLowerCase(), than: earlier?.label ?? '', compared: earlier !== null }),
    [currency, span.label, earlier],
  )
  const spec = useMemo(() => rows && rankStores(rows, about), [rows, about])
  const bySize = useMemo(() => rows && rankStores(rows, { ...about, by: 'perSqft' }), [rows, about])
  const columns = useMemo(() => columnsOf(currency), [currency])
  const { whyNot } = revenue
  const notKept = whyNot && sayNotKept(whyNot, used)
  const state = whyNot === undefined ? panelStateOf(revenue.answer, stores) : panelStateOf(stores)
  return (
    <PageBody
      title={words.page}
      about={[span.label, span.timeZone, rows && words.counted(rows.length)].filter(Boolean).join(', ')}
      live
    >
      <div className={classes.halves}>
        <ChartPanel
          id="ranking"
          title={words.ranking}
          spec={spec}
          state={state}
          empty={notKept ?? (spec?.rows.length === 0 ? words.noRevenue : undefined)}
        />
        <ChartPanel
          id="ranking-by-size"
          title={words.rankingBySize}
          spec={bySize}
          state={state}
          empty={notKept ?? (bySize?.rows.length === 0 ? words.noSize : undefined)}
        />
      </div>
      <Panel
        id="stores"
        title={words.table}
        state={state}
        empty={notKept ?? (rows?.length === 0 ? words.none : undefined)}
        skeleton="table"
        flush
      >
        {rows && (
          <DataTable
            id="stores"
            name={words.page}
            columns={columns}
            rows={rows}
            rowKey={({ storeId }) => storeId}
            sort={{ id: 'revenue', desc: true }}
            onOpen={({ storeId }) => goTo(storePath(storeId))}
            card={(row) => ({
              title: <PageLink to={storePath(row.storeId)}>{row.name}</PageLink>,
              facts: [
                {
                  name: words.revenue,
                  value: row.revenue === null ? '—' : `${moneyText(row.revenue, currency)} ${currency}`,
                },
                { name: words.change, value: <ChangeMark change={row.change} /> },
                { name: words.alerts, value: row.openAlerts },
              ],
            })}
          />
        )}
      </Panel>
    </PageBody>
  )
}

const openText = ({ isOpen }: StoreRow): string => (isOpen === null ? '' : isOpen ? words.open : words.closed)

const columnsOf = (currency: string): DataColumn<StoreRow>[] => [
  {
    id: 'name',
    name: words.store,
    value: ({ name }) => name,
    show: ({ name, storeId }) => <PageLink to={storePath(storeId)}>{name}</PageLink>,
    width: 200,
  },
  { id: 'region', name: words.region, value: ({ region }) => region || null, filter: true, width: 90 },
  { id: 'city', name: words.city, value: ({ city }) => city || null, filter: true, width: 130, off: true },
  {
    id: 'revenue',
    name: words.revenue,
    kind: 'money',
    currency,
    sum: true,
    value: ({ revenue }) => revenue,
    width: 150,
  },
  {
    id: 'change',
    name: words.change,
    kind: 'number',
    value: ({ growth }) => growth,
    text: ({ change }) => change?.text ?? '',
    show: ({ change }) => <ChangeMark change={change} />,
    width: 136,
  },
  {
    id: 'share',
    name: words.share,
    kind: 'number',
    unit: '%',
    digits: 1,
    value: ({ share }) => (share === null ? null : Math.round(share * 1e3) / 10),
    width: 70,
  },
  { id: 'orders', name: words.orders, kind: 'number', sum: true, value: ({ orders }) => orders, width: 80 },
  { id: 'perHour', name: words.perHour, kind: 'money', currency, value: ({ perHour }) => perHour, width: 150 },
  { id: 'perSqft', name: words.perSqft, kind: 'money', currency, value: ({ perSqft }) => perSqft, width: 150 },
  { id: 'alerts', name: words.alerts, kind: 'number', sum: true, value: ({ openAlerts }) => openAlerts, width: 104 },
  { id: 'hours', name: words.hours, value: ({ openingHours }) => openingHours || null, width: 130, off: true },
  { id: 'now', name: words.now, value: (row) => openText(row) || null, filter: true, width: 80 },
]
