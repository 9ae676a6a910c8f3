import { useMemo } from 'react'
import type { CountMeasure, MoneyMeasure } from '#core/api/metrics.ts'
import { prepareSparkLine } from './prepare-spark-line.ts'
import classes from './tiles.module.css'
import { useLastHour } from './use-last-hour.ts'

const WIDTH = 160
const HEIGHT = 24
const EVERY_MS = 5000

type Props = { readonly measure: CountMeasure | MoneyMeasure; readonly currency: string | null }

/** The last hour in one line. It has no figures of its own: the chart and its table say them. */
export function SparkLine({ measure, currency }: Props) {
  const { data } = useLastHour(measure, currency, EVERY_MS)
  const line = useMemo(() => data && prepareSparkLine(data, WIDTH, HEIGHT), [data])
  return (
    <svg
      className={classes.spark}
      viewBox={`0 -2 ${WIDTH} ${HEIGHT + 4}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {line && (
        <>
          <path className={classes.sparkZero} d={`M0 ${line.zeroY}H${WIDTH}`} />
          {line.lines.map((path) => (
            <path key={path.slice(0, path.search(/[Lh]/))} className={classes.sparkLine} d={path} />
          ))}
          {line.unfinished !== null && <path className={classes.sparkUnfinished} d={line.unfinished} />}
        </>
      )}
    </svg>
  )
}
