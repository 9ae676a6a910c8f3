import type { SeriesAnswer } from '#core/api/metrics.ts'
import type { RankedRow, RankedSpec } from '../chart/chart-spec.ts'
import { seriesColours } from '../chart/series-colour.ts'
import { changeOf } from '../format/format-change.ts'
import { itemPath, storePath } from '../paths.ts'
import type { Split } from './sales-questions.ts'
import { words } from './words.ts'

export type SplitAbout = {
  readonly title: string
  readonly split: Split
  readonly span: string
  /** What the change is against: 'than yesterday'. */
  readonly than: string
  /** More of it is good; of refunds it is not. */
  readonly good?: 'up' | 'down'
}

/** The key under which the engine puts what has no category or region. */
const NO_GROUP = '(none)'

/** A series of the whole span as bars, the largest first, beside an earlier span and with its part of the whole. */
export function prepareSplit(answer: SeriesAnswer, earlier: SeriesAnswer | undefined, about: SplitAbout): RankedSpec {
  const { split, good = 'up' } = about
  const before = new Map(earlier?.series.map(({ key, values }) => [key, values[0] ?? null]))
  // What is among the others there has no figure of its own, and what was not sold at all was 0.
  const otherwise = before.has('other') || (earlier !== undefined && earlier.currency !== answer.currency) ? null : 0
  const values = answer.series.map((line) => line.values[0] ?? null)
  const total = values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
  const isShared = values.every((value) => value !== null && value >= 0) && total > 0
  const own = answer.series.filter(({ key }) => key !== 'other')
  const colours = seriesColours(own.map(({ key }) => key))
  return {
    kind: 'ranked',
    title: about.title,
    unit: answer.currency === null ? { kind: 'count' } : { kind: 'money', currency: answer.currency },
    span: about.span,
    of: words.things[split],
    than: about.than,
    rows: answer.series.map(({ key, label }, at): RankedRow => {
      const value = values[at]!
      const isOther = key === 'other'
      const was = earlier === undefined || isOther ? null : (before.get(key) ?? (before.has(key) ? null : otherwise))
      const to = isOther ? undefined : pageOf(split, key)
      return {
        key,
        name: isOther ? words.others(label) : nameOf(split, key, label),
        value,
        ...(earlier !== undefined && { change: changeOf(value, was, good) }),
        share: isShared ? value! / total : null,
        colour: split === 'product' || split === 'store' ? (colours.get(key) ?? 'other') : isOther ? 'other' : 'amount',
        ...(to !== undefined && { to }),
      }
    }),
  }
}

function nameOf(split: Split, key: string, label: string): string {
  if (key === NO_GROUP) return words.none
  return split === 'channel' ? words.channel(key) : label
}

function pageOf(split: Split, key: string): string | undefined {
  if (split === 'product') return itemPath(key)
  return split === 'store' ? storePath(key) : undefined
}
