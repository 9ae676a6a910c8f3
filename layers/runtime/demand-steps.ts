/** What the chains do with the demand model: `functions/workflows/weekly.asl.json`, `forecasts.asl.json`. */
import { z } from 'zod'
import { FACT_PREDICTIONS } from '#core/lake/warehouse-tables.ts'
import { checkDrift } from './check-drift.ts'
import { predictDemand } from './predict-demand.ts'
import { answerForChecks } from './publish-computed.ts'
import { type Step, type StepPorts, step } from './step.ts'
import { trainDemand } from './train-demand.ts'

/** @throws Error where nothing here can train or forecast. */
function withDemand(ports: StepPorts) {
  const { demand } = ports
  if (demand === undefined) throw new Error('there is nothing here that could train or forecast')
  return { ...ports, demand }
}

const train = step(z.object({}), async (ports, { merchantId, run }) => {
  const { scores: _, ...about } = await trainDemand(withDemand(ports), merchantId, ports.clock.now(), { run })
  return { about }
})

const predict = step(z.object({}), async (ports, input) => {
  const made = await predictDemand(withDemand(ports), input.merchantId, ports.clock.now(), input.run)
  if (made === undefined) return { rowsOut: 0, about: { reason: 'there is no warehouse yet' } }
  const { checks, rows, madeOn, baseline, written } = made
  await answerForChecks(ports.state, input, FACT_PREDICTIONS, madeOn, checks)
  return { rowsOut: rows, about: { madeOn, model: written?.model ?? baseline } }
})

export const DEMAND_STEPS: Readonly<Record<string, Step>> = { train, predict, 'check-drift': checkDrift }
