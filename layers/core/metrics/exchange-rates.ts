/**
 * Money of one currency in another, by the rate of its day: the latest that is known on or before it. Exact: integers and
 * decimal text, rounded once (half away from zero) for each day and sum, so that days add up to what their span says.
 */
import { exponentOf } from '#core/events/money.ts'
import type { RateRecorded } from '#core/events/rate-recorded.ts'
import { projection } from '#core/projection.ts'
import { rowKey } from '#core/row-key.ts'
import { addSums } from './cells.ts'
import { currenciesIn, moneyOf } from './figures.ts'
import type { Sums } from './measure-names.ts'

export type RateRow = Pick<RateRecorded, 'rate' | 'source'>

/** Every shard hears of a rate: one of them keeps it. */
export const exchangeRates = projection<RateRow>({
  name: 'exchange-rates',
  version: 1,
  of: ['rate.recorded'],
  key: (e) => {
    if (e.shard !== 0) return undefined
    const { currency, per, date } = e.data as RateRecorded
    return rowKey(e.merchantId, currency, per, date)
  },
  empty: { rate: '' },
  fold: (row, e) => {
    const { rate, source } = e.data as RateRecorded
    if (row.rate === rate && row.source === source) return row
    return source === undefined ? { rate } : { rate, source }
  },
})

/** A rate as it was recorded: so many units of `currency` were one unit of `per`. */
export type DatedRate = Pick<RateRecorded, 'currency' | 'per' | 'date' | 'rate' | 'source'>

/** The latest rate on or before the date; of two of one day the first. */
export function rateOn(rates: readonly DatedRate[], date: string): DatedRate | undefined {
  let latest: DatedRate | undefined
  for (const rate of rates) {
    if (rate.date <= date && (latest === undefined || rate.date > latest.date)) latest = rate
  }
  return latest
}

/** Minor units of one of the rate's two currencies in those of the other; NaN beyond what a number holds exactly. */
export function convertMinor(minor: number, from: string, to: string, { per, rate }: DatedRate): number {
  if (!Number.isSafeInteger(minor)) return Number.NaN
  const [whole, fraction = ''] = rate.split('.') as [string, string?]
  const digits = BigInt(whole + fraction)
  const scale = 10n ** BigInt(fraction.length)
  const shift = exponentOf(to)! - exponentOf(from)!
  // One unit of `per` is `rate` of the other.
  const [times, by] = from === per ? [digits, scale] : [scale, digits]
  const numerator = BigInt(Math.abs(minor)) * times * (shift > 0 ? 10n ** BigInt(shift) : 1n)
  const denominator = by * (shift < 0 ? 10n ** BigInt(-shift) : 1n)
  const converted = Number((2n * numerator + denominator) / (2n * denominator))
  if (!Number.isSafeInteger(converted)) return Number.NaN
  return minor < 0 && converted !== 0 ? -converted : converted
}

/** Sums of one day, in one currency as far as rates are known; what none is known for stays as it is. */
export type ConvertedDay = { readonly date: string; readonly sums: Sums; readonly used: readonly DatedRate[] }

/** `ratesOf`: by currency, those between it and `to`. */
export function convertDay(
  sums: Sums,
  date: string,
  to: string,
  ratesOf: ReadonlyMap<string, readonly DatedRate[]>,
): ConvertedDay {
  let converted: Sums = {}
  const used = new Map<string, DatedRate>()
  for (const [name, sum] of Object.entries(sums)) {
    const from = /:([A-Z]{3})$/.exec(name)?.[1]
    const rate = from === undefined || from === to ? undefined : rateOn(ratesOf.get(from) ?? [], date)
    if (rate !== undefined) used.set(from!, rate)
    const added =
      rate === undefined ? { [name]: sum } : { [`${name.slice(0, -3)}${to}`]: convertMinor(sum, from!, to, rate) }
    converted = addSums(converted, added, () => Number.NaN)
  }
  return { date, sums: converted, used: [...used.values()] }
}

/** What a figure in one currency rests on, and what is not in it. */
export type Conversion = {
  readonly rates: { currency: string; per: string; date: string; rate: string; source: string | null }[]
  readonly unconverted: { currency: string; from: string; to: string; netRevenue: number | null }[]
}

/** Of days that were converted to `to`; those without `used` rates alone are what they were. */
export function conversionOf(days: readonly ConvertedDay[], into: string): Conversion {
  const rates = new Map<string, Conversion['rates'][number]>()
  const left = new Map<string, { from: string; to: string; sums: Sums }>()
  for (const { date, sums, used } of days) {
    for (const { currency, per, date: of, rate, source } of used)
      rates.set(rowKey(currency, per, of), { currency, per, date: of, rate, source: source ?? null })
    for (const currency of currenciesIn(sums)) {
      if (currency === into) continue
      const before = left.get(currency) ?? { from: date, to: date, sums: {} }
      const [from, , to] = [before.from, date, before.to].sort() as [string, string, string]
      left.set(currency, { from, to, sums: addSums(before.sums, sums, () => Number.NaN) })
    }
  }
  const inOrder = <T>(map: ReadonlyMap<string, T>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    rates: inOrder(rates).map(([, rate]) => rate),
    unconverted: inOrder(left).map(([currency, { sums, ...dates }]) => ({
      currency,
      ...dates,
      netRevenue: moneyOf('netRevenue', currency, sums),
    })),
  }
}
