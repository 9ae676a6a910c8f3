/** What the trees' features are about, in a merchant's words: `models/demand/features` makes them. */

export const FEATURE_GROUPS = {
  level: 'How much usually sells',
  recent: 'The last days and weeks',
  weekday: 'The same weekday in weeks before',
  rhythm: 'How often it sells at all',
  orders: 'Orders and their size',
  calendar: 'Season and the day of the month',
  holidays: 'Holidays',
  stock: 'Days without stock',
  price: 'Its price',
  plans: 'Discounts and campaigns',
  others: 'Trade of the store and of like products',
} as const
export type FeatureGroup = keyof typeof FEATURE_GROUPS

/** The first that fits. */
const GROUPS: readonly (readonly [RegExp, FeatureGroup])[] = [
  [/^log_level$/, 'level'],
  [/^(same_weekday_orders|orders|order_)/, 'orders'],
  [/^same_weekday_zeros/, 'rhythm'],
  [/^same_weekday/, 'weekday'],
  [/^(zeros_|days_since_sale|days_since_first)/, 'rhythm'],
  [/^(holiday|days_to_holiday|days_since_holiday)/, 'holidays'],
  [/^(horizon|weekday|day_of_month|days_to_christmas)$/, 'calendar'],
  [/^(stockout|in_stock)/, 'stock'],
  [/^price/, 'price'],
  [/^(discount|activity|active_)/, 'plans'],
  [/^(all|store|product|category_\d+)(_|$)/, 'others'],
]

export const featureGroup = (name: string): FeatureGroup =>
  GROUPS.find(([pattern]) => pattern.test(name))?.[1] ?? 'recent'

/**
 * Whether a feature that moved says something about trade. Calendar, holidays and age move by themselves as days pass. What is of
 * a store, a product or a category is the same for many rows, which are no chance by themselves then.
 */
export const tellsOfTrade = (name: string): boolean =>
  !['calendar', 'holidays', 'others'].includes(featureGroup(name)) && name !== 'days_since_first'
