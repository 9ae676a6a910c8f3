/** `models/reorders` as a policy of the bench: forecasts, dependence and lead times are made from the shop's book alone. */
import type { ProductClass } from '#core/reorders/arithmetic-line.ts'
import { USUAL_SERVICE_LEVELS } from '#core/reorders/service-levels.ts'
import { daysAhead } from '../../models/reorders/day-demand.ts'
import { type Chances, drawChances } from '../../models/reorders/demand-draws.ts'
import { type LeadTimeModel, learnLeadTimes } from '../../models/reorders/lead-times.ts'
import { orderQuantity } from '../../models/reorders/order-quantity.ts'
import { classProducts } from '../../models/reorders/product-classes.ts'
import { reorderLevels } from '../../models/reorders/reorder-levels.ts'
import { demandSeen, positionOf, type SeriesBook, type ShopBook } from './replenishment-book.ts'
import { learnForecaster, type ShopForecaster } from './replenishment-forecast.ts'
import { PAST_DAYS } from './replenishment-shop.ts'
import { LEARN_EVERY_DAYS, type Policy, REVIEW_DAYS } from './replenishment-year.ts'

/** Days looked ahead: no lead time of the shop comes near. */
const HORIZON_DAYS = 49
const DRAWS = 256
const CLASS_WEEKS = 26

export interface ReorderPolicyOptions {
  /** One for all, or that of each one's class. */
  readonly serviceLevel: number | 'by class'
  /** Days for which the merchant's campaigns are planned ahead; 0: one is known from its first evening on. */
  readonly plannedDays?: number
}

interface Learnt {
  readonly forecaster: ShopForecaster
  readonly chances: Chances
  readonly leads: LeadTimeModel
  readonly classes: ReadonlyMap<SeriesBook, ProductClass>
}

export function reorderPolicy({ serviceLevel, plannedDays = 0 }: ReorderPolicyOptions): Policy {
  let learnt: Learnt | undefined
  return (book, day, reviewed) => {
    if (!learnt || (day - PAST_DAYS) % LEARN_EVERY_DAYS === 0) learnt = learn(book, day, plannedDays)
    const { forecaster, chances, leads, classes } = learnt
    return reviewed.map((one) => {
      const { supplier, packSize } = one.series
      const order = { supplierId: supplier.id, placedOn: day, quantity: packSize, promisedDays: supplier.promisedDays }
      const levels = reorderLevels(
        {
          onHand: one.onHand,
          inbound: one.inbound.map(({ placedOn, ordered }) => ({ outstanding: ordered, ageDays: day - placedOn })),
          ahead: daysAhead(forecaster.forecast(one, day, HORIZON_DAYS), HORIZON_DAYS),
          lead: leads.predict(order),
          serviceLevel: serviceLevel === 'by class' ? USUAL_SERVICE_LEVELS[classes.get(one)!] : serviceLevel,
          reviewDays: REVIEW_DAYS,
          cycleDays: 0,
        },
        chances,
      )
      return orderQuantity(levels, one.onHand, positionOf(one) - one.onHand, { packSize }).quantity
    })
  }
}

function learn(book: ShopBook, day: number, plannedDays: number): Learnt {
  const forecaster = learnForecaster(book, day, plannedDays)
  const { dependence } = forecaster
  return {
    forecaster,
    chances: drawChances({ draws: DRAWS, days: HORIZON_DAYS, dependence, seed: 1 }),
    leads: learnLeadTimes(book.leadTimes),
    classes: classesOf(book, day),
  }
}

function classesOf(book: ShopBook, day: number): ReadonlyMap<SeriesBook, ProductClass> {
  const classed = book.series.map((one) => {
    const seen = demandSeen(one, day, 7 * CLASS_WEEKS)
    const weeklyUnits = Float64Array.from({ length: CLASS_WEEKS }, (_, week) =>
      seen.subarray(7 * week, 7 * week + 7).reduce((sum, units) => sum + (units || 0), 0),
    )
    return { revenueMinor: one.series.priceMinor * weeklyUnits.reduce((sum, units) => sum + units, 0), weeklyUnits }
  })
  const classes = classProducts(classed)
  return new Map(book.series.map((one, place) => [one, classes[place]!]))
}
