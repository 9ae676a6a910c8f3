/** Counts: the negative log-likelihood of Poisson, e^s - y s, the raw score the logarithm of the mean. */
import { checkEach, meanTarget, type Objective, weightedMean } from './objective.ts'

/** Half a step of the raw score that the hessian reckons with, or counts run away: as LightGBM's poisson_max_delta_step. */
const DELTA = 0.7
const LEAST_MEAN = 1e-9

export function poisson(): Objective {
  return {
    link: 'exp',
    check: (targets) => checkEach(targets, (value) => value >= 0, 'finite and not negative'),
    initialScore: (targets) => Math.log(Math.max(LEAST_MEAN, meanTarget(targets))),
    putGradients: (scores, { target, weights }, into) => {
      for (let i = 0; i < target.length; i++) {
        const weight = weights ? weights[i]! : 1
        into[2 * i] = weight * (Math.exp(scores[i]!) - target[i]!)
        into[2 * i + 1] = weight * Math.exp(scores[i]! + DELTA)
      }
    },
    loss: (scores, { target, weights }) =>
      weightedMean(target.length, (i) => Math.exp(scores[i]!) - target[i]! * scores[i]!, weights),
  }
}
