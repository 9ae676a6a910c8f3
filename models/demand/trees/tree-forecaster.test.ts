import { describe, expect, it } from 'vitest'
import type { DemandPanel } from '#core/demand/demand-panel.ts'
import { cellOf, QUANTILE_KINDS } from '#core/demand/forecast-columns.ts'
import { between, gaussian, randomFrom } from '#core/simulator/random.ts'
import { DemandFeatures } from '../features/demand-features.ts'
import { trainingExamples } from './tree-examples.ts'
import { forecastByTrees, TreeTrainer } from './tree-forecaster.ts'
import type { TreeRecipe } from './tree-recipe.ts'

const DAYS = 91
const ORIGIN = 84
const SERIES = 24
const TREES = { rounds: 25, learningRate: 0.2, maxLeaves: 8, minDataInLeaf: 20 }
const median: TreeRecipe = { name: 'median', kind: 'median', levelPower: 1, trees: TREES }
const mean: TreeRecipe = { name: 'mean', kind: 'mean', levelPower: 1, tweedie: 1.5, trees: TREES }
const quantiles: TreeRecipe = { name: 'quantiles', kind: 'quantiles', levelPower: 1, trees: { ...TREES, rounds: 10 } }

/** Every fifth day, by series, is a promotion: three times the units. `later` are the units from the origin on, if not these. */
function world(later?: number): DemandPanel {
  const random = randomFrom(8)
  const series = Array.from({ length: SERIES }, (_, place) => {
    const level = between(random, 4, 80)
    const activity = Float64Array.from({ length: DAYS }, (_, day) => Number((day + place) % 5 === 0))
    const units = activity.map((on, day) => {
      const value = Math.max(0, level * (on === 1 ? 3 : 1) * (1 + 0.15 * gaussian(random)))
      return day >= ORIGIN ? (later ?? value) : value
    })
    return { id: String(place), product: String(place), store: 's', categories: [], units, activity }
  })
  return { firstDay: 0, days: DAYS, series }
}

const forecast = (panel: DemandPanel, recipe: TreeRecipe) => {
  const features = new DemandFeatures(panel)
  return forecastByTrees(
    panel,
    features,
    ORIGIN,
    new TreeTrainer(panel, features, ORIGIN, { rows: 2000, seed: 1 }).train(recipe),
  )
}
const eachCell = (panel: DemandPanel, see: (cell: number, units: number, promoted: boolean) => void) =>
  panel.series.forEach(({ units, activity }, place) => {
    for (let horizon = 1; horizon <= 7; horizon++)
      see(cellOf(place, horizon), units[ORIGIN + horizon - 1]!, activity![ORIGIN + horizon - 1] === 1)
  })

describe('trees for demand', () => {
  const panel = world()
  it('knows planned promotions of large and small series alike', () => {
    const { median: column } = forecast(panel, median)
    let error = 0
    let sum = 0
    const [promoted, plain]: [number[], number[]] = [[], []]
    eachCell(panel, (cell, units, isPromoted) => {
      error += Math.abs(units - column![cell]!)
      sum += units
      if (isPromoted) promoted.push(column![cell]! / units)
      else plain.push(column![cell]! / units)
    })
    expect(error / sum).toBeLessThan(0.2)
    for (const ratios of [promoted, plain])
      expect(Math.abs(ratios.reduce((a, b) => a + b, 0) / ratios.length - 1)).toBeLessThan(0.15)
  })
  it('has a mean without much bias', () => {
    const { mean: column } = forecast(panel, mean)
    let [told, sold] = [0, 0]
    eachCell(panel, (cell, units) => {
      told += column![cell]!
      sold += units
    })
    expect(Math.abs(told / sold - 1)).toBeLessThan(0.08)
  })
  it('has quantiles in order, and only what was asked', () => {
    const columns = forecast(panel, quantiles)
    expect(Object.keys(columns).sort()).toEqual([...QUANTILE_KINDS].sort())
    eachCell(panel, (cell) => {
      const values = QUANTILE_KINDS.map((kind) => columns[kind]![cell]!)
      expect(values).toEqual(values.toSorted((a, b) => a - b))
    })
  })
  it('is the same again, and whatever is sold from the origin on', () => {
    const once = forecast(panel, median)
    expect(forecast(panel, median)).toEqual(once)
    expect(forecast(world(5000), median)).toEqual(once)
  })
  it('learns from days before the origin alone, as many as wanted', () => {
    const features = new DemandFeatures(panel)
    const examples = trainingExamples(panel, features, ORIGIN, 500, 1)
    expect(examples).toHaveLength(500)
    expect(Math.max(...examples.map(({ origin, horizon }) => origin + horizon - 1))).toBeLessThan(ORIGIN)
    expect(new Set(examples.map(({ horizon }) => horizon)).size).toBe(7)
    expect(trainingExamples(panel, features, ORIGIN, 1e9, 1).length).toBe(SERIES * 7 * (ORIGIN - 14) - SERIES * 21)
  })
  it('passes unknown days and products without a past', () => {
    const units = panel.series[0]!.units
    const odd = { ...panel, series: [{ ...panel.series[0]!, units: units.map((value, day) => (day % 3 === 0 ? Number.NaN : value)) }, { ...panel.series[1]!, units: units.map((value, day) => (day > 82 ? value : 0)) }, ...panel.series.slice(2)] } // biome-ignore format: one shape
    const { median: column } = forecast(odd, median)
    expect(column!.every((value) => Number.isFinite(value) && value >= 0)).toBe(true)
  })
})
