/** `npm run bench -- NAME [--json] [options]`: figures of the product on this machine. What they mean: docs/benchmarks.md. */
import { availableParallelism, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { apiBench } from './api-bench.ts'
import type { Bench, BenchOptions } from './bench-options.ts'
import { chainBench } from './chain-bench.ts'
import { cloudBench } from './cloud-bench.ts'
import { dashboardBench } from './dashboard-bench.ts'
import { demandBench } from './demand-bench.ts'
import { historyBench } from './history-bench.ts'
import { importBench } from './import-bench.ts'
import { latencyBench } from './latency-bench.ts'
import { learnersBench } from './learners-bench.ts'
import { liveBench } from './live-bench.ts'
import { memoryBench } from './memory-bench.ts'
import { noticesBench } from './notices-bench.ts'
import { replenishmentBench } from './replenishment-bench.ts'
import { restartBench } from './restart-bench.ts'
import { retailCoreBench } from './retail-core-bench.ts'
import { simulateBench } from './simulate-bench.ts'
import { throughputBench } from './throughput-bench.ts'
import { webhookBench } from './webhook-bench.ts'

const BENCHES: Readonly<Record<string, Bench>> = {
  webhook: webhookBench,
  latency: latencyBench,
  live: liveBench,
  throughput: throughputBench,
  'retail-core': retailCoreBench,
  memory: memoryBench,
  restart: restartBench,
  import: importBench,
  history: historyBench,
  chain: chainBench,
  demand: demandBench,
  replenishment: replenishmentBench,
  simulate: simulateBench,
  notices: noticesBench,
  api: apiBench,
  learners: learnersBench,
  dashboard: dashboardBench,
  cloud: cloudBench,
}

const HELP = `npm run bench -- NAME [--json] [options]

${Object.entries(BENCHES)
  .map(([name, { about, options }]) =>
    [`  ${name.padEnd(14)}${about}`, ...options.map((option) => `${''.padEnd(16)}${option}`)].join('\n'),
  )
  .join('\n')}

Progress goes to stderr; the last line of stdout is the result as one JSON object, with --json the only one.`

function usage(code: number, problem?: string): never {
  if (problem !== undefined) console.error(`bench: ${problem}\n`)
  const say = code === 0 ? console.log : console.error
  say(HELP)
  process.exit(code)
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        profile: { type: 'boolean', default: false },
        events: { type: 'string' },
        small: { type: 'string' },
        large: { type: 'string' },
        rounds: { type: 'string' },
        rate: { type: 'string' },
        stores: { type: 'string' },
        products: { type: 'string' },
        days: { type: 'string' },
        data: { type: 'string' },
        dir: { type: 'string' },
        file: { type: 'string' },
      },
    })
    return { values, positionals }
  } catch (error) {
    return usage(2, (error as Error).message)
  }
}

function countOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const count = Number(text.replaceAll('_', ''))
  return Number.isInteger(count) && count > 0 ? count : usage(2, `--${name} must be a whole number above 0`)
}

const { values, positionals } = readArguments()
if (values.help) usage(0)
const name = positionals[0]
if (name === undefined || positionals.length > 1) usage(2, 'name one bench')
const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name]! : usage(2, `there is no bench ${name}`)
const options: BenchOptions = {
  events: countOf('events', values.events),
  small: countOf('small', values.small),
  large: countOf('large', values.large),
  rounds: countOf('rounds', values.rounds),
  rate: countOf('rate', values.rate),
  stores: countOf('stores', values.stores),
  products: countOf('products', values.products),
  days: countOf('days', values.days),
  data: values.data,
  dir: values.dir,
  file: values.file,
  profile: values.profile,
  say: (text) => console.error(text),
}

setTimeout(() => {
  console.error(`bench: ${name} was given up after ${bench.atMostSeconds} s`)
  process.exit(1)
}, bench.atMostSeconds * 1000).unref()

const machine = {
  bench: name,
  at: new Date().toISOString(),
  node: process.versions.node,
  cores: availableParallelism(),
  /** How busy the machine was with other work just before: 1 is one core. */
  loadBefore: loadavg()[0],
}
try {
  const result = { ...machine, ...(await bench.run(options)) }
  if (!values.json) console.log(bench.table?.(result) ?? JSON.stringify(result, null, 2))
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0))
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
