import type { ProductFigures, ProductSums } from '#core/api/product-figures.ts'
import { type Change, changeOf } from '../format/format-change.ts'

/** One product in the table. Amounts are minor units of the table's currency; null: it cannot be said. */
export type ProductRow = {
  readonly productId: string
  readonly title: string
  readonly category: string
  readonly brand: string
  readonly units: number
  readonly gross: number | null
  readonly discounts: number | null
  readonly refunds: number
  readonly refundAmount: number | null
  readonly cancelled: number | null
  readonly net: number | null
  /** Its part of all net revenue, 0 to 1; null: there is none, or it is below zero. */
  readonly share: number | null
  /** Net revenue of the earlier span, and the change since; null: not known, or nothing is compared. */
  readonly earlier: number | null
  readonly change: Change | null
  /** 'YYYY-MM-DD'; null: not sold in this time. */
  readonly lastSoldOn: string | null
}

/** The currency with the most gross revenue in it; `otherwise` where nothing was sold. */
export function mainCurrency(items: readonly ProductFigures[], otherwise: string): string {
  const gross = new Map<string, number>()
  for (const { money } of items)
    for (const [code, { grossRevenue }] of Object.entries(money))
      gross.set(code, (gross.get(code) ?? 0) + (grossRevenue ?? 0))
  const ranked = [...gross].sort((a, b) => b[1] - a[1])
  return gross.has(otherwise) || ranked.length === 0 ? otherwise : ranked[0]![0]
}

/** Currencies that something was sold in, beside the one that is shown. */
export const otherCurrencies = (items: readonly ProductFigures[], currency: string): string[] =>
  [...new Set(items.flatMap(({ money }) => Object.keys(money)))].filter((code) => code !== currency).sort()

/** Products as rows in one currency, by net revenue, the most first. */
export function prepareProducts(items: readonly ProductFigures[], currency: string): ProductRow[] {
  const total = items.reduce((sum, item) => sum + (amountsIn(item, currency).goodsRevenue ?? 0), 0)
  const rows = items.map((item): ProductRow => {
    const now = amountsIn(item, currency)
    const before = item.earlier && amountsIn(item.earlier, currency).goodsRevenue
    const net = now.goodsRevenue
    return {
      productId: item.productId,
      title: item.title ?? item.productId,
      category: item.category ?? '',
      brand: item.brand ?? '',
      units: item.units,
      gross: now.grossRevenue,
      discounts: now.discounts,
      refunds: item.refunds,
      refundAmount: now.refundAmount,
      cancelled: now.cancelledAmount,
      net,
      share: net !== null && net >= 0 && total > 0 ? net / total : null,
      earlier: before,
      change: before === null ? null : changeOf(net, before, 'up'),
      lastSoldOn: item.lastSoldOn,
    }
  })
  return rows.sort((a, b) => (b.net ?? 0) - (a.net ?? 0) || (a.productId < b.productId ? -1 : 1))
}

const NOTHING = { grossRevenue: 0, discounts: 0, refundAmount: 0, cancelledAmount: 0, goodsRevenue: 0 }
const amountsIn = ({ money }: Pick<ProductSums, 'money'>, currency: string): ProductSums['money'][string] =>
  money[currency] ?? NOTHING
