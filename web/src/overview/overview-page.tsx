import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import { formatTime } from '../format/format-time.ts'
import { CardBoundary } from '../frame/card-boundary.tsx'
import { StaleBanner } from '../frame/connection-status.tsx'
import { PageBody, PageColumn } from '../frame/page-body.tsx'
import { alertsQuery } from '../reach/queries.ts'
import { useScope } from '../scope/use-scope.ts'
import { AlertsCard } from './alerts-card.tsx'
import { CategoriesPanel, CumulativePanel, ProductsPanel, VolumePanel } from './breakdown-panels.tsx'
import { ChangesPanel } from './changes-panel.tsx'
import { tileMeasures, wordsOf } from './measure-words.ts'
import { NothingYet, useNothingYet } from './nothing-yet.tsx'
import classes from './overview-page.module.css'
import { SalesCard } from './sales-card.tsx'
import { FIRST_TILES, Tiles } from './tiles.tsx'
import { TrendPanel } from './trend-panel.tsx'
import { useFigures, useIsInScope, useOverviewState } from './use-overview.ts'
import { words } from './words.ts'

/** How is today, what is wrong, what should I do: shown only once the figures are known. */
export function OverviewPage() {
  const { span } = useScope()
  const { figures, against, currency } = useFigures()
  const { data: alerts } = useQuery(alertsQuery)
  const empty = useNothingYet()
  const [state, change] = useOverviewState()
  const inScope = useIsInScope()
  const shown = useMemo(() => (alerts?.items ?? []).filter(({ storeId }) => inScope(storeId)), [alerts, inScope])
  const { data: metrics } = figures
  const known = metrics !== undefined && empty !== undefined
  // What is further down comes right after: it keeps nobody from reading what is at the top.
  const below = useDeferredValue(known, false)
  if (!known) return <OverviewSkeleton />
  if (empty) {
    return (
      <PageColumn>
        <StaleBanner />
        <NothingYet />
      </PageColumn>
    )
  }
  const { window } = metrics
  const toMs = Date.parse(window.to)
  const nowMs = Date.parse(metrics.asOf)
  const fromMs = Date.parse(window.from)
  const firstDay = formatTime(fromMs, window.timeZone, 'date')
  const all = state.figures === 'all'
  const { measure } = wordsOf(state.measure)
  // Of products in one place the engine keeps the day so far alone.
  const hasGroups = metrics.scope.by === 'total' || (span.isToday && metrics.scope.by !== 'category')
  return (
    <PageBody
      title={span.label}
      about={
        <>
          {span.days > 1 ? words.until(firstDay, formatTime(toMs - 1, window.timeZone, 'date')) : firstDay},{' '}
          {words.until(
            formatTime(fromMs, window.timeZone, 'clock'),
            formatTime(toMs, window.timeZone, span.isToday ? 'clockSeconds' : 'clock'),
          )}
          , {window.timeZone}
        </>
      }
      beside={
        <button
          type="button"
          className={classes.more}
          aria-expanded={all}
          onClick={() => change({ figures: all ? undefined : 'all' })}
        >
          {all ? words.fewerFigures : words.moreFigures(tileMeasures.length - FIRST_TILES)}
        </button>
      }
      live
    >
      <CardBoundary name={words.figures}>
        <Tiles
          metrics={metrics}
          against={against}
          charted={measure}
          all={all}
          onChart={(next) => change({ measure: next === tileMeasures[0].measure ? undefined : next })}
        />
      </CardBoundary>
      <div className={classes.middle}>
        <TrendPanel measure={measure} currency={currency} alerts={shown} />
        <CardBoundary name={words.alerts.title}>
          <AlertsCard timeZone={window.timeZone} nowMs={nowMs} inScope={inScope} />
        </CardBoundary>
      </div>
      {below && (
        <>
          <div className={classes.thirds}>
            {hasGroups && <CategoriesPanel currency={currency} />}
            {hasGroups && <ProductsPanel currency={currency} />}
            <CumulativePanel currency={currency} />
            <ChangesPanel />
            <VolumePanel currency={currency} />
          </div>
          <CardBoundary name={words.sales.title}>
            <SalesCard timeZone={window.timeZone} nowMs={nowMs} inScope={inScope} />
          </CardBoundary>
        </>
      )}
    </PageBody>
  )
}

/** In the shape of what comes. */
export function OverviewSkeleton() {
  return (
    <PageColumn role="status" aria-label={words.loading}>
      <div className={classes.skeleton}>
        <div className={classes.boneHead}>
          <Bones of={1} />
        </div>
        <div className={classes.boneTiles}>
          {[1, 2, 3, 4, 5, 6].map((tile) => (
            <div key={tile} className={classes.boneCard}>
              <Bones of={3} />
            </div>
          ))}
        </div>
        <div className={classes.middle}>
          <div className={classes.boneCard}>
            <Bones of={2} />
            <span className={classes.bonePicture} />
          </div>
          <div className={classes.boneCard}>
            <Bones of={9} />
          </div>
        </div>
        <div className={classes.boneCard}>
          <Bones of={5} />
        </div>
      </div>
    </PageColumn>
  )
}

const Bones = ({ of }: { readonly of: number }) =>
  Array.from({ length: of }, (_, bone) => bone).map((bone) => <span key={bone} className={classes.bone} />)
