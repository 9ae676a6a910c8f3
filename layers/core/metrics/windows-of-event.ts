/** The windows that an event counts in, and how far each of them is. */
import { statusOf } from './buckets.ts'
import {
  businessDateOf,
  MINUTE_MS,
  nextBusinessDate,
  QUARTER_MS,
  startOfBusinessDay,
  startOfMinute,
  startOfQuarter,
} from './business-time.ts'
import { type By, KEEP_CELLS_MS, type Width } from './cells.ts'
import { isBackfill, WATERMARK_DELAY_MS } from './watermark.ts'

export type EventTimes = {
  /** Epoch ms: when it happened, and when our door took it. */
  readonly at: number
  readonly receivedAt: number
  readonly source: string
  readonly storeZone: string
  readonly merchantZone: string
  /** Whether it is about a product, whose sums it is in as well. */
  readonly ofProduct: boolean
}
export type EventWindow = {
  readonly width: Width
  /** Whose sums: a day is the store's own for the store, and the merchant's for everything else. */
  readonly of: readonly By[]
  readonly fromMs: number
  readonly toMs: number
  readonly timeZone: string
  readonly status: 'filling' | 'provisional' | 'final'
  /** Cells so old are not there any more, or never were. */
  readonly isKept: boolean
}

export function windowsOfEvent(times: EventTimes, nowMs: number): EventWindow[] {
  const { at, receivedAt, storeZone, merchantZone, ofProduct } = times
  const all: readonly By[] = ofProduct ? ['total', 'store', 'product'] : ['total', 'store']
  const window = (width: Width, of: readonly By[], fromMs: number, toMs: number, timeZone: string): EventWindow => ({
    width,
    of,
    fromMs,
    toMs,
    timeZone,
    status: statusOf({ fromMs, toMs }, nowMs, startOfMinute(nowMs - WATERMARK_DELAY_MS)),
    isKept: Math.max(receivedAt - at, nowMs - fromMs) < KEEP_CELLS_MS[width],
  })
  const day = (of: readonly By[], zone: string): EventWindow => {
    const date = businessDateOf(at, zone)
    return window('day', of, startOfBusinessDay(date, zone), startOfBusinessDay(nextBusinessDate(date), zone), zone)
  }
  const minute = startOfMinute(at)
  const quarter = startOfQuarter(at)
  return [
    window('minute', all, minute, minute + MINUTE_MS, storeZone),
    window('quarter', all, quarter, quarter + QUARTER_MS, storeZone),
    ...(storeZone === merchantZone
      ? [day(all, storeZone)]
      : [
          day(['store'], storeZone),
          day(
            all.filter((by) => by !== 'store'),
            merchantZone,
          ),
        ]),
  ]
}

/**
 * Whether it came when its minute was final already, as its own times tell; null: the clock's tick of that very minute
 * made the difference, or it is of a history, where the order alone does.
 */
export function wasLate({ at, receivedAt, source }: Pick<EventTimes, 'at' | 'receivedAt' | 'source'>): boolean | null {
  const finalAt = startOfMinute(at) + MINUTE_MS + WATERMARK_DELAY_MS
  if (receivedAt < finalAt) return false
  return isBackfill(source) || receivedAt < finalAt + MINUTE_MS ? null : true
}
