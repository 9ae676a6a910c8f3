/** What is sold may come back: online orders are called off within hours, goods are returned within weeks. */
import { REFUND_REASONS } from '#core/events/sale-refunded.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#core/metrics/business-time.ts'
import { CATEGORIES } from './categories.ts'
import { customerId } from './customers.ts'
import { emit } from './emit.ts'
import { put } from './event-queue.ts'
import { hourOfDay, localDay } from './local-time.ts'
import { below, between, exponential, happens, pickWeighted, uniform } from './random.ts'
import { STORE_PROFILES } from './store-profiles.ts'
import { CANCELLED_SHARE, ONLINE_REFUNDS } from './trade-rates.ts'
import { CURRENCY, type Refund, type Run, type World } from './world.ts'

const AT_ONCE_SHARE = 0.12
const MEAN_DELAY_MS = 6 * DAY_MS
const MAX_DELAY_MS = 30 * DAY_MS
const WHOLE_LINE_SHARE = 0.8
/** As the engine's settings are by default: these goods are for sale again. */
const IS_FOR_SALE_AGAIN = new Set(['wrong_item', 'not_as_described', 'changed_mind'])
const CANCEL_REASONS = ['customer changed mind', 'ordered by mistake', 'delivery too slow']

/** Decides when a line is sold whether it will be called off or come back. */
export function refundLater({ world, random }: Run, sold: Omit<Refund, 'kind'>): void {
  const isOnline = STORE_PROFILES[world.stores[sold.store]!.profile]!.sells === 'online'
  if (isOnline && happens(random, CANCELLED_SHARE)) {
    put(world.queue, world.nowMs + between(random, 3 * MINUTE_MS, 2 * HOUR_MS), { kind: 'cancellation', ...sold })
    return
  }
  const product = productOf(world, sold)
  const { refundShare } = CATEGORIES[world.products[product]!.category]!
  const badBatch = world.anomalies.find((anomaly) => anomaly.what === 'bad-batch' && anomaly.product === product)
  const times = (isOnline ? ONLINE_REFUNDS : 1) * (badBatch?.what === 'bad-batch' ? badBatch.size : 1)
  if (happens(random, refundShare * times)) put(world.queue, refundAt({ world, random }), { kind: 'refund', ...sold })
}

/** Some come back within hours, most in the following days, in opening hours. */
function refundAt({ world, random }: Pick<Run, 'world' | 'random'>): number {
  if (happens(random, AT_ONCE_SHARE)) return world.nowMs + between(random, 10 * MINUTE_MS, 3 * HOUR_MS)
  const delayMs = Math.min(MAX_DELAY_MS, exponential(random, MEAN_DELAY_MS))
  const day = localDay(world.nowMs + delayMs)
  const at = hourOfDay(day, between(random, 10, 21))
  return at > world.nowMs ? at : at + DAY_MS
}

export function giveBack(run: Run, refund: Refund): void {
  const { world, random } = run
  const { store, slot, orderId, quantity, paidMinor, customer } = refund
  const { id: storeId } = world.stores[store]!
  const product = world.products[productOf(world, refund)]!
  const who = customer < 0 ? undefined : { customer: customerId(customer) }
  const pair = world.firstPair[store]! + slot
  if (refund.kind === 'cancellation') {
    world.onHand[pair]! += quantity
    const reason = CANCEL_REASONS[below(random, CANCEL_REASONS.length)]!
    emit(run, 'sale.cancelled', storeId, { orderId, productId: product.id, quantity, reason, ...who })
    return
  }
  const returned = quantity === 1 || happens(random, WHOLE_LINE_SHARE) ? quantity : 1 + below(random, quantity - 1)
  const reason = REFUND_REASONS[pickWeighted(random, CATEGORIES[product.category]!.refundReasons)]!
  if (IS_FOR_SALE_AGAIN.has(reason)) world.onHand[pair]! += returned
  emit(run, 'sale.refunded', storeId, {
    refundId: `${world.key}-r${world.counts.documents.toString(36)}`,
    orderId,
    productId: product.id,
    quantity: returned,
    amountMinor: Math.round((paidMinor * returned) / quantity),
    currency: CURRENCY,
    reason,
    ...(reason === 'other' && { note: uniform(random) < 0.5 ? 'gift was not wanted' : 'found cheaper elsewhere' }),
    ...who,
  })
}

const productOf = ({ stores, assortments }: World, { store, slot }: Omit<Refund, 'kind'>): number =>
  assortments[stores[store]!.profile]!.products[slot]!
