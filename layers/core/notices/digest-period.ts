import { businessDateOf, DAY_MS, HOUR_MS, instantOfWall, offsetAt } from '#core/metrics/business-time.ts'

/** How often what was collected is sent: each full hour, or each day at an hour (0 to 23) of the zone's clock. */
export type DigestRhythm = { readonly every: 'hour' } | { readonly every: 'day'; readonly hour: number }

/** When the digest is sent that holds a notice of `nowMs` (epoch ms): always later than that. */
export function digestDueAt(nowMs: number, rhythm: DigestRhythm, zone: string): number {
  if (rhythm.every === 'hour') {
    const wallMs = nowMs + offsetAt(nowMs, zone)
    return nowMs + HOUR_MS - (wallMs % HOUR_MS)
  }
  const today = Date.parse(`${businessDateOf(nowMs, zone)}T00:00:00Z`)
  const dueToday = instantOfWall(today + rhythm.hour * HOUR_MS, zone)
  return dueToday > nowMs ? dueToday : instantOfWall(today + DAY_MS + rhythm.hour * HOUR_MS, zone)
}
