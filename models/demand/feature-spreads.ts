/** How features are spread over the products of stores, on one day: in training, and whenever the model forecasts. */

import { HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { tellsOfTrade } from '#core/demand/feature-words.ts'
import { ModelFilesError } from '#core/demand/model-manifest.ts'
import { countedNow, type FeatureCounts, type Spreads, spreadOf, spreads } from '#core/demand/stability.ts'
import type { FeatureTable } from '../learners/feature-table.ts'

/**
 * `table`: rows of a forecast. Of the seven days of a series the first alone is looked at: the others are told nearly the same, and
 * would not be chance by themselves.
 */
export function spreadsOf(table: FeatureTable): Spreads {
  const watched = table.features.flatMap((feature, place) =>
    tellsOfTrade(feature.name) ? [{ ...feature, place }] : [],
  )
  return {
    rows: table.rows / HORIZON_DAYS,
    features: watched.map(({ name, kind, place }) => spreadOf(name, kind, firstDays(table, place))),
  }
}

/** @throws ModelFilesError where `file` is none of these. */
export function countsBeside(file: unknown, table: FeatureTable): readonly FeatureCounts[] {
  const parsed = spreads.safeParse(file)
  if (!parsed.success) throw new ModelFilesError(`spreads.json: ${parsed.error.issues[0]!.message}`)
  const places = new Map(table.features.map(({ name }, place) => [name, place]))
  // A version of before keeps spreads of more.
  const watched = parsed.data.features.filter(({ name }) => tellsOfTrade(name))
  return watched.map((spread) => countedNow(spread, firstDays(table, places.get(spread.name)!)))
}

const firstDays = ({ rows, values }: FeatureTable, place: number): Float64Array =>
  Float64Array.from({ length: rows / HORIZON_DAYS }, (_, series) => values[place * rows + series * HORIZON_DAYS]!)
