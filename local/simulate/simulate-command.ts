import { resolve } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { DAY_MS } from '#core/metrics/business-time.ts'
import type { SimulatorOptions } from '#core/simulator/simulator-options.ts'
import { type CommonOptions, dataOption, jsonOption, print, seedOption, wholeNumber } from '../commands/command-line.ts'
import { ProgressLine } from '../commands/progress-line.ts'
import { openDoor } from '../import/collect-door.ts'
import {
  type HistoryRequest,
  type HistorySummary,
  type SentSummary,
  sendHistory,
  writeHistory,
} from './simulate-history.ts'

type SimulateOptions = CommonOptions & {
  readonly days: number
  readonly until: number
  readonly seed: number
  readonly stores: number
  readonly products: number
  readonly eventsPerDay?: number
  readonly rate?: number
  readonly to?: string
  readonly truth?: string
}

export function addSimulateCommand(program: Command): void {
  program
    .command('simulate')
    .description('make up the history of a chain of stores, for the demo merchant or into a file')
    .option('--days <n>', 'how many days of it', wholeNumber(1, 3_660), 90)
    .addOption(
      new Option('--until <date>', 'the UTC day before which it ends, or `now`')
        .argParser(endOf)
        .default(lastMidnight(), 'today'),
    )
    .addOption(seedOption())
    .option('--stores <n>', 'stores of four kinds', wholeNumber(1, 1_000), 12)
    .option('--products <n>', 'products of eight categories', wholeNumber(1, 50_000), 240)
    .option(
      '--events-per-day <n>',
      'events of a mean day, in place of what such stores make',
      wholeNumber(1, 432_000_000),
    )
    .addOption(
      new Option('--rate <n>', 'the same as events a second')
        .argParser(wholeNumber(1, 5_000))
        .conflicts('eventsPerDay'),
    )
    .option('--to <file>', 'write the events as JSON lines, and send them nowhere')
    .option('--truth <file>', 'write what only the simulator knows as JSON lines')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(simulate)
}

async function simulate(given: SimulateOptions): Promise<void> {
  const { days, until, to, truth, data, json } = given
  const progress = new ProgressLine('days:')
  const request: HistoryRequest = {
    options: simulatorOptionsOf(given),
    fromMs: Math.floor(until / DAY_MS) * DAY_MS - days * DAY_MS,
    untilMs: until,
    truthPath: truth === undefined ? undefined : resolve(truth),
    onProgress: (done) => progress.update(done, days),
  }
  try {
    if (to !== undefined) {
      const summary = await writeHistory(request, resolve(to))
      progress.end()
      print(json, { ...summary, file: resolve(to) }, [told(summary, to)])
      return
    }
    const door = await openDoor(data)
    try {
      const summary = await sendHistory(request, door)
      progress.end()
      print(json, summary, [told(summary, door.address ?? data), ...taken(summary)])
    } finally {
      await door.close()
    }
  } finally {
    progress.end()
  }
}

function simulatorOptionsOf({ seed, stores, products, rate, eventsPerDay }: SimulateOptions): SimulatorOptions {
  const perDay = rate === undefined ? eventsPerDay : (rate * DAY_MS) / 1000
  return { seed, stores, products, mode: 'history', ...(perDay !== undefined && { eventsPerDay: perDay }) }
}

const n = (count: number): string => count.toLocaleString('en')

const told = ({ events, from, to, seconds, eventsPerSecond }: HistorySummary, where: string): string =>
  `${n(events)} events from ${from.slice(0, 10)} to ${to.slice(0, 10)} in ${seconds} s (${n(eventsPerSecond)} a second), into ${where}`

const taken = ({ accepted, repeats, held }: SentSummary): string[] => [
  `  ${n(accepted)} events taken, ${n(repeats)} known before`,
  ...(held === 0 ? [] : [`  ${n(held)} events cannot be applied and are held: counterflow quarantine list`]),
]

const lastMidnight = (): number => Math.floor(Date.now() / DAY_MS) * DAY_MS

/** Epoch ms. A history until now begins at a midnight too, so that a later one of the same day only goes on further. */
function endOf(text: string): number {
  if (text === 'now') return Date.now()
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN
  if (at <= lastMidnight() && at >= EARLIEST_MS) return at
  throw new InvalidArgumentError('It must be `now`, or a date like 2026-03-02 from 1990-01-01 to today.')
}
const EARLIEST_MS = Date.UTC(1990, 0, 1)
