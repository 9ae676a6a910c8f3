/** Fields as vendors write them, read as our events need them. */
import { z } from 'zod'
import { Id } from '#core/events/envelope.ts'
import { CURRENCIES, toMinor } from '#core/events/money.ts'
import type { Outcome } from '#core/outcome.ts'
import { minorOf, StatedAmount } from './stated-amount.ts'

/** A vendor's own id: our names join two of them, or have one behind a word, and are 200 characters at the most. */
const OwnId = Id.max(90)

/** A number or a text that names a thing, as text. Numbers beyond 2^53 (vendors' samples have some) keep what JSON kept. */
export const VendorId = z.union([z.number(), z.string()], 'must be an id').transform((id, ctx) => {
  const parsed = OwnId.safeParse(String(id))
  if (!parsed.success) for (const { message } of parsed.error.issues) ctx.addIssue(message)
  return String(id)
})

/** The merchant's own name of an article; undefined where it has none, which vendors write as '' or null. */
export const Sku = z
  .string()
  .nullish()
  .transform((sku, ctx) => {
    if (sku === undefined || sku === null || sku === '') return undefined
    const parsed = Id.safeParse(sku)
    if (!parsed.success) for (const { message } of parsed.error.issues) ctx.addIssue(message)
    return sku
  })

/** Text for people, cut to what an event holds; undefined where there is none. */
export const Words = z
  .string()
  .nullish()
  .transform((words) => (words === undefined || words === null || words === '' ? undefined : words.slice(0, 500)))

/** A number of units on a line; 0: none are left of it. */
export const Units = z.int().min(0).max(1_000_000_000)

export type MoneyFields = {
  /** 0 or more, in minor units. */
  readonly amount: z.ZodType<number>
  /** In minor units; below 0 in the customer's favour. */
  readonly signed: z.ZodType<number>
}

/**
 * A schema whose amounts are read as minor units of a currency, which stands elsewhere in the document. Undefined: the
 * document's currency is none; of its amounts is said only what is wrong in every currency.
 */
export function byCurrency<S>(schemaOf: (money: MoneyFields) => S): (currency: string | undefined) => S {
  const made = new Map<string | undefined, S>()
  return (currency) => {
    const known = made.get(currency)
    if (known !== undefined) return known
    const schema = schemaOf({
      amount: minorField((stated) => minorOf('', stated, currency)),
      signed: minorField((stated) =>
        currency === undefined ? { ok: false, problems: [] } : toMinor(stated, currency),
      ),
    })
    made.set(currency, schema)
    return schema
  }
}

const minorField = (read: (stated: string | number) => Outcome<number>): z.ZodType<number> =>
  StatedAmount.transform((stated, ctx) => {
    const minor = read(stated)
    if (minor.ok) return minor.value
    for (const { message } of minor.problems) ctx.addIssue(message)
    return 0
  })

/** The currency that a document names in a field, if it is one. */
export function currencyNamed(document: unknown, field: string): string | undefined {
  const code = fieldOf(document, field)
  return typeof code === 'string' && CURRENCIES.has(code) ? code : undefined
}

/** A field of what may be no object. */
export const fieldOf = (document: unknown, field: string): unknown =>
  typeof document === 'object' && document !== null && Object.hasOwn(document, field)
    ? (document as Record<string, unknown>)[field]
    : undefined
