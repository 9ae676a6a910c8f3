import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { StoresAnswer } from '#core/api/listings.ts'
import type { StockItem } from '#core/api/stock.ts'
import type { TimeSpec } from '../chart/chart-spec.ts'
import { moneyText } from '../format/format-money.ts'
import { CardBoundary } from '../frame/card-boundary.tsx'
import { StaleBanner, useConnectionWords } from '../frame/connection-status.tsx'
import { PageLink } from '../frame/page-link.tsx'
import { useGoTo, usePathParam } from '../frame/page-path.ts'
import { CriticalIcon, WarningIcon } from '../icons.tsx'
import { AlertsCard } from '../overview/alerts-card.tsx'
import { ProductsPanel } from '../overview/breakdown-panels.tsx'
import { tileMeasures, wordsOf } from '../overview/measure-words.ts'
import { Tiles } from '../overview/tiles.tsx'
import { TrendPanel } from '../overview/trend-panel.tsx'
import { useFigures, useIsInScope, useOverviewState } from '../overview/use-overview.ts'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { itemPath, STORES, storePath } from '../paths.ts'
import { answerOf, engine } from '../reach/ask-engine.ts'
import { alertsQuery, storesQuery } from '../reach/queries.ts'
import { useFresh } from '../reach/use-fresh.ts'
import { useScope } from '../scope/use-scope.ts'
import type { DataColumn } from '../table/data-column.ts'
import { DataTable } from '../table/data-table.tsx'
import { isOpenAt, openHours, readOpeningHours } from './opening-hours.ts'
import { withClosed } from './prepare-stores.ts'
import classes from './stores-page.module.css'
import { words } from './words.ts'

/** One store: its figures, its hours, what sells, what runs low, what is wrong. */
export function StorePage() {
  const storeId = usePathParam('storeId')
  const isThere = useStoreInScope(storeId)
  const stores = useQuery(storesQuery)
  const listing = stores.data?.find((each) => each.storeId === storeId)
  const { stale } = useConnectionWords()
  const { span } = useScope()
  const { figures, against, currency } = useFigures()
  const { data: alerts } = useQuery(alertsQuery)
  const inScope = useIsInScope()
  const shown = useMemo(() => (alerts?.items ?? []).filter((alert) => alert.storeId === storeId), [alerts, storeId])
  const [{ measure: charted }, change] = useOverviewState()
  const { measure } = wordsOf(charted)
  const finish = useCallback((spec: TimeSpec) => withClosed(spec, listing), [listing])
  const metrics = isThere ? figures.data : undefined
  const name = listing?.name ?? storeId
  return (
    <div className={classes.page} data-stale={stale || undefined}>
      <StaleBanner />
      <header className={classes.head}>
        <h1>{name}</h1>
        <p>
          {[span.label, listing?.city, listing?.region, listing?.timeZone].filter(Boolean).join(', ')}
          {metrics && <Facts listing={listing} metrics={metrics} currency={currency} />}
        </p>
        <PageLink to={STORES} className={classes.back}>
          {words.toStores}
        </PageLink>
      </header>
      {metrics === undefined ? (
        <Panel id="figures" title={words.figures} state={panelStateOf(figures)} skeleton="tiles">
          {null}
        </Panel>
      ) : (
        <CardBoundary name={words.figures}>
          <Tiles
            metrics={metrics}
            against={against}
            charted={measure}
            all
            onChart={(next) => change({ measure: next === tileMeasures[0].measure ? undefined : next })}
          />
        </CardBoundary>
      )}
      {metrics !== undefined && (
        <>
          <div className={classes.middle}>
            <TrendPanel measure={measure} currency={currency} alerts={shown} finish={finish} />
            <CardBoundary name={words.alerts}>
              <AlertsCard timeZone={metrics.window.timeZone} nowMs={Date.parse(metrics.asOf)} inScope={inScope} />
            </CardBoundary>
          </div>
          <div className={classes.halves}>
            {span.isToday && <ProductsPanel currency={currency} />}
            <RiskPanel storeId={storeId} />
          </div>
        </>
      )}
    </div>
  )
}

/** The page and the bar above it are about the same store: whichever was changed last leads. */
function useStoreInScope(storeId: string): boolean {
  const { scope } = useScope()
  const navigate = useNavigate()
  const goTo = useGoTo()
  const settled = useRef('')
  useEffect(() => {
    if (scope.store === storeId) {
      settled.current = storeId
    } else if (settled.current === storeId) {
      goTo(scope.store === undefined ? STORES : storePath(scope.store))
    } else {
      const next = ({ region: _region, category: _category, ...before }: Readonly<Record<string, string>>) => ({
        ...before,
        store: storeId,
      })
      void navigate({ search: next, replace: true } as never)
    }
  }, [scope.store, storeId, navigate, goTo])
  return scope.store === storeId
}

