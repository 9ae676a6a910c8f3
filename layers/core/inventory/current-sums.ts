/**
 * What was booked of one product in one store in its newest business day and quarter of an hour. It rides in the stock row,
 * costs no write of its own, and leaves when the next day or quarter begins.
 */
import type { CurrentSums } from '#core/api/stock.ts'
import { businessDateOf, startOfBusinessDay, startOfQuarter } from '#core/metrics/business-time.ts'
import { addSums } from '#core/metrics/cells.ts'
import { currenciesIn, moneyOf } from '#core/metrics/figures.ts'
import type { Sums } from '#core/metrics/measure-names.ts'
import { bookedSums } from '#core/metrics/measures.ts'
import type { Span } from '#core/metrics/spans.ts'
import type { Folded } from '#core/projection.ts'

/** Sums of everything booked at one time: a date in the store's zone, or epoch ms of a quarter's start. */
export type SumsOf<Time> = { readonly of: Time; readonly sums: Sums }
export type Current = { readonly today?: SumsOf<string>; readonly quarter?: SumsOf<number> }

const NOTHING: Sums = {}

/** HOT: the event's `businessDate` is the date in the store's zone already. */
export function currentAfter({ today, quarter }: Current, e: Folded): Required<Current> {
  const sums = bookedSums(e.data)
  return { today: added(today, e.businessDate, sums), quarter: added(quarter, startOfQuarter(e.at), sums) }
}

/** What belongs to an earlier time than the newest comes too late to be current. */
function added<Time extends string | number>(present: SumsOf<Time> | undefined, of: Time, sums: Sums): SumsOf<Time> {
  if (present === undefined || of > present.of) return { of, sums: addSums(NOTHING, sums) }
  return of < present.of ? present : { of, sums: addSums(present.sums, sums) }
}

/** As people read them now; null: the shop's clock is ahead of ours, and what is kept is of a time that has not come. */
export function currentItemOf({ today, quarter }: Current, zone: string, nowMs: number): CurrentSums {
  const date = businessDateOf(nowMs, zone)
  const start = startOfQuarter(nowMs)
  const day = sumsAt(today, date)
  const ofQuarter = sumsAt(quarter, start)
  return {
    today: day === undefined ? null : { date, ...figuresIn(day) },
    quarter: ofQuarter === undefined ? null : { start: new Date(start).toISOString(), ...figuresIn(ofQuarter) },
  }
}

/** Times of which stock rows hold sums: the business day so far, and the quarter of an hour so far. */
export type CurrentTime = 'today' | 'quarter'

/** Which of them a span is by the days of `zone`, if any. */
export function currentTimeOf({ fromMs, toMs }: Span, zone: string, nowMs: number): CurrentTime | undefined {
  if (toMs < nowMs) return undefined
  // Just after midnight both begin together: the day holds no less.
  if (fromMs === startOfBusinessDay(businessDateOf(nowMs, zone), zone)) return 'today'
  return fromMs === startOfQuarter(nowMs) ? 'quarter' : undefined
}

/** What a stock row holds of the day or quarter; undefined: unknown, as in `currentItemOf`. */
export const currentSumsAt = (
  { today, quarter }: Current,
  time: CurrentTime,
  zone: string,
  nowMs: number,
): Sums | undefined =>
  time === 'today' ? sumsAt(today, businessDateOf(nowMs, zone)) : sumsAt(quarter, startOfQuarter(nowMs))

function sumsAt<Time extends string | number>(kept: SumsOf<Time> | undefined, now: Time): Sums | undefined {
  if (kept === undefined || kept.of < now) return NOTHING
  return kept.of === now ? kept.sums : undefined
}

const figuresIn = (sums: Sums) => ({
  units: sums.units ?? 0,
  cancelledUnits: sums.cancelledUnits ?? 0,
  refunds: sums.refunds ?? 0,
  refundedUnits: sums.refundedUnits ?? 0,
  money: Object.fromEntries(
    currenciesIn(sums).map((currency) => [
      currency,
      {
        grossRevenue: moneyOf('grossRevenue', currency, sums),
        discounts: moneyOf('discounts', currency, sums),
        cancelledAmount: moneyOf('cancelledAmount', currency, sums),
        refundAmount: moneyOf('refundAmount', currency, sums),
        goodsRevenue: moneyOf('goodsRevenue', currency, sums),
      },
    ]),
  ),
})
