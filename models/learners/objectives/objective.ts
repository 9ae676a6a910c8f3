/** What boosting minimises: a loss of raw scores against targets, with its first and second derivatives. */
import type { Link } from '../tree-ensemble.ts'

/** What is to be learnt, by row. Weights are 0 or more and stand for that many equal rows. */
export interface Targets {
  readonly target: Float64Array
  readonly weights?: Float64Array | undefined
  /** LambdaMART: how many rows each query has, in the order of the rows. */
  readonly groups?: Uint32Array | undefined
}

export interface Objective {
  readonly link: Link
  /** @throws TargetError where a target is outside of what the loss is defined for. */
  check(targets: Targets): void
  /** The best single raw score. */
  initialScore(targets: Targets): number
  /** Writes gradient and hessian of each row's loss, times its weight, into Float32[2 * rows]. */
  putGradients(scores: Float64Array, targets: Targets, into: Float32Array): void
  /** The mean loss by weight, lower is better: what early stopping goes by. */
  loss(scores: Float64Array, targets: Targets): number
  /** The best value of a leaf, from its rows' residuals (target less score), where gradients don't tell it. */
  readonly leafValue?: (residuals: Float64Array, weights: Float64Array | undefined) => number
}

/** The targets, weights or groups cannot be learnt from; the message names the row. */
export class TargetError extends Error {}

/** @throws TargetError at the first target that is not as the objective needs it: `says` in words. */
export function checkEach({ target }: Targets, isGood: (value: number) => boolean, says: string): void {
  const bad = target.findIndex((value) => !Number.isFinite(value) || !isGood(value))
  if (bad >= 0) throw new TargetError(`the target of row ${bad} is ${target[bad]}, and must be ${says}`)
}

export function meanTarget({ target, weights }: Targets): number {
  return weightedMean(target.length, (i) => target[i]!, weights)
}

/** The mean of `of(row)` by weight; 0 where nothing weighs. */
export function weightedMean(rows: number, of: (row: number) => number, weights: Float64Array | undefined): number {
  let sum = 0
  let total = 0
  for (let i = 0; i < rows; i++) {
    const weight = weights ? weights[i]! : 1
    if (weight === 0) continue
    sum += weight * of(i)
    total += weight
  }
  return total > 0 ? sum / total : 0
}
