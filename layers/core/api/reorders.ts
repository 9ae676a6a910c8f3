/** What to order, why, and what people decide of it. */
import { z } from 'zod'
import { LocalDate, PositiveInt } from '#core/events/envelope.ts'
import { LINE_NAMES, LINE_UNITS, NO_REORDER_REASONS, PRODUCT_CLASSES } from '#core/reorders/arithmetic-line.ts'
import { REORDER_STATES } from '#core/reorders/reorder-row.ts'
import { freshness } from './freshness.ts'
import { accepted } from './intake.ts'

const date = z.string()
const minor = z.int().nullable()

const decision = z.object({
  /** Whose it was, by the id of their account. */
  by: z.string(),
  at: z.string(),
  reason: z.string().nullable(),
  /** Of one that was snoozed: the day on which it is open again. */
  until: date.nullable(),
  /** Of one that was accepted: units that were ordered, and under which number. */
  quantity: z.int().nullable(),
  purchaseOrderId: z.string().nullable(),
})

export const reorderItem = z.object({
  id: z.string(),
  /** Counts changes: a decision names the one that was seen. */
  version: z.int(),
  state: z.enum(REORDER_STATES),
  storeId: z.string(),
  storeName: z.string().nullable(),
  productId: z.string(),
  title: z.string().nullable(),
  supplierId: z.string(),
  /** Units to order. */
  quantity: z.int(),
  /** Units on the shelf and on the way below which to order, and up to which. */
  reorderPoint: z.int(),
  orderUpTo: z.int(),
  orderOn: date,
  /** On average. */
  arrivesOn: date,
  /** Days that shelf, way and this order are expected to last; at most 90. */
  coverDays: z.int(),
  /** Chance, 0 to 1, that the shelf is empty before this order arrives. */
  stockoutChance: z.number(),
  currency: z.string(),
  /** Money at cost, in minor units; null: nobody has said what the product costs. */
  unitCostMinor: minor,
  costMinor: minor,
  /** When it was first proposed, and by which morning's figures it stands. */
  openedOn: date,
  madeOn: date,
  decision: decision.nullable(),
})
export type ReorderItem = z.infer<typeof reorderItem>

export const reorderLine = z.object({
  /** Where the number comes from. */
  what: z.enum(LINE_NAMES),
  value: z.number(),
  /** `share`: 0 to 1; `minor`: money in minor units. */
  unit: z.enum(LINE_UNITS),
  /** Of `service-level`: whose it is. */
  productClass: z.enum(PRODUCT_CLASSES).optional(),
  /** Of `lead-days`: how many orders it was learnt from. */
  orders: z.int().optional(),
})

/** When proposals were last made, and the first day of the forecasts that they go by. */
const morning = z.object({ at: z.string(), madeOn: date, forecastsOf: date })

/** All that the question asks for, not the page alone. */
const supplierTotal = z.object({
  supplierId: z.string(),
  currency: z.string(),
  proposals: z.int(),
  units: z.int(),
  costMinor: z.int(),
  /** Proposals of which nobody has said what the product costs: they are not in the sum. */
  withoutCost: z.int(),
})

export const reordersAnswer = z.object({
  ...freshness,
  /** null: none were made yet. */
  morning: morning.nullable(),
  items: z.array(reorderItem),
  suppliers: z.array(supplierTotal),
  next: z.string().nullable(),
})
export type ReordersAnswer = z.infer<typeof reordersAnswer>

export const reorderAnswer = reorderItem.extend({
  ...freshness,
  /** The sum behind it, line by line. */
  lines: z.array(reorderLine),
  /** What of the same kind the store has to spare. */
  substitutes: z.array(z.object({ productId: z.string(), title: z.string().nullable() })),
})
export type ReorderDetails = z.infer<typeof reorderAnswer>

/** `proposed`: there is a proposal; `no-morning`: none were made yet. */
export const REORDER_REASONS_SHOWN = ['proposed', 'no-morning', ...NO_REORDER_REASONS] as const
export const reorderReason = z.object({
  storeId: z.string(),
  storeName: z.string().nullable(),
  reason: z.enum(REORDER_REASONS_SHOWN),
  /** Of `enough`: when stock is expected to fall below the reorder point. */
  orderOn: date.nullable(),
  lines: z.array(reorderLine),
  /** The proposal that there is, or what was decided last. */
  proposal: z.object({ id: z.string(), state: z.enum(REORDER_STATES) }).nullable(),
})
export const reorderReasonsAnswer = z.object({
  ...freshness,
  morning: morning.nullable(),
  productId: z.string(),
  title: z.string().nullable(),
  items: z.array(reorderReason),
})
export type ReorderReasonsAnswer = z.infer<typeof reorderReasonsAnswer>

/** The one that was seen; `If-Match` may say it in its place. */
const version = z.int().min(1).optional()
const reason = z.string().trim().min(1).max(500)
export const reorderAcceptance = z.strictObject({
  /** The one that was seen; `If-Match` may say it in its place. */
  version,
  /** Units to order; as proposed if absent. */
  quantity: PositiveInt.optional(),
})
export const reorderSnooze = z.strictObject({
  /** The one that was seen; `If-Match` may say it in its place. */
  version,
  /** The day on which it is open again, by the merchant's clock: after today, at most 90 days from it. */
  until: LocalDate,
  /** Why it waits, for whoever asks later. */
  reason,
})
export const reorderDismissal = z.strictObject({
  /** The one that was seen; `If-Match` may say it in its place. */
  version,
  /** Why it is not wanted, for whoever asks later. */
  reason,
})

/** It is ordered: the event is in the log, and the order is on its way. */
export const reorderAcceptedAnswer = accepted.extend({ purchaseOrderId: z.string(), item: reorderItem })
