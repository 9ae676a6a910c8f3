import type { SeriesAnswer } from '#core/api/metrics.ts'
import { changeOf } from '../format/format-change.ts'
import { formatNumber } from '../format/format-number.ts'
import type { RankedRow, RankedSpec } from './chart-spec.ts'
import { seriesColours } from './series-colour.ts'
import { words } from './words.ts'

export type SplitWords = {
  readonly title: string
  readonly span: string
  /** What the rows are: 'Product'. */
  readonly of: string
  /** What the change is against: 'than yesterday'. */
  readonly than: string
  /** Absent: as the engine names it. */
  readonly nameOf?: (key: string, label: string) => string
  /** The page of a row, below `/app`. */
  readonly pageOf?: (key: string) => string
  /** Each row in the colour that the thing has everywhere; else all of them in the one hue of amounts. */
  readonly colourful?: boolean
  /** Whether more of it is good; of refunds it is not. `up` if absent. */
  readonly good?: 'up' | 'down'
}

const OTHER = 'other'
/** Of refunds there is a reason of that name too; the engine calls the rest '12 others'. */
const isRest = ({ key, label }: SeriesAnswer['series'][number]): boolean => key === OTHER && /^\d+ others$/.test(label)
/** The key under which the engine puts what has no category, brand or region. */
const NO_GROUP = '(none)'

/**
 * An answer of `/metrics/series` with `window=span` as bars, the largest first, each beside the same of an earlier span and
 * with its part of the whole.
 */
export function splitSpecOf(answer: SeriesAnswer, earlier: SeriesAnswer | undefined, about: SplitWords): RankedSpec {
  const { good = 'up', colourful = false, nameOf, pageOf } = about
  const values = answer.series.map((line) => line.values[0] ?? null)
  const total = values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
  const isShared = total > 0 && values.every((value) => value !== null && value >= 0)
  const colours = seriesColours(answer.series.flatMap((line) => (isRest(line) ? [] : [line.key])))
  const before = earlierValues(answer, earlier)
  return {
    kind: 'ranked',
    title: about.title,
    unit: answer.currency === null ? { kind: 'count' } : { kind: 'money', currency: answer.currency },
    span: about.span,
    of: about.of,
    than: about.than,
    rows: answer.series.map((line, at): RankedRow => {
      const { key, label } = line
      const value = values[at]!
      const isOther = isRest(line)
      const name = isOther ? othersText(label) : key === NO_GROUP ? words.without : (nameOf?.(key, label) ?? label)
      const colour = isOther ? 'other' : colourful ? (colours.get(key) ?? 'other') : 'amount'
      return {
        key,
        name,
        value,
        ...(earlier !== undefined && { change: isOther ? null : changeOf(value, before(key), good) }),
        share: isShared ? value! / total : null,
        colour,
        ...(pageOf !== undefined && !isOther && { to: pageOf(key) }),
      }
    }),
  }
}

/**
 * The earlier value of a key; null: it cannot be said. Where the earlier answer names all of its groups, what it does not
 * name was nothing; where some are among the others there, it may be one of them.
 */
function earlierValues(answer: SeriesAnswer, earlier: SeriesAnswer | undefined): (key: string) => number | null {
  if (earlier === undefined || earlier.currency !== answer.currency) return () => null
  const named = new Map(earlier.series.map(({ key, values }) => [key, values[0] ?? null]))
  const unnamed = earlier.series.some(isRest) || earlier.series.length === 0 ? null : 0
  return (key) => (named.has(key) ? named.get(key)! : unnamed)
}

/** '12 others', as the engine says it, in the reader's digits. */
const othersText = (label: string): string => words.others(formatNumber(Number.parseInt(label, 10)))
