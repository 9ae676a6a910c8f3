import { useMemo } from 'react'
import type { SeriesAnswer } from '#core/api/metrics.ts'
import { prepareSparkLine } from './prepare-spark-line.ts'
import classes from './spark-line.module.css'

const WIDTH = 160
const HEIGHT = 24

/** A series in one line. It has no figures of its own: a chart and its table say them. Until it is there, its room is. */
export function SparkLine({ answer }: { readonly answer: SeriesAnswer | undefined }) {
  const line = useMemo(() => answer && prepareSparkLine(answer, WIDTH, HEIGHT), [answer])
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
          <path className={classes.zero} d={`M0 ${line.zeroY}H${WIDTH}`} />
          {line.lines.map((path) => (
            <path key={path.slice(0, path.search(/[Lh]/))} className={classes.line} d={path} />
          ))}
          {line.unfinished !== null && <path className={classes.unfinished} d={line.unfinished} />}
        </>
      )}
    </svg>
  )
}
