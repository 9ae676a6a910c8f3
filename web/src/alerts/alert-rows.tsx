import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { formatNumber } from '../format/format-number.ts'
import { formatMoment } from '../format/format-time.ts'
import { PageLink } from '../frame/page-link.tsx'
import { useShortcut } from '../frame/shortcuts.tsx'
import { CriticalIcon, DoneIcon, WarningIcon } from '../icons.tsx'
import { itemPath } from '../paths.ts'
import classes from './alert-rows.module.css'
import type { Held } from './held-acknowledgements.ts'
import { type AlertRow, coverText } from './prepare-alert-list.ts'
import { useSwipe } from './use-swipe.ts'
import { words } from './words.ts'

const SHOWN_AT_FIRST = 100
const DAY_MS = 86_400_000

type Props = {
  readonly rows: readonly AlertRow[]
  readonly held: Held
  readonly zone: string
  readonly nowMs: number
  /** The engine can be asked now. */
  readonly reachable: boolean
  /** Absent: these cannot be acknowledged, or not by whoever looks. */
  readonly onAcknowledge: ((ids: readonly string[]) => void) | undefined
  readonly onUndo: () => void
}

/** Alerts in the order given, to be selected and acknowledged by keys, by a click, by a finger. */
export function AlertRows({ rows, held, zone, nowMs, reachable, onAcknowledge, onUndo }: Props) {
  const list = useRef<HTMLUListElement>(null)
  const [most, setMost] = useState(SHOWN_AT_FIRST)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const shown = useMemo(() => rows.slice(0, most), [rows, most])
  const isHeld = (id: string) => held.waiting.has(id) || held.sending.has(id)
  const free = shown.filter(({ id }) => !isHeld(id))
  const selected = free.filter(({ id }) => chosen.has(id)).map(({ id }) => id)
  const acknowledge = (ids: readonly string[]) => {
    if (ids.length === 0 || onAcknowledge === undefined || !reachable) return
    onAcknowledge(ids)
    setChosen(new Set())
  }
  const toggle = (id: string) =>
    setChosen((before) => (before.has(id) ? without(before, id) : new Set([...before, id])))
  const focused = () => document.activeElement?.closest<HTMLElement>('[data-alert]')
  const step = (by: 1 | -1) => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[data-alert]') ?? [])]
    const at = items.findIndex((item) => item.contains(document.activeElement))
    items[at === -1 ? 0 : Math.min(items.length - 1, Math.max(0, at + by))]?.focus()
  }
  useShortcut('j', words.keys.next, () => step(1))
  useShortcut('k', words.keys.before, () => step(-1))
  useShortcut('x', words.keys.select, () => {
    const id = focused()?.dataset.alert
    if (id !== undefined && onAcknowledge !== undefined && !isHeld(id)) toggle(id)
  })
  useShortcut('e', words.keys.acknowledge, () => {
    const id = focused()?.dataset.alert
    acknowledge(selected.length > 0 ? selected : id === undefined ? [] : [id])
  })
  return (
    <>
      {onAcknowledge !== undefined && (
        <div className={classes.bulk}>
          <label className={classes.check}>
            <input
              type="checkbox"
              checked={selected.length > 0 && selected.length === free.length}
              ref={(box) => {
                if (box !== null) box.indeterminate = selected.length > 0 && selected.length < free.length
              }}
              onChange={(event) =>
                setChosen(event.currentTarget.checked ? new Set(free.map(({ id }) => id)) : new Set())
              }
            />
            <span>{selected.length === 0 ? words.selectAll : words.selected(formatNumber(selected.length))}</span>
          </label>
          {selected.length > 0 && (
            <>
              <button
                type="button"
                className={classes.bulkButton}
                disabled={!reachable}
                title={reachable ? undefined : words.waits}
                onClick={() => acknowledge(selected)}
              >
                {words.acknowledgeMany(formatNumber(selected.length))}
              </button>
              <button type="button" className={classes.quiet} onClick={() => setChosen(new Set())}>
                {words.selectNone}
              </button>
            </>
          )}
        </div>
      )}
      <ul ref={list} className={classes.list} aria-label={words.listLabel}>
        {shown.map((row) => (
          <Row
            key={row.id}
            row={row}
            zone={zone}
            nowMs={nowMs}
            isHeld={isHeld(row.id)}
            canUndo={held.waiting.has(row.id)}
            hasFailed={held.failed.has(row.id)}
            reachable={reachable}
            chosen={chosen.has(row.id)}
            onChoose={onAcknowledge && (() => toggle(row.id))}
            onAcknowledge={onAcknowledge && (() => acknowledge([row.id]))}
            onUndo={onUndo}
          />
        ))}
      </ul>
      {rows.length > most && (
        <button type="button" className={classes.more} onClick={() => setMost(most + SHOWN_AT_FIRST)}>
          {words.more(formatNumber(Math.min(SHOWN_AT_FIRST, rows.length - most)))}
        </button>
      )}
    </>
  )
}

