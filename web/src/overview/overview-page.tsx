import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { AlertItem } from '#core/api/alerts.ts'
import { ChartPanel } from '../chart/chart-panel.tsx'
import { formatTime } from '../format/format-time.ts'
import { CardBoundary } from '../frame/card-boundary.tsx'
import { StaleBanner, useConnectionWords } from '../frame/connection-status.tsx'
import { useShortcut } from '../frame/shortcuts.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { alertsQuery, metricsQuery, transactionsQuery } from '../reach/queries.ts'
import { AlertsCard } from './alerts-card.tsx'
import { type TileMeasure, wordsOf } from './measure-words.ts'
import { NothingYet, useNothingYet } from './nothing-yet.tsx'
import classes from './overview-page.module.css'
import { prepareLastHour } from './prepare-last-hour.ts'
import { currenciesBySize } from './prepare-tiles.ts'
import { SalesCard } from './sales-card.tsx'
import { Tiles } from './tiles.tsx'
import { useLastHour } from './use-last-hour.ts'

/** How is today, what is wrong, what should I do: shown only once the day's figures are known. */
export function OverviewPage() {
  const { data: metrics } = useQuery({ ...metricsQuery, enabled: false })
  const { data: alerts, isPending: alertsPending } = useQuery(alertsQuery)
  const { isPending: transactionsPending } = useQuery(transactionsQuery)
  const empty = useNothingYet()
  const { stale } = useConnectionWords()
  const [charted, chart] = useCharted()
  useShortcut('g a', 'Alerts', () => goTo('alerts'))
  useShortcut('g s', 'Sales', () => goTo('sales'))
  // Whether anything has ever happened is known only when all three have answered, or failed to.
  if (metrics === undefined || alertsPending || transactionsPending) return <OverviewSkeleton />
  if (empty) {
    return (
      <div className={classes.page}>
        <StaleBanner />
        <NothingYet />
      </div>
    )
  }
  const { window } = metrics
  const toMs = Date.parse(window.to)
  const currency = currenciesBySize(metrics)[0] ?? null
  return (
    <div className={classes.page} data-stale={stale || undefined}>
      <StaleBanner />
      <header className={classes.head}>
        <h1>Today</h1>
        <p>
          {formatTime(toMs, window.timeZone, 'date')}, {formatTime(Date.parse(window.from), window.timeZone, 'clock')}{' '}
          to {formatTime(toMs, window.timeZone, 'clockSeconds')}, {window.timeZone}
        </p>
      </header>
      <CardBoundary name="Today’s figures">
        <Tiles metrics={metrics} charted={charted} onChart={chart} />
      </CardBoundary>
      <div className={classes.middle}>
        <CardBoundary name="The chart">
          <LastHour measure={charted} currency={currency} alerts={alerts?.items ?? NONE} />
        </CardBoundary>
        <CardBoundary name="Alerts">
          <AlertsCard timeZone={window.timeZone} nowMs={toMs} />
        </CardBoundary>
      </div>
      <CardBoundary name="Transactions">
        <SalesCard timeZone={window.timeZone} nowMs={toMs} />
      </CardBoundary>
    </div>
  )
}

const NONE: [] = []

type LastHourProps = {
  readonly measure: TileMeasure
  readonly currency: string | null
  readonly alerts: readonly AlertItem[]
}

function LastHour({ measure, currency, alerts }: LastHourProps) {
  const answer = useLastHour(measure, wordsOf(measure).kind === 'money' ? currency : null, 2000)
  const { data } = answer
  const spec = useMemo(() => data && prepareLastHour(data, alerts), [data, alerts])
  return (
    <ChartPanel
      id="trend"
      title={`${wordsOf(measure).name} by minute`}
      spec={spec}
      state={panelStateOf(answer)}
      height="fill"
    />
  )
}

/** Which measure the chart shows stands in the address, so that it can be sent and kept. */
function useCharted(): [TileMeasure, (measure: TileMeasure) => void] {
  const [charted, setCharted] = useState(() => wordsOf(new URLSearchParams(location.search).get('measure')).measure)
  const chart = (measure: TileMeasure) => {
    const address = new URL(location.href)
    address.searchParams.set('measure', measure)
    history.replaceState(null, '', address)
    setCharted(measure)
  }
  return [charted, chart]
}

function goTo(id: string): void {
  const element = document.getElementById(id)
  element?.scrollIntoView({ block: 'start' })
  const target = element?.matches('[tabindex]') ? element : element?.querySelector<HTMLElement>('a, button, [tabindex]')
  target?.focus({ preventScroll: true })
}

/** In the shape of what comes. */
export function OverviewSkeleton() {
  return (
    <div className={classes.page} role="status" aria-label="Loading">
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
    </div>
  )
}

const Bones = ({ of }: { readonly of: number }) =>
  Array.from({ length: of }, (_, bone) => bone).map((bone) => <span key={bone} className={classes.bone} />)
