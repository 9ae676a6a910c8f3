import { DAY_MS, MINUTE_MS } from '#core/metrics/business-time.ts'
import { naturalEventsPerDay } from './expected-events.ts'
import { makeWorld } from './make-world.ts'
import { openWorld } from './opening.ts'
import { randomFrom } from './random.ts'
import type { SimulatorOptions } from './simulator-options.ts'
import { closeWorld, type Step, step } from './step.ts'

/** Steps are cut so that each holds about so many documents; what happens does not depend on it. */
const DOCUMENTS_AT_ONCE = 4_000

/** All that happens from `fromMs` to `toMs` (epoch ms), in order: first the listing phase, then day by day. */
export function* history(options: SimulatorOptions, fromMs: number, toMs: number): Generator<Step> {
  const random = randomFrom(options.seed)
  const world = makeWorld(options, fromMs, random)
  yield* openWorld(world, random)
  const perDay = options.eventsPerDay ?? naturalEventsPerDay(world)
  const stepMs = Math.max(MINUTE_MS, Math.min(DAY_MS, (DOCUMENTS_AT_ONCE / perDay) * DAY_MS))
  for (let at = fromMs; at < toMs; at += stepMs) yield step(world, Math.min(toMs, at + stepMs), random)
  yield { documents: [], truth: closeWorld(world, random) }
}
