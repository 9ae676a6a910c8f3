/** When a chain runs by itself: on which of a merchant's days, and for which of them. */
import { addDays, businessDateOf, instantOfWall } from '#core/metrics/business-time.ts'

/** `notBefore`: HH:MM by the merchant's clock. `weekday`: 1 is Monday, 7 Sunday. */
export type Rhythm =
  | { readonly every: 'day'; readonly notBefore: string }
  | { readonly every: 'week'; readonly weekday: number; readonly notBefore: string }

/** Days in which every rhythm comes once, and today, whose time may not have come. */
const LOOKED_AT = 8

/**
 * The business date (YYYY-MM-DD) that a run is due for, which is the day before it runs: of the newest time that has come, so
 * that after a pause there is one run and not one for each day of it. Undefined: none is due.
 * @param nowMs epoch ms.
 * @param last the newest date that there was a run for; undefined: there was none, and the first is not before today's time.
 */
export function dueDate(rhythm: Rhythm, zone: string, nowMs: number, last: string | undefined): string | undefined {
  const today = businessDateOf(nowMs, zone)
  for (let ago = 0; ago < LOOKED_AT; ago++) {
    const day = addDays(today, -ago)
    if (!isItsDay(rhythm, day)) continue
    // A time that a clock's change skips has come when the change has; of one that comes twice the first counts.
    if (nowMs < instantOfWall(Date.parse(`${day}T${rhythm.notBefore}:00Z`), zone)) continue
    const date = addDays(day, -1)
    const isNew = last === undefined ? ago === 0 : date > last
    return isNew ? date : undefined
  }
  return undefined
}

const isItsDay = (rhythm: Rhythm, day: string): boolean =>
  rhythm.every === 'day' || (new Date(`${day}T00:00:00Z`).getUTCDay() || 7) === rhythm.weekday
