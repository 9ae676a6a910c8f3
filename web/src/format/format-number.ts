/** Numbers as the reader's browser writes them, with a true minus sign, and none before what is rounded to 0. */
type Options = Intl.NumberFormatOptions

const formats = new Map<string, Intl.NumberFormat>()

/** `value`: a number, or plain decimal text of any length ('-1234.50'), which is never rounded through a double. */
export function formatNumber(value: number | string, options: Options = {}, locale?: string): string {
  const key = `${locale} ${JSON.stringify(options)}`
  let format = formats.get(key)
  if (format === undefined)
    formats.set(key, (format = new Intl.NumberFormat(locale, { signDisplay: 'negative', ...options })))
  return format.format(value as Intl.StringNumericLiteral).replace('-', '−')
}

/** A figure as it stands on a tile: short enough to fit, its unit apart, the exact figure beside it. */
export type Figure = { readonly text: string; readonly unit: string; readonly exact: string }

/** A tile is 156 px wide inside at 1440: that many tabular figures of 28 px and a currency fit. */
const FITTING_CHARACTERS = 8

/** The whole amount where it fits, else without its fraction, else as '1.235M'. */
export function fittingText(decimal: string, fractionDigits: number, locale?: string): string {
  const whole = formatNumber(decimal, { minimumFractionDigits: fractionDigits }, locale)
  if (whole.length <= FITTING_CHARACTERS) return whole
  const rounded = formatNumber(decimal, { maximumFractionDigits: 0 }, locale)
  if (rounded.length <= FITTING_CHARACTERS) return rounded
  return formatNumber(decimal, { notation: 'compact', maximumSignificantDigits: 4 }, locale)
}

export function countFigure(count: number, locale?: string): Figure {
  return { text: fittingText(String(count), 0, locale), unit: '', exact: formatNumber(count, {}, locale) }
}

/** '1 refund', '12 refunds'. */
export const counted = (count: number, one: string, many: string, locale?: string): string =>
  `${formatNumber(count, {}, locale)} ${count === 1 ? one : many}`
