import { useQuery } from '@tanstack/react-query'
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { AlertItem, AlertsAnswer } from '#core/api/alerts.ts'
import { formatNumber } from '../format/format-number.ts'
import { formatMoment, formatTime } from '../format/format-time.ts'
import { useConnectionWords } from '../frame/connection-status.tsx'
import { PageLink } from '../frame/page-link.tsx'
import { useShortcut } from '../frame/shortcuts.tsx'
import { CriticalIcon, DoneIcon, WarningIcon } from '../icons.tsx'
import { ALERTS } from '../paths.ts'
import { useMay } from '../people/account-context.ts'
import { useAcknowledgeAlert } from '../reach/acknowledge-alert.ts'
import { alertsQuery } from '../reach/queries.ts'
import classes from './alerts-card.module.css'
import { countBelow, countsOf, prepareAlerts } from './prepare-alerts.ts'
import { words } from './words.ts'

const said = words.alerts

const SHOWN_AT_FIRST = 50
/** As many as the card has room for: those below come right after. */
const FIRST_DRAWN = 10

type Props = { readonly timeZone: string; readonly nowMs: number }
type CardProps = Props & { readonly inScope: (storeId: string) => boolean }

export function AlertsCard({ timeZone, nowMs, inScope }: CardProps) {
  const { data: all, error } = useQuery(alertsQuery)
  const data = useMemo(
    () => all && { ...all, items: all.items.filter(({ storeId }) => inScope(storeId)) },
    [all, inScope],
  )
  const [most, setMost] = useState(SHOWN_AT_FIRST)
  const list = useRef<HTMLUListElement>(null)
  const drawn = useDeferredValue(most, FIRST_DRAWN)
  const prepared = useMemo(() => data && prepareAlerts(data, drawn), [data, drawn])

  const step = (by: 1 | -1) => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[data-alert]') ?? [])]
    const at = items.findIndex((item) => item.contains(document.activeElement))
    items[at === -1 ? 0 : Math.min(items.length - 1, Math.max(0, at + by))]?.focus()
  }
  useShortcut('j', said.next, () => step(1))
  useShortcut('k', said.before, () => step(-1))
  useShortcut('e', said.acknowledgeKey, () => {
    const item = document.activeElement?.closest('[data-alert]')
    item?.querySelector('button')?.click()
  })

  return (
    <section className={classes.card} id="alerts" aria-labelledby="alerts-title">
      <header className={classes.head}>
        <h2 id="alerts-title">
          <PageLink to={ALERTS}>{said.title}</PageLink>
        </h2>
        <p className={classes.counts}>{prepared && countsOf(prepared)}</p>
      </header>
      {data && <NewAlert alerts={data} />}
      {prepared === undefined ? (
        error === null ? (
          <Skeleton />
        ) : (
          <p className={classes.none}>{said.failed(error.message)}</p>
        )
      ) : prepared.shown.length === 0 ? (
        <div className={classes.none}>
          <DoneIcon size={24} className={classes.allWell} />
          <p className={classes.noneTitle}>{said.none}</p>
          <p>{said.noneWhy}</p>
        </div>
      ) : (
        <Scrolling list={list} more={prepared.more}>
          <ul ref={list}>
            {prepared.shown.map((alert) => (
              <Alert key={alert.id} alert={alert} timeZone={timeZone} nowMs={nowMs} />
            ))}
          </ul>
          {prepared.more > 0 && (
            <button type="button" className={classes.more} onClick={() => setMost(most + SHOWN_AT_FIRST)}>
              {said.showMore(Math.min(prepared.more, SHOWN_AT_FIRST), prepared.more)}
            </button>
          )}
        </Scrolling>
      )}
    </section>
  )
}

type ScrollingProps = {
  readonly list: RefObject<HTMLUListElement | null>
  readonly more: number
  readonly children: ReactNode
}

