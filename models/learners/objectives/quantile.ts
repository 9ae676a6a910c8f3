/**
 * A quantile: the pinball loss, R. Koenker, G. Bassett, Regression Quantiles, Econometrica 46 (1978). Its gradient says on
 * which side a row is and not how far, so a leaf's value is the quantile of its rows' residuals (Friedman 2001, section 4.3).
 */
import { checkEach, type Objective, weightedMean } from './objective.ts'
import { weightedQuantile } from './weighted-quantile.ts'

/** `level`: above 0 and below 1. */
export function quantile(level: number): Objective {
  return {
    link: 'identity',
    check: (targets) => checkEach(targets, () => true, 'finite'),
    initialScore: ({ target, weights }) => weightedQuantile(target.slice(), weights?.slice(), level),
    putGradients: (scores, { target, weights }, into) => {
      for (let i = 0; i < target.length; i++) {
        const weight = weights ? weights[i]! : 1
        into[2 * i] = weight * (scores[i]! >= target[i]! ? 1 - level : -level)
        into[2 * i + 1] = weight
      }
    },
    loss: (scores, { target, weights }) =>
      weightedMean(
        target.length,
        (i) => {
          const residual = target[i]! - scores[i]!
          return residual >= 0 ? level * residual : (level - 1) * residual
        },
        weights,
      ),
    leafValue: (residuals, weights) => weightedQuantile(residuals, weights, level),
  }
}
