import type { AlertItem } from '#core/api/alerts.ts'
import type { SeriesAnswer } from '#core/api/metrics.ts'
import { formatMinor } from '#core/events/money.ts'
import { majorOf, moneyText } from '../format/format-money.ts'
import { formatNumber } from '../format/format-number.ts'
import { formatTime } from '../format/format-time.ts'
import { wordsOf } from './measure-words.ts'

/** One minute, as it is drawn, told and exported. */
export type ChartBar = {
  /** '14:05', on the wall of the merchant's zone. */
  readonly label: string
  readonly start: string
  readonly end: string
  /** Length in units people count by; null: nothing is kept for that time. */
  readonly value: number | null
  /** The value as text, with its unit; 'no data' for a gap. */
  readonly told: string
  /** As it goes into a spreadsheet: plain decimal text, '' for a gap. */
  readonly plain: string
  /** Its part of the hour, as per cent; '' where that means nothing. */
  readonly share: string
  /** Against the minute before: '+12.00'; '' where that is not known. */
  readonly change: string
  readonly state: 'over' | 'may still change' | 'not over yet' | 'missing'
  readonly corrected: boolean
}

export type SeriesChart = {
  readonly title: string
  /** ISO 4217, or '' for a count. */
  readonly unit: string
  readonly zone: string
  /** The day of the last minute in that zone, '3 March 2026'. */
  readonly day: string
  readonly bars: readonly ChartBar[]
  /** Runs of missing minutes, first and last index. */
  readonly gaps: readonly (readonly [from: number, to: number])[]
  /** Index of the minute that is not over; null: all are. */
  readonly unfinished: number | null
  readonly anyCorrected: boolean
  /**
   * Where each corrected minute is marked: above its bar, at the value its upper end has. Below a bar that hangs from
   * zero stand the clocks of the axis.
   */
  readonly corrections: readonly { readonly index: number; readonly value: number }[]
  /** Alerts that opened in the hour, by minute. */
  readonly openings: readonly { readonly index: number; readonly texts: readonly string[] }[]
  /** Whether a line leads from each of them down to its minute; many lines would hide the bars. */
  readonly openingLines: boolean
  /** The hour's sum with its unit; null for a measure whose minutes do not add up. */
  readonly total: string | null
  /** Something is known, and all of it is 0. */
  readonly allZero: boolean
  /** The picture in a sentence, for those who do not see it. */
  readonly summary: string
}

const MOST_LINES = 6

export function prepareSeriesChart(answer: SeriesAnswer, alerts: readonly AlertItem[], locale?: string): SeriesChart {
  const { buckets, currency, window } = answer
  const words = wordsOf(answer.measure)
  const values = buckets.map((_, index) => wholeOf(answer.series[0]?.values[index] ?? null))
  const known = values.filter((value) => value !== null)
  const sum = known.reduce((a, b) => a + b, 0)
  const textOf = (value: number) =>
    currency === null ? formatNumber(value, {}, locale) : moneyText(value, currency, locale)
  const toldOf = (value: number) => (currency === null ? textOf(value) : `${textOf(value)} ${currency}`)

  const bars = buckets.map(({ start, end, status, corrected }, index): ChartBar => {
    const value = values[index] ?? null
    const before = values[index - 1] ?? null
    const label = formatTime(Date.parse(start), window.timeZone, 'clock')
    if (value === null) {
      return {
        label,
        start,
        end,
        value,
        told: 'no data',
        plain: '',
        share: '',
        change: '',
        state: 'missing',
        corrected,
      }
    }
    const difference = before === null ? 0 : value - before
    return {
      label,
      start,
      end,
      value: currency === null ? value : majorOf(value, currency),
      told: toldOf(value),
      plain: currency === null ? String(value) : formatMinor(value, currency),
      share: words.adds && sum > 0 && value >= 0 ? shareText(value / sum, locale) : '',
      change: before === null ? '' : `${difference > 0 ? '+' : ''}${textOf(difference)}`,
      state: status === 'filling' ? 'not over yet' : status === 'provisional' ? 'may still change' : 'over',
      corrected,
    }
  })

  const openings = openingsIn(buckets, alerts)
  const unfinished = bars.findIndex(({ state }) => state === 'not over yet')
  // A sum that cannot be exact is not shown.
  const total = words.adds && known.length > 0 && Number.isSafeInteger(sum) ? toldOf(sum) : null
  const title = `${words.name} by minute`
  return {
    title,
    unit: currency ?? '',
    zone: window.timeZone,
    day: buckets.length === 0 ? '' : formatTime(Date.parse(buckets.at(-1)!.start), window.timeZone, 'fullDate'),
    bars,
    gaps: gapsIn(bars),
    unfinished: unfinished === -1 ? null : unfinished,
    anyCorrected: bars.some(({ corrected }) => corrected),
    corrections: bars.flatMap(({ corrected, value }, index) =>
      corrected && value !== null ? [{ index, value: Math.max(0, value) }] : [],
    ),
    openings,
    openingLines: openings.length <= MOST_LINES,
    total,
    allZero: known.length > 0 && known.every((value) => value === 0),
    summary: summaryOf(title, bars, total),
  }
}

/** An average may be a part of a minor unit. */
const wholeOf = (value: number | null): number | null => (value === null ? null : Math.round(value))

const shareText = (share: number, locale?: string): string =>
  `${formatNumber(share * 100, { maximumFractionDigits: share < 0.0995 ? 1 : 0 }, locale)} %`

function gapsIn(bars: readonly ChartBar[]): [number, number][] {
  const gaps: [number, number][] = []
  for (const [index, { value }] of bars.entries()) {
    if (value !== null) continue
    const last = gaps.at(-1)
    if (last?.[1] === index - 1) last[1] = index
    else gaps.push([index, index])
  }
  return gaps
}

function openingsIn(buckets: SeriesAnswer['buckets'], alerts: readonly AlertItem[]): SeriesChart['openings'] {
  const texts = new Map<number, string[]>()
  const firstMs = Date.parse(buckets[0]?.start ?? '')
  const oldestFirst = [...alerts].sort((a, b) => Date.parse(a.openedAt) - Date.parse(b.openedAt))
  for (const { openedAt, text } of oldestFirst) {
    const atMs = Date.parse(openedAt)
    if (!(atMs >= firstMs)) continue
    const index = buckets.findIndex(({ end }) => atMs < Date.parse(end))
    if (index !== -1) texts.set(index, [...(texts.get(index) ?? []), text])
  }
  return [...texts].map(([index, all]) => ({ index, texts: all })).sort((a, b) => a.index - b.index)
}

function summaryOf(title: string, bars: readonly ChartBar[], total: string | null): string {
  const known = bars.filter(({ value }) => value !== null)
  const largest = known.reduce<ChartBar | undefined>(
    (best, bar) => (best === undefined || bar.value! > best.value! ? bar : best),
    undefined,
  )
  if (largest === undefined) return `${title}: no data for the last hour.`
  const span = `${bars[0]!.label} to ${bars.at(-1)!.label}`
  const sum = total === null ? '' : ` ${total} in all.`
  const missing = bars.length - known.length
  const gaps = missing === 0 ? '' : ` ${missing} of ${bars.length} minutes have no data.`
  return `${title}, ${span}.${sum} Most at ${largest.label}: ${largest.told}.${gaps} Press t for the table.`
}
