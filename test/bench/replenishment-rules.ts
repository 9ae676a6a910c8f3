/** What the policy is compared with: rules that see the same sales, corrected for empty shelves, and the same lead times. */
import { demandSeen, positionOf, type SeriesBook, type ShopBook } from './replenishment-book.ts'
import { learnForecaster, type ShopForecaster } from './replenishment-forecast.ts'
import { PAST_DAYS } from './replenishment-shop.ts'
import { LEARN_EVERY_DAYS, type Policy, REVIEW_DAYS } from './replenishment-year.ts'

interface Levels {
  /** Below which a rule orders, and up to where; units. */
  readonly point: number
  readonly upTo: number
}

/** Demand a day: its mean and deviation. */
interface Usual {
  readonly mean: number
  readonly deviation: number
}

const usualOf = (book: SeriesBook, day: number, days: number): Usual => {
  const known = demandSeen(book, day, days).filter((units) => !Number.isNaN(units))
  if (known.length === 0) return { mean: 0, deviation: 0 }
  const mean = known.reduce((sum, units) => sum + units, 0) / known.length
  return { mean, deviation: Math.sqrt(known.reduce((sum, units) => sum + (units - mean) ** 2, 0) / known.length) }
}

/** Mean days by supplier, from what has come; before anything has, what the supplier promises. */
function usualLeads({ leadTimes }: ShopBook): (one: SeriesBook) => number {
  const sums = new Map<string, { days: number; orders: number }>()
  for (const { supplierId, leadDays } of leadTimes) {
    const sum = sums.get(supplierId) ?? { days: 0, orders: 0 }
    sums.set(supplierId, { days: sum.days + leadDays, orders: sum.orders + 1 })
  }
  return ({ series: { supplier } }) => {
    const sum = sums.get(supplier.id)
    return sum ? sum.days / sum.orders : supplier.promisedDays
  }
}

const byLevels =
  (levelsOf: (one: SeriesBook, day: number, protectionDays: number) => Levels): Policy =>
  (book, day, reviewed) => {
    const leadOf = usualLeads(book)
    return reviewed.map((one) => {
      const { point, upTo } = levelsOf(one, day, leadOf(one) + REVIEW_DAYS)
      const position = positionOf(one)
      return position < point ? upTo - position : 0
    })
  }

/** Up to so many times the moving average of 28 days over lead time and review. */
export const movingAverageRule = (factor: number): Policy =>
  byLevels((one, day, days) => {
    const upTo = usualOf(one, day, 28).mean * days * factor
    return { point: upTo, upTo }
  })

/** (s, S): s is so many times the mean of 56 days over lead time and review; S so many days' sales above it. */
export const minMaxRule = (factor: number, cycleDays: number): Policy =>
  byLevels((one, day, days) => {
    const { mean } = usualOf(one, day, 56)
    return { point: mean * days * factor, upTo: mean * (days * factor + cycleDays) }
  })

/** Textbooks' safety stock: mean and so many deviations over lead time and review, as if days were independent. */
export const normalRule = (deviations: number, cycleDays: number): Policy =>
  byLevels((one, day, days) => {
    const { mean, deviation } = usualOf(one, day, 56)
    const point = mean * days + deviations * deviation * Math.sqrt(days)
    return { point, upTo: point + mean * cycleDays }
  })

/** The same with our forecast's mean in place of the average: what the forecast alone is worth. */
export function normalRuleByForecast(deviations: number): Policy {
  let forecaster: ShopForecaster | undefined
  return (book, day, reviewed) => {
    if (!forecaster || (day - PAST_DAYS) % LEARN_EVERY_DAYS === 0) forecaster = learnForecaster(book, day, 0)
    const ahead = forecaster.forecast
    return byLevels((one, on, days) => {
      const whole = Math.ceil(days)
      const mean = (ahead(one, on, whole).reduce((sum, forecast) => sum + forecast.mean, 0) * days) / whole
      const point = mean + deviations * usualOf(one, on, 56).deviation * Math.sqrt(days)
      return { point, upTo: point }
    })(book, day, reviewed)
  }
}
