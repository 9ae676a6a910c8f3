/**
 * Names of what cells add up. A money measure is kept by currency: `gross:INR`. Measures of refunds by reason are
 * `refunds/defective` and `refunded/defective:INR`.
 */
export const COUNTS = [
  'orders',
  'cancellations',
  'documents',
  'lines',
  'units',
  'cancelledUnits',
  'refunds',
  'refundedUnits',
  'newCustomers',
  'views',
  'clicks',
  'carts',
  'followedCarts',
  'cartsBought',
  'stockOuts',
  'late',
] as const
export type CountName = (typeof COUNTS)[number]

export const AMOUNTS = ['gross', 'discount', 'tax', 'cancelled', 'refunded', 'charges', 'chargeReversals'] as const
export type AmountName = (typeof AMOUNTS)[number]

export const amount = (name: AmountName, currency: string): string => `${name}:${currency}`
export const refundsFor = (reason: string): string => `refunds/${reason}`
export const refundedFor = (reason: string, currency: string): string => `refunded/${reason}:${currency}`

export type Sums = Readonly<Record<string, number>>
