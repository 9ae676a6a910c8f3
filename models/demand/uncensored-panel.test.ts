import { describe, expect, it } from 'vitest'
import type { DemandPanel, DemandSeries } from '#core/demand/demand-panel.ts'
import { between, randomFrom, uniform } from '#core/simulator/random.ts'
import { movingAverage } from './candidates/week-candidates.ts'
import { DemandFeatures } from './features/demand-features.ts'
import { forecastByTrees, TreeTrainer } from './trees/tree-forecaster.ts'
import type { TreeRecipe } from './trees/tree-recipe.ts'
import { withoutStockouts } from './uncensored-panel.ts'

const seriesOf = (units: number[], stockout: number[]): DemandSeries => ({
  id: 'a',
  product: 'a',
  store: 's',
  categories: [],
  units: Float64Array.from(units),
  stockout: Float64Array.from(stockout),
})
const unitsOf = (units: number[], stockout: number[]): number[] => [
  ...withoutStockouts({ firstDay: 0, days: units.length, series: [seriesOf(units, stockout)] }).series[0]!.units,
]

describe('demand without stock-outs', () => {
  it.each([
    ['a day with stock stays', [4, 6], [0, 0], [4, 6]],
    ['hours without stock sell at the rate', [4, 2], [0, 0.5], [4, 2 + (0.5 * 6) / 1.5]],
    ['a day wholly without says nothing', [4, 0, 4], [0, 1, 0], [4, Number.NaN, 4]],
    ['unknown stays unknown', [4, Number.NaN], [0, 0.5], [4, Number.NaN]],
    ['an unknown share is none', [4, 4], [0, Number.NaN], [4, 4]],
  ])('%s', (_, units, stockout, wanted) => expect(unitsOf(units, stockout)).toEqual(wanted))

  it('forgets what is older than 28 days', () => {
    const units = [1000, ...Array(28).fill(2), 1]
    const wanted = unitsOf(units, [...Array(29).fill(0), 0.5])
    expect(wanted.at(-1)).toBeCloseTo(1 + (0.5 * 55) / 27.5, 12)
  })

  it('takes the bias out of a forecast from simulated sales that stock cut short', () => {
    const { truth, panel } = soldOutShops()
    const meanOf = ({ series }: DemandPanel) =>
      series.reduce((sum, { units }) => sum + movingAverage.fit(units)(units.length)[0]!, 0) / series.length
    expect(meanOf(panel) / truth - 1).toBeLessThan(-0.12)
    expect(Math.abs(meanOf(withoutStockouts(panel)) / truth - 1)).toBeLessThan(0.02)
  })

  it('takes it out of what trees learn as well', () => {
    const { truth, panel } = soldOutShops()
    const mean: TreeRecipe = { name: 'mean', kind: 'mean', levelPower: 1, tweedie: 1.5, trees: { rounds: 20, learningRate: 0.2, maxLeaves: 6 } } // biome-ignore format: one shape
    const biasOf = (of: DemandPanel) => {
      const features = new DemandFeatures(of)
      const trees = new TreeTrainer(of, features, of.days, { rows: 3000, seed: 1 }).train(mean)
      const { mean: column } = forecastByTrees(of, features, of.days, trees)
      return column!.reduce((sum, value) => sum + value, 0) / column!.length / truth - 1
    }
    expect(biasOf(panel)).toBeLessThan(-0.12)
    expect(Math.abs(biasOf(withoutStockouts(panel)))).toBeLessThan(0.03)
  })
})

/** Customers come by chance through the day, and find stock until it is sold. */
function soldOutShops(): { truth: number; panel: DemandPanel } {
  const random = randomFrom(7)
  const days = 60
  let rates = 0
  const series = Array.from({ length: 300 }, (_, place) => {
    const rate = between(random, 2, 10)
    rates += rate
    const units: number[] = []
    const stockout: number[] = []
    for (let day = 0; day < days; day++) {
      const stock = Math.floor(between(random, 0, 2 * rate))
      let sold = 0
      let time = 0
      while (sold < stock) {
        time -= Math.log(1 - uniform(random)) / rate
        if (time >= 1) break
        sold++
      }
      units.push(sold)
      stockout.push(sold < stock ? 0 : 1 - time)
    }
    return { ...seriesOf(units, stockout), id: String(place) }
  })
  return { truth: rates / series.length, panel: { firstDay: 0, days, series } }
}
