import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { z } from 'zod/mini'
import type { StoresAnswer } from '#core/api/listings.ts'
import { ChartPanel } from '../chart/chart-panel.tsx'
import { ProductsPanel } from '../forecast/forecast-page.tsx'
import { forecastSpec } from '../forecast/prepare-forecast.ts'
import { forecastQuery } from '../forecast/requests.ts'
import { CardBoundary } from '../frame/card-boundary.tsx'
import { PageBody } from '../frame/page-body.tsx'
import { usePageState } from '../frame/page-state.ts'
import { AlertsCard } from '../overview/alerts-card.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { OWN_ZONE } from '../people/use-names.ts'
import { storesQuery } from '../reach/queries.ts'
import { useNow } from '../reach/use-now.ts'
import { RiskPanel } from '../stores/risk-panel.tsx'
import classes from './manager.module.css'
import { OrdersPanel } from './orders-panel.tsx'
import { words } from './words.ts'

const FIELDS = { store: z.optional(z.string().check(z.minLength(1))) }

/** One store, as whoever runs it begins the day: risk, alerts, the week to come. */
export function ManagerPage() {
  const [{ store }, change] = usePageState(FIELDS)
  const answer = useQuery(storesQuery)
  const stores = answer.data
  const shown = stores?.find(({ storeId }) => storeId === store) ?? stores?.[0]
  return (
    <PageBody title={words.title} about={words.about}>
      {shown === undefined ? (
        <Panel
          id="stores"
          title={words.stores}
          state={panelStateOf(answer)}
          empty={stores && { title: words.noStores, why: words.noStoresWhy }}
        >
          {null}
        </Panel>
      ) : (
        <>
          <Select
            className={classes.choice}
            label={words.store}
            data={stores!.map(({ storeId, name }) => ({ value: storeId, label: name ?? storeId }))}
            value={shown.storeId}
            allowDeselect={false}
            searchable
            onChange={(next) => change({ store: next ?? undefined })}
            comboboxProps={{ transitionProps: { duration: 0 } }}
          />
          <OneStore key={shown.storeId} listing={shown} />
        </>
      )}
    </PageBody>
  )
}

function OneStore({
  listing: { storeId, name = storeId, timeZone = OWN_ZONE },
}: {
  readonly listing: StoresAnswer['items'][number]
}) {
  const nowMs = useNow()
  const inScope = useMemo(() => (other: string) => other === storeId, [storeId])
  return (
    <>
      <div className={classes.halves}>
        <RiskPanel storeId={storeId} />
        <div className={classes.alerts}>
          <CardBoundary name={words.alerts}>
            <AlertsCard timeZone={timeZone} nowMs={nowMs} inScope={inScope} />
          </CardBoundary>
        </div>
      </div>
      <div className={classes.halves}>
        <div className={classes.column}>
          <Demand storeId={storeId} name={name} />
          <OrdersPanel store={storeId} />
        </div>
        <ProductsPanel store={storeId} />
      </div>
    </>
  )
}

function Demand({ storeId, name }: { readonly storeId: string; readonly name: string }) {
  const answer = useQuery(forecastQuery({ store: storeId }))
  const { data } = answer
  const spec = useMemo(() => (data?.days.length ? forecastSpec(data, name) : undefined), [data, name])
  return (
    <ChartPanel
      id="demand"
      title={words.demand(name)}
      state={panelStateOf(answer)}
      empty={data?.days.length === 0 ? { title: words.none, why: words.noneWhy } : undefined}
      spec={spec}
      about={spec?.span}
      height={280}
    />
  )
}
