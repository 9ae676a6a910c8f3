import { describe, expect, it } from 'vitest'
import { blankColumns, FORECAST_KINDS, type ForecastColumns, QUANTILE_KINDS } from '#core/demand/forecast-columns.ts'
import { between, gaussian, randomFrom } from '#core/simulator/random.ts'
import { afterWeek, blended, fitForecaster, forecastDemand, type MemberFold } from './demand-forecaster.ts'
import { scoreForecasts } from './score-forecasts.ts'

const SERIES = 120
const FROM_NORMAL = [-1.2816, -0.8416, -0.5244, -0.2533, 0, 0.2533, 0.5244, 0.8416, 1.2816]
const random = randomFrom(6)
const levels = Array.from({ length: SERIES }, () => between(random, 10, 90))
/** From day 91 on there is half as much chance again. */
const series = levels.map((level, place) => ({ id: String(place), product: String(place), store: 's', categories: [], units: Float64Array.from({ length: 112 }, (_, day) => Math.max(0, level + (day < 91 ? 8 : 12) * gaussian(random))) })) // biome-ignore format: one shape
const panel = { firstDay: 0, days: 112, series }

function member(bias: number, spread: number): ForecastColumns {
  const columns = blankColumns(SERIES)
  levels.forEach((level, place) => {
    for (const kind of FORECAST_KINDS) {
      const away = QUANTILE_KINDS.indexOf(kind as 'q10')
      columns[kind].fill(
        Math.max(0, level + bias + (away < 0 ? 0 : spread * FROM_NORMAL[away]!)),
        place * 7,
        place * 7 + 7,
      )
    }
  })
  return columns
}
const foldOf = (origin: number): MemberFold => ({
  origin,
  members: new Map<string, Partial<ForecastColumns>>([
    ['good', member(0.5, 5)],
    ['high', member(15, 5)],
    ['median alone', { median: member(-0.5, 0).median }],
  ]),
})
const folds = [63, 70, 77].map(foldOf)
const forecaster = fitForecaster(panel, folds)

describe('the demand forecaster', () => {
  it('weighs by kind what is best there, and sums to 1', () => {
    for (const kind of FORECAST_KINDS) {
      const weights = forecaster.blend[kind]
      expect(weights.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9)
    }
    for (const kind of ['median', 'mean', 'q50'] as const)
      expect(forecaster.blend[kind].find(({ member }) => member === 'high')!.weight, kind).toBeLessThan(0.05)
    expect(forecaster.blend.median.map(({ member }) => member)).toContain('median alone')
    expect(forecaster.blend.mean.map(({ column }) => column)).toEqual(['mean', 'mean'])
  })
  it('covers four days of five of the next week, where the members cover less', () => {
    const next = foldOf(84)
    const coverage = (columns: ForecastColumns) => scoreForecasts(panel, [{ origin: 84, columns }]).coverage80
    expect(coverage(blended(next, forecaster.blend))).toBeLessThan(0.6)
    expect(Math.abs(coverage(forecastDemand(forecaster, next)) - 0.8)).toBeLessThan(0.03)
  })
  it('follows chance that grew when it is calibrated week by week', () => {
    let rolled = forecaster
    for (const origin of [84, 91, 98]) rolled = afterWeek(panel, rolled, foldOf(origin))
    expect(rolled.recent.map(({ origin }) => origin)).toEqual([84, 91, 98])
    const last = foldOf(105)
    const coverage = (by: typeof forecaster) =>
      scoreForecasts(panel, [{ origin: 105, columns: forecastDemand(by, last) }]).coverage80
    expect(coverage(rolled)).toBeGreaterThan(coverage(forecaster) + 0.02)
    expect(Math.abs(coverage(rolled) - 0.8)).toBeLessThan(0.08)
  })
  it('is refused a fold that lacks a member', () => {
    expect(() => forecastDemand(forecaster, { origin: 84, members: new Map() })).toThrow(
      'good has no median from origin 84',
    )
  })
})
