/** Types of what happens in a shop, as opposed to what is said about it (listings, settings) or done by time. */
export const TRADE_TYPES = [
  'order.changed',
  'sale.recorded',
  'sale.cancelled',
  'sale.refunded',
  'charge.recorded',
  'stock.received',
  'stock.adjusted',
  'stock.counted',
  'product.viewed',
  'product.clicked',
  'cart.changed',
  'checkout.completed',
  'campaign.shown',
  'campaign.clicked',
  'campaign.spent',
  'price.changed',
] as const
