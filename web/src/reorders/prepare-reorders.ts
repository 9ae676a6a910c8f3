import type { ReorderDetails, ReorderItem, ReordersAnswer } from '#core/api/reorders.ts'
import { moneyText } from '../format/format-money.ts'
import { formatNumber } from '../format/format-number.ts'
import { formatTime } from '../format/format-time.ts'
import { words } from './words.ts'

/** '3 Mar': a date has no zone. */
export const dayText = (date: string): string => formatTime(Date.parse(`${date}T12:00:00Z`), 'UTC', 'shortDate')

/** '18 %'; what is not quite nothing is not nothing. */
export function chanceText(share: number, locale?: string): string {
  const percent = 100 * share
  return percent > 0 && percent < 1 ? '< 1 %' : `${formatNumber(Math.round(percent), {}, locale)} %`
}

export const nameOf = ({ title, productId }: Pick<ReorderItem, 'title' | 'productId'>): string => title ?? productId
export const storeOf = ({ storeName, storeId }: Pick<ReorderItem, 'storeName' | 'storeId'>): string =>
  storeName ?? storeId

export const costText = (minor: number | null, currency: string, locale?: string): string =>
  minor === null ? words.unknownCost : `${moneyText(minor, currency, locale)} ${currency}`

type Line = ReorderDetails['lines'][number]

/** A number of the sum as it is read: '98 %', '4.2 days', '1,250.00 INR'. */
export function lineValue({ value, unit }: Line, currency: string, locale?: string): string {
  if (unit === 'share') return `${formatNumber(100 * value, { maximumFractionDigits: 1 }, locale)} %`
  if (unit === 'minor') return `${moneyText(Math.round(value), currency, locale)} ${currency}`
  const number = formatNumber(value, { maximumFractionDigits: 1 }, locale)
  return unit === 'days' ? `${number} ${value === 1 ? 'day' : 'days'}` : number
}

/** What is said beside its name: whose it is, what it was learnt from. */
export function lineNote({ productClass, orders }: Line): string {
  if (productClass !== undefined) return words.ofClass(productClass)
  return orders === undefined ? '' : words.learntFrom(orders)
}

/** Of the pages that were loaded: each proposal once, though it moved from one to another meanwhile. */
export const joined = (pages: readonly ReordersAnswer[]): ReorderItem[] => [
  ...new Map(pages.flatMap(({ items }) => items).map((item) => [item.id, item])).values(),
]

/** The one currency of all; null: there are several, or none. */
export function onlyCurrency(items: readonly { readonly currency: string }[]): string | null {
  const found = new Set(items.map(({ currency }) => currency))
  return found.size === 1 ? [...found][0]! : null
}

/** What was decided, in a sentence; '': nothing yet. */
export function decisionText({ state, decision, quantity }: ReorderItem, locale?: string): string {
  if (decision === null || state === 'open') return ''
  if (state === 'snoozed') return words.decided.snoozed(dayText(decision.until!), decision.reason!)
  if (state === 'dismissed') return words.decided.dismissed(decision.reason!)
  return words.decided.accepted(formatNumber(decision.quantity ?? quantity, {}, locale), decision.purchaseOrderId!)
}
