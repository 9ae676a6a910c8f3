import { type ReactNode, useMemo } from 'react'
import { shareText } from '../chart/tell-value.ts'
import { afterChange, type Change, changeOf } from '../format/format-change.ts'
import { durationText } from '../format/format-duration.ts'
import { moneyFigure } from '../format/format-money.ts'
import { countFigure, formatNumber } from '../format/format-number.ts'
import { useTint } from '../frame/use-tint.ts'
import { DownIcon, SameIcon, UpIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { sayNotKept } from '../scope/say-not-kept.tsx'
import type { DataColumn } from '../table/data-column.ts'
import { DataTable, type RowCard } from '../table/data-table.tsx'
import { prepareStatistics, type ReasonRow, refundCurrency, shareOf, soldIn } from './prepare-statistics.ts'
import classes from './statistics.module.css'
import type { Used, useFigures } from './use-refunds.ts'
import { words } from './words.ts'

type Props = { readonly used: Used; readonly figures: ReturnType<typeof useFigures> }

/** How much, how often, which part of the sales, how long after them. */
export function Tiles({ used, figures: { now, before, times } }: Props) {
  const than = used.earlier?.label ?? ''
  const { data } = now
  const currency = data && refundCurrency(data)
  const amountIn = (of: typeof data) => (of === undefined ? null : (of.money[currency!]?.refundAmount.value ?? 0))
  const shareIn = (of: typeof data) => (of === undefined ? null : shareOf(amountIn(of), soldIn(of, currency!)))
  const [amount, count, share] = [amountIn(data), data?.counts.refunds.value ?? null, shareIn(data)]
  const told = times.data
  return (
    <dl className={classes.tiles} aria-label={words.tiles}>
      <Tile name={words.amount} figure={amount === null ? null : moneyFigure(amount, currency!)}>
        <Changed change={changeOf(amount, amountIn(before), 'down')} than={than} />
      </Tile>
      <Tile name={words.count} figure={count === null ? null : countFigure(count)}>
        <Changed change={changeOf(count, before?.counts.refunds.value ?? null, 'down')} than={than} />
      </Tile>
      <Tile name={words.share} about={words.shareMeans} figure={share === null ? null : said(shareText(share))}>
        <Changed change={changeOf(share, shareIn(before), 'down')} than={than} />
      </Tile>
      <Tile
        name={words.median}
        about={words.medianMeans}
        figure={told?.medianMs == null ? null : said(durationText(told.medianMs))}
      >
        {told === undefined ? null : told.p90Ms === null ? words.noSale : words.nineOfTen(durationText(told.p90Ms))}
      </Tile>
    </dl>
  )
}

/** '3.4 days' as a figure and its unit. */
function said(text: string) {
  const [figure = '', unit = ''] = text.split(' ')
  return { text: figure, unit, exact: text }
}

type TileProps = {
  readonly name: string
  readonly about?: string
  readonly figure: { readonly text: string; readonly unit: string; readonly exact: string } | null
  readonly children: ReactNode
}

function Tile({ name, about, figure, children }: TileProps) {
  const ref = useTint<HTMLSpanElement>(figure?.exact ?? '')
  return (
    <div className={classes.tile} title={about}>
      <dt>{name}</dt>
      <dd>
        <span ref={ref} className={classes.figure} title={figure?.exact}>
          {figure?.text ?? words.unknown} <small>{figure?.unit}</small>
        </span>
        <span className={classes.change}>{children}</span>
      </dd>
    </div>
  )
}

const ways = { up: UpIcon, down: DownIcon, same: SameIcon } as const

function Changed({ change, than }: { readonly change: Change | null; readonly than: string }) {
  if (change === null) return null
  const Way = ways[change.way]
  return (
    <>
      <span data-verdict={change.verdict ?? undefined}>
        <Way size={12} /> {change.text}
      </span>{' '}
      {afterChange(change, than)}
    </>
  )
}

const keyOf = ({ reason }: ReasonRow) => reason
const SORT = { id: 'count', desc: true }

/** Each reason with its part of the refunds and of the sales, and how long after the sale. */
export function Statistics({ used, figures: { why, now, times } }: Props) {
  const { data } = now
  const currency = data ? refundCurrency(data) : ''
  const rows = useMemo(
    () => (data === undefined ? [] : prepareStatistics(data, times.data, currency)),
    [data, times.data, currency],
  )
  const columns = useMemo(() => columnsIn(currency), [currency])
  const card = useMemo(() => cardOf, [])
  const told = times.data
  const about =
    told &&
    [words.statisticsAbout(told.linked, told.read), told.complete ? '' : words.newest(told.read)].filter(Boolean)
  const nothing = { title: words.nothingTitle, why: words.nothingWhy }
  return (
    <Panel
      id="statistics"
      title={words.statistics}
      about={about?.join(', ')}
      {...(why === undefined && { state: panelStateOf(now, times) })}
      empty={why !== undefined ? sayNotKept(why, used) : data && rows.length === 0 ? nothing : undefined}
      skeleton="table"
      flush
    >
      <DataTable
        id="reasons"
        name={words.statistics}
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        sort={SORT}
        card={card}
        keys={false}
        height="auto"
      />
    </Panel>
  )
}

const percent = (share: number | null): number | null => (share === null ? null : Math.round(share * 1e4) / 100)
const shareShown = (share: number | null): string => (share === null ? '' : formatNumber(share * 100, ONE_DIGIT))
const ONE_DIGIT = { minimumFractionDigits: 1, maximumFractionDigits: 1 }
const timeShown = (ms: number | null): string => (ms === null ? '' : durationText(ms))

const columnsIn = (currency: string): DataColumn<ReasonRow>[] => [
  { id: 'reason', name: words.columns.reason, value: ({ reason }) => words.reason(reason), width: 80 },
  { id: 'count', name: words.columns.count, kind: 'number', value: ({ refunds }) => refunds, sum: true, width: 80 },
  {
    id: 'part',
    name: words.columns.shareOfRefunds,
    kind: 'number',
    unit: '%',
    value: ({ shareOfRefunds }) => percent(shareOfRefunds),
    text: ({ shareOfRefunds }) => shareShown(shareOfRefunds),
    width: 96,
  },
  {
    id: 'amount',
    name: words.columns.amount,
    kind: 'money',
    currency,
    value: ({ amount }) => amount,
    sum: true,
    width: 124,
  },
  {
    id: 'sales',
    name: words.columns.shareOfSales,
    kind: 'number',
    unit: '%',
    value: ({ shareOfSales }) => percent(shareOfSales),
    text: ({ shareOfSales }) => (shareOfSales === null ? '' : formatNumber(shareOfSales * 100, TWO_DIGITS)),
    width: 88,
  },
  {
    id: 'median',
    name: words.columns.median,
    kind: 'number',
    value: ({ medianMs }) => medianMs,
    text: ({ medianMs }) => timeShown(medianMs),
    width: 88,
  },
  {
    id: 'p90',
    name: words.columns.p90,
    kind: 'number',
    value: ({ p90Ms }) => p90Ms,
    text: ({ p90Ms }) => timeShown(p90Ms),
    width: 112,
  },
  {
    id: 'linked',
    name: words.columns.linked,
    kind: 'number',
    value: ({ linked }) => linked,
    sum: true,
    off: true,
    width: 96,
  },
]
const TWO_DIGITS = { minimumFractionDigits: 2, maximumFractionDigits: 2 }

const cardOf = ({ reason, refunds, shareOfRefunds, medianMs }: ReasonRow): RowCard => ({
  title: words.reason(reason),
  facts: [
    { name: words.columns.count, value: formatNumber(refunds) },
    { name: words.columns.shareOfRefunds, value: shareOfRefunds === null ? words.unknown : shareText(shareOfRefunds) },
    { name: words.columns.median, value: timeShown(medianMs) || words.unknown },
  ],
})
