import type { ItemAnswer } from '#core/api/item.ts'
import type { Measure } from '#core/api/metrics.ts'
import { type Change, changeOf } from '../format/format-change.ts'
import { moneyFigure, moneyText } from '../format/format-money.ts'
import { countFigure, type Figure, formatNumber } from '../format/format-number.ts'
import { words } from './words.ts'

export type Fact = { readonly name: keyof typeof words.factNames; readonly value: string }

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isNumber = (value: unknown): value is number => typeof value === 'number'

/** What is listed of it, as it is read; what nobody said is left out. */
export function factsOf({ productId, listing }: Pick<ItemAnswer, 'productId' | 'listing'>, locale?: string): Fact[] {
  const facts: Fact[] = [{ name: 'productId', value: productId }]
  if (listing === null) return facts
  const { basePriceMinor: price, unitCostMinor: cost, currency, aliases } = listing
  const add = (name: Fact['name'], value: string) => facts.push({ name, value })
  for (const name of ['category', 'subCategory', 'brand', 'supplierId'] as const)
    if (isText(listing[name])) add(name, listing[name])
  if (isText(currency)) {
    const money = (minor: number) => `${moneyText(minor, currency, locale)} ${currency}`
    if (isNumber(price)) add('basePriceMinor', money(price))
    if (isNumber(cost)) add('unitCostMinor', money(cost))
    if (isNumber(price) && isNumber(cost) && price > 0)
      add('margin', formatNumber((price - cost) / price, { style: 'percent', maximumFractionDigits: 1 }, locale))
  }
  if (isNumber(listing.shelfLifeDays)) add('shelfLifeDays', words.days(formatNumber(listing.shelfLifeDays, {}, locale)))
  for (const name of ['packSize', 'minOrder'] as const)
    if (isNumber(listing[name])) add(name, formatNumber(listing[name], {}, locale))
  if (Array.isArray(aliases) && aliases.length > 0) add('aliases', aliases.join(', '))
  return facts
}

/** The currency in which it sells most: of the week, else of the day, else of its listing or its stock; null: none is known. */
export function currencyOf({ windows, money, listing, stock }: ItemAnswer): string | null {
  const sums = [windows.sevenDays?.money, windows.today?.money, money].find(
    (each) => each !== undefined && Object.keys(each).length > 0,
  )
  if (sums !== undefined) {
    const size = (currency: string) => sums[currency]?.grossRevenue.value ?? 0
    return Object.keys(sums).sort((a, b) => size(b) - size(a))[0]!
  }
  if (isText(listing?.currency)) return listing.currency
  return stock.find(({ currency }) => currency !== null)?.currency ?? null
}

export const WINDOWS = ['lastMinutes', 'today', 'sevenDays'] as const
export type WindowName = (typeof WINDOWS)[number]
export const WINDOW_MEASURES = ['revenue', 'units', 'refunds', 'views', 'stockOuts'] as const
export type WindowMeasure = (typeof WINDOW_MEASURES)[number]

export type WindowFigure = {
  readonly measure: WindowMeasure
  /** null: it cannot be said. */
  readonly figure: Figure | null
  readonly change: Change | null
}
/** `figures` null: nothing of just that time is kept for some stores alone. */
export type PreparedWindow = { readonly name: WindowName; readonly figures: readonly WindowFigure[] | null }

/** What it is compared with: the week with the week before, shorter times with the day before. */
const EARLIER: Readonly<Record<WindowName, 'dayEarlier' | 'weekEarlier'>> = {
  lastMinutes: 'dayEarlier',
  today: 'dayEarlier',
  sevenDays: 'weekEarlier',
}
const GOOD: Readonly<Record<WindowMeasure, 'up' | 'down'>> = {
  revenue: 'up',
  units: 'up',
  refunds: 'down',
  views: 'up',
  stockOuts: 'down',
}
const UNKNOWN: Measure = { value: null, dayEarlier: null, weekEarlier: null }

/** The three times, each figure beside its change. */
export function prepareWindows({ windows }: Pick<ItemAnswer, 'windows'>, currency: string | null, locale?: string) {
  return WINDOWS.map((name): PreparedWindow => {
    const window = windows[name]
    if (window === null) return { name, figures: null }
    const { counts, money } = window
    const figures = WINDOW_MEASURES.map((measure): WindowFigure => {
      const isMoney = measure === 'revenue'
      const said = (isMoney ? currency !== null && money[currency]?.goodsRevenue : counts[measure]) || UNKNOWN
      // Nothing was sold in any currency: it is nothing, and not unknown.
      const value = isMoney && currency !== null && money[currency] === undefined ? 0 : said.value
      return {
        measure,
        figure: value === null ? null : isMoney ? moneyFigure(value, currency!, locale) : countFigure(value, locale),
        change: changeOf(value, said[EARLIER[name]], GOOD[measure], locale),
      }
    })
    return { name, figures }
  })
}

export type Refunds = {
  readonly count: number
  /** Minor units of the currency. */
  readonly amountMinor: number
  /** Of what was sold less discounts and cancellations; null: nothing was. */
  readonly share: number | null
}

/** What came back in 7 days; null: it cannot be said. */
export function refundsOf({ windows }: Pick<ItemAnswer, 'windows'>, currency: string | null): Refunds | null {
  const week = windows.sevenDays
  const count = week?.counts.refunds?.value ?? null
  if (week === null || count === null || currency === null) return null
  const money = week.money[currency]
  const [amountMinor, goods] = [money?.refundAmount.value ?? 0, money?.goodsRevenue.value ?? 0]
  const sold = goods + amountMinor
  return { count, amountMinor, share: sold > 0 ? amountMinor / sold : null }
}

export type PriceLine = {
  readonly key: string
  readonly at: number
  readonly storeId: string
  readonly currency: string
  readonly afterMinor: number
  /** null: nothing earlier is known of that store. */
  readonly beforeMinor: number | null
}

/** Each change beside what it cost in the same store before, newest first. */
export const preparePrices = (prices: ItemAnswer['prices']): PriceLine[] =>
  prices.map(({ at, storeId, priceMinor, currency }, i) => {
    const before = prices.slice(i + 1).find((each) => each.storeId === storeId && each.currency === currency)
    return {
      key: `${at} ${storeId} ${i}`,
      at: Date.parse(at),
      storeId,
      currency,
      afterMinor: priceMinor,
      beforeMinor: before?.priceMinor ?? null,
    }
  })