/** Says under its lower edge how many alerts are below that. */
function Scrolling({ list, more, children }: ScrollingProps) {
  const scroll = useRef<HTMLElement>(null)
  const [below, setBelow] = useState(0)
  const count = useCallback(() => {
    // Its elements are gone while what comes in its place is loaded.
    if (list.current === null || scroll.current === null) return
    const lowerEdges = [...list.current.children].map((alert) => alert.getBoundingClientRect().bottom)
    setBelow(countBelow(lowerEdges, scroll.current.getBoundingClientRect().bottom))
  }, [list])
  useEffect(() => {
    const observer = new ResizeObserver(count)
    observer.observe(scroll.current!)
    observer.observe(list.current!)
    return () => observer.disconnect()
  }, [count, list])
  return (
    <div className={classes.list}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard */}
      <section ref={scroll} className={classes.scroll} tabIndex={0} aria-label={said.list} onScroll={count}>
        {children}
      </section>
      {below > 0 && (
        <p className={classes.below} aria-hidden="true">
          {said.below(formatNumber(below + more))}
        </p>
      )}
    </div>
  )
}

type AlertProps = Props & { readonly alert: AlertItem }

function Alert({ alert, timeZone, nowMs }: AlertProps) {
  const { id, severity, state, text, storeId, storeName, openedAt, acknowledgedAt, acknowledgedBy } = alert
  const { mutate, error } = useAcknowledgeAlert(id)
  const { stale, tone } = useConnectionWords()
  const unreachable = stale && tone !== 'paused'
  const mayAcknowledge = useMay('alerts:handle')
  const critical = severity === 'CRITICAL'
  const open = state === 'open'
  const openedMs = Date.parse(openedAt)
  const acknowledged = [
    acknowledgedBy === null ? '' : said.by(acknowledgedBy),
    acknowledgedAt === null ? '' : formatTime(Date.parse(acknowledgedAt), timeZone, 'clock'),
  ]
    .filter((part) => part !== '')
    .join(', ')
  const moveOn = (event: KeyboardEvent) => {
    // The button goes away; the focus stays with its alert.
    if (event.key === 'Enter' || event.key === ' ') event.currentTarget.closest<HTMLElement>('[data-alert]')?.focus()
  }
  return (
    <li className={classes.alert} data-alert data-done={!open || undefined} tabIndex={-1}>
      <div className={classes.line}>
        <span className={classes.severity} data-critical={critical || undefined}>
          {critical ? <CriticalIcon /> : <WarningIcon />}
          {critical ? said.critical : said.warning}
        </span>
        <time dateTime={openedAt} title={said.opened(formatTime(openedMs, timeZone, 'date'))}>
          {formatMoment(openedMs, nowMs, timeZone).slice(0, -3)}
        </time>
        <span className={classes.store} title={storeId}>
          {storeName ?? storeId}
        </span>
        {open ? (
          mayAcknowledge && (
            <button
              type="button"
              className={classes.acknowledge}
              disabled={unreachable}
              title={unreachable ? said.waits : undefined}
              aria-label={said.acknowledgeThis(text)}
              onClick={() => mutate()}
              onKeyUp={moveOn}
            >
              {said.acknowledge}
            </button>
          )
        ) : (
          <span className={classes.done} title={said.acknowledgedBy(acknowledged)}>
            <DoneIcon size={14} />
            {acknowledged === '' ? said.acknowledged : acknowledged}
          </span>
        )}
      </div>
      <p className={classes.text}>{text}</p>
      {error !== null && open && (
        <p className={classes.failed} role="alert">
          {said.notDone(error.message)}
        </p>
      )}
    </li>
  )
}

/** Says a new critical alert to those who do not see the list. */
function NewAlert({ alerts }: { readonly alerts: AlertsAnswer }) {
  const known = useRef<ReadonlySet<string> | null>(null)
  const [spoken, setSpoken] = useState('')
  useEffect(() => {
    const before = known.current
    known.current = new Set(alerts.items.map(({ id }) => id))
    const opened = alerts.items.filter(
      ({ id, state, severity }) => state === 'open' && severity === 'CRITICAL' && before !== null && !before.has(id),
    )
    if (opened.length > 0) setSpoken(opened.length === 1 ? opened[0]!.text : said.severalNew(opened.length))
  }, [alerts])
  return (
    <p className={classes.spoken} role="status">
      {spoken}
    </p>
  )
}

function Skeleton() {
  return (
    <div className={classes.skeleton} aria-hidden="true">
      {[1, 2, 3, 4].map((row) => (
        <div key={row}>
          <span />
          <span />
        </div>
      ))}
    </div>
  )
}
