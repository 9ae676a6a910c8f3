import type { Measure, MetricsAnswer } from '#core/api/metrics.ts'
import { type Change, changeOf } from '../format/format-change.ts'
import { majorOf, moneyFigure } from '../format/format-money.ts'
import { counted, countFigure, type Figure } from '../format/format-number.ts'
import { formatTime } from '../format/format-time.ts'
import { type TileMeasure, tileMeasures } from './measure-words.ts'

export type Tile = {
  readonly measure: TileMeasure
  readonly name: string
  readonly meaning: string
  /** null: it cannot be said, and `whyNot` says why. */
  readonly figure: Figure | null
  readonly whyNot: string
  readonly change: Change | null
  /** 'than yesterday 14:05'; where there is nothing to compare with, that. */
  readonly than: string
  /** The week's comparison, in a sentence. */
  readonly weekEarlier: string
  /** A figure that belongs to it: '14 refunds'. */
  readonly note: string | null
  /** The same figure in the other currencies of the day, exact, where it is not 0. */
  readonly others: readonly Figure[]
}

const DAY_MS = 24 * 3_600_000

export function prepareTiles(metrics: MetricsAnswer, locale?: string): Tile[] {
  const { counts, money, window } = metrics
  const [currency, ...otherCurrencies] = currenciesBySize(metrics)
  const toMs = Date.parse(window.to)
  const clock = formatTime(toMs, window.timeZone, 'clock')
  const weekday = formatTime(toMs - 7 * DAY_MS, window.timeZone, 'weekday')

  const notes: Partial<Record<TileMeasure, string>> = {
    orders: counts.cancellations.value ? counted(counts.cancellations.value, 'cancelled', 'cancelled', locale) : '',
    refundAmount: counted(counts.refunds.value ?? 0, 'refund', 'refunds', locale),
  }

  return tileMeasures.map(({ measure, kind, name, good, meaning }): Tile => {
    const said: Measure = kind === 'count' ? counts[measure] : (currency && money[currency]?.[measure]) || NOT_KNOWN
    const figureOf = (value: number | null): Figure | null =>
      value === null ? null : kind === 'count' ? countFigure(value, locale) : moneyFigure(value, currency!, locale)
    const change = changeOf(said.value, said.dayEarlier, good, locale)
    const figure = figureOf(said.value)
    const others =
      kind === 'count' ? [] : otherCurrencies.flatMap((code) => otherFigure(money[code]![measure], code, locale))
    return {
      measure,
      name,
      meaning,
      figure,
      whyNot: whyNot(measure, otherCurrencies.length > 0),
      change,
      than: figure === null ? '' : thanText(change, said.dayEarlier, `yesterday ${clock}`),
      weekEarlier: weekText(
        changeOf(said.value, said.weekEarlier, good, locale),
        figureOf(said.weekEarlier),
        `${weekday} last week ${clock}`,
      ),
      note: notes[measure] || null,
      others,
    }
  })
}

const NOT_KNOWN: Measure = { value: null, dayEarlier: null, weekEarlier: null }

const otherFigure = ({ value }: Measure, currency: string, locale?: string): Figure[] =>
  value === null || value === 0 ? [] : [moneyFigure(value, currency, locale)]

function whyNot(measure: TileMeasure, severalCurrencies: boolean): string {
  if (measure === 'averageOrderValue') {
    return severalCurrencies ? 'Orders in several currencies have no common average.' : 'There is no order yet today.'
  }
  return 'It cannot be said yet.'
}

function thanText(change: Change | null, dayEarlier: number | null, then: string): string {
  if (dayEarlier === null || change === null) return `no figure of ${then}`
  if (change.way === 'same') return `as ${then}`
  return dayEarlier === 0 ? then : `than ${then}`
}

function weekText(change: Change | null, then: Figure | null, when: string): string {
  if (change === null || then === null) return `No figure of ${when}.`
  const size = change.way === 'same' ? 'the same' : change.text
  return `${sentence(when)}: ${then.exact}, now ${size}${change.verdict === null ? '' : `, ${change.verdict}`}.`
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Currencies in which something happened today, the one with the largest gross first; always at least the merchant's. */
export function currenciesBySize({ money }: Pick<MetricsAnswer, 'money'>): string[] {
  const all = Object.keys(money)
  const gross = (code: string) => majorOf(money[code]!.grossRevenue.value ?? 0, code)
  const used = all.filter((code) => Object.values(money[code]!).some(({ value }) => value !== null && value !== 0))
  // Sorting is stable: of two that are as large, the merchant's own comes first.
  return (used.length > 0 ? used : all.slice(0, 1)).sort((a, b) => gross(b) - gross(a))
}
