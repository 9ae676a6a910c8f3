/** The chain that sells for the demo merchant while nobody real does: its story goes on by turns, between which it can be kept. */
import { DAY_MS } from '#core/metrics/business-time.ts'
import { makeWorld } from './make-world.ts'
import { openWorld } from './opening.ts'
import { type Random, randomFrom } from './random.ts'
import { restUntil, type Step, step } from './step.ts'
import type { SimulatedDocument, World } from './world.ts'

export type DemoOptions = {
  readonly stores: number
  readonly products: number
  /** Events a second, on the mean of a day. */
  readonly rate: number
  readonly seed: number
}
export const DEFAULT_DEMO: Omit<DemoOptions, 'seed'> = { stores: 12, products: 240, rate: 5 }

/** Plain data, changed in place by each turn. */
export type DemoStory = { readonly world: World; readonly random: Random }

/** A new chain, and what it says before its first sale: the story goes on when the last step of that was asked for. */
export function beginDemo({ stores, products, rate, seed }: DemoOptions, nowMs: number) {
  const random = randomFrom(seed)
  const eventsPerDay = (rate * DAY_MS) / 1000
  const world = makeWorld({ stores, products, seed, eventsPerDay, mode: 'live' }, nowMs, random)
  const opening: Iterator<Step> = openWorld(world, random)
  return { story: { world, random } satisfies DemoStory, opening }
}

/**
 * What has happened since the turn before, up to `nowMs`. After `restAfterMs` without a turn the world has stood still: what it
 * missed is not made up for, and it goes on from `turnMs` ago.
 */
export function tellOn(
  { world, random }: DemoStory,
  nowMs: number,
  { restAfterMs, turnMs }: { readonly restAfterMs: number; readonly turnMs: number },
): readonly SimulatedDocument[] {
  if (nowMs - world.nowMs > restAfterMs) restUntil(world, nowMs - turnMs)
  return step(world, nowMs, random).documents
}

/** Orders of the online shops come as webhooks; tills, storefronts and everything that is no trade are collected. */
export const isOnlineTrade = ({ type, storeId }: SimulatedDocument): boolean =>
  type.startsWith('sale.') && /^online(-\d+)?$/.test(storeId)
