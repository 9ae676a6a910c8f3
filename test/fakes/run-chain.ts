import { manifest } from '#functions/manifest.ts'
import { askForRun, findRun, type RunRow, runId } from '#runtime/chain-runs.ts'
import { askForDueRuns } from '#runtime/due-runs.ts'
import type { Ports } from '#runtime/ports.ts'
import { runStep } from '#runtime/run-step.ts'
import { ChainHost } from '../../local/chain-host.ts'
import { portsInTest } from './ports-in-test.ts'

type Task = (ports: Ports, input: unknown) => Promise<object>

/** A run of merchant m for the last day that is over by the ports' clock, to its end. */
export async function runChain(chain: string, more: Partial<Ports>, task: Task = runStep): Promise<RunRow> {
  const ports = portsInTest(more)
  const run = await askForRun(ports, 'm', { chain }, 'owner')
  await runOpen(ports, task)
  return (await findRun(ports.state, 'm', runId(run)))!
}

/** What the tick of a quarter of an hour does: whatever is due by the ports' clock, of every merchant, to its end. */
export async function runDueChains(more: Partial<Ports>): Promise<void> {
  const ports = portsInTest(more)
  await askForDueRuns(ports, manifest.workflows)
  await runOpen(ports)
}

async function runOpen(ports: Ports, task: Task = runStep): Promise<void> {
  const invoke = (_: string, input: unknown) => task(ports, input)
  await new ChainHost({ ports, workflows: manifest.workflows, invoke, log: () => {} }).runOpen()
}
