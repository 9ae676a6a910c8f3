import type { Measure, MetricsAnswer } from '#core/api/metrics.ts'
import { afterChange, type Change, changeOf } from '../format/format-change.ts'
import { majorOf, moneyFigure } from '../format/format-money.ts'
import { counted, countFigure, type Figure, formatNumber } from '../format/format-number.ts'
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
  /** The same of a week earlier, where there are two to compare with. */
  readonly week: { readonly change: Change; readonly than: string } | null
  /** What it was then, in a sentence; '' where it is not compared. */
  readonly weekEarlier: string
  /** A figure that belongs to it: '14 refunds'. */
  readonly note: string | null
  /** The same figure in the other currencies of the day, exact, where it is not 0. */
  readonly others: readonly Figure[]
}

const DAY_MS = 24 * 3_600_000

/**
 * What figures are compared with: the day so far with yesterday and last week, which the answer itself says; any other
 * span with another answer (undefined: on its way); null: with nothing.
 */
export type Against = 'days' | { readonly answer: MetricsAnswer | undefined; readonly than: string } | null

export function prepareTiles(metrics: MetricsAnswer, against: Against = 'days', locale?: string): Tile[] {
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
    const measured = (answer: MetricsAnswer): Measure =>
      kind === 'money' ? (currency && answer.money[currency]?.[measure]) || NOT_KNOWN : answer.counts[measure]
    const said = measured(metrics)
    const figureOf = (value: number | null): Figure | null =>
      value === null
        ? null
        : kind === 'money'
          ? moneyFigure(value, currency!, locale)
          : kind === 'share'
            ? shareFigure(value, locale)
            : countFigure(value, locale)
    const figure = figureOf(said.value)
    const others =
      kind === 'money' ? otherCurrencies.flatMap((code) => otherFigure(money[code]![measure], code, locale)) : []
    const days = against === 'days'
    const before = days ? said.dayEarlier : against?.answer ? measured(against.answer).value : null
    const change = against === null ? null : changeOf(said.value, before, good, locale)
    const weekChange = days ? changeOf(said.value, said.weekEarlier, good, locale) : null
    const when = `${weekday} last week ${clock}`
    return {
      measure,
      name,
      meaning,
      figure,
      whyNot: whyNot(measure, otherCurrencies.length > 0, against === 'days'),
      change,
      than:
        figure === null || against === null
          ? ''
          : days
            ? thanText(change, before, `yesterday ${clock}`)
            : against.answer === undefined
              ? ''
              : spanText(change, before, against.than),
      week: weekChange && said.weekEarlier !== 0 ? { change: weekChange, than: `than ${weekday}` } : null,
      weekEarlier: days ? weekText(weekChange, figureOf(said.weekEarlier), when) : '',
      note: notes[measure] || null,
      others,
    }
  })
}

const NOT_KNOWN: Measure = { value: null, dayEarlier: null, weekEarlier: null }

const otherFigure = ({ value }: Measure, currency: string, locale?: string): Figure[] =>
  value === null || value === 0 ? [] : [moneyFigure(value, currency, locale)]

/** '3.4 %': the sign stands where a currency does. */
function shareFigure(share: number, locale?: string): Figure {
  const text = formatNumber(share * 100, { maximumFractionDigits: 2 }, locale)
  return { text, unit: '%', exact: `${text} %` }
}

function whyNot(measure: TileMeasure, severalCurrencies: boolean, today: boolean): string {
  if (measure === 'averageOrderValue') {
    if (severalCurrencies) return 'Orders in several currencies have no common average.'
    return today ? 'There is no order yet today.' : 'There is no order in this time.'
  }
  if (measure === 'conversion') return 'No product page was seen.'
  return 'It cannot be said yet.'
}

function thanText(change: Change | null, dayEarlier: number | null, then: string): string {
  if (dayEarlier === null || change === null) return `no figure of ${then}`
  if (change.way === 'same') return `as ${then}`
  return dayEarlier === 0 ? then : `than ${then}`
}

/** `than`: 'than the period before'. */
function spanText(change: Change | null, before: number | null, than: string): string {
  if (before === null || change === null) return `no figure to compare with`
  return change.way === 'same' ? `no other ${than}` : afterChange(change, than)
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
