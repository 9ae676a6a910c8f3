/** A sum's lines, and the reasons for none, in words. */
import type { ArithmeticLine, LineName, NoReorderReason } from '#core/reorders/arithmetic-line.ts'

const RULES: Readonly<Record<LineName, string>> = {
  'service-level': 'chance of no stock-out until the delivery after this one',
  'review-days': 'days until one can order again',
  'cycle-days': 'days that an order is to last beyond that',
  'lead-days': 'days from order to delivery, on average',
  'demand-over-lead': 'expected to be wanted before an order of today arrives',
  'demand-over-protection': 'expected to be wanted until the delivery after that could arrive',
  'reorder-point': 'order below: so many are wanted at most until then, with the chance above',
  'order-up-to': 'order up to: the same, for as long as an order is to last',
  'on-hand': 'on the shelf',
  'wanted-today': 'of it expected to be wanted before tomorrow',
  inbound: 'on the way',
  'lost-before-arrival': 'expected to be wanted in vain before it arrives: no order replaces them',
  needed: 'order up to, less the shelf, the way and what is wanted in vain',
  'minimum-order': 'the supplier takes no less',
  'pack-size': 'ordered in whole packs of',
  room: 'room on the shelf when it arrives',
  'sold-in-time': 'sold before it goes off, in nine cases of ten, beyond what is there',
  'after-limits': 'left by the budget and the store’s room, which went where a unit is worth most',
  quantity: 'to order',
  'unit-cost': 'cost of one',
  cost: 'cost of the order',
}

/** One line for a person: "12 units: on the shelf". Money is in minor units: whoever shows it knows the currency. */
export function lineInWords({ what, value, unit, productClass, orders }: ArithmeticLine): string {
  const number =
    unit === 'share' ? `${rounded(100 * value)} %` : `${rounded(value)} ${unit === 'minor' ? 'minor units' : unit}`
  const whose = productClass ? ` (class ${productClass})` : ''
  const learnt =
    orders === undefined ? '' : orders === 0 ? ' (nothing has come of this supplier yet)' : ` (from ${orders} orders)`
  return `${number}: ${RULES[what]}${whose}${learnt}`
}

const rounded = (value: number): string => String(Number(value.toFixed(1)))

/** Why nothing is proposed. */
export const REASONS: Readonly<Record<NoReorderReason, string>> = {
  'stock-unknown': 'Nobody has said how many are on the shelf: count it, or book a delivery.',
  'no-supplier': 'The catalogue names no supplier for it.',
  'no-forecast': 'There is no forecast of its demand yet.',
  'no-demand': 'Nothing is expected to be wanted until an order could arrive, nor for a review after that.',
  enough: 'What is on the shelf and on the way is enough until the next review.',
  'no-room': 'There is no room for the least that can be ordered.',
  'would-spoil': 'The least that can be ordered would not be sold before it goes off.',
  'cost-unknown': 'There is a budget, and nobody has said what the product costs in its currency.',
  'over-budget': 'The budget is spent where a unit is worth more.',
  'store-full': 'The store’s room went to what is worth more.',
  decided: 'Somebody has put it off, dismissed or ordered it: nothing more goes to it.',
}
