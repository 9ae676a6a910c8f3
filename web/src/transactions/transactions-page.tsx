import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { type UIEvent, useEffect, useMemo, useRef, useState } from 'react'
import { z } from 'zod/mini'
import { TRANSACTION_KINDS } from '#core/api/transaction-kinds.ts'
import { formatMoment } from '../format/format-time.ts'
import { PageBody } from '../frame/page-body.tsx'
import { keptSearch } from '../frame/page-search.ts'
import { usePageState } from '../frame/page-state.ts'
import { tint } from '../frame/use-tint.ts'
import { UpIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { transactionPath } from '../paths.ts'
import { messageOf } from '../people/prepare-refusal.ts'
import { useNow } from '../reach/use-now.ts'
import { useScope } from '../scope/use-scope.ts'
import { DataTable, type RowCard } from '../table/data-table.tsx'
import { EventDrawer } from './event-drawer.tsx'
import { type LineRow, lineColumns, lineRows } from './line-columns.tsx'
import type { LinesAsked } from './requests.ts'
import { SEARCHES, SearchBar } from './search-bar.tsx'
import classes from './transactions.module.css'
import { useLines } from './use-lines.ts'
import { words } from './words.ts'

const STATE = {
  by: z._default(z.enum(SEARCHES), 'id'),
  q: z.optional(z.string()),
  kind: z.optional(z.enum(TRANSACTION_KINDS)),
  event: z.optional(z.string()),
  place: z.optional(z.string()),
  at: z.optional(z.string()),
}
const MINUTE_MS = 60_000
/** Below this the reader is at the top. */
const TOP_PX = 4
const PHONE = '(max-width: 720px)'

/** Every line of trade, the newest as they come; found by what somebody has in the hand. */
export function TransactionsPage() {
  const [{ by, q, kind, event, place, at }, setPage] = usePageState(STATE)
  const { span, params } = useScope('rows')
  const navigate = useNavigate()
  const phone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false })
  const isWhole = q !== undefined && by === 'id'
  const from = span.from
  const to = span.to
  const { store, region, category } = params
  const asked = useMemo<LinesAsked>(
    () => ({
      ...(q !== undefined && { [by]: q }),
      ...(kind !== undefined && { kind }),
      ...(store !== undefined && { store }),
      ...(region !== undefined && { region }),
      ...(category !== undefined && { category }),
      ...(!isWhole && { from, ...(to !== undefined && { to }) }),
    }),
    [by, q, kind, store, region, category, isWhole, from, to],
  )
  const isSearch = q !== undefined || kind !== undefined || category !== undefined
  const [atTop, setAtTop] = useState(true)
  const lines = useLines(asked, { moves: !isSearch && to === undefined, atTop })
  const { items, next, searchedBackTo, unseen, older } = lines
  const minuteMs = Math.floor(useNow() / MINUTE_MS) * MINUTE_MS
  const { timeZone } = span
  const rows = useMemo(() => lineRows(items ?? [], minuteMs, timeZone), [items, minuteMs, timeZone])
  const currencies = [...new Set((items ?? []).map(({ currency }) => currency))].sort().join(' ')
  const columns = useMemo(
    () => lineColumns(currencies === '' ? [] : currencies.split(' '), timeZone),
    [currencies, timeZone],
  )
  const list = useRef<HTMLDivElement>(null)
  useEntering(list, rows)
  const onScroll = ({ target }: UIEvent) => setAtTop((target as HTMLElement).scrollTop <= TOP_PX)
  const catchUp = () => {
    list.current?.querySelector('section')?.scrollTo({ top: 0 })
    setAtTop(true)
    lines.catchUp()
  }
  const open = ({ item }: LineRow) => {
    const where = { place: item.storeId, at: item.occurredAt }
    if (!phone) return setPage({ event: item.id, ...where })
    const search = (before: Readonly<Record<string, string>>) => ({ ...keptSearch(before), ...where })
    return void navigate({ to: transactionPath(item.id), search } as never)
  }
  const isEmpty = items?.length === 0 && next === null
  const empty = isSearch
    ? { title: words.list.notFound, why: words.list.notFoundWhy }
    : { title: words.list.none, why: words.list.noneWhy }
  return (
    <PageBody title={words.title} about={words.zone(timeZone)}>
      <SearchBar
        key={`${by} ${q}`}
        searched={{ by, q, kind }}
        onSearch={(change) => {
          setAtTop(true)
          setPage(change)
        }}
      />
      <Panel
        id="lines"
        title={words.list.title}
        about={isWhole ? words.list.aboutSearch : words.list.about(span.label.toLowerCase())}
        state={panelStateOf(lines.query)}
        empty={isEmpty ? empty : undefined}
        skeleton="table"
        flush
      >
        <div ref={list} className={classes.list} onScrollCapture={onScroll}>
          {unseen !== null && (
            <button type="button" className={classes.pill} onClick={catchUp}>
              <UpIcon size={14} />
              {words.list.new(unseen)}
            </button>
          )}
          <DataTable
            id="lines"
            name={words.title}
            columns={columns}
            rows={rows}
            rowKey={keyOf}
            card={cardOf}
            onOpen={open}
            height="max(320px, calc(100dvh - 372px))"
          />
        </div>
        {next !== null && (
          <div className={classes.foot}>
            {searchedBackTo !== null && (
              <p role="status">
                {words.list.searchedBack(formatMoment(Date.parse(searchedBackTo), minuteMs, timeZone))}
              </p>
            )}
            {older.error !== null && <p role="alert">{messageOf(older.error)}</p>}
            <Button variant="default" size="xs" loading={older.busy} onClick={() => void older.goOn()}>
              {searchedBackTo === null ? words.list.older : words.list.goOn}
            </Button>
          </div>
        )}
      </Panel>
      {event !== undefined && (
        <EventDrawer
          asked={{ id: event, store: place, at }}
          timeZone={timeZone}
          onClose={() => setPage({ event: undefined, place: undefined, at: undefined })}
        />
      )}
    </PageBody>
  )
}

const keyOf = ({ item }: LineRow): string => item.id

const cardOf = ({ line }: LineRow): RowCard => ({
  title: (
    <span className={classes.cardTitle}>
      <span>
        {line.quantity !== null && line.quantity !== '1' && `${line.quantity} × `}
        {line.product}
      </span>
      <span className={classes.amount} data-way={line.way}>
        {line.amount} <span className={classes.light}>{line.currency}</span>
      </span>
    </span>
  ),
  facts: [
    { name: words.columns.kind, value: line.kind },
    { name: words.columns.time, value: line.time },
    { name: words.columns.store, value: line.store },
  ],
})

/** Tints what enters at the top after the first paint. */
function useEntering(list: { readonly current: HTMLElement | null }, rows: readonly LineRow[]) {
  const known = useRef<ReadonlySet<string> | null>(null)
  useEffect(() => {
    const before = known.current
    known.current = new Set(rows.map(keyOf))
    if (before === null || before.size === 0) return
    for (const row of list.current?.querySelectorAll<HTMLElement>('tr[data-row]') ?? [])
      if (!before.has(row.dataset.row!)) tint(row)
  }, [list, rows])
}
