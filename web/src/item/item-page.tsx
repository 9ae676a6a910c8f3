import { SegmentedControl } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { z } from 'zod/mini'
import type { ItemAnswer } from '#core/api/item.ts'
import type { SeriesAnswer } from '#core/api/metrics.ts'
import { ChartPanel } from '../chart/chart-panel.tsx'
import type { ChartSpec } from '../chart/chart-spec.ts'
import { moneyText } from '../format/format-money.ts'
import { counted, formatNumber } from '../format/format-number.ts'
import { formatMoment } from '../format/format-time.ts'
import { PageLink } from '../frame/page-link.tsx'
import { usePathParam } from '../frame/page-path.ts'
import { usePageState } from '../frame/page-state.ts'
import { usePageTitle } from '../frame/use-page-title.ts'
import { CriticalIcon, SearchIcon, WarningIcon } from '../icons.tsx'
import stockClasses from '../inventory/inventory.module.css'
import { prepareStock, type StockRow } from '../inventory/prepare-stock.ts'
import { useStockChanges } from '../inventory/stock-changes.tsx'
import { productStockQuery, useLiveStock } from '../inventory/stock-queries.ts'
import { StoreStock } from '../inventory/store-stock.tsx'
import { words as stockWords } from '../inventory/words.ts'
import { Panel } from '../panel/panel.tsx'
import { type PanelState, panelStateOf } from '../panel/panel-state.ts'
import { INVENTORY, ITEM } from '../paths.ts'
import { useAccount, useMay } from '../people/account-context.ts'
import { OWN_ZONE, useStoreNames } from '../people/use-names.ts'
import { RefusedError } from '../reach/ask-engine.ts'
import { engineNowMs, metricsQuery } from '../reach/queries.ts'
import { useFresh } from '../reach/use-fresh.ts'
import { spanOf } from '../scope/scope.ts'
import classes from './item.module.css'
import { daysQuery, itemQuery } from './item-queries.ts'
import { type EventLine, prepareEvents } from './prepare-events.ts'
import { currencyOf, factsOf, type PriceLine, preparePrices, refundsOf } from './prepare-item.ts'
import { alertAnnotations, daysSpec, movedText, priceSpec } from './prepare-item-charts.ts'
import { WindowsPanel } from './windows-panel.tsx'
import { words } from './words.ts'

const DAYS = ['7', '28', '90'] as const
const FIELDS = { days: z._default(z.enum(DAYS), '28') }
const NOT_FOUND = 404
/** A page shows the most urgent ones; the inventory has all. */
const STORES_SHOWN = 12

/** Everything that is known of one product. */
export function ItemPage() {
  const productId = usePathParam('productId')
  const answer = useFresh(itemQuery(productId))
  const item = answer.data
  usePageTitle(titleOf(item) ?? productId)
  if (item === undefined && answer.error instanceof RefusedError && answer.error.status === NOT_FOUND)
    return <NotThere productId={productId} />
  return <Item productId={productId} item={item} state={panelStateOf(answer)} />
}

const titleOf = (item: ItemAnswer | undefined): string | undefined => {
  const title = item?.listing?.title
  return typeof title === 'string' ? title : undefined
}

function NotThere({ productId }: { readonly productId: string }) {
  return (
    <div className={stockClasses.page}>
      <header className={stockClasses.head}>
        <h1>{productId}</h1>
      </header>
      <Panel
        id="not-there"
        title={words.facts}
        empty={{
          title: words.notThere(productId),
          why: words.notThereWhy,
          action: <PageLink to={ITEM}>{words.another}</PageLink>,
        }}
      >
        {null}
      </Panel>
    </div>
  )
}

type ItemProps = { readonly productId: string; readonly item: ItemAnswer | undefined; readonly state: PanelState }

function Item({ productId, item, state }: ItemProps) {
  const storeNames = useStoreNames()
  const { open, dialog, said } = useStockChanges(storeNames)
  const mayChange = useMay('stock:change')
  const ofSomeStores = useAccount().stores !== null
  const product = titleOf(item) ?? productId
  const currency = useMemo(() => (item === undefined ? null : currencyOf(item)), [item])
  const storeName = (id: string) => storeNames.get(id) ?? id
  const prices = useMemo(() => preparePrices(item?.prices ?? []), [item])
  return (
    <div className={stockClasses.page}>
      <header className={stockClasses.head}>
        <h1>{product}</h1>
        <p>{product === productId ? words.notListed : productId}</p>
        <PageLink to={ITEM} className={stockClasses.quiet}>
          <SearchIcon size={16} />
          {words.another}
        </PageLink>
        {mayChange && item !== undefined && (
          <button type="button" className={stockClasses.secondary} onClick={() => open({ productId, product })}>
            {stockWords.change}
          </button>
        )}
      </header>
      {said}
      <div className={classes.grid}>
        <WindowsPanel item={item} currency={currency} state={state} ofSomeStores={ofSomeStores} />
        <FactsPanel item={item} state={state} />
        <StockPanel
          productId={productId}
          onChange={mayChange ? ({ storeId }) => open({ productId, product, storeId }) : undefined}
        />
        <AlertsPanel item={item} state={state} storeName={storeName} />
        {ofSomeStores ? (
          <NoSeries />
        ) : (
          <Charts productId={productId} item={item} currency={currency} prices={prices} storeName={storeName} />
        )}
        <PricesPanel prices={prices} state={state} storeName={storeName} />
        <EventsPanel item={item} state={state} storeName={storeName} />
        <div className={classes.aside}>
          <RefundsPanel item={item} currency={currency} state={state} />
          <Panel id="rank" title={words.rank} empty={{ title: words.rankTitle, why: words.rankWhy }}>
            {null}
          </Panel>
        </div>
      </div>
      {dialog}
    </div>
  )
}

