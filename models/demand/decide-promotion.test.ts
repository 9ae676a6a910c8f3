import { describe, expect, it } from 'vitest'
import { bestBaseline, type Contest, decidePromotion } from './decide-promotion.ts'
import type { DemandScores } from './score-forecasts.ts'

const scores = (weightedQuantileLoss: number, wape = weightedQuantileLoss): DemandScores => ({ wape, rmsse: 1, mase: 1, biasOfMedian: 0, biasOfMean: 0, weightedQuantileLoss, coverage80: 0.8, points: 100 }) // biome-ignore format: one shape
const baselines = new Map([
  ['naive', scores(0.5, 0.4)],
  ['mean', scores(0.4, 0.5)],
])
const against = (model: DemandScores, champion: DemandScores): Contest['champion'] => ({
  version: '2026-01-01',
  scores: { model, champion },
})

describe('a challenger', () => {
  it.each<[string, Contest, boolean, string]>([
    ['is better than all', { model: scores(0.39), baselines }, true, 'there was no champion'],
    [
      'is as good as the best baseline',
      { model: scores(0.4, 0.1), baselines },
      false,
      'quantile loss 0.4000, not better than 0.4000 of the simple baseline mean',
    ],
    [
      'is worse in WAPE than the best by that',
      { model: scores(0.3, 0.4), baselines },
      false,
      'WAPE 0.4000, not better than 0.4000 of the simple baseline naive',
    ],
    ['has no score', { model: scores(Number.NaN), baselines }, false, 'NaN'],
    [
      'beats the champion',
      { model: scores(0.3), baselines, champion: against(scores(0.29), scores(0.291)) },
      true,
      '0.2900 against 0.2910 of the champion 2026-01-01',
    ],
    [
      'equals the champion',
      { model: scores(0.3), baselines, champion: against(scores(0.3), scores(0.3)) },
      false,
      'not better than 0.3000 of the champion 2026-01-01',
    ],
    [
      'beats a champion, and no baseline',
      { model: scores(0.6), baselines, champion: against(scores(0.6), scores(0.7)) },
      false,
      'the simple baseline mean',
    ],
    [
      'meets a champion that knows every week',
      { model: scores(0.3), baselines, champion: { version: '2026-01-01', scores: undefined } },
      false,
      'none can judge it',
    ],
  ])('that %s', (_, contest, isBetter, says) => {
    // biome-ignore format: a table
    const decision = decidePromotion(contest)
    expect(decision.isBetter).toBe(isBetter)
    expect(decision.reason).toContain(says)
  })
  it('meets the baseline of the least quantile loss', () => {
    expect(bestBaseline(baselines)).toBe('mean')
  })
})
