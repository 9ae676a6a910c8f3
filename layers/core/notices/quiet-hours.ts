import { businessDateOf, DAY_MS, instantOfWall, MINUTE_MS } from '#core/metrics/business-time.ts'

/** Times of day as a clock on the wall shows them, 'HH:MM'; `to` before `from` is on the next day. */
export type QuietHours = { readonly from: string; readonly to: string }

/**
 * When the quiet hours that hold `nowMs` end (epoch ms); undefined: it is not quiet. They begin with `from` and end just
 * before `to`. Of a time that the clock shows twice the first counts, and one that it skips is as far from the time
 * before as if it were there: so they are never cut in two.
 */
export function quietUntil(nowMs: number, { from, to }: QuietHours, zone: string): number | undefined {
  const today = Date.parse(`${businessDateOf(nowMs, zone)}T00:00:00Z`)
  const nextDay = minutesOf(to) <= minutesOf(from) ? DAY_MS : 0
  for (const day of [today - DAY_MS, today]) {
    const startMs = instantOfWall(day + minutesOf(from) * MINUTE_MS, zone)
    const endMs = instantOfWall(day + nextDay + minutesOf(to) * MINUTE_MS, zone)
    if (startMs <= nowMs && nowMs < endMs) return endMs
  }
  return undefined
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