function FactsPanel({ item, state }: { readonly item: ItemAnswer | undefined; readonly state: PanelState }) {
  return (
    <Panel
      id="listing"
      title={words.facts}
      about={item?.listing === null ? words.notListedWhy : undefined}
      state={state}
      className={classes.narrow}
    >
      {item && (
        <dl className={classes.facts}>
          {factsOf(item).map(({ name, value }) => (
            <div key={name}>
              <dt>{words.factNames[name]}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  )
}

type StockPanelProps = { readonly productId: string; readonly onChange: ((row: StockRow) => void) | undefined }

function StockPanel({ productId, onChange }: StockPanelProps) {
  useLiveStock()
  const answer = useQuery({ ...productStockQuery(productId), refetchInterval: 20_000 })
  const names = useStoreNames()
  const rows = useMemo(() => prepareStock(answer.data?.items ?? [], names), [answer.data, names])
  const onHand = rows.reduce((sum, row) => sum + row.onHand, 0)
  const stores = counted(rows.length, ...words.stores)
  return (
    <Panel
      id="stock"
      title={words.stock}
      about={rows.length === 0 ? undefined : words.stockAbout(formatNumber(onHand), stores)}
      actions={
        rows.length > STORES_SHOWN && (
          <PageLink to={INVENTORY} search={{ product: productId }}>
            {words.moreStores(formatNumber(rows.length))}
          </PageLink>
        )
      }
      state={panelStateOf(answer)}
      empty={rows.length === 0 ? { title: words.stockNone, why: words.stockNoneWhy } : undefined}
      skeleton="table"
      className={classes.wide}
    >
      <StoreStock rows={rows} most={STORES_SHOWN} onChange={onChange} />
    </Panel>
  )
}

type Shown = {
  readonly item: ItemAnswer | undefined
  readonly state: PanelState
  readonly storeName: (id: string) => string
}

function AlertsPanel({ item, state, storeName }: Shown) {
  const nowMs = engineNowMs(useQueryClient())
  const alerts = item?.alerts ?? []
  return (
    <Panel
      id="alerts"
      title={words.alerts}
      about={alerts.length === 0 ? undefined : formatNumber(alerts.length)}
      state={state}
      empty={alerts.length === 0 ? { title: words.alertsNone, why: words.alertsNoneWhy } : undefined}
      className={classes.narrow}
    >
      <ul className={classes.list}>
        {alerts.map((alert) => (
          <li key={alert.id} className={classes.alert} data-severity={alert.severity}>
            {alert.severity === 'CRITICAL' ? <CriticalIcon size={16} /> : <WarningIcon size={16} />}
            <div>
              <p>{alert.text}</p>
              <p className={classes.hint}>
                {[
                  alert.storeName ?? storeName(alert.storeId),
                  words.since(formatMoment(Date.parse(alert.openedAt), nowMs, OWN_ZONE)),
                  alert.state === 'acknowledged' ? words.acknowledged : '',
                ]
                  .filter(Boolean)
                  .join(', ')}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const NoSeries = () => (
  <Panel
    id="series"
    title={words.revenue}
    empty={{ title: words.seriesNotKept, why: words.seriesNotKeptWhy }}
    className={classes.wide}
  >
    {null}
  </Panel>
)

type ChartsProps = {
  readonly productId: string
  readonly item: ItemAnswer | undefined
  readonly currency: string | null
  readonly prices: readonly PriceLine[]
  readonly storeName: (id: string) => string
}

/** Revenue, units and price by day. */
function Charts({ productId, item, currency, prices, storeName }: ChartsProps) {
  const [{ days }, change] = usePageState(FIELDS)
  const count = Number(days)
  const from = useFirstDay(count)
  const ready = { enabled: item !== undefined && from !== undefined }
  const asked = (measure: 'units' | 'goodsRevenue' | 'grossRevenue') => ({
    ...daysQuery(measure, productId, from ?? '', currency),
    ...ready,
  })
  const units = useFresh(asked('units'))
  const revenue = useFresh(asked('goodsRevenue'))
  const gross = useFresh(asked('grossRevenue'))
  const annotations = useMemo(() => alertAnnotations(item?.alerts ?? []), [item])
  const spec = (answer: SeriesAnswer | undefined, title: string): ChartSpec | undefined =>
    answer && daysSpec(answer, title, count, annotations)
  const price = gross.data && units.data ? priceSpec(gross.data, units.data, prices, count, storeName) : undefined
  return (
    <>
      <div className={classes.period}>
        <SegmentedControl
          aria-label={words.period}
          size="xs"
          value={days}
          data={DAYS.map((value) => ({ value, label: words.days(value) }))}
          onChange={(value) => change({ days: value as (typeof DAYS)[number] })}
          transitionDuration={0}
        />
      </div>
      <ChartPanel
        id="revenue"
        title={words.revenue}
        spec={spec(revenue.data, words.revenue)}
        state={panelStateOf(revenue)}
        height={200}
        className={classes.half}
      />
      <ChartPanel
        id="units"
        title={words.units}
        spec={spec(units.data, words.units)}
        state={panelStateOf(units)}
        height={200}
        className={classes.half}
      />
      <ChartPanel
        id="price"
        title={words.price}
        spec={price}
        state={panelStateOf(gross, units)}
        height={200}
        className={classes.wide}
      />
    </>
  )
}

/** The start of the first of so many business days with today, in the merchant's zone; undefined: not known yet. */
function useFirstDay(days: number): string | undefined {
  const client = useQueryClient()
  const { data: metrics } = useQuery({ ...metricsQuery, enabled: false })
  const zone = metrics?.window.timeZone
  const today = metrics?.window.from
  return useMemo(() => {
    if (zone === undefined || today === undefined) return undefined
    const period = days === 7 ? '7d' : days === 28 ? '28d' : '90d'
    return spanOf({ period, compare: 'none' }, engineNowMs(client), zone).from
  }, [client, days, zone, today])
}

type PricesProps = { readonly prices: readonly PriceLine[] } & Omit<Shown, 'item'>

function PricesPanel({ prices, state, storeName }: PricesProps) {
  const nowMs = engineNowMs(useQueryClient())
  return (
    <Panel
      id="prices"
      title={words.priceMoves}
      state={state}
      empty={prices.length === 0 ? { title: words.priceMovesNone, why: words.priceMovesNoneWhy } : undefined}
      className={classes.narrow}
    >
      <ul className={classes.shortList}>
        {prices.map((line) => (
          <li key={line.key}>
            <p>{movedText(line)}</p>
            <p className={classes.hint}>
              {formatMoment(line.at, nowMs, OWN_ZONE)} {words.inStore(storeName(line.storeId))}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function EventsPanel({ item, state, storeName }: Shown) {
  const nowMs = engineNowMs(useQueryClient())
  const events = useMemo(() => prepareEvents(item?.recent ?? []), [item])
  return (
    <Panel
      id="events"
      title={words.events}
      state={state}
      empty={events.length === 0 ? { title: words.eventsNone, why: words.eventsNoneWhy } : undefined}
      className={classes.wide}
    >
      <ul className={classes.events}>
        {events.map((event) => (
          <EventRow key={`${event.id} ${event.kind}`} event={event} nowMs={nowMs} store={storeName(event.storeId)} />
        ))}
      </ul>
    </Panel>
  )
}

const EventRow = ({ event, nowMs, store }: { event: EventLine; nowMs: number; store: string }) => (
  <li>
    <span className={classes.when}>{formatMoment(event.at, nowMs, OWN_ZONE)}</span>
    <span className={classes.what} data-kind={event.kind}>
      {words.eventNames[event.kind]}
    </span>
    <span className={classes.count}>{event.units}</span>
    <span className={classes.count}>{event.amount}</span>
    <span className={classes.hint}>{[store, event.why].filter(Boolean).join(' · ')}</span>
  </li>
)

type RefundsProps = Omit<Shown, 'storeName'> & { readonly currency: string | null }

function RefundsPanel({ item, currency, state }: RefundsProps) {
  const refunds = item === undefined ? null : refundsOf(item, currency)
  const empty =
    item?.windows.sevenDays === null
      ? { title: words.windowNotKept, why: words.refundsNotKept }
      : refunds === null || refunds.count === 0
        ? { title: words.refundsNone, why: words.refundsNoneWhy }
        : undefined
  return (
    <Panel id="refunds" title={words.refunds} about={words.refundsAbout} state={state} empty={empty}>
      {refunds && (
        <dl className={classes.facts}>
          <div>
            <dt>{words.measures.refunds}</dt>
            <dd>{formatNumber(refunds.count)}</dd>
          </div>
          <div>
            <dt>{words.measures.refundAmount}</dt>
            <dd>
              {moneyText(refunds.amountMinor, currency!)} {currency}
            </dd>
          </div>
          {refunds.share !== null && (
            <div>
              <dt>{words.refundShare}</dt>
              <dd>{formatNumber(refunds.share, { style: 'percent', maximumFractionDigits: 1 })}</dd>
            </div>
          )}
        </dl>
      )}
    </Panel>
  )
}
