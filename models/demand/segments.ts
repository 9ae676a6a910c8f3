/** How a product sells in a store, and which forecast serves those that sell alike. */
import type { DemandPanel, DemandSeries } from '#core/demand/demand-panel.ts'
import { HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import type { ForecastColumns } from '#core/demand/forecast-columns.ts'
import { FORECAST_KINDS } from '#core/demand/forecast-columns.ts'
import { scoreForecasts } from './score-forecasts.ts'

export type Segment = 'smooth' | 'erratic' | 'intermittent' | 'lumpy' | 'new'
export const BLEND = 'blend'
/** What forecasts new products: what products of their category sold when they were new. */
export const CATEGORY = 'category'

/** What forecasts each segment: `blend`, or the name of a simple candidate. New products are always forecast from their category. */
export type Serves = Readonly<Record<Exclude<Segment, 'new'>, string>>

const LOOK_BACK_DAYS = 182
/** Days since the first sale for which a product is new. */
const NEW_DAYS = 28
/** Cut-offs of A. Syntetos, J. Boylan, J. Croston, On the categorization of demand patterns, JORS 56 (2005). */
const INTERMITTENT_FROM_DAYS = 1.32
const ERRATIC_FROM_CV2 = 0.49
/** A segment with fewer known cells chooses nothing: the blend serves it. */
const FEWEST_POINTS = 200

/** By series, from the days before `origin` alone. */
export const segmentsOf = ({ series }: DemandPanel, origin: number): readonly Segment[] =>
  series.map((one) => segmentOf(one, origin))

function segmentOf({ units }: DemandSeries, origin: number): Segment {
  const begin = units.findIndex((value) => value > 0)
  if (begin < 0 || origin - begin < NEW_DAYS) return 'new'
  const known = units.subarray(Math.max(begin, origin - LOOK_BACK_DAYS), origin).filter((value) => !Number.isNaN(value))
  const sizes = known.filter((value) => value > 0)
  const isIntermittent = known.length / Math.max(1, sizes.length) >= INTERMITTENT_FROM_DAYS
  const isErratic = squaredVariation(sizes) >= ERRATIC_FROM_CV2
  if (isIntermittent) return isErratic ? 'lumpy' : 'intermittent'
  return isErratic ? 'erratic' : 'smooth'
}

/** The square of the coefficient of variation; 0 of none. */
function squaredVariation(values: Float64Array): number {
  if (values.length === 0) return 0
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length / mean ** 2
}

/** What each way to forecast said from one origin, by its name; `blend` is the first. */
export interface OptionFold {
  readonly origin: number
  readonly options: ReadonlyMap<string, ForecastColumns>
}

/** By segment the least weighted quantile loss on these folds, which are not those that it will be judged on. */
export function chooseServing(panel: DemandPanel, folds: readonly OptionFold[]): Serves {
  const best = (segment: Segment): string => {
    let [name, least] = [BLEND, Number.POSITIVE_INFINITY]
    for (const option of folds[0]!.options.keys()) {
      const { weightedQuantileLoss, points } = scoreSegment(panel, folds, segment, option)
      if (points < FEWEST_POINTS || !(weightedQuantileLoss < least)) continue
      name = option
      least = weightedQuantileLoss
    }
    return name
  }
  return { smooth: best('smooth'), erratic: best('erratic'), intermittent: best('intermittent'), lumpy: best('lumpy') }
}

/** A series may be of another segment in another fold, so each fold is a panel of its own. */
function scoreSegment(panel: DemandPanel, folds: readonly OptionFold[], segment: Segment, option: string) {
  let [loss, sold, points] = [0, 0, 0]
  for (const { origin, options } of folds) {
    const places = segmentsOf(panel, origin).flatMap((own, place) => (own === segment ? [place] : []))
    if (places.length === 0) continue
    const part = { ...panel, series: places.map((place) => panel.series[place]!) }
    const columns = cellsOf(options.get(option)!, places)
    const units = part.series.reduce((sum, one) => sum + unitsIn(one, origin), 0)
    const scores = scoreForecasts(part, [{ origin, columns }])
    points += scores.points
    sold += units
    if (units > 0) loss += scores.weightedQuantileLoss * units
  }
  return { weightedQuantileLoss: loss / sold, points }
}

const unitsIn = ({ units }: DemandSeries, origin: number): number =>
  units.subarray(origin, origin + HORIZON_DAYS).reduce((sum, value) => sum + (value || 0), 0)

/** The columns of these series alone, in this order. */
function cellsOf(columns: ForecastColumns, places: readonly number[]): ForecastColumns {
  const part = (column: Float64Array) =>
    Float64Array.from({ length: places.length * HORIZON_DAYS }, (_, cell) => {
      return column[places[Math.floor(cell / HORIZON_DAYS)]! * HORIZON_DAYS + (cell % HORIZON_DAYS)]!
    })
  return Object.fromEntries(FORECAST_KINDS.map((kind) => [kind, part(columns[kind])])) as unknown as ForecastColumns
}
