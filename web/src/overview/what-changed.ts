import type { AlertItem } from '#core/api/alerts.ts'
import type { Measure, MetricsAnswer } from '#core/api/metrics.ts'
import { type Change, changeOf } from '../format/format-change.ts'
import { moneyFigure, moneyText } from '../format/format-money.ts'
import { counted, formatNumber } from '../format/format-number.ts'
import { tileMeasures } from './measure-words.ts'
import { currenciesBySize } from './prepare-tiles.ts'

/** Something that is otherwise than usual. */
export type ChangeSentence = {
  readonly key: string
  readonly text: string
  readonly verdict: Change['verdict']
  /** null: something happened; it is neither more nor less. */
  readonly way: Change['way'] | null
  /** The measure that shows it. */
  readonly measure: (typeof tileMeasures)[number]['measure'] | null
}

/** Below this a change is as usual. */
const LEAST_SHARE = 0.15
/** Fewer of a thing than this say nothing about it. */
const LEAST_COUNT = 5
const MOST = 6
const HOUR_MS = 3_600_000

const MANY: ReadonlySet<string> = new Set(['orders', 'refundAmount', 'activeCustomers'])

const COMPARED = ['netRevenue', 'orders', 'refundAmount', 'averageOrderValue', 'conversion', 'activeCustomers'] as const

/**
 * The last hour against the same hour yesterday (of last week, where yesterday's is not known), the largest change first,
 * then what ran out and what was refunded for. `hour`: the figures of just that hour.
 */
export function whatChanged(hour: MetricsAnswer, alerts: readonly AlertItem[], locale?: string): ChangeSentence[] {
  const [currency] = currenciesBySize(hour)
  const compared = COMPARED.flatMap((name) => {
    const measure = tileMeasures.find((each) => each.measure === name)!
    const said: Measure | undefined =
      measure.kind === 'money' ? hour.money[currency ?? '']?.[measure.measure] : hour.counts[measure.measure]
    if (said === undefined || said.value === null) return []
    const than = said.dayEarlier === null ? 'last week' : 'yesterday'
    const before = said.dayEarlier ?? said.weekEarlier
    const change = changeOf(said.value, before, measure.good, locale)
    if (change === null || before === null) return []
    const size = before === 0 ? (said.value === 0 ? 0 : 1) : Math.abs((said.value - before) / before)
    if (size < LEAST_SHARE || !saysEnough(measure.kind, said.value, before, hour)) return []
    const told = (value: number) =>
      measure.kind === 'money'
        ? moneyFigure(value, currency!, locale).exact
        : measure.kind === 'share'
          ? `${formatNumber(value * 100, { maximumFractionDigits: 1 }, locale)} %`
          : formatNumber(value, {}, locale)
    const by =
      before === 0 ? `none in the same hour ${than}` : `${change.text}, ${told(before)} in the same hour ${than}`
    const text = `${measure.name} ${MANY.has(name) ? 'are' : 'is'} ${change.way}: ${told(said.value)}, ${by}.`
    return [{ sentence: { key: name, text, verdict: change.verdict, way: change.way, measure: name }, size }]
  })
  const sentences: ChangeSentence[] = compared.sort((a, b) => b.size - a.size).map(({ sentence }) => sentence)
  return [
    ...sentences,
    ...stockSentences(hour, locale),
    ...alertSentences(hour, alerts, locale),
    ...reasonSentence(hour, locale),
  ].slice(0, MOST)
}

function saysEnough(kind: string, value: number, before: number, { counts }: MetricsAnswer): boolean {
  if (kind === 'count') return Math.max(value, before) >= LEAST_COUNT
  const { orders, refunds } = counts
  return Math.max(orders.value ?? 0, orders.dayEarlier ?? orders.weekEarlier ?? 0, refunds.value ?? 0) >= LEAST_COUNT
}

function stockSentences({ counts: { stockOuts } }: MetricsAnswer, locale?: string): ChangeSentence[] {
  const { value, dayEarlier } = stockOuts
  if (!value) return []
  const then = dayEarlier === 0 ? 'none' : formatNumber(dayEarlier ?? 0, {}, locale)
  const before = dayEarlier === null ? '' : `, ${then} in the same hour yesterday`
  const verdict = dayEarlier !== null && value <= dayEarlier ? null : 'worse'
  const who = value === 1 ? 'One product' : `${formatNumber(value, {}, locale)} products`
  return [{ key: 'stockOuts', text: `${who} ran out in a store${before}.`, verdict, way: null, measure: 'stockOuts' }]
}

function alertSentences({ window }: MetricsAnswer, alerts: readonly AlertItem[], locale?: string): ChangeSentence[] {
  const sinceMs = Date.parse(window.to) - HOUR_MS
  const opened = alerts.filter(({ openedAt, state }) => state !== 'resolved' && Date.parse(openedAt) >= sinceMs)
  if (opened.length === 0) return []
  const critical = opened.filter(({ severity }) => severity === 'CRITICAL').length
  const first = opened.find(({ severity }) => severity === 'CRITICAL') ?? opened[0]!
  const many = critical === 0 ? '' : `, ${formatNumber(critical, {}, locale)} of them critical`
  const text = `${counted(opened.length, 'alert', 'alerts', locale)} opened${many}. The first to look at: ${first.text}`
  return [{ key: 'alerts', text, verdict: critical === 0 ? null : 'worse', way: null, measure: null }]
}

function reasonSentence({ refundReasons, counts }: MetricsAnswer, locale?: string): ChangeSentence[] {
  const [most] = [...refundReasons].sort((a, b) => b.count - a.count)
  const all = counts.refunds.value ?? 0
  if (most === undefined || all < LEAST_COUNT || most.count / all < 0.5) return []
  const amounts = Object.entries(most.amounts).map(([code, minor]) => `${moneyText(minor, code, locale)} ${code}`)
  const text = `${formatNumber(most.count, {}, locale)} of ${counted(all, 'refund', 'refunds', locale)} say “${most.reason.replaceAll('_', ' ')}”: ${amounts.join(', ')}.`
  return [{ key: 'reason', text, verdict: null, way: null, measure: 'refundAmount' }]
}
