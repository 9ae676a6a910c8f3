import { z } from 'zod'
import { Currency, event, LocalDate, Text } from './envelope.ts'

const isOfCalendar = (date: string): boolean => {
  const at = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date)
}

/** Decimal text above 0, which stays exact: at most 12 digits on either side of the point. */
const Rate = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,12})?$/, 'is not a decimal like "1.0832", as text')
  .refine((rate) => /[1-9]/.test(rate), 'must be above 0')

/** How two currencies stood to each other on a day. The last word about a day counts. */
export const rateRecorded = event(
  'rate.recorded',
  1,
  'The exchange rate of a day became known.',
  {
    /** So many units (`rate`) of this currency ... */
    currency: Currency,
    /** ... were one unit of this: 1.0832 USD per EUR. */
    per: Currency,
    /** The day that it is of. */
    date: LocalDate.refine(isOfCalendar, 'is not a date of the calendar'),
    rate: Rate,
    /** Who says so. */
    source: Text.optional(),
  },
  { everyShard: true },
)
export type RateRecorded = z.infer<typeof rateRecorded.data>
