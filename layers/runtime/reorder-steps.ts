/** What the mornings' chain does with reorder proposals: `functions/workflows/forecasts.asl.json`. */
import { z } from 'zod'
import { FACT_REORDERS } from '#core/lake/warehouse-tables.ts'
import { proposeReorders } from './propose-reorders.ts'
import { answerForChecks } from './publish-computed.ts'
import { type Step, step } from './step.ts'

/** @throws Error where nothing here can propose. */
const propose = step(z.object({}), async (ports, input) => {
  const { reorders, clock } = ports
  if (reorders === undefined) throw new Error('there is nothing here that could propose orders')
  const made = await proposeReorders({ ...ports, reorders }, input.merchantId, clock.now(), input.run)
  if ('refused' in made) return { rowsOut: 0, about: { reason: made.refused } }
  const { looked, proposals, checks, ...about } = made
  await answerForChecks(ports.state, input, FACT_REORDERS, made.madeOn, checks)
  return { rowsIn: looked, rowsOut: proposals, about }
})

export const REORDER_STEPS: Readonly<Record<string, Step>> = { 'propose-reorders': propose }
