import { z } from 'zod'
import { isTimeZone } from '#core/metrics/business-time.ts'
import { Currency, event, Text } from './envelope.ts'

/** What a merchant says about a store; the store is the envelope's. A later listing replaces an earlier one whole. */
export const storeListed = event(
  'store.listed',
  1,
  'A store opened, or its entry changed.',
  {
    name: Text.min(1),
    city: Text.optional(),
    region: Text.optional(),
    sizeSqft: z.number().positive().optional(),
    /** IANA time zone, e.g. Asia/Kolkata. */
    timeZone: Text.refine(isTimeZone, 'is not a time zone like Asia/Kolkata').optional(),
    currency: Currency.optional(),
    openingHours: Text.optional(),
  },
  { everyShard: true },
)
export type StoreListed = z.infer<typeof storeListed.data>
