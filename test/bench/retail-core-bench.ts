/**
 * The core streaming job of a retail engine (its own folder's README says which) on the engine that the product ships:
 * durable log, batch runner, row store; against the yardstick `plain-loop.mjs`, plain Node with nothing durable. Rounds
 * are interleaved, each run a process of its own on the same Node binary (this one, the pinned Node 24), and figures are
 * medians. The answer of the first round is compared with the oracle's; a figure without `equalToOracle` counts nothing.
 *
 * `ratioToPlainLoop` is the median of the rounds' ratios: absolute figures are noisy. What is timed: `retail-core-run.ts`.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Bench, BenchOptions } from './bench-options.ts'
import { outputOf, removeFolder, temporaryFolder } from './own-process.ts'
import { median, rounded } from './percentiles.ts'

const FOLDER = fileURLToPath(new URL('../../../shared/bench/retail-core', import.meta.url))
const RUN = fileURLToPath(new URL('./retail-core-run.ts', import.meta.url))
const EVENTS = 500_000
const ROUNDS = 3

type Run = { readonly events: number; readonly seconds: number; readonly cpuUs: number; readonly peakRssMiB: number }

async function runRetailCore({ events = EVENTS, rounds = ROUNDS, dir, file, say }: BenchOptions): Promise<object> {
  const folder = resolve(dir ?? FOLDER)
  const script = (name: string) => join(folder, `${name}.mjs`)
  for (const name of ['generate', 'oracle', 'plain-loop', 'check', 'canonical'])
    if (!existsSync(script(name))) throw new Error(`there is no ${script(name)}: name the folder of the job with --dir`)
  const scratch = temporaryFolder()
  const input = file ?? join(scratch, 'events.ndjson')
  if (file === undefined) {
    say(`generating ${events.toLocaleString('en')} events`)
    await outputOf([script('generate'), '--events', String(events), '--out', input])
  }
  const oracle = join(scratch, 'oracle.json')
  writeFileSync(oracle, await outputOf([script('oracle'), input]))
  const plain: number[] = []
  const ours: Run[] = []
  let equalToOracle = false
  for (let round = 1; round <= rounds; round++) {
    plain.push(plainRate(await outputOf([script('plain-loop'), input])))
    const dump = round === 1 ? join(scratch, 'dump') : undefined
    ours.push(await runOurs(input, join(scratch, `data-${round}`), folder, dump))
    if (dump !== undefined) equalToOracle = await isEqual(script('check'), oracle, dump)
    say(`round ${round}: plain loop ${Math.round(plain.at(-1)!)}/s, ours ${Math.round(rateOf(ours.at(-1)!))}/s`)
  }
  return {
    events: ours[0]!.events,
    rounds,
    eventsPerSecond: Math.round(median(ours.map(rateOf))),
    plainLoopEventsPerSecond: Math.round(median(plain)),
    ratioToPlainLoop: rounded(median(ours.map((run, i) => rateOf(run) / plain[i]!)), 3),
    equalToOracle,
    peakRssMiB: Math.round(median(ours.map(({ peakRssMiB }) => peakRssMiB))),
    cpuUsPerEvent: rounded(median(ours.map(({ cpuUs, events: n }) => cpuUs / n)), 1),
  }
}

const rateOf = ({ events, seconds }: Run): number => events / seconds

/** Its line of figures: RESULT and JSON. */
function plainRate(output: string): number {
  const { events, steadyS } = JSON.parse(/^RESULT (.*)$/m.exec(output)![1]!) as { events: number; steadyS: number }
  return events / steadyS
}

async function runOurs(input: string, data: string, folder: string, dump: string | undefined): Promise<Run> {
  const env = { ...process.env, RETAIL_CORE_DIR: folder }
  const output = await outputOf([RUN, input, data, ...(dump === undefined ? [] : [dump])], { env })
  removeFolder(data)
  return JSON.parse(output) as Run
}

async function isEqual(check: string, oracle: string, dump: string): Promise<boolean> {
  try {
    return (JSON.parse(await outputOf([check, oracle, dump])) as { equal: boolean }).equal
  } catch (error) {
    console.error(String(error))
    return false
  }
}

export const retailCoreBench: Bench = {
  about: 'the job of shared/bench/retail-core, durable, beside a plain loop and checked against the oracle (1 minute)',
  options: [
    '--events N   500,000; the oracle and the loop need memory for more',
    '--rounds N (3)',
    '--dir DIR    where generate.mjs, oracle.mjs, plain-loop.mjs and check.mjs lie',
    '--file FILE  a file that generate.mjs made, in place of a new one',
  ],
  atMostSeconds: 1_800,
  run: runRetailCore,
}
