/** Cells of stock as they are read. */
import { formatNumber } from '../format/format-number.ts'
import { words } from './words.ts'

/** From here on a fraction says nothing. */
const WHOLE_FROM = 10

/** '6.2' a day; '31'; '0' where nothing sells. */
export const rateText = (unitsPerDay: number, locale?: string): string => shortText(unitsPerDay, locale)

/** '2.3' days; what does not sell lasts for ever, and says so. */
export const coverText = (days: number | null, locale?: string): string =>
  days === null ? words.forEver : shortText(days, locale)

/** '78%'; a little is more than nothing. */
export const chanceText = (share: number, locale?: string): string =>
  share > 0 && share < 0.01
    ? `<${formatNumber(0.01, { style: 'percent' }, locale)}`
    : formatNumber(share, { style: 'percent', maximumFractionDigits: 0 }, locale)

/** A little is more than nothing. */
const LEAST = 0.1

function shortText(value: number, locale?: string): string {
  if (value > 0 && value < LEAST) return `<${formatNumber(LEAST, {}, locale)}`
  return formatNumber(value, { maximumFractionDigits: value < WHOLE_FROM ? 1 : 0 }, locale)
}
