/** The parameters of a step: what the one row of `run` says. */
import { REFUND_REASONS } from '#core/events/sale-refunded.ts'
import { addDays, DAY_MS, startOfBusinessDay } from '#core/metrics/business-time.ts'
import type { RunColumn } from '#core/ports.ts'
import { SETTINGS, type SettingsRow, settingOf } from '#core/settings/settings.ts'
import { holidayCountryOf } from './public-holidays.ts'

export type BusinessDay = {
  readonly merchantId: string
  /** YYYY-MM-DD, in the merchant's zone. */
  readonly date: string
  /** Epoch ms: the first instant of the day, and the first after it. */
  readonly start: number
  readonly end: number
}

/** The day of this date; one that the zone never had is empty. @throws RangeError for what is no zone or no date. */
export const businessDay = (merchantId: string, date: string, zone: string): BusinessDay => ({
  merchantId,
  date,
  start: startOfBusinessDay(date, zone),
  end: startOfBusinessDay(addDays(date, 1), zone),
})

/** UTC days, YYYY-MM-DD, that any of it lies in, in order. */
export function utcDaysOf({ start, end }: BusinessDay): string[] {
  const days: string[] = []
  for (let at = Math.floor(start / DAY_MS) * DAY_MS; at < end; at += DAY_MS)
    days.push(new Date(at).toISOString().slice(0, 10))
  return days
}

/** How far the calendar goes beyond the day: forecasts and holidays of the year to come. */
const CALENDAR_DAYS = 400

/** `firstDate`: of the first day that the merchant's warehouse has. */
export function runOf(
  { merchantId, date, start, end }: BusinessDay,
  settings: SettingsRow,
  firstDate: string,
): readonly RunColumn[] {
  const restocked = REFUND_REASONS.filter((reason) => SETTINGS[`restock.${reason}`].default)
  return [
    { name: 'merchant_id', type: 'text', value: merchantId },
    { name: 'business_date', type: 'date', value: date },
    { name: 'day_start', type: 'timestamp', value: new Date(start).toISOString() },
    { name: 'day_end', type: 'timestamp', value: new Date(end).toISOString() },
    { name: 'first_date', type: 'date', value: firstDate },
    { name: 'last_date', type: 'date', value: addDays(date, CALENDAR_DAYS) },
    { name: 'country', type: 'text', value: holidayCountryOf(settingOf('currency', settings)) },
    // Each between commas: no portable SQL has lists as parameters. What a merchant says otherwise lies in the lake.
    { name: 'restocked_by_default', type: 'text', value: `,${restocked.join(',')},` },
  ]
}
