import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { StoresAnswer } from '#core/api/listings.ts'
import type { TimeSpec } from '../chart/chart-spec.ts'
import { moneyText } from '../format/format-money.ts'
import { CardBoundary } from '../frame/card-boundary.tsx'
import { PageBody } from '../frame/page-body.tsx'
import { PageLink } from '../frame/page-link.tsx'
import { useGoTo, usePathParam } from '../frame/page-path.ts'
import { AlertsCard } from '../overview/alerts-card.tsx'
import { ProductsPanel } from '../overview/breakdown-panels.tsx'
import { tileMeasures, wordsOf } from '../overview/measure-words.ts'
import { Tiles } from '../overview/tiles.tsx'
import { TrendPanel } from '../overview/trend-panel.tsx'
import { useFigures, useIsInScope, useOverviewState } from '../overview/use-overview.ts'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { STORES, storePath } from '../paths.ts'
import { alertsQuery, storesQuery } from '../reach/queries.ts'
import { useScope } from '../scope/use-scope.ts'
import { isOpenAt, openHours, readOpeningHours } from './opening-hours.ts'
import { withClosed } from './prepare-stores.ts'
import { RiskPanel } from './risk-panel.tsx'
import classes from './stores-page.module.css'
import { words } from './words.ts'

/** One store: its figures, its hours, what sells, what runs low, what is wrong. */
export function StorePage() {
  const storeId = usePathParam('storeId')
  const isThere = useStoreInScope(storeId)
  const stores = useQuery(storesQuery)
  const listing = stores.data?.find((each) => each.storeId === storeId)
  const { span } = useScope()
  const { figures, against, currency } = useFigures()
  const { data: alerts } = useQuery(alertsQuery)
  const inScope = useIsInScope()
  const shown = useMemo(() => (alerts?.items ?? []).filter((alert) => alert.storeId === storeId), [alerts, storeId])
  const [{ measure: charted }, change] = useOverviewState()
  const { measure } = wordsOf(charted)
  const finish = useCallback((spec: TimeSpec) => withClosed(spec, listing), [listing])
  const metrics = isThere ? figures.data : undefined
  return (
    <PageBody
      title={listing?.name ?? storeId}
      about={
        <>
          {[span.label, listing?.city, listing?.region, listing?.timeZone].filter(Boolean).join(', ')}
          {metrics && <Facts listing={listing} metrics={metrics} currency={currency} />}
        </>
      }
      beside={
        <PageLink to={STORES} className={classes.back}>
          {words.toStores}
        </PageLink>
      }
      live
    >
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
    </PageBody>
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
