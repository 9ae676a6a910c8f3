import { z } from 'zod'
import { isTimeZone } from '#core/metrics/business-time.ts'
import { Currency, event, Text } from './envelope.ts'

/** What a merchant says about a store; the store is the envelope's. A later listing replaces an earlier one whole. */
export const storeListed = event(
  'store.listed',
  1,
  'A store opened, or its entry changed.',
  {
    /** What it is called. */
    name: Text.min(1),
    /** Where it is. */
    city: Text.optional(),
    /** Stores that are looked at together bear the same. */
    region: Text.optional(),
    /** Its floor, in square feet. */
    sizeSqft: z.number().positive().optional(),
    /** IANA time zone, e.g. Asia/Kolkata. */
    timeZone: Text.refine(isTimeZone, 'is not a time zone like Asia/Kolkata').optional(),
    currency: Currency.optional(),
    /** In words, or as 10:00-21:00. */
    openingHours: Text.optional(),
  },
  { everyShard: true },
)
export type StoreListed = z.infer<typeof storeListed.data>
