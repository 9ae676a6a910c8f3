import { z } from 'zod'

/** history: shops keep their hours and the year its seasons; live: always lively enough to watch (see docs/simulator.md). */
export const simulatorOptions = z.object({
  /** One seed tells one story. */
  seed: z.int().min(0).max(4_294_967_295),
  stores: z.int().min(1).max(1_000).default(12),
  products: z.int().min(1).max(50_000).default(240),
  /** Events of a mean day; absent: as many as the stores' profiles make by themselves. */
  eventsPerDay: z.number().min(1).max(432_000_000).optional(),
  mode: z.enum(['history', 'live']).default('history'),
})
export type SimulatorOptions = z.infer<typeof simulatorOptions>
