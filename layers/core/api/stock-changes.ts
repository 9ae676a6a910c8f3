import { z } from 'zod'
import { Id, PositiveInt, SignedInt, StoreId } from '#core/events/envelope.ts'
import { accepted } from './intake.ts'

/** Why somebody changes a level by hand; `note` says the rest. */
export const STOCK_REASONS = [
  'delivery',
  'transfer',
  'stocktake',
  'found',
  'damaged',
  'expired',
  'lost',
  'stolen',
  'own-use',
  'correction',
] as const
export type StockReason = (typeof STOCK_REASONS)[number]

const about = {
  storeId: StoreId,
  /** The product, by its id in the catalogue. */
  productId: Id,
  /** Why: it stands in the audit. */
  reason: z.enum(STOCK_REASONS),
  /** What else there is to say, for people. */
  note: z.string().max(400).optional(),
}

/** Goods came in, some moved for a reason other than trade, or somebody counted them. Named as the events that it becomes. */
export const stockChange = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('stock.received'),
    ...about,
    /** Units; of `stock.adjusted` signed: below zero there are fewer than before. */
    quantity: PositiveInt,
  }),
  z.strictObject({
    type: z.literal('stock.adjusted'),
    ...about,
    /** Units; of `stock.adjusted` signed: below zero there are fewer than before. */
    quantity: SignedInt.refine((n) => n !== 0, 'must not be 0'),
  }),
  z.strictObject({
    type: z.literal('stock.counted'),
    ...about,
    /** Units that were counted. */
    level: z.int().min(0).max(1_000_000_000),
  }),
])
export type StockChange = z.infer<typeof stockChange>

/** It is in the log. What was sold meanwhile is in neither level: the socket and `/stock` tell the one that comes of it. */
export const stockChangeAnswer = accepted.extend({
  /** The level that was known before; null: nothing was known of the product in this store. */
  before: z.number().nullable(),
  /** The level that follows from it. */
  after: z.number(),
})
export type StockChangeAnswer = z.infer<typeof stockChangeAnswer>
