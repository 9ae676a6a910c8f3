/** The holidays that move an Indian chain's trade. */
import { DAY_MS, HOUR_MS } from '#core/metrics/business-time.ts'
import { dateOf, localDay } from './local-time.ts'

export type HolidayEffect = {
  /** 0 to 1: how much people shop for a feast; each category answers to it by its own measure. */
  readonly festive: number
  /** Of shops, 1 on any other day. */
  readonly footfall: number
}

/** Days of sale before a day of the solar year: [month-day, days, level at its height]. */
const FIXED: readonly (readonly [date: string, days: number, level: number])[] = [
  ['01-26', 4, 0.45],
  ['08-15', 5, 0.5],
  ['12-25', 8, 0.4],
  ['12-31', 3, 0.35],
]
const DIWALI_DAYS = 18
const HOLI_DAYS = 5
const HOLI_LEVEL = 0.35
/** People are at home on the feast itself. */
const FEAST_FOOTFALL = 0.55

/** Mean length of a lunation, days, and a new moon. Source: J. Meeus, Astronomical Algorithms, 2nd ed. (1998), ch. 49. */
const LUNATION_DAYS = 29.530588861
const NEW_MOON_MS = Date.UTC(2000, 0, 6, 14, 20)

/** What holidays do to this local day. */
export function holidayEffect(day: number): HolidayEffect {
  const year = Number(dateOf(day).slice(0, 4))
  let festive = 0
  for (const [date, days, level] of FIXED)
    festive = Math.max(festive, ramp(dayOf(`${year}-${date}`) - day, days) * level)
  const diwali = diwaliOf(year)
  const holi = holiOf(year)
  festive = Math.max(festive, ramp(diwali - day, DIWALI_DAYS), ramp(holi - day, HOLI_DAYS) * HOLI_LEVEL)
  return { festive, footfall: day === diwali || day === holi ? FEAST_FOOTFALL : 1 }
}

/** Rises to 1 on the day before the feast and ends with the feast. */
const ramp = (daysLeft: number, days: number): number =>
  daysLeft < 0 || daysLeft > days ? 0 : 1 - Math.max(0, daysLeft - 1) / days

const dayOf = (date: string): number => Math.floor(Date.parse(date) / DAY_MS)

/** The night before the new moon between mid October and mid November; by the mean moon, so within a day or so. */
export const diwaliOf = (year: number): number => localDay(moonAfter(Date.UTC(year, 9, 16), 0)) - 1

/** The day of the full moon of March; within a day or so. */
export const holiOf = (year: number): number => localDay(moonAfter(Date.UTC(year, 1, 28), 0.5) + 10 * HOUR_MS)

/** Epoch ms of the first mean moon of this phase (0 new, 0.5 full) from `fromMs` on. */
function moonAfter(fromMs: number, phase: number): number {
  const month = LUNATION_DAYS * DAY_MS
  const first = NEW_MOON_MS + phase * month
  return first + Math.ceil((fromMs - first) / month) * month
}
