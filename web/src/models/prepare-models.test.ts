import { describe, expect, it } from 'vitest'
import type { AccuracyAnswer, DemandModelsAnswer } from '#core/api/demand-models.ts'
import { backTo, coverageSpec, errorSpec, predictedSpec } from './prepare-models.ts'

const scores = { wape: 0.5, naive: 0.6, moving: 0.7, biasOfMedian: 0, biasOfMean: 0, coverage80: 0.75 }
const day = (date: string) => ({ ...scores, day: date, forecasts: 3, actual: 10, median: 8, mean: 9 })
const answer: AccuracyAnswer = {
  asOf: '2026-03-05T10:00:00Z',
  lagMs: 0,
  ahead: 1,
  all: { ...scores, forecasts: 6 },
  days: [day('2026-03-01'), day('2026-03-03')],
  money: [],
}

describe('accuracy over time', () => {
  it('leaves a gap on a day that was not forecast', () => {
    const spec = errorSpec(answer)
    expect(spec.buckets.map(({ state }) => state)).toEqual(['final', 'missing', 'final'])
    expect(spec.series.map(({ key, values }) => [key, values])).toEqual([
      ['model', [0.5, null, 0.5]],
      ['naive', [0.6, null, 0.6]],
      ['moving', [0.7, null, 0.7]],
    ])
  })

  it('is predicted against sold, and the share within the interval against what is meant', () => {
    expect(predictedSpec(answer).series.map(({ values }) => values[0])).toEqual([10, 9, 8])
    expect(coverageSpec(answer).series.map(({ values }) => values[0])).toEqual([0.75, 0.8])
  })

  it('is nothing of no day', () => {
    expect(errorSpec({ ...answer, days: [] }).buckets).toEqual([])
  })
})

describe('going back', () => {
  const models = (version: string | null, earlier: string[]): DemandModelsAnswer => ({
    asOf: answer.asOf,
    lagMs: 0,
    serving: { version, since: null, baseline: 'TSB' },
    version: 1,
    earlier,
    judged: null,
    versions: [],
  })
  it.each([
    ['to the version before', models('b', ['a']), 'a'],
    ['to the simple method', models('b', []), null],
    ['to the version that was put aside', models(null, ['a']), 'a'],
    ['to nothing', models(null, []), undefined],
  ])('leads %s', (_, given, to) => {
    expect(backTo(given)).toBe(to)
  })
})
