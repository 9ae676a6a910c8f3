/** What is forecast: units a day, by product and store. */

/** Days that one week's forecast covers: horizon 1 is the day after the origin. */
export const HORIZON_DAYS = 7
/** How far before and behind a day holidays matter to it. */
export const HOLIDAY_REACH_DAYS = 30
/** Days behind the known ones of which a panel to forecast from has plans: holidays, usual prices. */
export const PLANNED_DAYS = HORIZON_DAYS + HOLIDAY_REACH_DAYS
const WEEK = 7

/**
 * One product in one store. Each array has a value for each day of the panel; NaN says unknown. `units`, `orders`,
 * `stockout` and `price` are observed, so that a forecast sees them up to its origin alone; the others are planned, and known for the days
 * ahead.
 */
export interface DemandSeries {
  readonly id: string
  readonly product: string
  readonly store: string
  /** From the widest to the narrowest; the same number for every series of a panel. */
  readonly categories: readonly string[]
  /** Units sold on the day, 0 or more; NaN where the product was not for sale. */
  readonly units: Float64Array
  /** Orders that the units were sold in: one large order is told from many small ones. */
  readonly orders?: Float64Array
  /** Share of the selling hours without stock, 0 to 1; NaN or absent is 0. */
  readonly stockout?: Float64Array
  /** The list price, over that of another day: what it is on the last known day holds until somebody changes it. */
  readonly price?: Float64Array
  /** The day's price as a share of the usual one: 1 is no discount. */
  readonly discount?: Float64Array
  /** 1 on a day of a campaign for the product, else 0. */
  readonly activity?: Float64Array
  /** 1 on a public holiday of the store's place, else 0. */
  readonly holiday?: Float64Array
}

export interface DemandPanel {
  /** The first day, in days since 1970-01-01. */
  readonly firstDay: number
  readonly days: number
  readonly series: readonly DemandSeries[]
}

/** The panel is not what its own words say. */
export class DemandPanelError extends Error {}

/** Monday is 0. `day` counts from the panel's first. */
export const weekdayOf = (panel: DemandPanel, day: number): number => (panel.firstDay + day + 3) % WEEK

/** 2011-12-09 for day 373 of a panel that begins on 2010-12-01. */
export const isoDay = (panel: DemandPanel, day: number): string =>
  new Date((panel.firstDay + day) * 86_400_000).toISOString().slice(0, 10)

/** @throws DemandPanelError naming the series, where an array has not a value for each day, or units are below 0. */
export function checkPanel({ days, series }: DemandPanel): void {
  const depth = series[0]?.categories.length ?? 0
  const seen = new Set<string>()
  for (const one of series) {
    const { id, units, orders, stockout, price, discount, activity, holiday, categories } = one
    if (seen.has(id)) throw new DemandPanelError(`two series are named ${id}`)
    seen.add(id)
    if (categories.length !== depth)
      throw new DemandPanelError(`${id} has ${categories.length} levels of category, the first series ${depth}`)
    for (const [name, values] of Object.entries({ units, orders, stockout, price, discount, activity, holiday }))
      if (values && values.length !== days)
        throw new DemandPanelError(`${id}: ${name} has ${values.length} values for ${days} days`)
    const bad = units.findIndex((value) => value < 0 || value === Infinity)
    if (bad >= 0) throw new DemandPanelError(`${id}: ${units[bad]} units on day ${bad}`)
  }
}
