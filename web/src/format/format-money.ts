import { exponentOf, formatMinor } from '#core/events/money.ts'
import { type Figure, fittingText, formatNumber } from './format-number.ts'

/** '1,234.50': every minor unit, grouped; the currency is said beside it, once. `minor`: integer minor units. */
export function moneyText(minor: number, currency: string, locale?: string): string {
  return formatNumber(formatMinor(minor, currency), { minimumFractionDigits: exponentOf(currency) ?? 0 }, locale)
}

/** '+1,234.50' or '−1,234.50'; nothing has no sign. */
export const signedMoneyText = (minor: number, currency: string, locale?: string): string =>
  (minor > 0 ? '+' : '') + moneyText(minor, currency, locale)

/**
 * '+1,234.50 INR', the sum of amounts in minor units of one currency; null where it leaves the safe integers: a sum
 * that cannot be exact is not shown.
 */
export function sumText(minors: readonly number[], currency: string, locale?: string): string | null {
  const sum = minors.reduce((a, b) => a + b, 0)
  return Number.isSafeInteger(sum) ? `${signedMoneyText(sum, currency, locale)} ${currency}` : null
}

/** For a tile: short, with the exact amount beside it. An average may be a part of a minor unit: it is rounded. */
export function moneyFigure(minor: number, currency: string, locale?: string): Figure {
  const whole = Math.round(minor)
  return {
    text: fittingText(formatMinor(whole, currency), exponentOf(currency) ?? 0, locale),
    unit: currency,
    exact: `${moneyText(whole, currency, locale)} ${currency}`,
  }
}

/** In units people count by: 123450 INR is 1234.5. For the length of a bar, never for a sum. */
export const majorOf = (minor: number, currency: string): number => minor / 10 ** (exponentOf(currency) ?? 0)
