import { z } from 'zod'

export const merchantAnswer = z.object({ id: z.string(), name: z.string() })
/** `before`: its name when they looked; where somebody else has named it otherwise since, the change is refused. */
export const merchantChange = z.strictObject({
  /** What it is called from now on. */
  name: z.string().trim().min(1).max(100),
  /** What it was called when they looked: otherwise nothing is changed. */
  before: z.string().max(200).optional(),
})
