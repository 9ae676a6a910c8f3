/** How long after its sale something was given back. */
export type RefundTime = { readonly reason: string; readonly betweenMs: number | undefined }
export type RefundTimes = {
  readonly refunds: number
  readonly linked: number
  readonly medianMs: number | null
  readonly p90Ms: number | null
}

/** Of refunds, in all and by reason, the reason with the most first; a time is absent where the order is not known. */
export function refundTimes(
  refunds: readonly RefundTime[],
): RefundTimes & { byReason: (RefundTimes & { reason: string })[] } {
  const byReason = [...Map.groupBy(refunds, ({ reason }) => reason)].map(([reason, of]) => ({ reason, ...timesOf(of) }))
  byReason.sort((a, b) => b.refunds - a.refunds || (a.reason < b.reason ? -1 : 1))
  return { ...timesOf(refunds), byReason }
}

function timesOf(refunds: readonly RefundTime[]): RefundTimes {
  const times = refunds.flatMap(({ betweenMs }) => betweenMs ?? []).sort((a, b) => a - b)
  return { refunds: refunds.length, linked: times.length, medianMs: quantile(times, 0.5), p90Ms: quantile(times, 0.9) }
}

/** The smallest value that at least this share of them does not exceed (nearest rank); null of none. Sorted upwards. */
function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null
}
