import { nextBusinessDate, startOfBusinessDay } from '#core/metrics/business-time.ts'

/** What of the audit is shown, as the address says it; '': everything. */
export type AuditFilter = {
  readonly what: string
  /** Id of a person. */
  readonly who: string
  /** Dates: '2026-03-02'. Both days are in it. */
  readonly from: string
  readonly to: string
}
export type AuditQuestion = {
  readonly what?: string
  readonly who?: string
  readonly from?: string
  readonly to?: string
}

/** `timeZone`: of the reader, in which the days are meant. A day to come is no begin, and nothing ends before it begins. */
export function questionOf({ what, who, from, to }: AuditFilter, timeZone: string, nowMs: number): AuditQuestion {
  const fromMs = from === '' ? Number.NEGATIVE_INFINITY : startOfBusinessDay(from, timeZone)
  const toMs = to === '' ? Number.POSITIVE_INFINITY : startOfBusinessDay(nextBusinessDate(to), timeZone)
  const isSpan = fromMs < Math.min(toMs, nowMs)
  return {
    ...(what !== '' && { what }),
    ...(who !== '' && { who }),
    ...(from !== '' && isSpan && { from: new Date(fromMs).toISOString() }),
    ...(to !== '' && isSpan && { to: new Date(toMs).toISOString() }),
  }
}
