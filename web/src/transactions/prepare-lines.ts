import type { TransactionDetails, TransactionsAnswer } from '#core/api/transactions.ts'
import { signedMoneyText } from '../format/format-money.ts'
import { formatNumber } from '../format/format-number.ts'
import { formatMoment } from '../format/format-time.ts'
import { words } from './words.ts'

export type Line = {
  readonly id: string
  readonly storeId: string
  readonly occurredAt: string
  readonly time: string
  readonly kind: string
  /** Whether it brings money or gives it back. */
  readonly way: 'in' | 'out'
  readonly product: string
  readonly productId: string | null
  readonly category: string
  readonly store: string
  readonly region: string
  readonly order: string
  /** null: money without goods. */
  readonly quantity: string | null
  /** With its sign, after discount, without the currency. */
  readonly amount: string
  readonly currency: string
  /** How the amount came about, where there is more to say. */
  readonly told: string
  readonly source: string
}

/** `nowMs`: the engine's time, by which a row of another day says its day. */
export function prepareLine(item: TransactionDetails, nowMs: number, timeZone: string, locale?: string): Line {
  const { kind, currency, discountMinor, reason, note, title, productId } = item
  const net = netMinor(item)
  const told = [
    item.estimated ? words.list.estimated : '',
    discountMinor > 0 && kind !== 'correction'
      ? words.list.discount(signedMoneyText(-discountMinor, currency, locale))
      : '',
    reason === null ? '' : words.list.reason(reason.replaceAll('_', ' ')),
    note === null ? '' : words.list.note(note),
  ]
  return {
    id: item.id,
    storeId: item.storeId,
    occurredAt: item.occurredAt,
    time: formatMoment(Date.parse(item.occurredAt), nowMs, timeZone),
    kind: words.kinds[kind],
    way: net < 0 || kind === 'refund' || kind === 'cancellation' ? 'out' : 'in',
    product: title ?? productId ?? item.channel ?? words.list.noGoods,
    productId,
    category: item.category ?? '',
    store: item.storeName ?? item.storeId,
    region: item.region ?? '',
    order: item.orderId ?? '',
    quantity: kind === 'charge' || kind === 'correction' ? null : formatNumber(item.quantity, {}, locale),
    amount: signedMoneyText(net, currency, locale),
    currency,
    told: told.filter((part) => part !== '').join(', '),
    source: sourceName(item.source),
  }
}

/** What it adds to net revenue, in minor units. */
export function netMinor({ kind, amountMinor, discountMinor }: TransactionDetails): number {
  if (kind === 'sale' || kind === 'correction') return amountMinor - discountMinor
  return kind === 'charge' ? amountMinor : -amountMinor
}

export function sourceName(source: string): string {
  const known = words.sources[source]
  if (known !== undefined) return known
  if (source.startsWith('import:')) return words.import(source.slice('import:'.length))
  return source.charAt(0).toUpperCase() + source.slice(1)
}

type Page = Pick<TransactionsAnswer, 'items' | 'next'>

/**
 * What is shown after the newest page was asked again: its rows, and below them what was shown and is older. Where it
 * does not reach down to what was shown there is a gap, and only the page is known to be whole.
 */
export function withNewest(shown: Page | undefined, newest: Page): Page {
  const last = newest.items.at(-1)
  if (shown === undefined || last === undefined || newest.next === null) return newest
  const known = new Set(shown.items.map(({ id }) => id))
  if (!newest.items.some(({ id }) => known.has(id))) return newest
  const fresh = new Set(newest.items.map(({ id }) => id))
  const older = shown.items.filter(
    (item) => !fresh.has(item.id) && (item.occurredAt < last.occurredAt || isSameAndBehind(shown, item, last.id)),
  )
  return older.length === 0 ? newest : { items: [...newest.items, ...older], next: shown.next }
}

/** Of rows of one moment, those stay that stood behind the page's last one. */
function isSameAndBehind({ items }: Page, item: TransactionDetails, lastId: string): boolean {
  const at = items.findIndex(({ id }) => id === lastId)
  return at >= 0 && items.indexOf(item) > at
}

/** More of what is older, each row once. */
export const withOlder = (shown: Page, older: Page): Page => {
  const known = new Set(shown.items.map(({ id }) => id))
  return { items: [...shown.items, ...older.items.filter(({ id }) => !known.has(id))], next: older.next }
}

/** How many of `newest` somebody who looks at `held` has not seen; '50+' when there is no telling how many. */
export function unseenOf(
  held: readonly { readonly id: string }[],
  newest: readonly { readonly id: string }[],
): string | null {
  const seen = new Set(held.map(({ id }) => id))
  const unseen = newest.findIndex(({ id }) => seen.has(id))
  if (unseen === 0 || newest.length === 0) return null
  return unseen < 0 ? `${newest.length}+` : String(unseen)
}
