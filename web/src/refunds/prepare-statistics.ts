import type { MetricsAnswer } from '#core/api/metrics.ts'
import type { RefundStatisticsAnswer } from '#core/api/refunds.ts'

/** One reason. Amounts are minor units; null: it cannot be said. */
export type ReasonRow = {
  readonly reason: string
  readonly refunds: number
  /** Of all refunds, 0 to 1. */
  readonly shareOfRefunds: number | null
  readonly amount: number
  /** Of what was sold in the time, 0 and more. */
  readonly shareOfSales: number | null
  readonly linked: number
  readonly medianMs: number | null
  readonly p90Ms: number | null
}

/** The currency in which most was given back, or where nothing was, most was sold. */
export function refundCurrency({ money }: Pick<MetricsAnswer, 'money'>): string {
  const size = (currency: string): readonly [number, number] => [
    money[currency]!.refundAmount.value ?? 0,
    money[currency]!.grossRevenue.value ?? 0,
  ]
  return Object.keys(money).reduce((most, currency) => {
    const [a, b] = [size(currency), size(most)]
    return a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]) ? currency : most
  })
}

/** What was sold after discounts and cancellations: what could be given back. null: unknown. */
export function soldIn({ money }: Pick<MetricsAnswer, 'money'>, currency: string): number | null {
  const amounts = money[currency]
  if (amounts === undefined) return null
  const [gross, discounts, cancelled] = [amounts.grossRevenue, amounts.discounts, amounts.cancelledAmount]
  if (gross.value === null || discounts.value === null || cancelled.value === null) return null
  return gross.value - discounts.value - cancelled.value
}

/** null: nothing was sold, or one of them is unknown. */
export const shareOf = (part: number | null, whole: number | null): number | null =>
  part === null || whole === null || whole <= 0 ? null : part / whole

/** Counts and amounts of the time beside the times between sale and refund, the reason with the most refunds first. */
export function prepareStatistics(
  metrics: Pick<MetricsAnswer, 'money' | 'refundReasons' | 'counts'>,
  times: Pick<RefundStatisticsAnswer, 'byReason'> | undefined,
  currency: string,
): ReasonRow[] {
  const sold = soldIn(metrics, currency)
  const timesOf = new Map(times?.byReason.map((of) => [of.reason, of]))
  return metrics.refundReasons
    .map(({ reason, count, amounts }): ReasonRow => {
      const amount = amounts[currency] ?? 0
      const { linked = 0, medianMs = null, p90Ms = null } = timesOf.get(reason) ?? {}
      return {
        reason,
        refunds: count,
        shareOfRefunds: shareOf(count, metrics.counts.refunds.value),
        amount,
        shareOfSales: shareOf(amount, sold),
        ...{ linked, medianMs, p90Ms },
      }
    })
    .sort((a, b) => b.refunds - a.refunds || (a.reason < b.reason ? -1 : 1))
}
