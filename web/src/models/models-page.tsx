import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { z } from 'zod/mini'
import type { AccuracyAnswer } from '#core/api/demand-models.ts'
import { ChartPanel } from '../chart/chart-panel.tsx'
import { moneyText } from '../format/format-money.ts'
import { PageBody } from '../frame/page-body.tsx'
import { usePageState } from '../frame/page-state.ts'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { DriftPanel } from './drift-panel.tsx'
import classes from './models.module.css'
import { coverageSpec, errorSpec, predictedSpec } from './prepare-models.ts'
import { accuracyQuery } from './requests.ts'
import { VersionsPanel } from './versions-panel.tsx'
import { percent, signedPercent, words } from './words.ts'

const AHEAD = ['1', '2', '3', '4', '5', '6', '7']
const FIELDS = { ahead: z.optional(z.enum(AHEAD)) }

/** What forecasts were worth, which model makes them, and whether it still fits. */
export function ModelsPage() {
  const [{ ahead = '1' }, change] = usePageState(FIELDS)
  const answer = useQuery(accuracyQuery(Number(ahead)))
  const state = panelStateOf(answer)
  const { data } = answer
  const specs = useMemo(
    () =>
      data && data.days.length > 0
        ? { error: errorSpec(data), predicted: predictedSpec(data), inside: coverageSpec(data) }
        : undefined,
    [data],
  )
  const empty = data?.days.length === 0 ? { title: words.noAccuracy, why: words.noAccuracyWhy } : undefined
  return (
    <PageBody title={words.title} about={words.about}>
      <Select
        className={classes.ahead}
        label={words.ahead}
        data={AHEAD}
        value={ahead}
        allowDeselect={false}
        onChange={(next) => change({ ahead: next === null || next === '1' ? undefined : next })}
        comboboxProps={{ transitionProps: { duration: 0 } }}
      />
      <Panel
        id="worth"
        title={words.worth}
        about={data && empty === undefined ? words.worthAbout(data.all.forecasts) : undefined}
        state={state}
        empty={empty}
        skeleton="tiles"
      >
        {data && <Worth answer={data} />}
      </Panel>
      <div className={classes.halves}>
        <ChartPanel
          id="error"
          title={words.accuracy}
          state={state}
          empty={empty}
          spec={specs?.error}
          about={specs?.error.span}
        />
        <ChartPanel
          id="predicted"
          title={words.predicted}
          state={state}
          empty={empty}
          spec={specs?.predicted}
          about={specs?.predicted.span}
        />
      </div>
      <VersionsPanel />
      <div className={classes.halves}>
        <ChartPanel
          id="coverage"
          title={words.coverage}
          state={state}
          empty={empty}
          spec={specs?.inside}
          about={specs?.inside.span}
        />
        <DriftPanel />
      </div>
    </PageBody>
  )
}

function Worth({ answer: { all, money } }: { readonly answer: AccuracyAnswer }) {
  return (
    <>
      <dl className={classes.facts}>
        <Fact name={words.wape} value={percent(all.wape)}>
          {words.against(words.naive, percent(all.naive))}
          <br />
          {words.against(words.moving, percent(all.moving))}
        </Fact>
        <Fact name={words.bias} value={signedPercent(all.biasOfMean)}>
          {words.against(words.biasMedian, signedPercent(all.biasOfMedian))}
        </Fact>
        <Fact name={words.covered} value={percent(all.coverage80)}>
          {words.against(words.meant, percent(0.8))}
        </Fact>
        {money.map(({ currency, model, moving }) => (
          <Fact key={currency} name={words.money(currency)} value={moneyText(model, currency)}>
            {model <= moving
              ? words.saved(moneyText(moving - model, currency))
              : words.lost(moneyText(model - moving, currency))}
          </Fact>
        ))}
      </dl>
      {money.length > 0 && <p className={classes.light}>{words.moneyWhy}</p>}
    </>
  )
}

type FactProps = { readonly name: string; readonly value: string; readonly children: React.ReactNode }

const Fact = ({ name, value, children }: FactProps) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <span className={classes.figure}>{value}</span>
      <span className={classes.light}>{children}</span>
    </dd>
  </div>
)
