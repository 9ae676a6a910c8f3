import { z } from 'zod'
import { freshness, span } from './freshness.ts'

/** Where each record of a shard went: accepted = applied + duplicate + held + discarded + pending. */
export const ledgerLine = z.object({
  shard: z.int(),
  sequence: z.string(),
  accepted: z.number(),
  applied: z.number(),
  duplicate: z.number(),
  held: z.number(),
  discarded: z.number(),
  pending: z.number(),
})

export const qualityAnswer = z.object({
  ...freshness,
  /** Of everything that the engine takes; null: it takes other merchants' too, and the viewer does not run it. So are `repeatsAtDoor`, `lastSeal` and `disk`. */
  ledger: z.array(ledgerLine).nullable(),
  /** Whether the ledger's equation holds on every line. */
  balanced: z.boolean(),
  /** Repeats turned away at the door since the engine started. */
  repeatsAtDoor: z.number().nullable(),
  /** Late events of `window`, the last seven days; null: more than a number can say. */
  late: z.number().nullable(),
  window: span,
  unlistedProducts: z.object({ count: z.number(), first: z.array(z.object({ id: z.string(), since: z.string() })) }),
  unlistedStores: z.object({ count: z.number(), first: z.array(z.object({ id: z.string(), since: z.string() })) }),
  lastSeal: z.object({ name: z.string(), sealedAt: z.string() }).nullable(),
  disk: z.object({ usedBytes: z.number(), freeBytes: z.number() }).nullable(),
})
export type QualityAnswer = z.infer<typeof qualityAnswer>
