import { describe, expect, it } from 'vitest'
import type { ForecastAnswer, WhyAnswer } from '#core/api/forecasts.ts'
import { forecastSpec, methodWeeks, whySpec } from './prepare-forecast.ts'

const day = (horizon: number) => ({
  day: `2026-03-0${horizon + 2}`,
  horizon,
  median: 4,
  mean: 5,
  q10: 1,
  q20: 2,
  q30: 3,
  q40: 3,
  q50: 4,
  q60: 5,
  q70: 6,
  q80: 7,
  q90: 9,
})
const answer: ForecastAnswer = {
  asOf: '2026-03-03T10:00:00Z',
  lagMs: 0,
  title: 'Tea',
  madeOn: '2026-03-03',
  history: [
    { day: '2026-03-01', units: 6, stockOuts: 0 },
    { day: '2026-03-02', units: 2, stockOuts: 1 },
  ],
  days: [day(1), day(2)],
  why: null,
  series: 1,
  servedBy: [],
  methods: [
    { name: 'TSB', median: [1, 2] },
    { name: 'Croston', median: [3, null] },
    { name: 'seasonal naive', median: [4, 4] },
  ],
}

describe('a forecast', () => {
  it('is drawn behind what sold, with the ground of four of five days; a stock-out is marked', () => {
    const spec = forecastSpec(answer, 'Tea')
    expect(spec.series.map(({ key, values }) => [key, values])).toEqual([
      ['sold', [6, 2, null, null]],
      ['median', [null, null, 4, 4]],
      ['high', [null, null, 9, 9]],
      ['low', [null, null, 1, 1]],
    ])
    expect(spec.band).toEqual({ low: 'low', high: 'high' })
    expect(spec.annotations).toEqual([
      { at: '2026-03-02T00:00:00.000Z', kind: 'stock-out', text: 'Out of stock in 1 store' },
    ])
  })

  it('is history alone where nothing was forecast', () => {
    const spec = forecastSpec({ ...answer, days: [] }, 'Tea')
    expect([spec.series.map(({ key }) => key), spec.band]).toEqual([['sold'], undefined])
  })

  it('is compared by week with methods that said all of it', () => {
    expect(methodWeeks(answer)).toEqual([
      { name: 'seasonal naive', week: 8 },
      { name: 'TSB', week: 3 },
    ])
  })
})

describe('why', () => {
  const why: WhyAnswer = {
    asOf: answer.asOf,
    lagMs: 0,
    day: '2026-03-03',
    servedBy: 'blend',
    modelVersion: '2026-03-01',
    median: 4,
    level: 5,
    parts: {
      base: 3,
      groups: [
        { about: 'Holidays', units: -1, features: [] },
        { about: 'The last days and weeks', units: 0.5, features: [] },
      ],
      methods: [
        { name: 'TSB', weight: 0.2, units: 1 },
        { name: 'seasonal naive', weight: 0.1, units: 0.4996 },
      ],
      rest: 0.0004,
    },
    reason: null,
  }

  it('is told by parts, those that take away on the other side', () => {
    expect(whySpec(why)!.rows.map(({ name, value, colour }) => [name, value, colour])).toEqual([
      ['What products usually sell', 3, 'amount'],
      ['Holidays', -1, 'below'],
      ['The last days and weeks', 0.5, 'amount'],
      ['Other methods of the blend', 1.4996, 'amount'],
    ])
  })

  it('is nothing to draw where the trees have no part in it', () => {
    expect(whySpec({ ...why, parts: null, reason: 'It is new.' })).toBeUndefined()
  })
})
