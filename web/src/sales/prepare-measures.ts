import type { MetricsAnswer } from '#core/api/metrics.ts'
import { type Change, changeOf } from '../format/format-change.ts'
import { moneyFigure } from '../format/format-money.ts'
import { countFigure, type Figure } from '../format/format-number.ts'
import { SALES_MEASURES, type SalesMeasure } from './sales-measure.ts'

export type MeasureFigure = {
  readonly measure: SalesMeasure
  /** null: it cannot be said of what is looked at. */
  readonly figure: Figure | null
  readonly change: Change | null
}

/** The figures of a span beside those of an earlier one, in the currency with the most gross revenue. */
export function prepareMeasures(now: MetricsAnswer, earlier: MetricsAnswer | undefined): MeasureFigure[] {
  const currency = currencyOf(now)
  return SALES_MEASURES.map((measure) => {
    const [value, before] = [figureOf(now, measure, currency), earlier && figureOf(earlier, measure, currency)]
    const isMoney = measure === 'net' || measure === 'gross'
    return {
      measure,
      figure: value === null ? null : isMoney ? moneyFigure(value, currency) : countFigure(value),
      change: before === undefined ? null : changeOf(value, before, 'up'),
    }
  })
}

/** The merchant's own is the first; another one only where more was sold in it. */
export function currencyOf({ money }: Pick<MetricsAnswer, 'money'>): string {
  const gross = (currency: string) => money[currency]?.grossRevenue.value ?? 0
  return Object.keys(money).reduce((most, currency) => (gross(currency) > gross(most) ? currency : most))
}

function figureOf({ money, counts }: MetricsAnswer, measure: SalesMeasure, currency: string): number | null {
  if (measure === 'units' || measure === 'orders') return counts[measure].value
  // Nothing was paid in it: the answer leaves the currency out.
  const amounts = money[currency]
  return amounts === undefined ? 0 : amounts[measure === 'net' ? 'netRevenue' : 'grossRevenue'].value
}
