import { formatTime, lagText } from '../format/format-time.ts'
import { DoneIcon, WarningIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import type { PanelState } from '../panel/panel-state.ts'
import type { Lag } from './prepare-lag.ts'
import classes from './quality.module.css'
import { words } from './words.ts'

type Props = { readonly state: PanelState; readonly lag: Lag | null; readonly timeZone: string }

/** A bar of a second reaches the top, where nothing was slower. */
const LEAST_TOP_MS = 1_000

/** How far the figures are behind, now and over the last hour. */
export function LagPanel({ state, lag, timeZone }: Props) {
  const top = Math.max(LEAST_TOP_MS, ...(lag?.bars.map(({ worstMs }) => worstMs ?? 0) ?? []))
  return (
    <Panel id="lag" title={words.lag.title} about={words.lag.about} state={state} skeleton="chart">
      {lag !== null && (
        <>
          <dl className={classes.facts}>
            <div>
              <dt>{words.lag.now}</dt>
              <dd className={classes.figure}>{lag.now}</dd>
            </div>
            <div>
              <dt>{words.lag.worst}</dt>
              <dd className={classes.figure}>{lag.worst}</dd>
            </div>
          </dl>
          <div className={classes.lagBars} role="img" aria-label={words.lag.picture(lag.worst)}>
            {lag.bars.map(({ fromMs, worstMs }) => {
              const time = formatTime(fromMs, timeZone, 'clock')
              return (
                <span
                  key={fromMs}
                  data-silent={worstMs === null || undefined}
                  style={{ height: `${worstMs === null ? 100 : Math.max(3, (100 * worstMs) / top)}%` }}
                  title={worstMs === null ? words.lag.silent(time) : words.lag.bar(time, lagText(worstMs))}
                />
              )
            })}
          </div>
          <p className={classes.axis} aria-hidden="true">
            <span>{words.lag.hourAgo}</span>
            <span>{words.lag.justNow}</span>
          </p>
          <p className={classes.verdict} data-good={!lag.isBehind || undefined}>
            {lag.isBehind ? <WarningIcon size={16} /> : <DoneIcon size={16} />}
            {lag.isBehind ? words.lag.behind : words.lag.caught(lag.now)}
          </p>
          <p className={classes.note}>{words.lag.heard}</p>
        </>
      )}
    </Panel>
  )
}
