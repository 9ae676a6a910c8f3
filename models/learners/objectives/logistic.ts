/** Yes or no: the log loss, the raw score the logarithm of the odds. A target between 0 and 1 is a share of both. */
import { checkEach, meanTarget, type Objective, weightedMean } from './objective.ts'

const LEAST_SHARE = 1e-9

export function logistic(): Objective {
  return {
    link: 'logistic',
    check: (targets) => checkEach(targets, (value) => value >= 0 && value <= 1, 'from 0 to 1'),
    initialScore: (targets) => {
      const share = Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, meanTarget(targets)))
      return Math.log(share / (1 - share))
    },
    putGradients: (scores, { target, weights }, into) => {
      for (let i = 0; i < target.length; i++) {
        const weight = weights ? weights[i]! : 1
        const share = 1 / (1 + Math.exp(-scores[i]!))
        into[2 * i] = weight * (share - target[i]!)
        into[2 * i + 1] = weight * share * (1 - share)
      }
    },
    // log(1 + e^s) - y s, without overflow.
    loss: (scores, { target, weights }) =>
      weightedMean(
        target.length,
        (i) => Math.max(scores[i]!, 0) + Math.log1p(Math.exp(-Math.abs(scores[i]!))) - target[i]! * scores[i]!,
        weights,
      ),
  }
}
