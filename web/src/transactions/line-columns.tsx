import type { TransactionDetails } from '#core/api/transactions.ts'
import { sumText } from '../format/format-money.ts'
import { DownIcon, UpIcon } from '../icons.tsx'
import type { DataColumn } from '../table/data-column.ts'
import { type Line, netMinor, prepareLine } from './prepare-lines.ts'
import classes from './transactions.module.css'
import { words } from './words.ts'

export type LineRow = { readonly item: TransactionDetails; readonly line: Line }

/** `nowMs`: by the minute, so that rows are not made anew each second. */
export const lineRows = (items: readonly TransactionDetails[], nowMs: number, timeZone: string): LineRow[] =>
  items.map((item) => ({ item, line: prepareLine(item, nowMs, timeZone) }))

/** `currencies`: of the rows. One stands once above its column; several stand in each cell, and are never added up. */
export function lineColumns(currencies: readonly string[], timeZone: string): readonly DataColumn<LineRow>[] {
  const { columns } = words
  return [
    {
      id: 'time',
      name: columns.time,
      kind: 'time',
      zone: timeZone,
      value: ({ item }) => Date.parse(item.occurredAt),
      text: ({ line }) => line.time,
      width: 112,
    },
    {
      id: 'kind',
      name: columns.kind,
      value: ({ line }) => line.kind,
      show: ({ line }) => <Kind line={line} />,
      filter: true,
      width: 104,
    },
    {
      id: 'product',
      name: columns.product,
      value: ({ line }) => line.product,
      show: ({ line }) => <Product line={line} />,
      width: 248,
    },
    { id: 'category', name: columns.category, value: ({ line }) => line.category || null, filter: true, off: true },
    { id: 'store', name: columns.store, value: ({ line }) => line.store, filter: true, width: 168 },
    { id: 'region', name: columns.region, value: ({ line }) => line.region || null, filter: true, off: true },
    { id: 'order', name: columns.order, value: ({ line }) => line.order || null, width: 144 },
    {
      id: 'quantity',
      name: columns.quantity,
      kind: 'number',
      value: ({ line, item }) => (line.quantity === null ? null : item.quantity),
      width: 88,
    },
    amountColumn(currencies),
    { id: 'source', name: columns.source, value: ({ line }) => line.source, filter: true, width: 120 },
    { id: 'reason', name: columns.reason, value: ({ item }) => item.reason, filter: true, off: true },
    { id: 'customer', name: columns.customer, value: ({ item }) => item.customer, off: true, width: 240 },
    { id: 'event', name: columns.id, value: ({ item }) => item.id, off: true, width: 280 },
  ]
}

function amountColumn(currencies: readonly string[]): DataColumn<LineRow> {
  const [currency] = currencies
  const net = ({ item }: LineRow) => netMinor(item)
  const common = { id: 'amount', name: words.columns.amount, width: 136 } as const
  if (currencies.length === 1 && currency !== undefined)
    return {
      ...common,
      kind: 'money',
      currency,
      value: net,
      text: ({ line }) => line.amount,
      show: ({ line }) => <Amount line={line} />,
      sum: (rows) => sumText(rows.map(net), currency)?.replace(` ${currency}`, '') ?? words.list.tooMuch(currency),
    }
  return {
    ...common,
    kind: 'number',
    value: net,
    text: ({ line }) => `${line.amount} ${line.currency}`,
    show: ({ line }) => <Amount line={line} withCurrency />,
  }
}

const Kind = ({ line: { kind, way } }: { readonly line: Line }) => (
  <span className={classes.kind} data-way={way}>
    {way === 'in' ? <UpIcon size={14} /> : <DownIcon size={14} />}
    {kind}
  </span>
)

const Product = ({ line: { product, productId } }: { readonly line: Line }) => (
  <span title={productId === null ? product : `${product} (${productId})`}>
    {product}
    {productId !== null && productId !== product && <span className={classes.light}> {productId}</span>}
  </span>
)

const Amount = ({ line, withCurrency }: { readonly line: Line; readonly withCurrency?: boolean }) => (
  <span title={line.told || undefined}>
    {line.amount}
    {withCurrency && <span className={classes.light}> {line.currency}</span>}
  </span>
)
