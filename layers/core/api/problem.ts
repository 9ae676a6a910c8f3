import { z } from 'zod'

/** RFC 9457, with every field that was wrong. */
export const problemDocument = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  /** Dotted path of each wrong field in what was sent, and why. */
  problems: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  /** With 409: what is there, as a question would show it. */
  present: z.object({}).loose().optional(),
})
export type ProblemDocument = z.infer<typeof problemDocument>
