import { describe, expect, it } from 'vitest'
import { blankColumns, FORECAST_KINDS, type ForecastColumns } from '#core/demand/forecast-columns.ts'
import { BLEND, chooseServing, segmentsOf } from './segments.ts'

const DAYS = 200
const seriesOf = (id: string, unitsOn: (day: number) => number) => ({ id, product: id, store: 's', categories: [], units: Float64Array.from({ length: DAYS }, (_, day) => unitsOn(day)) }) // biome-ignore format: one shape

describe('a product is', () => {
  it.each([
    ['smooth', () => 5],
    ['erratic', (day: number) => (day % 10 === 0 ? 50 : 5)],
    ['intermittent', (day: number) => (day % 2 === 0 ? 5 : 0)],
    ['lumpy', (day: number) => (day % 10 === 0 ? 50 : day % 2 === 0 ? 2 : 0)],
    ['new', (day: number) => (day >= DAYS - 27 ? 5 : 0)],
    ['new', () => 0],
    // A sale on 25 of 33 days: an interval of 1.32.
    ['intermittent', (day: number) => (day % 33 < 25 ? 5 : 0)],
    ['smooth', (day: number) => (day % 33 < 26 ? 5 : 0)],
    ['smooth', (day: number) => (day % 2 === 0 ? 5 : Number.NaN)],
  ])('%s', (segment, unitsOn) => {
    expect(segmentsOf({ firstDay: 0, days: DAYS, series: [seriesOf('a', unitsOn)] }, DAYS)).toEqual([segment])
  })
  it('what it was before the origin', () => {
    const panel = { firstDay: 0, days: DAYS, series: [seriesOf('a', (day) => (day < 100 ? 5 : 500 * (day % 2)))] }
    expect(segmentsOf(panel, 100)).toEqual(['smooth'])
  })
})

describe('what serves a segment', () => {
  const smooth = Array.from({ length: 40 }, (_, k) => seriesOf(`s${k}`, () => 5))
  const rare = Array.from({ length: 40 }, (_, k) => seriesOf(`r${k}`, (day) => (day % 2 === 0 ? 5 : 0)))
  const panel = { firstDay: 0, days: DAYS, series: [...smooth, ...rare] }
  /** Says these units of smooth products, and those of the others. */
  const option = (ofSmooth: number, ofRare: number): ForecastColumns => {
    const columns = blankColumns(panel.series.length)
    for (const kind of FORECAST_KINDS) columns[kind].fill(ofSmooth, 0, 40 * 7).fill(ofRare, 40 * 7)
    return columns
  }
  const foldOf = (origin: number, more: readonly (readonly [string, ForecastColumns])[]) => ({
    origin,
    options: new Map([[BLEND, option(6, 2.5)], ['bad', option(50, 50)], ...more]),
  })
  it('is what was best there, the blend where nothing was better or there is too little to tell', () => {
    const folds = [186, 193].map((origin) => foldOf(origin, [['level', option(5, 5)]]))
    expect(chooseServing(panel, folds)).toEqual({ smooth: 'level', erratic: BLEND, intermittent: BLEND, lumpy: BLEND })
    const few = { ...panel, series: panel.series.slice(0, 1) }
    expect(chooseServing(few, folds)).toEqual({ smooth: BLEND, erratic: BLEND, intermittent: BLEND, lumpy: BLEND })
  })
})
