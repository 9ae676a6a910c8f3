/**
 * Amounts of which many are 0: the negative log-likelihood of Tweedie with variance mean^power, up to what has no score in
 * it: B. Jorgensen, Exponential Dispersion Models, JRSS B 49 (1987). The raw score is the logarithm of the mean.
 */
import { checkEach, meanTarget, type Objective, weightedMean } from './objective.ts'

const LEAST_MEAN = 1e-9

/** `power`: above 1, where it is nearly Poisson, and below 2, nearly gamma. */
export function tweedie(power: number): Objective {
  const [a, b] = [1 - power, 2 - power]
  return {
    link: 'exp',
    check: (targets) => checkEach(targets, (value) => value >= 0, 'finite and not negative'),
    initialScore: (targets) => Math.log(Math.max(LEAST_MEAN, meanTarget(targets))),
    putGradients: (scores, { target, weights }, into) => {
      for (let i = 0; i < target.length; i++) {
        const weight = weights ? weights[i]! : 1
        const ofTarget = target[i]! * Math.exp(a * scores[i]!)
        const ofMean = Math.exp(b * scores[i]!)
        into[2 * i] = weight * (ofMean - ofTarget)
        into[2 * i + 1] = weight * (b * ofMean - a * ofTarget)
      }
    },
    loss: (scores, { target, weights }) =>
      weightedMean(
        target.length,
        (i) => (-target[i]! * Math.exp(a * scores[i]!)) / a + Math.exp(b * scores[i]!) / b,
        weights,
      ),
  }
}
