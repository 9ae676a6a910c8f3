/** What is to be learnt of a table's rows, and that it fits them. */
import { type Objective, TargetError, type Targets } from './objectives/objective.ts'

export interface Labels extends Targets {
  /** Raw scores by row to begin at, in place of the objective's own; whoever predicts adds them as well. */
  readonly initialScores?: Float64Array | undefined
}

/** @throws TargetError where lengths disagree, weights cannot be, or the objective cannot learn the targets. */
export function checkLabels(labels: Labels, rows: number, objective: Objective): void {
  const { target, weights, initialScores } = labels
  if (rows === 0) throw new TargetError('there are no rows')
  for (const [what, { length }] of Object.entries({
    target,
    ...(weights && { weights }),
    ...(initialScores && { initialScores }),
  }))
    if (length !== rows) throw new TargetError(`${rows} rows, but ${what} of ${length}`)
  const bad = weights?.findIndex((weight) => !(weight >= 0 && weight < Infinity)) ?? -1
  if (bad >= 0)
    throw new TargetError(`the weight of row ${bad} is ${weights![bad]}, and must be finite and not negative`)
  if (weights && !weights.some((weight) => weight > 0)) throw new TargetError('every weight is 0')
  objective.check(labels)
}
