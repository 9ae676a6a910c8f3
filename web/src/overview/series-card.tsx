import { useComputedColorScheme } from '@mantine/core'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import type { AlertItem } from '#core/api/alerts.ts'
import { useShortcut } from '../frame/shortcuts.tsx'
import { ChartIcon, DownloadIcon, TableIcon } from '../icons.tsx'
import type { DrawnChart } from './drawn-chart.tsx'
import { csvOf, fileNameOf, saveFile } from './export-chart.ts'
import { type TileMeasure, wordsOf } from './measure-words.ts'
import { prepareSeriesChart, type SeriesChart } from './prepare-series-chart.ts'
import classes from './series-card.module.css'
import { useLastHour } from './use-last-hour.ts'

// The drawing is two thirds of all the code: the figures do not wait for it.
const Drawn = lazy(() => import('./drawn-chart.tsx'))

const EVERY_MS = 2000

type Props = { readonly measure: TileMeasure; readonly currency: string | null; readonly alerts: readonly AlertItem[] }

/** One measure of the last hour by minute, as a picture or as its table. */
export function SeriesCard({ measure, currency, alerts }: Props) {
  const words = wordsOf(measure)
  const { data, error } = useLastHour(measure, words.kind === 'money' ? currency : null, EVERY_MS)
  const chart = useMemo(() => data && prepareSeriesChart(data, alerts), [data, alerts])
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const [asTable, setAsTable] = useState(false)
  const drawn = useRef<DrawnChart>(null)
  useShortcut('t', 'The chart, or its table', () => setAsTable((it) => !it))

  const savePng = async () => {
    const image = await drawn.current?.toPng()
    if (chart && image) saveFile(fileNameOf(chart, 'png'), image)
  }
  return (
    <section className={classes.card} id="trend" aria-labelledby="trend-title">
      <header className={classes.head}>
        <div className={classes.titles}>
          <h2 id="trend-title">{words.name} by minute</h2>
          <p className={classes.about}>
            {chart === undefined
              ? 'Last hour'
              : [chart.total ?? chart.unit, 'last hour', `time in ${chart.zone}`].filter(Boolean).join(' · ')}
          </p>
        </div>
        <div className={classes.actions}>
          <button type="button" className={classes.action} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? <ChartIcon /> : <TableIcon />}
            {asTable ? 'Chart' : 'Table'}
          </button>
          <button
            type="button"
            className={classes.action}
            disabled={!chart}
            onClick={() => chart && saveFile(fileNameOf(chart, 'csv'), new Blob([csvOf(chart)], { type: 'text/csv' }))}
          >
            <DownloadIcon />
            CSV
          </button>
          <button type="button" className={classes.action} disabled={!chart || asTable} onClick={savePng}>
            <DownloadIcon />
            PNG
          </button>
        </div>
      </header>
      <div className={classes.body}>
        {chart === undefined ? (
          error === null ? (
            <div className={classes.skeleton} />
          ) : (
            <p className={classes.none}>The last hour cannot be shown. {error.message}. It is tried again by itself.</p>
          )
        ) : asTable ? (
          <ChartTable chart={chart} />
        ) : (
          <figure className={classes.figure} role="img" aria-label={chart.summary}>
            <Suspense fallback={<div className={classes.skeleton} />}>
              <Drawn ref={drawn} chart={chart} scheme={scheme} />
            </Suspense>
            {chart.allZero && <p className={classes.overlay}>Nothing in the last hour.</p>}
          </figure>
        )}
      </div>
      {chart !== undefined && !asTable && <Legend chart={chart} />}
    </section>
  )
}

/** Only of what is there to be seen. */
function Legend({ chart }: { readonly chart: SeriesChart }) {
  return (
    <ul className={classes.legend}>
      {chart.gaps.length > 0 && (
        <li>
          <span className={classes.gap} /> no data
        </li>
      )}
      {chart.anyCorrected && (
        <li>
          <span className={classes.corrected} /> corrected by late events
        </li>
      )}
      {chart.openings.length > 0 && (
        <li>
          <span className={classes.opening}>▲</span> alert opened
        </li>
      )}
    </ul>
  )
}

function ChartTable({ chart }: { readonly chart: SeriesChart }) {
  const newestFirst = [...chart.bars].reverse()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label={`${chart.title}, table`}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Minute</th>
            <th scope="col" className={classes.right}>
              {chart.title.replace(' by minute', '')} {chart.unit !== '' && <span>{chart.unit}</span>}
            </th>
            <th scope="col" className={classes.right}>
              Change
            </th>
            <th scope="col" className={classes.right}>
              Share
            </th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {newestFirst.map(({ start, label, value, told, change, share, state, corrected }) => (
            <tr key={start}>
              <th scope="row">{label}</th>
              <td className={classes.right}>
                {value === null ? (
                  <span title="Nothing is kept for this minute">—</span>
                ) : (
                  told.replace(` ${chart.unit}`, '')
                )}
              </td>
              <td className={classes.right}>{change}</td>
              <td className={classes.right}>{share}</td>
              <td>
                {[state === 'missing' ? 'no data' : state, corrected ? 'corrected' : ''].filter(Boolean).join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
