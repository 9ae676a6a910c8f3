/** Whether a challenger is to serve. */
import type { DemandScores } from './score-forecasts.ts'

export interface Contest {
  /** On all scored folds. */
  readonly model: DemandScores
  readonly baselines: ReadonlyMap<string, DemandScores>
  /** On the scored folds that the champion had not learnt from; absent: there is no champion. */
  readonly champion?:
    | {
        readonly version: string
        /** undefined: there is no such fold. */
        readonly scores: { readonly model: DemandScores; readonly champion: DemandScores } | undefined
      }
    | undefined
}

export interface Decision {
  readonly isBetter: boolean
  /** In words for people. */
  readonly reason: string
}

/** The simple baseline of the least weighted quantile loss. */
export const bestBaseline = (baselines: Contest['baselines']): string =>
  [...baselines].reduce((best, one) => (one[1].weightedQuantileLoss < best[1].weightedQuantileLoss ? one : best))[0]

/**
 * Better in weighted quantile loss, which is about all that is told, than the best simple baseline and than the champion; and
 * better in WAPE than the best baseline by that. A score that is no number is better than nothing.
 */
export function decidePromotion({ model, baselines, champion }: Contest): Decision {
  const rivals = [...baselines].map(([name, scores]) => ({ name, ...scores }))
  for (const [score, words] of [
    ['weightedQuantileLoss', 'weighted quantile loss'],
    ['wape', 'WAPE'],
  ] as const) {
    const best = rivals.reduce((a, b) => (b[score] < a[score] ? b : a))
    if (!(model[score] < best[score])) return no(words, model[score], best[score], `the simple baseline ${best.name}`)
  }
  const loss = model.weightedQuantileLoss
  if (champion === undefined)
    return yes(`weighted quantile loss ${shown(loss)}, better than every simple baseline; there was no champion`)
  if (champion.scores === undefined)
    return {
      isBetter: false,
      reason: `the champion ${champion.version} has learnt from every scored week: none can judge it`,
    }
  const [own, its] = [champion.scores.model.weightedQuantileLoss, champion.scores.champion.weightedQuantileLoss]
  if (!(own < its)) return no('weighted quantile loss', own, its, `the champion ${champion.version}`)
  return yes(`weighted quantile loss ${shown(own)} against ${shown(its)} of the champion ${champion.version}`)
}

const yes = (reason: string): Decision => ({ isBetter: true, reason })
const no = (words: string, own: number, its: number, of: string): Decision => ({
  isBetter: false,
  reason: `${words} ${shown(own)}, not better than ${shown(its)} of ${of}`,
})
const shown = (value: number): string => value.toFixed(4)
