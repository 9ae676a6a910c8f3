import { manifest } from '#functions/manifest.ts'
import { askForRun, findRun, type RunRow, runId } from '#runtime/chain-runs.ts'
import type { Ports } from '#runtime/ports.ts'
import { runStep } from '#runtime/run-step.ts'
import { ChainHost } from '../../local/chain-host.ts'
import { portsInTest } from './ports-in-test.ts'

/** A run of merchant m for the last day that is over by the ports' clock, to its end. */
export async function runChain(chain: string, more: Partial<Ports>): Promise<RunRow> {
  const ports = portsInTest(more)
  const run = await askForRun(ports, 'm', { chain }, 'owner')
  const invoke = (_: string, input: unknown) => runStep(ports, input)
  await new ChainHost({ ports, workflows: manifest.workflows, invoke, log: () => {} }).runOpen()
  return (await findRun(ports.state, 'm', runId(run)))!
}
