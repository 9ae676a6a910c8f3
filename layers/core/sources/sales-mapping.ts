/** Where in a shop's own file of sales our fields are: what a person writes into `mapping.json`. */
import { z } from 'zod'
import { Currency, PositiveInt, StoreId, Text } from '#core/events/envelope.ts'
import { isTimeZone } from '#core/metrics/business-time.ts'
import { ISO_TIME, timeFormat } from './time-format.ts'

const Column = z.string('must be the name of a column').min(1, 'must be the name of a column')

/** A column's name, or `{"value": ...}` that holds for every line. */
const columnOr = <T>(value: z.ZodType<T>) =>
  z.preprocess(
    (said) => (typeof said === 'string' ? { column: said } : said),
    z
      .strictObject(
        { column: Column.optional(), value: value.optional() },
        { error: ({ code }) => (code === 'invalid_type' ? IS_NO_PLACE : undefined) },
      )
      .refine(({ column, value: of }) => (column === undefined) !== (of === undefined), IS_NO_PLACE),
  )
const IS_NO_PLACE = 'must be the name of a column, or {"value": ...}'

const Format = z.string().transform((pattern, context) => {
  const format = timeFormat(pattern)
  if (format.ok) return format.value
  context.issues.push({ code: 'custom', input: pattern, message: format.problems[0]!.message })
  return z.NEVER
})
const occurredAt = z
  .strictObject({
    /** Several are read as one, with a space between them. */
    columns: z.array(Column).min(1),
    format: Format.default(ISO_TIME),
    timeZone: z.string().refine(isTimeZone, 'is not a time zone like Asia/Kolkata').optional(),
  })
  .refine(({ format, timeZone }) => !format.needsZone || timeZone !== undefined, {
    path: ['timeZone'],
    message: 'is missing: the format says no zone, so say on whose wall these times are, like Asia/Kolkata',
  })

const RULES = 'must be {"quantity": "negative"}, {"column": ..., "equals": ...} or {"column": ..., "startsWith": ...}'
const rule = z.union(
  [
    z.strictObject({ quantity: z.literal('negative') }),
    z.strictObject({ column: Column, equals: z.union([z.string(), z.array(z.string()).min(1)]) }),
    z.strictObject({ column: Column, startsWith: z.string().min(1) }),
  ],
  RULES,
)

export const salesMapping = z
  .strictObject({
    orderId: Column,
    /** The number of the line in its order. */
    line: Column.optional(),
    productId: Column,
    quantity: columnOr(PositiveInt),
    /** Of one unit, before the discount; or `amount`, what was paid for the line. */
    unitPrice: Column.optional(),
    amount: Column.optional(),
    /** Of the whole line. */
    discount: Column.optional(),
    tax: Column.optional(),
    currency: columnOr(Currency),
    storeId: columnOr(StoreId),
    customer: Column.optional(),
    paymentMethod: columnOr(Text).optional(),
    channel: columnOr(Text).optional(),
    occurredAt,
    refunds: z
      .strictObject({
        when: rule,
        /** A refund follows the merchant's policy of what goes back on the shelf; a cancellation always does. */
        as: z.enum(['refund', 'cancellation']).default('refund'),
        reason: Column.optional(),
      })
      .optional(),
  })
  .refine(({ unitPrice, amount }) => (unitPrice === undefined) !== (amount === undefined), {
    path: ['unitPrice'],
    message: 'or amount must be there: name the column of the one or of the other',
  })
export type SalesMapping = z.infer<typeof salesMapping>
