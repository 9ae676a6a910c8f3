import { z } from 'zod'

/** RFC 3339. */
const instant = z.string().meta({ format: 'date-time' })

/** How fresh an answer is. */
export const freshness = {
  /** When the answer was made, RFC 3339. */
  asOf: instant,
  /** How far the answer may be behind what was accepted: age of the oldest event not yet counted, 0 when none is. */
  lagMs: z.number(),
}

export type Freshness = { readonly [Field in keyof typeof freshness]: z.infer<(typeof freshness)[Field]> }

/** The span of time an answer is about: [from, to), RFC 3339, and the zone whose days and hours it is cut by. */
export const span = z.object({ from: instant, to: instant, timeZone: z.string() })
/** As `Span`, of a list. */
export const listSpan = span.extend({
  /** null: from the first that is kept on. */
  from: instant.nullable(),
})
export type ListSpan = z.infer<typeof listSpan>

/** mock: the demo merchant while nothing is connected to it, for which the simulator sells. */
export const MODES = ['mock', 'live'] as const
export type Mode = (typeof MODES)[number]
