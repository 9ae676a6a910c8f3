import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { RefundItem } from '#core/api/refunds.ts'
import classes from '../chart/split-page.module.css'
import { durationText } from '../format/format-duration.ts'
import { moneyText } from '../format/format-money.ts'
import { formatTime } from '../format/format-time.ts'
import { PageLink } from '../frame/page-link.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { itemPath, storePath, transactionPath } from '../paths.ts'
import { metricsQuery } from '../reach/queries.ts'
import { sayNotKept } from '../scope/say-not-kept.tsx'
import type { DataColumn } from '../table/data-column.ts'
import { DataTable, type RowCard } from '../table/data-table.tsx'
import { type Used, useRefunds } from './use-refunds.ts'
import { words } from './words.ts'

const NONE: RefundItem[] = []
const SORT = { id: 'at', desc: true }
const keyOf = ({ id }: RefundItem) => id

/** Each refund beside the sale that it gives back, and the time between. */
export function RefundList({ used }: { readonly used: Used }) {
  const { why, pages, isCut } = useRefunds(used)
  const { timeZone } = used.span
  const { data: metrics } = useQuery({ ...metricsQuery, enabled: false })
  const otherwise = metrics === undefined ? '' : (Object.keys(metrics.money)[0] ?? '')
  const rows = pages.items ?? NONE
  const currency = rows[0]?.currency ?? otherwise
  const columns = useMemo(() => columnsIn(currency, timeZone), [currency, timeZone])
  const card = useMemo(() => cardIn(timeZone), [timeZone])
  const isEmpty = pages.items !== undefined && rows.length === 0 && !pages.isLoading
  const nothing = { title: words.nothingTitle, why: words.nothingWhy }
  return (
    <Panel
      id="refunds"
      title={words.list}
      about={words.listAbout(used.span.label)}
      {...(why === undefined && { state: panelStateOf({ ...pages, data: pages.items, refetch: pages.again }) })}
      empty={why !== undefined ? sayNotKept(why, used) : isEmpty ? nothing : undefined}
      skeleton="table"
      flush
    >
      <Progress pages={pages} isCut={isCut} rows={rows.length} />
      <DataTable id="list" name={words.list} columns={columns} rows={rows} rowKey={keyOf} sort={SORT} card={card} />
    </Panel>
  )
}

type ProgressProps = {
  readonly pages: ReturnType<typeof useRefunds>['pages']
  readonly isCut: boolean
  readonly rows: number
}

function Progress({ pages, isCut, rows }: ProgressProps) {
  if (rows === 0) return null
  if (pages.error !== null)
    return (
      <p className={classes.note} role="alert">
        {words.partial(rows, pages.error.message)}{' '}
        <button type="button" onClick={pages.again}>
          {words.tryAgain}
        </button>
      </p>
    )
  if (!pages.isLoading && !isCut) return null
  return (
    <p className={classes.note} role="status">
      {isCut ? words.newestOnly(rows) : words.loading(rows)}
    </p>
  )
}

const titleOf = ({ title, productId }: RefundItem): string => title ?? productId ?? words.unknown
const moment = (at: string, zone: string): string =>
  `${formatTime(Date.parse(at), zone, 'shortDate')} ${formatTime(Date.parse(at), zone, 'clock')}`
/** Amounts of a list may be of several currencies: one column holds those of one, and the others say theirs. */
const amountText = (minor: number, of: string, currency: string): string =>
  of === currency ? moneyText(minor, of) : `${moneyText(minor, of)} ${of}`

function columnsIn(currency: string, zone: string): DataColumn<RefundItem>[] {
  const { columns } = words
  return [
    {
      id: 'product',
      name: columns.product,
      value: titleOf,
      show: (row) =>
        row.productId === null ? (
          titleOf(row)
        ) : (
          <PageLink to={itemPath(row.productId)} className={classes.name}>
            {titleOf(row)}
          </PageLink>
        ),
      width: 240,
    },
    { id: 'at', name: columns.at, kind: 'time', zone, value: ({ occurredAt }) => Date.parse(occurredAt), width: 136 },
    {
      id: 'reason',
      name: columns.reason,
      value: ({ reason }) => words.reason(reason ?? 'other'),
      filter: true,
      width: 152,
    },
    {
      id: 'store',
      name: columns.store,
      value: ({ storeName, storeId }) => storeName ?? storeId,
      show: ({ storeName, storeId }) => (
        <PageLink to={storePath(storeId)} className={classes.name}>
          {storeName ?? storeId}
        </PageLink>
      ),
      filter: true,
      width: 160,
    },
    { id: 'units', name: columns.units, kind: 'number', value: ({ quantity }) => quantity, sum: true, width: 72 },
    {
      id: 'amount',
      name: columns.amount,
      kind: 'money',
      currency,
      value: (row) => (row.currency === currency ? row.amountMinor : null),
      text: (row) => amountText(row.amountMinor, row.currency, currency),
      sum: true,
      width: 128,
    },
    {
      id: 'sale',
      name: columns.sale,
      kind: 'time',
      zone,
      value: ({ sale }) => (sale === null ? null : Date.parse(sale.at)),
      text: ({ sale }) => (sale === null ? '' : moment(sale.at, zone)),
      show: (row) => <Sale row={row} zone={zone} />,
      width: 136,
    },
    {
      id: 'paid',
      name: columns.paid,
      kind: 'money',
      currency,
      value: ({ sale }) => (sale?.currency === currency ? sale.paidMinor : null),
      off: true,
      width: 128,
    },
    {
      id: 'between',
      name: columns.between,
      kind: 'number',
      value: ({ sale }) => sale?.betweenMs ?? null,
      text: ({ sale }) => (sale === null ? '' : durationText(sale.betweenMs)),
      width: 120,
    },
    { id: 'order', name: columns.order, value: ({ orderId }) => orderId, off: true, width: 160 },
    { id: 'customer', name: columns.customer, value: ({ customer }) => customer, off: true, width: 160 },
    { id: 'source', name: columns.channel, value: ({ source }) => source, filter: true, off: true, width: 128 },
    { id: 'note', name: columns.note, value: ({ note }) => note, off: true, width: 200 },
    { id: 'id', name: columns.id, value: ({ id }) => id, off: true, width: 200 },
  ]
}

function Sale({ row, zone }: { readonly row: RefundItem; readonly zone: string }) {
  const { sale } = row
  if (sale === null) return <span className={classes.quiet}>{words.saleUnknown}</span>
  if (sale.id === null) return moment(sale.at, zone)
  return (
    <PageLink to={transactionPath(sale.id)} aria-label={`${words.toSale(titleOf(row))}, ${moment(sale.at, zone)}`}>
      {moment(sale.at, zone)}
    </PageLink>
  )
}

const cardIn =
  (zone: string) =>
  (row: RefundItem): RowCard => ({
    title: titleOf(row),
    facts: [
      { name: moment(row.occurredAt, zone), value: `${moneyText(row.amountMinor, row.currency)} ${row.currency}` },
      { name: words.columns.reason, value: words.reason(row.reason ?? 'other') },
      { name: words.columns.between, value: row.sale === null ? words.saleUnknown : durationText(row.sale.betweenMs) },
    ],
  })
