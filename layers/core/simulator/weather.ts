/** Weather of a day: rain by region keeps people out of shops, heat for the season moves categories. */
import { gaussian, happens, type Random } from './random.ts'

export const REGIONS = ['North', 'South', 'East', 'West'] as const
export type Region = (typeof REGIONS)[number]

export type Weather = {
  /** By region, in their order. */
  rain: boolean[]
  /** How much warmer than usual the country is, Celsius. */
  anomalyC: number
}

/** Share of days with rain, January first: monsoon from June, in the South again in October and November. */
const RAIN: Readonly<Record<Region, readonly number[]>> = {
  North: [0.08, 0.08, 0.08, 0.06, 0.1, 0.25, 0.55, 0.55, 0.35, 0.08, 0.03, 0.05],
  South: [0.05, 0.03, 0.05, 0.12, 0.2, 0.45, 0.5, 0.48, 0.42, 0.5, 0.45, 0.2],
  East: [0.05, 0.08, 0.12, 0.2, 0.3, 0.5, 0.62, 0.6, 0.5, 0.25, 0.05, 0.03],
  West: [0.01, 0.01, 0.01, 0.02, 0.06, 0.55, 0.75, 0.7, 0.45, 0.12, 0.04, 0.01],
}
/** Mean temperature of the day, Celsius, January first. */
const TEMPERATURE_C: Readonly<Record<Region, readonly number[]>> = {
  North: [14, 17, 23, 29, 33, 33, 31, 30, 29, 26, 20, 15],
  South: [25, 27, 29, 30, 29, 27, 26, 26, 26, 26, 25, 24],
  East: [19, 23, 27, 30, 31, 30, 29, 29, 29, 27, 24, 20],
  West: [24, 25, 27, 29, 31, 29, 28, 27, 28, 29, 28, 26],
}
/** A rainy day brings so much less footfall. */
const RAIN_LOSS = 0.22
const PERSISTENCE = 0.8
const DAILY_DEVIATION_C = 1.2

/** Moves the weather on by a day. `month`: 0 for January. */
export function nextWeather(weather: Weather, month: number, random: Random): void {
  for (const [i, region] of REGIONS.entries()) weather.rain[i] = happens(random, RAIN[region][month]!)
  weather.anomalyC = PERSISTENCE * weather.anomalyC + DAILY_DEVIATION_C * gaussian(random)
}

/** Mean 1 over a month's days. */
export function rainFactor({ rain }: Weather, region: Region, month: number): number {
  const expected = 1 - RAIN_LOSS * RAIN[region][month]!
  return (rain[REGIONS.indexOf(region)] ? 1 - RAIN_LOSS : 1) / expected
}

export const temperatureC = ({ anomalyC }: Weather, region: Region, month: number): number =>
  Math.round((TEMPERATURE_C[region][month]! + anomalyC) * 10) / 10
