import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { z } from 'zod/mini'
import type { ForecastAnswer } from '#core/api/forecasts.ts'
import { ChartPanel } from '../chart/chart-panel.tsx'
import { dayText } from '../chart/day-bucket.ts'
import { PageBody } from '../frame/page-body.tsx'
import { PageLink } from '../frame/page-link.tsx'
import { usePageState } from '../frame/page-state.ts'
import { ProductChoice } from '../inventory/product-choice.tsx'
import { Panel } from '../panel/panel.tsx'
import { type PanelState, panelStateOf } from '../panel/panel-state.ts'
import { FORECAST } from '../paths.ts'
import { useAccount } from '../people/account-context.ts'
import { storesQuery } from '../reach/queries.ts'
import classes from './forecast.module.css'
import { forecastSpec, methodWeeks } from './prepare-forecast.ts'
import { forecastProductsQuery, forecastQuery } from './requests.ts'
import { WhyPanel } from './why-panel.tsx'
import { units, words } from './words.ts'

const name = z.optional(z.string().check(z.minLength(1)))
const FIELDS = { product: name, store: name, day: name }

type Named = { readonly storeId: string; readonly name: string }

/** A store that nobody has listed is named by its id. */
const withChosen = (stores: readonly Named[], chosen: string | undefined): readonly Named[] =>
  chosen === undefined || stores.some(({ storeId }) => storeId === chosen)
    ? stores
    : [...stores, { storeId: chosen, name: chosen }]

/** What sold and what will: of all, of a store, of a product; and why. */
export function ForecastPage() {
  const [asked, change] = usePageState(FIELDS)
  const { data: stores = [] } = useQuery(storesQuery)
  const own = useAccount().stores
  // A total over some stores alone is kept nowhere: whoever sees some begins with the first.
  const store = asked.store ?? (own !== null && asked.product === undefined ? own[0] : undefined)
  const { product, day } = asked
  const answer = useQuery(forecastQuery({ product, store }))
  const state = panelStateOf(answer)
  const storeName = stores.find(({ storeId }) => storeId === store)?.name ?? store
  const productName = product === undefined ? words.everything : (answer.data?.title ?? product)
  const of = [productName, storeName ?? words.allStores].join(', ')
  const { data } = answer
  const spec = useMemo(() => (data?.history.length ? forecastSpec(data, of) : undefined), [data, of])
  const empty = answer.data && nothingIn(answer.data)
  return (
    <PageBody title={words.title} about={words.about}>
      <div className={classes.choice}>
        <ProductChoice
          productId={product}
          product={answer.data?.title ?? undefined}
          onChoose={(next) => change({ product: next, day: undefined })}
        />
        <Select
          label={words.store}
          placeholder={words.allStores}
          data={withChosen(stores, store).map(({ storeId, name: label }) => ({ value: storeId, label }))}
          value={store ?? null}
          searchable
          clearable={own === null || product !== undefined}
          onChange={(next) => change({ store: next ?? undefined })}
          comboboxProps={{ transitionProps: { duration: 0 } }}
        />
      </div>
      <ChartPanel
        id="forecast"
        title={words.chart(of)}
        state={state}
        empty={answer.data?.history.length === 0 ? empty : undefined}
        spec={spec}
        about={spec?.span}
        height={300}
      />
      <div className={classes.halves}>
        <DaysPanel state={state} answer={answer.data} empty={empty} />
        {product === undefined ? (
          <ProductsPanel store={store} />
        ) : (
          <WhyPanel
            product={product}
            store={store}
            days={answer.data?.days.map((one) => one.day) ?? []}
            day={day}
            onDay={(next) => change({ day: next })}
          />
        )}
      </div>
      <div className={classes.halves}>
        <ServedPanel state={state} answer={answer.data} empty={empty} />
        {answer.data !== undefined && answer.data.methods.length > 0 && <MethodsPanel answer={answer.data} />}
      </div>
    </PageBody>
  )
}

const REASONS = {
  'nothing-forecast': { title: words.nothing, why: words.nothingWhy },
  'not-sold': { title: words.notSold, why: words.notSoldWhy },
  older: { title: words.older, why: words.olderWhy },
} as const

type Empty = { readonly title: string; readonly why: string } | undefined
const nothingIn = ({ why }: ForecastAnswer): Empty => (why === null ? undefined : REASONS[why])

type Shown = { readonly state: PanelState; readonly answer: ForecastAnswer | undefined; readonly empty: Empty }

const DaysPanel = ({ state, answer, empty }: Shown) => (
  <Panel id="days" title={words.days} about={words.daysAbout} state={state} empty={empty} skeleton="table" flush>
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{words.columns.day}</th>
          <th scope="col">{words.columns.low}</th>
          <th scope="col">{words.columns.median}</th>
          <th scope="col">{words.columns.mean}</th>
          <th scope="col">{words.columns.high}</th>
        </tr>
      </thead>
      <tbody>
        {answer?.days.map(({ day, q10, median, mean, q90 }) => (
          <tr key={day}>
            <th scope="row">{dayText(day)}</th>
            <td>{units(q10)}</td>
            <td>{units(median)}</td>
            <td>{units(mean)}</td>
            <td>{units(q90)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Panel>
)

const ServedPanel = ({ state, answer, empty }: Shown) => (
  <Panel id="served" title={words.served} state={state} empty={empty} skeleton="lines" flush>
    <table className={classes.table}>
      <tbody>
        {answer?.servedBy.map(({ by, segment, modelVersion, series }) => (
          <tr key={`${by} ${segment} ${modelVersion}`}>
            <th scope="row">
              {words.servedBy(by)}{' '}
              <span className={classes.light}>
                {modelVersion === null ? words.baseline : words.version(modelVersion)}
              </span>
            </th>
            <td>{words.segment(segment, series)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Panel>
)

const MethodsPanel = ({ answer }: { readonly answer: ForecastAnswer }) => (
  <Panel id="methods" title={words.methods} about={words.methodsAbout} flush>
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{words.method}</th>
          <th scope="col">{words.week}</th>
        </tr>
      </thead>
      <tbody>
        {methodWeeks(answer).map(({ name: method, week }) => (
          <tr key={method}>
            <th scope="row">{method}</th>
            <td>{units(week)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Panel>
)

const MOST_PRODUCTS = 12

/** Those that will sell most, each a way to its own forecast. */
export function ProductsPanel({ store }: { readonly store: string | undefined }) {
  const answer = useQuery(forecastProductsQuery(store, MOST_PRODUCTS))
  const items = answer.data?.items
  const empty = items?.length === 0 ? REASONS['nothing-forecast'] : undefined
  const search = (product: string) => ({ product, ...(store !== undefined && { store }) })
  return (
    <Panel
      id="products"
      title={words.products}
      about={words.productsAbout}
      state={panelStateOf(answer)}
      empty={empty}
      skeleton="table"
      flush
    >
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{words.product}</th>
            <th scope="col">{words.week}</th>
            <th scope="col">{words.inStores}</th>
          </tr>
        </thead>
        <tbody>
          {items?.map(({ productId, title, week, stores }) => (
            <tr key={productId}>
              <th scope="row">
                <PageLink to={FORECAST} search={search(productId)}>
                  {title ?? productId}
                </PageLink>
              </th>
              <td>{units(week)}</td>
              <td>{stores}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
