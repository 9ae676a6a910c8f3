import { Popover } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { formatMoment, formatTime, lagText } from '../format/format-time.ts'
import { DoneIcon, OfflineIcon, PauseIcon, PlayIcon, WaitingIcon } from '../icons.tsx'
import { FRESH_MS, useConnection } from '../reach/live.tsx'
import { metricsQuery, standingQuery } from '../reach/queries.ts'
import { useNow } from '../reach/use-now.ts'
import { type ConnectionWords, describeConnection } from './describe-connection.ts'
import classes from './frame.module.css'
import { useShortcut } from './shortcuts.tsx'
import { words } from './words.ts'

const said = words.connection

const icons = { good: DoneIcon, waiting: WaitingIcon, bad: OfflineIcon, paused: PauseIcon } as const

export function useConnectionWords(): ConnectionWords {
  const { state } = useConnection()
  const { dataUpdatedAt } = useQuery({ ...metricsQuery, enabled: false })
  const now = useNow()
  return describeConnection(state, Math.max(0, now - dataUpdatedAt))
}

/** In the top bar: how the page stands to the engine and how far the engine is behind; what that means, on a click. */
export function ConnectionStatus() {
  const { state, connect, pause } = useConnection()
  const { data: metrics } = useQuery({ ...metricsQuery, enabled: false })
  const { data: standing } = useQuery(standingQuery)
  const { tone, word, explained } = useConnectionWords()
  const now = useNow()
  const paused = state.phase === 'paused'
  const goOnOrPause = () => (paused ? connect() : pause())
  useShortcut('p', said.holdKey, goOnOrPause)
  const Icon = icons[tone]
  // What the socket said last is older than an answer only where there is no socket.
  const lagMs = tone === 'good' ? (standing?.lagMs ?? metrics?.lagMs) : metrics?.lagMs
  const lag = lagMs === undefined ? '' : lagText(lagMs)
  const mode = standing?.mode ?? metrics?.mode
  const retryInS = state.nextTryAt === null ? null : Math.max(0, Math.ceil((state.nextTryAt - now) / 1000))
  const zone = metrics?.window.timeZone
  return (
    <>
      <Popover
        width={300}
        position="bottom-end"
        withArrow
        shadow="md"
        transitionProps={{ duration: 0 }}
        classNames={{ dropdown: classes.popover!, arrow: classes.popoverArrow! }}
      >
        <Popover.Target>
          <button type="button" className={classes.status} data-tone={tone}>
            {tone === 'good' ? <span className={classes.liveDot} /> : <Icon />}
            <span className={classes.statusWord}>{word}</span>
            {tone === 'good' && (
              <span className={classes.statusLag} data-late={(lagMs ?? 0) >= FRESH_MS || undefined}>
                {lag}
              </span>
            )}
          </button>
        </Popover.Target>
        <Popover.Dropdown>
          <p>{explained}</p>
          <dl className={classes.facts}>
            {state.lostAt !== null && zone !== undefined && (
              <div>
                <dt>{paused ? said.pausedAt : said.lostAt}</dt>
                <dd>{formatTime(state.lostAt, zone, 'clockSeconds')}</dd>
              </div>
            )}
            {metrics !== undefined && (
              <>
                <div>
                  <dt>{said.figures}</dt>
                  <dd>{formatTime(Date.parse(metrics.asOf), metrics.window.timeZone, 'clockSeconds')}</dd>
                </div>
                <div>
                  <dt>{said.engine}</dt>
                  <dd>{said.accepted(lag)}</dd>
                </div>
                <div>
                  <dt>{said.sales}</dt>
                  <dd>{mode === 'mock' ? said.simulated : said.real}</dd>
                </div>
              </>
            )}
            {retryInS !== null && (
              <div>
                <dt>{said.nextTry}</dt>
                <dd>{retryInS === 0 ? said.now : said.inSeconds(retryInS)}</dd>
              </div>
            )}
          </dl>
          <div className={classes.popoverActions}>
            <button type="button" className={classes.smallButton} onClick={goOnOrPause}>
              {paused ? <PlayIcon /> : <PauseIcon />}
              {paused ? said.goOn : said.hold}
            </button>
            {retryInS !== null && (
              <button type="button" className={classes.smallButton} onClick={connect}>
                <WaitingIcon />
                {said.tryNow}
              </button>
            )}
          </div>
        </Popover.Dropdown>
      </Popover>
      <span className={classes.spoken} role="status">
        {tone === 'good' ? '' : `${word}. ${explained}`}
      </span>
    </>
  )
}

/** Above the page while its figures are not of now. */
export function StaleBanner() {
  const { state, connect } = useConnection()
  const { data: metrics } = useQuery({ ...metricsQuery, enabled: false })
  const { tone, word, explained, stale } = useConnectionWords()
  const now = useNow()
  if (!stale || metrics === undefined) return null
  const asOf = formatMoment(Date.parse(metrics.asOf), now, metrics.window.timeZone)
  const Icon = icons[tone]
  return (
    <section className={classes.banner} data-tone={tone} aria-label={said.title}>
      <Icon size={18} />
      <p>
        <strong>{said.figuresOf(word, asOf)}</strong> {explained}
      </p>
      <button type="button" className={classes.smallButton} onClick={connect}>
        {state.phase === 'paused' ? <PlayIcon /> : <WaitingIcon />}
        {state.phase === 'paused' ? said.goOn : said.tryNow}
      </button>
    </section>
  )
}
