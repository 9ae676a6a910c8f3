import { Popover, Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { MetricsAnswer } from '#core/api/metrics.ts'
import { SparkLine } from '../chart/spark-line.tsx'
import { ageText, formatTime } from '../format/format-time.ts'
import { useConnectionWords } from '../frame/connection-status.tsx'
import { useTint } from '../frame/use-tint.ts'
import { DownIcon, SameIcon, UpIcon } from '../icons.tsx'
import { FRESH_MS } from '../reach/live.tsx'
import { lastHourQuery, metricsQuery } from '../reach/queries.ts'
import { useFresh } from '../reach/use-fresh.ts'
import { useNow } from '../reach/use-now.ts'
import { type TileMeasure, wordsOf } from './measure-words.ts'
import { type Against, currenciesBySize, prepareTiles, type Tile } from './prepare-tiles.ts'
import classes from './tiles.module.css'
import { usePlace } from './use-overview.ts'
import { words } from './words.ts'

type Props = {
  readonly metrics: MetricsAnswer
  readonly against: Against
  /** The measure that the chart shows. */
  readonly charted: TileMeasure
  /** The ones that have no room beside the first six. */
  readonly all: boolean
  readonly onChart: (measure: TileMeasure) => void
}

export const FIRST_TILES = 6

export function Tiles({ metrics, against, charted, all, onChart }: Props) {
  const tiles = useMemo(() => prepareTiles(metrics, against), [metrics, against])
  const currency = currenciesBySize(metrics)[0] ?? null
  return (
    <section className={classes.section} aria-label={words.figures}>
      <ul className={classes.tiles}>
        {(all ? tiles : tiles.slice(0, FIRST_TILES)).map((tile) => (
          <li key={tile.measure}>
            <TileCard tile={tile} currency={currency} charted={tile.measure === charted} onChart={onChart} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const SPARK_EVERY_MS = 5000

const ways = { up: UpIcon, down: DownIcon, same: SameIcon } as const

type CardProps = {
  readonly tile: Tile
  readonly currency: string | null
  readonly charted: boolean
  readonly onChart: (measure: TileMeasure) => void
}

function TileCard({ tile, currency, charted, onChart }: CardProps) {
  const { measure, name, meaning, figure, whyNot, change, than, week, weekEarlier, note, others } = tile
  const figureRef = useTint<HTMLParagraphElement>(figure?.exact ?? '')
  const Way = change && ways[change.way]
  const place = usePlace()
  const { data: lastHour } = useFresh(
    lastHourQuery(measure, wordsOf(measure).kind === 'money' ? currency : null, place),
    {
      everyMs: SPARK_EVERY_MS,
    },
  )
  const WeekWay = week && ways[week.change.way]
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
      {week && WeekWay && (
        <p className={classes.week}>
          <span className={classes.size} data-verdict={week.change.verdict ?? undefined}>
            <WeekWay size={12} />
            {week.change.text}
          </span>{' '}
          {week.than}
        </p>
      )}
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
          {words.otherCurrencies(others.length)}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <p className={classes.popoverTitle}>{words.inOthers(name)}</p>
        <ul className={classes.otherList}>
          {others.map(({ exact, unit }) => (
            <li key={unit}>
              <span>{exact.slice(0, -unit.length - 1)}</span> <span className={classes.unit}>{unit}</span>
            </li>
          ))}
        </ul>
        <p className={classes.than}>{words.neverAdded}</p>
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
      {stale ? words.asOf(formatTime(Date.parse(metrics.asOf), metrics.window.timeZone, 'clock')) : ageText(ageMs)}
    </span>
  )
}
