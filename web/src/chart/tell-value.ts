import { formatMinor } from '#core/events/money.ts'
import { majorOf, moneyText } from '../format/format-money.ts'
import { formatNumber } from '../format/format-number.ts'
import type { ChartUnit } from './chart-spec.ts'

/** An average may be a part of a minor unit: it is rounded. */
const wholeMinor = Math.round

/** Without its unit: '1,234.50', '1,234', '25'. */
export function figureText(value: number, unit: ChartUnit, locale?: string): string {
  if (unit.kind === 'money') return moneyText(wholeMinor(value), unit.currency, locale)
  if (unit.kind === 'share') return percentFigure(value, locale)
  if (unit.kind === 'number') return formatNumber(value, { maximumFractionDigits: unit.digits }, locale)
  return formatNumber(value, {}, locale)
}

/** 'INR', '%', 'days'; '' for a count. */
export function unitText(unit: ChartUnit): string {
  if (unit.kind === 'money') return unit.currency
  if (unit.kind === 'share') return '%'
  return unit.kind === 'number' ? unit.unit : ''
}

/** '1,234.50 INR'. */
export const tellValue = (value: number, unit: ChartUnit, locale?: string): string =>
  `${figureText(value, unit, locale)} ${unitText(unit)}`.trim()

/** '+12.00': a difference, without its unit. Of shares it is in points of a per cent. */
export const tellDifference = (difference: number, unit: ChartUnit, locale?: string): string =>
  `${difference > 0 ? '+' : ''}${figureText(difference, unit, locale)}`

/** As it goes into a spreadsheet: plain decimal text. */
export function plainValue(value: number, unit: ChartUnit): string {
  if (unit.kind === 'money') return formatMinor(wholeMinor(value), unit.currency)
  return unit.kind === 'share' ? String(Math.round(value * 1e6) / 1e4) : String(value)
}

/** The length that is drawn, in units people count by. */
export function drawnValue(value: number, unit: ChartUnit): number {
  if (unit.kind === 'money') return majorOf(wholeMinor(value), unit.currency)
  return unit.kind === 'share' ? value * 100 : value
}

/** '1.2M': on an axis, or where little room is. `drawn`: what `drawnValue` gave. */
export const shortText = (drawn: number, locale?: string): string =>
  formatNumber(drawn, { notation: 'compact', maximumSignificantDigits: 3 }, locale)

/** '25 %', '4.2 %': below ten with a fraction. `share`: 0 to 1. */
export const shareText = (share: number, locale?: string): string => `${percentFigure(share, locale)} %`

const percentFigure = (share: number, locale?: string): string =>
  formatNumber(share * 100, { maximumFractionDigits: Math.abs(share) < 0.0995 ? 1 : 0 }, locale)
