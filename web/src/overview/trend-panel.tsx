import { useMemo } from 'react'
import type { AlertItem } from '#core/api/alerts.ts'
import { ChartPanel } from '../chart/chart-panel.tsx'
import type { TimeSpec } from '../chart/chart-spec.ts'
import { panelStateOf } from '../panel/panel-state.ts'
import { useScope } from '../scope/use-scope.ts'
import { type TileMeasure, wordsOf } from './measure-words.ts'
import classes from './overview-page.module.css'
import { type Bucket, prepareTrend } from './prepare-trend.ts'
import { useBucket, useTrend } from './use-overview.ts'
import { words } from './words.ts'

type Props = {
  readonly measure: TileMeasure
  readonly currency: string | null
  readonly alerts: readonly AlertItem[]
  /** What a page knows besides. */
  readonly finish?: (spec: TimeSpec) => TimeSpec
}

/** The measure that is chosen, over the time that is chosen. */
export function TrendPanel({ measure, currency, alerts, finish }: Props) {
  const { span, earlier } = useScope()
  const { bucket, choices, choose } = useBucket(measure)
  const { answer, before } = useTrend(measure, bucket, currency)
  const { data } = answer
  const label = span.label.toLowerCase()
  const than = earlier?.label.replace(/^than /, '') ?? ''
  const spec = useMemo(
    () =>
      data &&
      prepareTrend(data, { bucket, span: label, alerts, earlier: before ? { answer: before, name: than } : null }),
    [data, bucket, label, alerts, before, than],
  )
  return (
    <ChartPanel
      id="trend"
      title={words.byBucket(wordsOf(measure).name, words.bucketNames[bucket])}
      spec={spec && finish ? finish(spec) : spec}
      state={panelStateOf(answer)}
      height="fill"
      actions={<Buckets choices={choices} chosen={bucket} choose={choose} />}
    />
  )
}

type BucketsProps = {
  readonly choices: readonly Bucket[]
  readonly chosen: Bucket
  readonly choose: (bucket: Bucket) => void
}

const Buckets = ({ choices, chosen, choose }: BucketsProps) => (
  <fieldset className={classes.buckets}>
    <legend className={classes.spoken}>{words.by}</legend>
    {choices.map((bucket) => (
      <button key={bucket} type="button" aria-pressed={bucket === chosen} onClick={() => choose(bucket)}>
        {words.buckets[bucket]}
      </button>
    ))}
  </fieldset>
)
