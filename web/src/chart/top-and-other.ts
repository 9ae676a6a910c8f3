import type { ChartSeries } from './chart-spec.ts'
import { seriesColours } from './series-colour.ts'

/** As many as eyes and palettes tell apart. */
export const MOST_SERIES = 8

type Named = { readonly key: string; readonly name: string; readonly values: readonly (number | null)[] }

/**
 * The largest groups, each in its colour, and the rest as one. A group with the key `other` is part of the rest. `most`:
 * how many at the most, without the rest.
 */
export function topAndOther(groups: readonly Named[], otherName: string, most = MOST_SERIES): ChartSeries[] {
  const own = groups.filter(({ key }) => key !== 'other')
  const bySize = own.map((group) => ({ group, size: sizeOf(group) })).sort((a, b) => b.size - a.size)
  const top = bySize.slice(0, most).map(({ group }) => group)
  const rest = [...bySize.slice(most).map(({ group }) => group), ...groups.filter(({ key }) => key === 'other')]
  const colours = seriesColours(top.map(({ key }) => key))
  const series = top.map(({ key, name, values }): ChartSeries => ({ key, name, values, colour: colours.get(key)! }))
  if (rest.length === 0) return series
  const buckets = Math.max(...rest.map(({ values }) => values.length))
  const values = Array.from({ length: buckets }, (_, index) => sumOf(rest.map((group) => group.values[index] ?? null)))
  return [...series, { key: 'other', name: otherName, values, colour: 'other' }]
}

const sizeOf = ({ values }: Named): number => values.reduce<number>((sum, value) => sum + (value ?? 0), 0)

/** null where nothing is known of any. */
function sumOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0)
}
