/** From what the members say to what is told: by series what serves its segment. */
import type { DemandForecast } from '#core/demand/demand-learner.ts'
import { type DemandPanel, HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { blankColumns, FORECAST_KINDS, type ForecastColumns } from '#core/demand/forecast-columns.ts'
import { type DemandForecaster, forecastDemand, type MemberFold } from './demand-forecaster.ts'
import type { TrainedTrees } from './demand-members.ts'
import { forecastNewProduct } from './new-product.ts'
import { BLEND, CATEGORY, type Segment, type Serves, segmentsOf } from './segments.ts'

/** Chosen on folds; with the trees it is a model. */
export type Chosen = Pick<DemandForecaster, 'blend' | 'calibration'> & { readonly serves: Serves }
export type DemandModel = { readonly trained: TrainedTrees; readonly chosen: Chosen }

/** @throws RangeError where a member that the blend names is not among those of the fold. */
export function serveForecast(panel: DemandPanel, fold: MemberFold, chosen: Chosen): DemandForecast {
  return compose(panel, fold, (segment) => chosen.serves[segment], { [BLEND]: forecastDemand(chosen, fold) })
}

/** Without a model: one simple candidate for all but new products. */
export const serveBaseline = (panel: DemandPanel, fold: MemberFold, name: string): DemandForecast =>
  compose(panel, fold, () => name, {})

function compose(
  panel: DemandPanel,
  { origin, members }: MemberFold,
  serverOf: (segment: Exclude<Segment, 'new'>) => string,
  made: Readonly<Record<string, ForecastColumns>>,
): DemandForecast {
  const segments = segmentsOf(panel, origin)
  const servedBy = segments.map((segment) => (segment === 'new' ? CATEGORY : serverOf(segment)))
  const columns = blankColumns(panel.series.length)
  for (const [place, name] of servedBy.entries()) {
    const [from, at] = name === CATEGORY ? [newProduct(panel, origin, place), 0] : [columnsOf(name), place]
    for (const kind of FORECAST_KINDS)
      columns[kind].set(from[kind].subarray(at * HORIZON_DAYS, (at + 1) * HORIZON_DAYS), place * HORIZON_DAYS)
  }
  return { columns, segments, servedBy, said: members }

  function columnsOf(name: string): ForecastColumns {
    const found = made[name] ?? members.get(name)
    if (!found) throw new RangeError(`nobody forecasts as ${name}`)
    return found as ForecastColumns
  }
}

function newProduct(panel: DemandPanel, origin: number, place: number): ForecastColumns {
  const { store, categories, units } = panel.series[place]!
  const begin = units.findIndex((value) => value > 0)
  const own = begin < 0 || begin >= origin ? [] : units.subarray(begin, origin)
  return forecastNewProduct(panel, origin, { store, categories, units: own })
}
