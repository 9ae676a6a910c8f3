/** What stands behind a reorder proposal, or behind none: a line for each number. */

/** Where a number comes from. */
export const LINE_NAMES = [
  'service-level',
  'review-days',
  'cycle-days',
  'lead-days',
  'demand-over-lead',
  'demand-over-protection',
  'reorder-point',
  'order-up-to',
  'on-hand',
  'wanted-today',
  'inbound',
  'lost-before-arrival',
  'needed',
  'minimum-order',
  'pack-size',
  'room',
  'sold-in-time',
  'after-limits',
  'quantity',
  'unit-cost',
  'cost',
] as const
export type LineName = (typeof LINE_NAMES)[number]
export const LINE_UNITS = ['units', 'days', 'share', 'minor'] as const

/** ABC by revenue, XYZ by how steadily it sells. */
export const PRODUCT_CLASSES = ['AX', 'AY', 'AZ', 'BX', 'BY', 'BZ', 'CX', 'CY', 'CZ'] as const
export type ProductClass = (typeof PRODUCT_CLASSES)[number]
/** Chance that an order's time passes without a stock-out, 0 to 1. */
export type ServiceLevels = Readonly<Record<ProductClass, number>>

export interface ArithmeticLine {
  readonly what: LineName
  readonly value: number
  readonly unit: (typeof LINE_UNITS)[number]
  /** Only of `service-level`: whose it is. */
  readonly productClass?: ProductClass
  /** Only of `lead-days`: orders of the supplier that it was learnt from. */
  readonly orders?: number
}

/** Why nothing is proposed. */
export const NO_REORDER_REASONS = [
  'stock-unknown',
  'no-supplier',
  'no-forecast',
  'no-demand',
  'enough',
  'no-room',
  'would-spoil',
  'cost-unknown',
  'over-budget',
  'store-full',
  'decided',
] as const
export type NoReorderReason = (typeof NO_REORDER_REASONS)[number]
