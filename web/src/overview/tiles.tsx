import { Popover, Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { MetricsAnswer } from '#core/api/metrics.ts'
import { SparkLine } from '../chart/spark-line.tsx'
import { ageText, formatMoment, formatTime } from '../format/format-time.ts'
import { useConnectionWords } from '../frame/connection-status.tsx'
import { useTint } from '../frame/use-tint.ts'
import { CriticalIcon, DoneIcon, DownIcon, SameIcon, UpIcon, WarningIcon } from '../icons.tsx'
import { FRESH_MS } from '../reach/live.tsx'
import { alertsQuery, metricsQuery } from '../reach/queries.ts'
import { useNow } from '../reach/use-now.ts'
import { type TileMeasure, wordsOf } from './measure-words.ts'
import { prepareAlerts } from './prepare-alerts.ts'
import { currenciesBySize, prepareTiles, type Tile } from './prepare-tiles.ts'
import classes from './tiles.module.css'
import { useLastHour } from './use-last-hour.ts'

type Props = {
  readonly metrics: MetricsAnswer
  /** The measure that the chart shows. */
  readonly charted: TileMeasure
  readonly onChart: (measure: TileMeasure) => void
}

export function Tiles({ metrics, charted, onChart }: Props) {
  const tiles = useMemo(() => prepareTiles(metrics), [metrics])
  const currency = currenciesBySize(metrics)[0] ?? null
  return (
    <section className={classes.section} aria-label="Today’s figures">
      <ul className={classes.tiles}>
        {tiles.map((tile) => (
          <li key={tile.measure}>
            <TileCard tile={tile} currency={currency} charted={tile.measure === charted} onChart={onChart} />
          </li>
        ))}
        <li>
          <AlertsTile metrics={metrics} />
        </li>
      </ul>
    </section>
  )
}

/** How much is wrong: nothing to compare it with, and a way to what it is. */
function AlertsTile({ metrics: { window } }: { readonly metrics: MetricsAnswer }) {
  const { data } = useQuery(alertsQuery)
  const alerts = useMemo(() => data && prepareAlerts(data, 0), [data])
  const figureRef = useTint<HTMLParagraphElement>(alerts?.waiting ?? '')
  const since = alerts?.waitingSinceMs ?? null
  return (
    <article className={classes.tile}>
      <a className={classes.link} href="#alerts">
        Open alerts
      </a>
      <p className={classes.figure} ref={figureRef}>
        {alerts?.waiting ?? (
          <span className={classes.unsaid} title={ALERTS_UNKNOWN}>
            —<span className={classes.spoken}>{ALERTS_UNKNOWN}</span>
          </span>
        )}
      </p>
      {alerts && (
        <p className={classes.change}>
          {alerts.critical !== '' && (
            <span className={classes.size} data-verdict="worse">
              <CriticalIcon size={14} />
              {alerts.critical}
            </span>
          )}
          {alerts.warnings !== '' && (
            <span className={classes.size} data-verdict="watch">
              <WarningIcon size={14} />
              {alerts.warnings}
            </span>
          )}
          {alerts.waiting === '0' && (
            <span className={classes.size} data-verdict="better">
              <DoneIcon size={14} />
              nothing needs you
            </span>
          )}
          {alerts.acknowledged !== '' && <span className={classes.than}>{alerts.acknowledged}</span>}
        </p>
      )}
      <div className={classes.bottom}>
        {since !== null && (
          <span>oldest {formatMoment(since, Date.parse(window.to), window.timeZone).slice(0, -3)}</span>
        )}
      </div>
    </article>
  )
}

const ALERTS_UNKNOWN = 'It cannot be said: the alerts have not come.'

const ways = { up: UpIcon, down: DownIcon, same: SameIcon } as const

type CardProps = {
  readonly tile: Tile
  readonly currency: string | null
  readonly charted: boolean
  readonly onChart: (measure: TileMeasure) => void
}

function TileCard({ tile, currency, charted, onChart }: CardProps) {
  const { measure, name, meaning, figure, whyNot, change, than, weekEarlier, note, others } = tile
  const figureRef = useTint<HTMLParagraphElement>(figure?.exact ?? '')
  const Way = change && ways[change.way]
  const { data: lastHour } = useLastHour(measure, wordsOf(measure).kind === 'money' ? currency : null, 5000)
  const exact = figure !== null && figure.exact !== `${figure.text} ${figure.unit}`.trim() ? `${figure.exact}. ` : ''
  return (
    <article className={classes.tile} data-charted={charted || undefined}>
      <Tooltip
        label={`${exact}${meaning} ${weekEarlier}`}
        multiline
        w={280}
        openDelay={500}
        transitionProps={{ duration: 0 }}
        events={{ hover: true, focus: true, touch: false }}
        classNames={{ tooltip: classes.tooltip! }}
      >
        <a
          className={classes.link}
          href={`?measure=${measure}#trend`}
          aria-current={charted ? 'true' : undefined}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return
            event.preventDefault()
            onChart(measure)
          }}
        >
          {name}
        </a>
      </Tooltip>
      <p className={classes.figure} ref={figureRef}>
        {figure === null ? (
          <span className={classes.unsaid} title={whyNot}>
            —<span className={classes.spoken}>{whyNot}</span>
          </span>
        ) : (
          <>
            <span title={figure.exact}>{figure.text}</span>
            {figure.unit !== '' && <span className={classes.unit}>{figure.unit}</span>}
          </>
        )}
      </p>
      <p className={classes.change}>
        {change && Way && (
          <span className={classes.size} data-verdict={change.verdict ?? undefined}>
            <Way size={14} />
            {change.text} {change.verdict}
          </span>
        )}
        <span className={classes.than}>{figure === null ? whyNot : than}</span>
      </p>
      <div className={classes.note}>
        {others.length > 0 ? <OtherCurrencies name={name} others={others} /> : <span>{note}</span>}
        <Age />
      </div>
      <SparkLine answer={lastHour} />
    </article>
  )
}

function OtherCurrencies({ name, others }: { readonly name: string; readonly others: Tile['others'] }) {
  return (
    <Popover
      position="bottom-start"
      withArrow
      transitionProps={{ duration: 0 }}
      classNames={{ dropdown: classes.popover!, arrow: classes.popoverArrow! }}
    >
      <Popover.Target>
        <button type="button" className={classes.others} title={others.map(({ exact }) => exact).join(', ')}>
          + {others.length} other {others.length === 1 ? 'currency' : 'currencies'}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <p className={classes.popoverTitle}>{name}, in other currencies</p>
        <ul className={classes.otherList}>
          {others.map(({ exact, unit }) => (
            <li key={unit}>
              <span>{exact.slice(0, -unit.length - 1)}</span> <span className={classes.unit}>{unit}</span>
            </li>
          ))}
        </ul>
        <p className={classes.than}>Sums of different currencies are never added.</p>
      </Popover.Dropdown>
    </Popover>
  )
}

/** Says how old the figures are once that is worth saying. */
function Age() {
  const { data: metrics, dataUpdatedAt } = useQuery({ ...metricsQuery, enabled: false })
  const { stale } = useConnectionWords()
  const now = useNow()
  if (metrics === undefined) return null
  const ageMs = Math.max(0, now - dataUpdatedAt) + metrics.lagMs
  if (ageMs < FRESH_MS && !stale) return null
  return (
    <span className={classes.age}>
      <span className={classes.ageDot} />
      {stale ? `as of ${formatTime(Date.parse(metrics.asOf), metrics.window.timeZone, 'clock')}` : ageText(ageMs)}
    </span>
  )
}
