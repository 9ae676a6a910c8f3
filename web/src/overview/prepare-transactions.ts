import type { TransactionItem } from '#core/api/transactions.ts'
import { signedMoneyText, sumText } from '../format/format-money.ts'
import { counted, formatNumber } from '../format/format-number.ts'
import { formatMoment } from '../format/format-time.ts'

export type TransactionRow = {
  readonly id: string
  readonly time: string
  readonly kind: string
  /** Whether it brings money or gives it back. */
  readonly way: 'in' | 'out'
  readonly product: string
  /** The id beside a title. */
  readonly productId: string | null
  readonly store: string
  readonly storeId: string
  /** null: money without goods. */
  readonly quantity: string | null
  /** With its sign, after discount, without the currency. */
  readonly amount: string
  readonly currency: string
  /** How the amount came about, where there is more to say. */
  readonly amountTold: string
  readonly source: string
}

export type TransactionTable = {
  readonly rows: readonly TransactionRow[]
  /** The one currency of all rows, said once above the column; null: there are several. */
  readonly currency: string | null
  /** '50 shown', and what they add up to, by currency. */
  readonly count: string
  readonly sums: readonly string[]
}

const KINDS = {
  sale: 'Sale',
  refund: 'Refund',
  cancellation: 'Cancelled',
  charge: 'Charge',
  correction: 'Corrected',
} as const
const SOURCES: Readonly<Record<string, string>> = {
  pos: 'Point of sale',
  simulator: 'Simulated',
  collect: 'Own events',
}

/** `nowMs`: the engine's time, by which a row of another day says its day. */
export function prepareTransactions(
  items: readonly TransactionItem[],
  nowMs: number,
  timeZone: string,
  locale?: string,
): TransactionTable {
  const currencies = [...new Set(items.map(({ currency }) => currency))]
  const sumOf = (code: string) =>
    sumText(items.filter(({ currency }) => currency === code).map(netMinor), code, locale) ??
    `too much ${code} to add up exactly`
  return {
    rows: items.map((item) => rowOf(item, nowMs, timeZone, locale)),
    currency: currencies.length === 1 ? currencies[0]! : null,
    count: counted(items.length, 'row', 'rows', locale),
    sums: currencies.map(sumOf),
  }
}

/** What it adds to net revenue, in minor units. */
function netMinor({ kind, amountMinor, discountMinor }: TransactionItem): number {
  if (kind === 'sale' || kind === 'correction') return amountMinor - discountMinor
  return kind === 'charge' ? amountMinor : -amountMinor
}

function rowOf(item: TransactionItem, nowMs: number, timeZone: string, locale?: string): TransactionRow {
  const { id, kind, storeId, productId, title, currency, discountMinor, reason, note, channel, source } = item
  const net = netMinor(item)
  const told = [
    `${signedMoneyText(net, currency, locale)} ${currency}`,
    item.estimated ? 'at the catalogue’s price, until the source states its own' : '',
    discountMinor > 0 && kind !== 'correction'
      ? `after ${signedMoneyText(-discountMinor, currency, locale)} discount`
      : '',
    reason === null ? '' : `reason: ${reason.replaceAll('_', ' ')}`,
    note === null ? '' : `“${note}”`,
  ]
  return {
    id,
    time: formatMoment(Date.parse(item.occurredAt), nowMs, timeZone),
    kind: KINDS[kind],
    way: net < 0 || kind === 'refund' || kind === 'cancellation' ? 'out' : 'in',
    product: title ?? productId ?? channel ?? 'No goods',
    productId: title === null ? null : productId,
    store: item.storeName ?? storeId,
    storeId,
    quantity: kind === 'charge' || kind === 'correction' ? null : formatNumber(item.quantity, {}, locale),
    amount: signedMoneyText(net, currency, locale),
    currency,
    amountTold: told.filter((part) => part !== '').join(', '),
    source: sourceName(source),
  }
}

function sourceName(source: string): string {
  const known = SOURCES[source]
  if (known !== undefined) return known
  if (source.startsWith('import:')) return `Import ${source.slice('import:'.length)}`
  return source.charAt(0).toUpperCase() + source.slice(1)
}

/** How many of `items` the reader, who looks at `held`, has not seen; '50+' when there is no telling how many. */
export function unseenOf(held: readonly TransactionItem[], items: readonly TransactionItem[]): string | null {
  const seen = new Set(held.map(({ id }) => id))
  const unseen = items.filter(({ id }) => !seen.has(id)).length
  if (unseen === 0) return null
  return unseen === items.length ? `${unseen}+ new` : `${unseen} new`
}
