/**
 * The simulator: `(world, now, random) -> (world, documents)`. Everything that happens lies in one queue by its time, so a
 * history does not depend on how it is cut into steps.
 */
import { dueAt, postpone, take } from './event-queue.ts'
import { beginSession, continueSession } from './online-session.ts'
import { tellDemand } from './plan-day.ts'
import { drawArrival, planHour } from './plan-hour.ts'
import { type Random, uniform } from './random.ts'
import { giveBack } from './refunds.ts'
import { deliver } from './replenishment.ts'
import { visitShop } from './shop-visit.ts'
import { STORE_PROFILES } from './store-profiles.ts'
import type { Truth } from './truth.ts'
import type { Run, SimulatedDocument, Task, World } from './world.ts'

export type Step = {
  /** In the order of their times. */
  readonly documents: readonly SimulatedDocument[]
  readonly truth: readonly Truth[]
}

/**
 * Everything that happens before `now` (epoch ms). World and random are changed in place: they are the next step's. The
 * same world, random and times always give the same documents, on the same version of the runtime's mathematics.
 */
export function step(world: World, now: number, random: Random): Step {
  const run: Run = { world, random, documents: [], truth: [] }
  for (;;) {
    const queuedAt = dueAt(world.queue)
    const at = Math.min(world.nextArrivalAt, queuedAt)
    if (at >= now) break
    world.nowMs = at
    if (queuedAt <= world.nextArrivalAt) perform(run, take(world.queue))
    else {
      const store = arrivalStore(world, random)
      if (STORE_PROFILES[world.stores[store]!.profile]!.sells === 'shop') visitShop(run, store)
      else beginSession(run, store)
      drawArrival(run)
    }
  }
  world.nowMs = Math.max(world.nowMs, now)
  return { documents: run.documents, truth: run.truth }
}

/** The world stands still until `now`: what was to happen meanwhile happens as much later, and nothing piles up. */
export function restUntil(world: World, now: number): void {
  const byMs = now - world.nowMs
  if (byMs <= 0) return
  postpone(world.queue, byMs)
  world.nextArrivalAt += byMs
  world.nowMs = now
}

/** What is still to be told of the day that has begun; the world ends with it. */
export function closeWorld(world: World, random: Random): readonly Truth[] {
  const run: Run = { world, random, documents: [], truth: [] }
  tellDemand(run)
  return run.truth
}

function perform(run: Run, task: Task): void {
  switch (task.kind) {
    case 'session':
      continueSession(run, task)
      break
    case 'hour':
      planHour(run)
      break
    case 'delivery':
      deliver(run, task)
      break
    case 'refund':
    case 'cancellation':
      giveBack(run, task)
      break
  }
}

/** By the stores' arrivals of this hour. HOT. */
function arrivalStore({ arrivalsUpTo }: World, random: Random): number {
  const x = uniform(random) * arrivalsUpTo.at(-1)!
  let low = 0
  for (let high = arrivalsUpTo.length - 1; low < high; ) {
    const middle = (low + high) >> 1
    if (arrivalsUpTo[middle]! <= x) low = middle + 1
    else high = middle
  }
  return low
}