const without = (ids: ReadonlySet<string>, id: string): ReadonlySet<string> =>
  new Set([...ids].filter((each) => each !== id))

type RowProps = {
  readonly row: AlertRow
  readonly zone: string
  readonly nowMs: number
  readonly isHeld: boolean
  readonly canUndo: boolean
  readonly hasFailed: boolean
  readonly reachable: boolean
  readonly chosen: boolean
  readonly onChoose: (() => void) | undefined
  readonly onAcknowledge: (() => void) | undefined
  readonly onUndo: () => void
}

function Row(props: RowProps) {
  const { row, isHeld, chosen, onChoose, onAcknowledge, reachable } = props
  const swipe = useSwipe(onAcknowledge !== undefined && !isHeld && reachable, () => onAcknowledge?.())
  const open = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Enter' && event.target === event.currentTarget) event.currentTarget.querySelector('a')?.click()
  }
  return (
    <li
      className={classes.row}
      data-alert={row.id}
      data-held={isHeld || undefined}
      data-failed={props.hasFailed || undefined}
      data-chosen={chosen || undefined}
      tabIndex={-1}
      onKeyDown={open}
      {...swipe.handlers}
    >
      {swipe.movedPx !== 0 && (
        <span className={classes.behind} data-far={swipe.isFar || undefined} data-left={swipe.movedPx < 0 || undefined}>
          <DoneIcon /> {words.swipe}
        </span>
      )}
      <div
        className={classes.inside}
        data-selects={onChoose !== undefined || undefined}
        style={swipe.movedPx === 0 ? undefined : { transform: `translateX(${swipe.movedPx}px)` }}
      >
        {onChoose !== undefined && (
          <label className={classes.box}>
            <input
              type="checkbox"
              checked={chosen && !isHeld}
              disabled={isHeld}
              aria-label={words.selectOne(row.name, row.storeName)}
              onChange={onChoose}
            />
          </label>
        )}
        <p className={classes.severity} data-critical={row.critical || undefined}>
          {row.critical ? <CriticalIcon /> : <WarningIcon />}
          <span>{row.severity}</span>
          <span className={classes.kind}>{row.kind}</span>
        </p>
        <div className={classes.what}>
          <PageLink to={itemPath(row.productId)} className={classes.name}>
            {row.name}
          </PageLink>
          <p>
            {row.sum}. <span className={classes.todo}>{row.todo}</span>
          </p>
          {row.earlier !== '' && <p className={classes.earlier}>{row.earlier}</p>}
        </div>
        <p className={classes.store} title={row.storeId}>
          {row.storeName}
        </p>
        <When {...props} />
        <div className={classes.act}>
          <Act {...props} />
        </div>
      </div>
    </li>
  )
}

function When({ row, zone, nowMs }: RowProps) {
  const { openedMs, endedMs } = row
  const at = endedMs ?? openedMs
  const moment = formatMoment(at, nowMs, zone).slice(0, -3)
  return (
    <p className={classes.when}>
      <time dateTime={new Date(at).toISOString()}>
        {endedMs === null ? words.opened(moment) : words.over(moment, lengthText(endedMs - openedMs))}
      </time>
    </p>
  )
}

function lengthText(ms: number): string {
  const HOUR_MS = 3_600_000
  return ms < HOUR_MS ? words.minutes(formatNumber(Math.ceil(ms / 60_000))) : coverText(ms / DAY_MS)
}

function Act({ row, zone, nowMs, isHeld, canUndo, reachable, onAcknowledge, onUndo }: RowProps) {
  if (isHeld)
    return (
      <>
        <span className={classes.done}>
          <DoneIcon size={14} />
          {words.held}
        </span>
        {canUndo && (
          <button type="button" className={classes.quiet} onClick={onUndo}>
            {words.undo}
          </button>
        )}
      </>
    )
  if (row.acknowledgedMs !== null)
    return (
      <span className={classes.done}>
        <DoneIcon size={14} />
        {words.acknowledged(row.by, formatMoment(row.acknowledgedMs, nowMs, zone).slice(0, -3))}
      </span>
    )
  if (onAcknowledge === undefined) return null
  return (
    <button
      type="button"
      className={classes.acknowledge}
      disabled={!reachable}
      title={reachable ? undefined : words.waits}
      aria-label={words.acknowledgeOne(row.name, row.storeName)}
      onClick={(event) => {
        onAcknowledge()
        // The button goes away; the focus stays with its alert.
        event.currentTarget.closest<HTMLElement>('[data-alert]')?.focus()
      }}
    >
      {words.acknowledge}
    </button>
  )
}
