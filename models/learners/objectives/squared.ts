/** Squared error: the mean. */
import { checkEach, meanTarget, type Objective, weightedMean } from './objective.ts'

export function squared(): Objective {
  return {
    link: 'identity',
    check: (targets) => checkEach(targets, () => true, 'finite'),
    initialScore: meanTarget,
    putGradients: (scores, { target, weights }, into) => {
      for (let i = 0; i < target.length; i++) {
        const weight = weights ? weights[i]! : 1
        into[2 * i] = weight * (scores[i]! - target[i]!)
        into[2 * i + 1] = weight
      }
    },
    loss: (scores, { target, weights }) => weightedMean(target.length, (i) => (scores[i]! - target[i]!) ** 2, weights),
  }
}
