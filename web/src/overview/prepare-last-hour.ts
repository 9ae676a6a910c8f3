import type { AlertItem } from '#core/api/alerts.ts'
import type { SeriesAnswer } from '#core/api/metrics.ts'
import type { Annotation, TimeSpec } from '../chart/chart-spec.ts'
import { timeSpecOf } from '../chart/series-spec.ts'
import { wordsOf } from './measure-words.ts'

/** One measure of the last hour by minute, with the alerts that opened in it. */
export function prepareLastHour(answer: SeriesAnswer, alerts: readonly AlertItem[]): TimeSpec {
  const { name, adds } = wordsOf(answer.measure)
  return timeSpecOf(answer, {
    title: `${name} by minute`,
    span: 'last hour',
    name,
    adds,
    annotations: alertAnnotations(alerts),
  })
}

export const alertAnnotations = (alerts: readonly AlertItem[]): Annotation[] =>
  alerts.map(({ openedAt, kind, text }) => ({
    at: openedAt,
    kind: kind === 'LOW_STOCK' ? 'alert' : 'stock-out',
    text,
  }))
