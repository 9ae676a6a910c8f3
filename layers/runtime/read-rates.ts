import {
  type ConvertedDay,
  convertDay,
  type DatedRate,
  exchangeRates,
  type RateRow,
} from '#core/metrics/exchange-rates.ts'
import { currenciesIn } from '#core/metrics/figures.ts'
import type { Sums } from '#core/metrics/measure-names.ts'
import type { StateStore } from '#core/ports.ts'
import { partsOf, under } from '#core/row-key.ts'

/** The sums of each day in one currency, as far as the merchant's imported rates go. */
export async function convertDays(
  state: StateStore,
  merchantId: string,
  to: string,
  days: readonly { readonly date: string; readonly sums: Sums }[],
): Promise<ConvertedDay[]> {
  const dates = days.map(({ date }) => date).sort()
  const currencies = new Set(days.flatMap(({ sums }) => currenciesIn(sums)).filter((currency) => currency !== to))
  const ratesOf = new Map<string, DatedRate[]>()
  for (const currency of currencies) {
    const both = [
      await readRates(state, merchantId, [currency, to], dates[0]!, dates.at(-1)!),
      await readRates(state, merchantId, [to, currency], dates[0]!, dates.at(-1)!),
    ]
    ratesOf.set(currency, both.flat())
  }
  return days.map(({ date, sums }) => convertDay(sums, date, to, ratesOf))
}

/** Rates of the dates from the first to the last, and the one before them. */
async function readRates(
  state: StateStore,
  merchantId: string,
  [currency, per]: readonly [string, string],
  first: string,
  last: string,
): Promise<DatedRate[]> {
  const { from } = under(merchantId, currency, per)
  const table = exchangeRates.name
  // Up to the first date itself: a rate of that day is the one that counts for it.
  const before = await state.query({ table, range: { from, to: `${from}${first}\u0000` }, limit: 1, reverse: true })
  const within = await state.query({ table, range: { from: `${from}${first}\u0000`, to: `${from}${last}\u0000` } })
  return [...before, ...within].map(({ key, row }) => ({ currency, per, date: partsOf(key)[3]!, ...(row as RateRow) }))
}
