/** Rolling origins: each fold forecasts the week after its origin from the days before it alone. */
import { type DemandPanel, HORIZON_DAYS } from '#core/demand/demand-panel.ts'

export interface RollingFolds {
  /** Folds on which every choice is made: model, features, blend, calibration. Numbers of observed days, ascending. */
  readonly choosing: readonly number[]
  /** Folds that nothing is chosen on: their scores are told. */
  readonly scored: readonly number[]
}

/** The last `scored` weeks of the panel, and the `choosing` weeks before them. @throws RangeError where the panel is too short. */
export function rollingFolds(
  { days }: Pick<DemandPanel, 'days'>,
  { choosing, scored }: { choosing: number; scored: number },
): RollingFolds {
  const count = choosing + scored
  const origins = Array.from({ length: count }, (_, k) => days - HORIZON_DAYS * (count - k))
  if (count < 1 || origins[0]! < 2 * HORIZON_DAYS)
    throw new RangeError(`${count} weekly folds need more than ${days} days`)
  return { choosing: origins.slice(0, choosing), scored: origins.slice(choosing) }
}