type Listing = StoresAnswer['items'][number]

type FactsProps = {
  readonly listing: Listing | undefined
  readonly metrics: NonNullable<ReturnType<typeof useFigures>['figures']['data']>
  readonly currency: string | null
}

/** Its hours, its size, and the revenue for each. */
function Facts({ listing, metrics, currency }: FactsProps) {
  const hours = readOpeningHours(listing?.openingHours)
  const zone = listing?.timeZone ?? metrics.window.timeZone
  const [fromMs, toMs, nowMs] = [
    Date.parse(metrics.window.from),
    Date.parse(metrics.window.to),
    Date.parse(metrics.asOf),
  ]
  const net = currency === null ? null : (metrics.money[currency]?.netRevenue.value ?? null)
  const told = (minor: number) => `${moneyText(Math.round(minor), currency!)} ${currency}`
  const hoursOpen = hours === null ? 0 : openHours(hours, fromMs, toMs, zone)
  const isOpen = hours !== null && isOpenAt(hours, nowMs, zone)
  return (
    <>
      {' · '}
      {hours === null ? (
        words.hoursUnsaid
      ) : (
        <>
          {words.opens(listing!.openingHours!)},{' '}
          <span className={isOpen ? classes.open : classes.closed}>{isOpen ? words.isOpen : words.isClosed}</span>
        </>
      )}
      {net !== null && hoursOpen > 0 && ` · ${words.perHourFact(told(net / hoursOpen))}`}
      {listing?.sizeSqft !== undefined && ` · ${words.sqft(listing.sizeSqft)}`}
      {net !== null && listing?.sizeSqft !== undefined && ` · ${words.perSqftFact(told(net / listing.sizeSqft))}`}
    </>
  )
}

const MOST_AT_RISK = 100
const EVERY_MS = 5000

/** What runs low in this store, most urgent first. */
function RiskPanel({ storeId }: { readonly storeId: string }) {
  const answer = useFresh(
    {
      queryKey: ['stock', 'risk', storeId],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        answerOf(
          engine.GET('/stock', { signal, params: { query: { store: storeId, risk: 'any', limit: MOST_AT_RISK } } }),
        ),
    },
    { everyMs: EVERY_MS },
  )
  const goTo = useGoTo()
  const items = answer.data?.items
  return (
    <Panel
      id="risk"
      title={words.risk}
      about={words.riskAbout}
      state={panelStateOf(answer)}
      empty={items?.length === 0 ? words.noRisk : undefined}
      skeleton="table"
      flush
    >
      {items && (
        <DataTable
          id="risk"
          name={words.risk}
          columns={RISK_COLUMNS}
          rows={items}
          rowKey={({ productId }) => productId}
          onOpen={({ productId }) => goTo(itemPath(productId))}
          height="420px"
          keys={false}
          card={(item) => ({
            title: <PageLink to={itemPath(item.productId)}>{item.title ?? item.productId}</PageLink>,
            facts: [
              { name: words.atRisk, value: <Risk item={item} /> },
              { name: words.onHand, value: item.onHand },
              { name: words.perDay, value: item.unitsPerDay.toFixed(1) },
            ],
          })}
        />
      )}
    </Panel>
  )
}

const isCritical = ({ alert }: StockItem) => alert?.severity === 'CRITICAL'

const riskText = (item: StockItem): string =>
  item.alert === null
    ? ''
    : item.alert.kind === 'LOW_STOCK' && isCritical(item)
      ? words.critical
      : (words.kinds[item.alert.kind] ?? item.alert.kind)

const Risk = ({ item }: { readonly item: StockItem }) => (
  <span className={classes.risk} data-critical={isCritical(item) || undefined}>
    {isCritical(item) ? <CriticalIcon size={14} /> : <WarningIcon size={14} />}
    {riskText(item)}
  </span>
)

const RISK_COLUMNS: DataColumn<StockItem>[] = [
  {
    id: 'product',
    name: words.product,
    value: ({ title, productId }) => title ?? productId,
    show: ({ title, productId }) => <PageLink to={itemPath(productId)}>{title ?? productId}</PageLink>,
    width: 220,
  },
  { id: 'risk', name: words.atRisk, value: riskText, show: (item) => <Risk item={item} />, filter: true, width: 120 },
  { id: 'onHand', name: words.onHand, kind: 'number', sum: true, value: ({ onHand }) => onHand, width: 90 },
  { id: 'perDay', name: words.perDay, kind: 'number', digits: 1, value: ({ unitsPerDay }) => unitsPerDay, width: 80 },
  {
    id: 'cover',
    name: words.cover,
    kind: 'number',
    digits: 1,
    value: ({ daysOfCover }) => daysOfCover,
    width: 120,
  },
]
