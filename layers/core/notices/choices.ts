import { z } from 'zod'
import { StoreId } from '#core/events/envelope.ts'
import { isTimeZone } from '#core/metrics/business-time.ts'
import type { DigestRhythm } from './digest-period.ts'
import { NOTICE_KINDS, type NoticeKind, SEVERITIES } from './notice-kinds.ts'

/** Ways to a person. Webhooks are the merchant's, and get everything. */
export const PERSON_CHANNELS = ['email', 'log'] as const
export type PersonChannel = (typeof PERSON_CHANNELS)[number]

const kinds = Object.keys(NOTICE_KINDS) as [NoticeKind, ...NoticeKind[]]
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day like 22:00')
const MAX_STORES = 1_000

/** What a person wants to be told, how and when. */
export const noticeChoices = z.object({
  /** None: this person is told nothing. */
  channels: z.array(z.enum(PERSON_CHANNELS)).max(PERSON_CHANNELS.length),
  /** What they are told of. */
  kinds: z.array(z.enum(kinds)).max(kinds.length),
  /** Of this and what is graver. */
  leastSeverity: z.enum(SEVERITIES),
  /** Null: all that the person may see. */
  stores: z.array(StoreId).max(MAX_STORES).nullable(),
  /** Of the quiet hours and the digest; null: the merchant's. */
  timeZone: z.string().refine(isTimeZone, 'is not a time zone like Asia/Kolkata').nullable(),
  /** From when to when nothing is sent; what comes then is sent at their end. */
  quietHours: z
    .object({
      /** A time of day, 22:00. */
      from: TimeOfDay,
      /** A time of day, 07:00; of the next day where it is not after `from`. */
      to: TimeOfDay,
    })
    .refine(({ from, to }) => from !== to, { path: ['to'], message: 'must differ from `from`' })
    .nullable(),
  /** Instead of one message for each notice. */
  digest: z.enum(['off', 'hourly', 'daily']),
  /** Of a daily digest: the hour of the day, 0 to 23. */
  digestHour: z.int().min(0).max(23),
  /** Where e-mail goes. Null: to the account's address. For the machine's owner alone, who needs no account. */
  email: z.email().max(320).nullable(),
})
export type NoticeChoices = z.infer<typeof noticeChoices>

/** Nobody is told anything before they ask for it. */
export const NO_CHOICES: NoticeChoices = {
  channels: [],
  kinds,
  leastSeverity: 'WARNING',
  stores: null,
  timeZone: null,
  quietHours: null,
  digest: 'off',
  digestHour: 8,
  email: null,
}

export function rhythmOf({ digest, digestHour }: NoticeChoices): DigestRhythm | undefined {
  if (digest === 'off') return undefined
  return digest === 'hourly' ? { every: 'hour' } : { every: 'day', hour: digestHour }
}
