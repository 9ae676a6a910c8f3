/**
 * A convex blend of forecasts, its weights chosen on folds that it is not scored on. Quantiles are blended as values
 * (J. Lichtendahl, Y. Grushka-Cockayne, R. Winkler, Is It Better to Average Probabilities or Quantiles?, Management Science 59,
 * 2013).
 */
import { type DemandPanel, HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { type ForecastKind, type QuantileKind, shareOf } from '#core/demand/forecast-columns.ts'
import { errorScales } from './score-forecasts.ts'

/** By member, then by fold: Float64[series x 7]. */
export type MemberColumns = readonly (readonly Float64Array[])[]

/** Loss of a forecast of one fold, summed over its cells, and its derivative by the forecast, put into `slope`. */
type FoldLoss = (forecast: Float64Array, fold: number, slope: Float64Array) => number

/** A member whose loss is a tenth above the best one's starts with a fortieth of its weight. */
const SELECTIVITY = 40
/** Few steps: more of them learnt the folds by heart, and helped no other fold. */
const STEPS = 10
/** Of exponentiated gradient: how far one step goes, relative to the steepest member. */
const RATE = 0.2

/**
 * Weights by member, adding up to 1, that make the kind's loss small on the given folds. They start from each member's own
 * loss, and exponentiated gradient (J. Kivinen, M. Warmuth, Information and Computation 132, 1997) takes a few steps from
 * there: where folds tell little, near equals stay nearly equal. The losses are the scores': pooled absolute error, scaled root
 * mean squared error, pooled pinball loss.
 */
export function chooseWeights(
  panel: DemandPanel,
  origins: readonly number[],
  kind: ForecastKind,
  members: MemberColumns,
): Float64Array {
  const loss = lossOf(panel, origins, kind)
  const cells = panel.series.length * HORIZON_DAYS
  const slope = new Float64Array(cells)
  const blended = new Float64Array(cells)
  let weights = startWeights(
    members.map((member) => origins.reduce((sum, _, fold) => sum + loss(member[fold]!, fold, slope), 0)),
  )
  let best = { weights, loss: Number.POSITIVE_INFINITY }
  for (let step = 0; step < STEPS; step++) {
    const gradient = new Float64Array(members.length)
    let total = 0
    origins.forEach((_, fold) => {
      blendInto(blended, members, fold, weights)
      total += loss(blended, fold, slope)
      members.forEach((member, m) => void (gradient[m]! += dot(member[fold]!, slope)))
    })
    if (total < best.loss) best = { weights, loss: total }
    weights = stepped(weights, gradient)
  }
  return best.weights
}

/** The weighted sum of the members' columns of one fold. */
export function blendColumns(members: MemberColumns, fold: number, weights: Float64Array): Float64Array {
  const blended = new Float64Array(members[0]![fold]!.length)
  blendInto(blended, members, fold, weights)
  return blended
}

function blendInto(blended: Float64Array, members: MemberColumns, fold: number, weights: Float64Array): void {
  blended.fill(0)
  members.forEach((member, m) => {
    const weight = weights[m]!
    const column = member[fold]!
    if (weight > 0) for (let cell = 0; cell < blended.length; cell++) blended[cell]! += weight * column[cell]!
  })
}

/** By each member's own loss to a high power: near equals share, and what is much worse than the best hardly counts. */
function startWeights(losses: readonly number[]): Float64Array<ArrayBuffer> {
  const least = Math.max(Math.min(...losses), 1e-300)
  return normalised(Float64Array.from(losses, (own) => (least / Math.max(own, least)) ** SELECTIVITY))
}

function normalised(weights: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const sum = weights.reduce((a, b) => a + b, 0)
  return weights.map((weight) => weight / sum)
}

function stepped(weights: Float64Array<ArrayBuffer>, gradient: Float64Array): Float64Array<ArrayBuffer> {
  const middle = dot(weights, gradient)
  const steepest = Math.max(...gradient.map((value) => Math.abs(value - middle)), 1e-12)
  return normalised(weights.map((weight, m) => weight * Math.exp((-RATE * (gradient[m]! - middle)) / steepest)))
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!
  return sum
}

function lossOf(panel: DemandPanel, origins: readonly number[], kind: ForecastKind): FoldLoss {
  const actuals = origins.map((origin) =>
    panel.series.map(({ units }) => units.subarray(origin, origin + HORIZON_DAYS)),
  )
  if (kind === 'mean') {
    const scales = origins.map((origin) => panel.series.map(({ units }) => errorScales(units, origin).square))
    return (forecast, fold, slope) => rootSquareLoss(actuals[fold]!, scales[fold]!, forecast, slope)
  }
  const share = kind === 'median' ? 0.5 : shareOf(kind as QuantileKind)
  return (forecast, fold, slope) => pinballLosses(actuals[fold]!, share, forecast, slope)
}

function pinballLosses(
  actuals: readonly Float64Array[],
  share: number,
  forecast: Float64Array,
  slope: Float64Array,
): number {
  let sum = 0
  actuals.forEach((week, series) => {
    for (let k = 0; k < HORIZON_DAYS; k++) {
      const cell = series * HORIZON_DAYS + k
      const above = week[k]! - forecast[cell]!
      slope[cell] = Number.isNaN(above) ? 0 : above >= 0 ? -share : 1 - share
      if (!Number.isNaN(above)) sum -= above * slope[cell]!
    }
  })
  return sum
}

/** Of each series' week the root mean squared error over that of yesterday's value, as RMSSE has it. */
function rootSquareLoss(
  actuals: readonly Float64Array[],
  scales: readonly number[],
  forecast: Float64Array,
  slope: Float64Array,
): number {
  let sum = 0
  slope.fill(0)
  actuals.forEach((week, series) => {
    const first = series * HORIZON_DAYS
    const known = week.filter((value) => !Number.isNaN(value)).length
    if (known === 0 || !(scales[series]! > 0)) return
    let squares = 0
    for (let k = 0; k < HORIZON_DAYS; k++)
      squares += !Number.isNaN(week[k]!) ? (week[k]! - forecast[first + k]!) ** 2 : 0
    const root = Math.sqrt(squares / known / scales[series]!)
    sum += root
    if (root > 0)
      for (let k = 0; k < HORIZON_DAYS; k++)
        if (!Number.isNaN(week[k]!))
          slope[first + k] = (forecast[first + k]! - week[k]!) / (known * scales[series]! * root)
  })
  return sum
}
