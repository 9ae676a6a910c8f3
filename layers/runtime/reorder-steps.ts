/** What the mornings' chain does with reorder proposals: `functions/workflows/forecasts.asl.json`. */
import { z } from 'zod'
import { proposeReorders } from './propose-reorders.ts'
import { type Step, step } from './step.ts'

/** @throws Error where nothing here can propose. */
const propose = step(z.object({}), async (ports, { merchantId }) => {
  const { reorders, clock } = ports
  if (reorders === undefined) throw new Error('there is nothing here that could propose orders')
  const made = await proposeReorders({ ...ports, reorders }, merchantId, clock.now())
  if ('refused' in made) return { rowsOut: 0, about: { reason: made.refused } }
  const { looked, proposals, ...about } = made
  return { rowsIn: looked, rowsOut: proposals, about }
})

export const REORDER_STEPS: Readonly<Record<string, Step>> = { 'propose-reorders': propose }
