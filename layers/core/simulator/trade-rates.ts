/** How often things happen when people shop: what steps draw by, and what a rate that is asked for is reckoned from. */

/** Chance that one more thing is put into a basket. */
export const MORE_LINES = 0.44
/** Chance that a session views one more product. */
export const MORE_VIEWS = 2 / 3
export const CLICK_SHARE = 0.45
/** Of clicks, at the reference price. */
export const CART_SHARE = 0.28
export const REMOVED_SHARE = 0.08
/** Of sessions with something in the cart; the others abandon it. */
export const CHECKOUT_SHARE = 0.42
/** Of online lines, called off before they are sent. */
export const CANCELLED_SHARE = 0.02
/** Online goods come back more often: nobody has held them. */
export const ONLINE_REFUNDS = 1.4
/** Units lost with each basket. */
export const SHRINKAGE_PER_VISIT = 0.02
/** Sessions that are shown a campaign while there is one. */
export const SHOWN_SHARE = 0.5
export const CAMPAIGN_DAYS: readonly [least: number, most: number] = [4, 9]
/** Each product gets another regular price about so often. */
export const REPRICED_EVERY_DAYS = 45
/** A competitor's price of each product is seen about so often. */
export const SEEN_EVERY_DAYS = 30

/** Campaigns that begin on a day: one for so many products, within bounds. */
export const campaignStarts = (products: number): number => Math.max(0.1, Math.min(3, products / 1_200))

/** Products of one campaign, of so many in the chain. */
export const campaignSize = (products: number): number => Math.max(1, Math.min(12, Math.round(products / 32)))
