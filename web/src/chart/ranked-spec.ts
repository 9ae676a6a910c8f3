import type { SeriesAnswer } from '#core/api/metrics.ts'
import { changeOf, type GoodWay } from '../format/format-change.ts'
import type { ChartColour, ChartUnit, RankedRow, RankedSpec } from './chart-spec.ts'
import { words } from './words.ts'

/** What each group came to over the whole time of some answers; null: nothing is known of it. */
export type GroupSums = ReadonlyMap<string, { readonly name: string; readonly sum: number | null }>

/** Answers of the same groups, of spans beside each other, as one. */
export function groupSums(...answers: readonly SeriesAnswer[]): GroupSums {
  const sums = new Map<string, { name: string; sum: number | null }>()
  for (const { series } of answers) {
    for (const { key, label, values } of series) {
      const known = values.filter((value) => value !== null)
      const before = sums.get(key)?.sum ?? null
      const sum = known.length === 0 ? before : known.reduce((a, b) => a + b, before ?? 0)
      sums.set(key, { name: label, sum })
    }
  }
  return sums
}

/** What a group came to: nothing, where an answer of every group does not name it; null: not known. */
export function sumIn(sums: GroupSums, key: string): number | null {
  const group = sums.get(key)
  if (group !== undefined) return group.sum
  return sums.has('other') ? null : 0
}

type About = {
  readonly title: string
  readonly span: string
  readonly of: string
  /** What it is compared with: 'than yesterday'. */
  readonly than: string
  readonly unit: ChartUnit
  readonly good: GoodWay
  readonly most: number
  readonly colourOf?: (key: string) => ChartColour
  readonly toOf?: (key: string) => string
  readonly nameOf?: (key: string, name: string) => string
}

/** The largest groups with their part of all and their change; the rest as one. `earlier` null: not compared. */
export function rankedSpecOf(sums: GroupSums, earlier: GroupSums | null, about: About, locale?: string): RankedSpec {
  const { title, span, of, than, unit, good, most, colourOf, toOf, nameOf } = about
  const known = [...sums]
    .filter(([, { sum }]) => sum !== null)
    .map(([key, { name, sum }]) => ({ key, name, sum: sum! }))
  const all = known.reduce((total, { sum }) => total + sum, 0)
  const own = known.filter(({ key }) => key !== 'other').sort((a, b) => b.sum - a.sum || (a.key < b.key ? -1 : 1))
  const rest = [...own.slice(most), ...known.filter(({ key }) => key === 'other')]
  const shareOf = (sum: number) => (all > 0 && sum >= 0 ? sum / all : null)
  const rows = own.slice(0, most).map(
    ({ key, name, sum }): RankedRow => ({
      key,
      name: nameOf?.(key, name) ?? name,
      value: sum,
      share: shareOf(sum),
      colour: colourOf?.(key) ?? 'amount',
      ...(earlier !== null && { change: changeOf(sum, sumIn(earlier, key), good, locale) }),
      ...(toOf !== undefined && { to: toOf(key) }),
    }),
  )
  const restSum = rest.reduce((total, { sum }) => total + sum, 0)
  const other: RankedRow[] =
    rest.length === 0 || restSum === 0
      ? []
      : [
          {
            key: 'other',
            name: words.other,
            value: restSum,
            share: shareOf(restSum),
            colour: 'other',
            ...(earlier !== null && { change: null }),
          },
        ]
  return { kind: 'ranked', title, span, unit, of, than, rows: [...rows, ...other] }
}
