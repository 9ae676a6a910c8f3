/** Which days are learnt from, and the table of them. */

import { type DemandPanel, HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { type Random, randomFrom, uniform } from '#core/simulator/random.ts'
import type { FeatureTable } from '../../learners/feature-table.ts'
import type { DemandFeatures, Example } from '../features/demand-features.ts'

export interface ExampleTable {
  readonly table: FeatureTable
  readonly examples: readonly Example[]
  /** By row: recent units a day, which units in the table are divided by. */
  readonly levels: Float64Array
}

const SHORTEST_PAST = 14

/**
 * At most `rows` examples by chance whose target lies before `origin`, of every series with a past. They are counted first: of
 * thousands of series there are more than memory holds.
 */
export function trainingExamples(
  panel: DemandPanel,
  features: DemandFeatures,
  origin: number,
  rows: number,
  seed: number,
): readonly Example[] {
  let count = 0
  for (const _ of allExamples(panel, features, origin)) count++
  return sample(allExamples(panel, features, origin), count, rows, randomFrom(seed))
}

function* allExamples(panel: DemandPanel, features: DemandFeatures, origin: number): Generator<Example> {
  for (let earlier = SHORTEST_PAST; earlier < origin; earlier++)
    for (let series = 0; series < panel.series.length; series++) {
      if (!features.hasPast({ series, origin: earlier, horizon: 1 })) continue
      for (let horizon = 1; horizon <= Math.min(HORIZON_DAYS, origin - earlier); horizon++)
        if (panel.series[series]!.units[earlier + horizon - 1]! >= 0) yield { series, origin: earlier, horizon }
    }
}

/** Every series and horizon from the origin, in the order of a forecast's cells. */
export function forecastExamples({ series }: DemandPanel, origin: number): readonly Example[] {
  return series.flatMap((_, place) =>
    Array.from({ length: HORIZON_DAYS }, (_, k): Example => ({ series: place, origin, horizon: k + 1 })),
  )
}

export function exampleTable(features: DemandFeatures, examples: readonly Example[]): ExampleTable {
  const rows = examples.length
  const values = new Float32Array(rows * features.features.length)
  for (const [row, example] of examples.entries()) features.put(example, values, row, rows)
  const kinds = features.features.map(({ name, kind }) => ({
    name,
    kind: kind === 'category' ? ('category' as const) : ('number' as const),
  }))
  return {
    table: { features: kinds, rows, values },
    examples,
    levels: Float64Array.from(examples, (example) => features.level(example)),
  }
}

/** Selection sampling, in order. D. Knuth, The Art of Computer Programming, volume 2, algorithm 3.4.2 S. */
function sample<T>(all: Iterable<T>, count: number, wanted: number, random: Random): readonly T[] {
  const taken: T[] = []
  let place = 0
  for (const one of all) {
    if (uniform(random) * (count - place) < Math.min(wanted, count) - taken.length) taken.push(one)
    place++
  }
  return taken
}
