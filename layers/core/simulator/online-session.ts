/** Somebody browses the storefront: views, clicks, a cart, and now and then an order. */
import { draw } from './alias-table.ts'
import { campaignShownTo } from './campaigns.ts'
import { comer, customerId, hasLeft } from './customers.ts'
import { emit } from './emit.ts'
import { put } from './event-queue.ts'
import { sell } from './orders.ts'
import { exponential, geometric, happens } from './random.ts'
import { quantityOf } from './shop-visit.ts'
import { STORE_PROFILES } from './store-profiles.ts'
import { CART_SHARE, CHECKOUT_SHARE, CLICK_SHARE, MORE_VIEWS, REMOVED_SHARE } from './trade-rates.ts'
import type { Run, Session } from './world.ts'

const MAX_CART_SHARE = 0.95
const APP_SHARE = 0.6
const MEAN_PAUSE_MS = 14_000
const LONGEST_PAUSE_MS = 240_000
/** From a session's first act to its last: four pauses on the mean. */
const MEAN_REST_MS = 60_000

export function beginSession(run: Run, store: number): void {
  const { profile, id: storeId } = run.world.stores[store]!
  const session = newSession(run, store)
  const promoted = campaignShownTo(run, storeId, session.id, session.customer)
  const slot = promoted === undefined ? -1 : run.world.assortments[profile]!.slotOf[promoted]!
  if (slot >= 0) session.slot = slot
  continueSession(run, session)
}

/**
 * Sessions that are under way when a world begins, so that it is as lively at once as it will be: pauses and views still
 * to come have no memory, so one that is under way goes on like one that begins.
 */
export function findSessions(run: Run, store: number, arrivalsPerMs: number): void {
  const { world, random } = run
  const count = Math.round(arrivalsPerMs * MEAN_REST_MS)
  for (let i = 0; i < count; i++) {
    put(world.queue, world.nowMs + exponential(random, MEAN_PAUSE_MS), newSession(run, store))
  }
}

function newSession({ world, random }: Run, store: number): Session {
  const { profile } = world.stores[store]!
  return {
    kind: 'session',
    store,
    id: `${world.key}-s${(world.counts.sessions++).toString(36)}`,
    customer: happens(random, STORE_PROFILES[profile]!.knownShare) ? comer(world, store, random) : -1,
    channel: happens(random, APP_SHARE) ? 'app' : 'web',
    stage: 'view',
    viewsLeft: geometric(random, MORE_VIEWS),
    slot: draw(world.assortments[profile]!.today, random),
    slots: [],
    quantities: [],
  }
}

/** The session's next act, now; what follows is put off. */
export function continueSession(run: Run, session: Session): void {
  const next = act(run, session) ?? nextStage(run, session)
  if (next === undefined) return
  const { world, random } = run
  session.stage = next
  put(world.queue, world.nowMs + 1_000 + Math.min(LONGEST_PAUSE_MS, exponential(random, MEAN_PAUSE_MS)), session)
}

/** Does what the session's stage says; answers the stage that follows from it, if one does. */
function act(run: Run, session: Session): Session['stage'] | undefined {
  const { world, random } = run
  const { store, id: sessionId, customer, channel, slot } = session
  const { profile, id: storeId } = world.stores[store]!
  const product = world.assortments[profile]!.products[slot]!
  const { id: productId } = world.products[product]!
  const who = customer < 0 ? undefined : { customer: customerId(customer) }
  switch (session.stage) {
    case 'view':
      emit(run, 'product.viewed', storeId, { productId, sessionId, ...who, channel })
      return happens(random, CLICK_SHARE) ? 'click' : undefined
    case 'click': {
      emit(run, 'product.clicked', storeId, { productId, sessionId, ...who, channel })
      const share = Math.min(MAX_CART_SHARE, CART_SHARE * world.priceEffects[product]!)
      return happens(random, share) ? 'cart' : undefined
    }
    case 'cart': {
      const quantity = putIntoCart(run, session)
      emit(run, 'cart.changed', storeId, { cartId: cartOf(session), productId, quantity, ...who })
      return happens(random, REMOVED_SHARE) ? 'remove' : undefined
    }
    case 'remove': {
      const place = session.slots.indexOf(slot)
      session.slots.splice(place, 1)
      session.quantities.splice(place, 1)
      emit(run, 'cart.changed', storeId, { cartId: cartOf(session), productId, quantity: 0, ...who })
      return undefined
    }
    case 'checkout': {
      const { slots, quantities } = session
      // Another session of the same person may have been the last one.
      if (!hasLeft(world, customer)) sell(run, { store, customer, slots, quantities, cartId: cartOf(session), channel })
      return undefined
    }
  }
}

/** Answers how many of the product the cart holds now. */
function putIntoCart({ world, random }: Run, { store, slot, slots, quantities }: Session): number {
  const quantity = quantityOf(world, world.assortments[world.stores[store]!.profile]!, slot, random)
  const place = slots.indexOf(slot)
  if (place >= 0) return (quantities[place]! += quantity)
  slots.push(slot)
  quantities.push(quantity)
  return quantity
}

/** One more view, or the end: an order or not. */
function nextStage({ world, random }: Run, session: Session): Session['stage'] | undefined {
  if (session.stage === 'checkout') return undefined
  if (session.viewsLeft > 0) {
    session.viewsLeft--
    session.slot = draw(world.assortments[world.stores[session.store]!.profile]!.today, random)
    return 'view'
  }
  return session.slots.length > 0 && happens(random, CHECKOUT_SHARE) ? 'checkout' : undefined
}

const cartOf = ({ id }: Session): string => `${id}-cart`
