import { z } from 'zod'
import { problemDocument } from './problem.ts'

/** A document was taken (202), or had been before (200): the ids of its events. */
export const accepted = z.object({ eventIds: z.array(z.string()), repeat: z.boolean() })

export const MAX_COLLECTED = 500
/** Any mix of our own events and the documents of a point of sale. */
export const collectRequest = z.object({ events: z.array(z.unknown()).min(1).max(MAX_COLLECTED) })

/** In the order of the request: each document was taken, repeated, or refused with every reason. */
export const collectAnswer = z.object({
  results: z.array(
    z.union([
      z.object({ status: z.enum(['accepted', 'repeat']), eventIds: z.array(z.string()) }),
      z.object({ status: z.literal('refused'), problems: problemDocument.shape.problems.unwrap() }),
    ]),
  ),
})
export type CollectAnswer = z.infer<typeof collectAnswer>
