import type { ItemAnswer } from '#core/api/item.ts'
import type { SeriesAnswer } from '#core/api/metrics.ts'
import type { Annotation, ChartUnit, TimeSpec } from '../chart/chart-spec.ts'
import { timeSpecOf } from '../chart/series-spec.ts'
import { moneyText } from '../format/format-money.ts'
import type { PriceLine } from './prepare-item.ts'
import { words } from './words.ts'

/** Alerts that are open now, at the time at which they opened. */
export const alertAnnotations = (alerts: ItemAnswer['alerts']): Annotation[] =>
  alerts.map(({ openedAt, kind, text }) => ({ at: openedAt, kind: kind === 'LOW_STOCK' ? 'alert' : 'stock-out', text }))

/** Units or revenue by day. */
export const daysSpec = (
  answer: SeriesAnswer,
  title: string,
  days: number,
  annotations: readonly Annotation[],
): TimeSpec => timeSpecOf(answer, { title, span: words.lastDays(days), name: title, adds: true, annotations })

/**
 * The average price of a unit on each day, before discounts, from what was sold and how many: a day without a sale is a
 * gap. Changes of price that sources told of stand on the axis.
 */
export function priceSpec(
  gross: SeriesAnswer,
  units: SeriesAnswer,
  prices: readonly PriceLine[],
  days: number,
  storeName: (id: string) => string,
): TimeSpec | undefined {
  const { currency } = gross
  if (currency === null) return undefined
  const [sold, asked] = [units.series[0]?.values ?? [], gross.series[0]?.values ?? []]
  const values = gross.buckets.map((_, i) => averageOf(asked[i] ?? null, sold[i] ?? null))
  const unit: ChartUnit = { kind: 'money', currency }
  const answer: SeriesAnswer = { ...gross, series: [{ key: 'total', label: 'total', values }] }
  const title = words.price
  return timeSpecOf(answer, {
    title,
    span: words.lastDays(days),
    name: words.pricePaid,
    adds: false,
    draw: 'line',
    unit,
    annotations: annotationsOf(prices, storeName),
  })
}

/** In whole minor units; nothing sold has no price. */
export const averageOf = (grossMinor: number | null, units: number | null): number | null =>
  grossMinor === null || units === null || units <= 0 ? null : Math.round(grossMinor / units)

export const annotationsOf = (prices: readonly PriceLine[], storeName: (id: string) => string): Annotation[] =>
  // Where nothing is known from before, nothing has moved.
  prices.flatMap((line) =>
    line.beforeMinor === null
      ? []
      : [
          {
            at: new Date(line.at).toISOString(),
            kind: 'note',
            text: `${movedText(line)} ${words.inStore(storeName(line.storeId))}`,
          },
        ],
  )

/** '999.00 → 899.00 INR'. */
export function movedText({ beforeMinor, afterMinor, currency }: PriceLine, locale?: string): string {
  const after = `${moneyText(afterMinor, currency, locale)} ${currency}`
  return beforeMinor === null
    ? words.priceFirst(after)
    : words.priceMoved(moneyText(beforeMinor, currency, locale), after)
}
