import { z } from 'zod'
import { CURRENCIES, MAX_AMOUNT_MINOR } from './money.ts'
import { NOT_A_TIME, parseTime } from './parse-time.ts'

/** No control characters: row keys join ids with them (`row-key.ts`). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is kept out
const PRINTABLE = /^[^\u0000-\u001f\u007f]*$/

/** Half of a character (an unpaired surrogate) is stored as a question mark, and two such names would be one. */
const NOT_TEXT = 'is not well-formed Unicode'

/** The store of events that belong to a merchant and to no store of it. */
export const NO_STORE = '-'

/** Keys of rows are made of up to four names and a merchant's, and hold 1,978 bytes. */
const MAX_ID_BYTES = 450
const encoder = new TextEncoder()

/** A name that somebody gave to a thing: 1 to 200 printable characters, 450 bytes at most. Rows and answers may use it as a field's name. */
export const Id = z
  .string()
  .min(1)
  .max(200)
  .regex(PRINTABLE, 'must not hold control characters')
  .refine((id) => id !== '__proto__', 'is a name that programs keep for themselves')
  .refine((id) => id.isWellFormed(), NOT_TEXT)
  .refine(
    (id) => id.length <= MAX_ID_BYTES / 3 || encoder.encode(id).length <= MAX_ID_BYTES,
    `is longer than ${MAX_ID_BYTES} bytes of UTF-8`,
  )
/** The store of an event that happened in one. */
export const StoreId = Id.refine((id) => id !== NO_STORE, 'is what stands for no store: give the store another name')
/** Free text of a person or a provider, up to 500 characters. */
export const Text = z.string().max(500)
export const PositiveInt = z.int().min(1).max(1_000_000_000)
export const SignedInt = z.int().min(-1_000_000_000).max(1_000_000_000)
/** An amount of money in the currency's minor units, e.g. cents. */
export const Minor = z.int().min(0).max(MAX_AMOUNT_MINOR)
export const SignedMinor = z.int().min(-MAX_AMOUNT_MINOR).max(MAX_AMOUNT_MINOR)
/** ISO 4217. */
export const Currency = z.string().refine((code) => CURRENCIES.has(code), 'is not a currency of ISO 4217')
/** RFC 3339, with a zone. */
export const Instant = z
  .string()
  .refine((text) => !Number.isNaN(parseTime(text)), { message: NOT_A_TIME })
  .meta({ format: 'date-time' })
/** A local date, YYYY-MM-DD. */
export const LocalDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a date like 2026-03-02')
/** Stands for a person; who it is, is known at the door alone. At the door: whatever identifies the person. */
export const Customer = z
  .string()
  .min(1)
  .max(320)
  .refine((customer) => customer.isWellFormed(), NOT_TEXT)

/** One type of event, declared once: its schemas, its version, and how older versions become this one. */
export type EventType = {
  readonly type: string
  readonly version: number
  readonly about: string
  readonly data: z.ZodObject
  /** Goes to every shard of its merchant, because folds of any store may need it. */
  readonly everyShard: boolean
  /** `upcast[n]` turns data of version n into data of version n + 1. */
  readonly upcast: Readonly<Record<number, (data: object) => object>>
}

export const event = <const T extends string, S extends z.ZodRawShape>(
  type: T,
  version: number,
  about: string,
  data: S,
  options: Partial<Pick<EventType, 'everyShard' | 'upcast'>> = {},
) => ({ type, version, about, data: z.object(data), everyShard: false, upcast: {}, ...options })

/** The envelope, CloudEvents-shaped, as it lies in the log. Times are RFC 3339 text in UTC. */
export const envelope = {
  id: Id,
  merchantId: Id,
  storeId: Id,
  /** Which door it came through: `amazon`, `collect`, `import:online-retail`, `simulator`, `engine`. */
  source: Id,
  version: z.int().min(1),
  occurredAt: Instant,
  receivedAt: Instant,
  businessDate: LocalDate,
}

/** The merchant of events that belong to the engine. */
export const NO_MERCHANT = '-'

/** An event on its way in: what the source says, before the door gives it id, times and place. */
export type Draft = {
  readonly type: string
  readonly storeId: string
  /** RFC 3339; absent: now. */
  readonly occurredAt?: string | undefined
  readonly data: object
}

/** One document of a source: its events are taken all together or not at all. */
export type SourceDocument = {
  /** The provider's identity of this document; absent: each one is new. */
  readonly providerId?: string | undefined
  readonly drafts: readonly Draft[]
}
