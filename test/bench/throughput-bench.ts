/**
 * Events a second through every retail projection, durable. The product's `Engine` runs in a process of its own
 * (`fed-engine.ts`) and appends the events of `retail-traffic.ts` to its log as the doors would, as fast as it folds
 * them; this process makes them and hands them over by a pipe. No HTTP: the doors' own cost is in `webhook`.
 *
 * The span runs from the first event at the engine until all of them are folded and log, rows and checkpoints are on the
 * disk. Event time runs at 20,000 events a second whatever the real rate, so that windows close and ids age as they would
 * at the rate that is aimed for. CPU is that of all threads of the engine's process, with reading the pipe.
 *
 * --profile samples the engine's main thread and adds `stageShares` (self time by part of the program) and the functions
 * with the most of it; it costs speed, so its rate is no figure.
 */
import { join } from 'node:path'
import type { Bench, BenchOptions } from './bench-options.ts'
import { profileArguments, sharesIn } from './cpu-shares.ts'
import { EngineFeeder } from './feed-engine.ts'
import { temporaryFolder } from './own-process.ts'
import { rounded } from './percentiles.ts'

const EVENTS = 500_000
const STAMP_RATE = 20_000

async function runThroughput({ events = EVENTS, rate = STAMP_RATE, profile, say }: BenchOptions): Promise<object> {
  const folder = temporaryFolder()
  const profiles = join(folder, 'profile')
  const feeder = new EngineFeeder(join(folder, 'data'), events, rate, profile ? profileArguments(profiles) : [])
  await feeder.list()
  const before = feeder.latest
  say(`listed the products and stores; sending ${events.toLocaleString('en')} events`)
  const anonRssMiBAtQuarters: number[] = []
  feeder.onStatus(({ folded, seconds, anonRssMiB }) => {
    const quarter = anonRssMiBAtQuarters.length + 1
    if (quarter > 4 || folded - before.folded < (events * quarter) / 4) return
    anonRssMiBAtQuarters.push(Math.round(anonRssMiB))
    say(`${quarter}/4 after ${(seconds - before.seconds).toFixed(1)} s, anonymous memory ${Math.round(anonRssMiB)} MiB`)
  })
  await feeder.feed(events)
  await feeder.drained()
  const after = await feeder.end()
  const counted = after.folded - before.folded
  const seconds = after.seconds - before.seconds
  return {
    events: counted,
    seconds: rounded(seconds, 2),
    eventsPerSecond: Math.round(counted / seconds),
    cpuUsPerEvent: rounded((after.cpuUs - before.cpuUs) / counted, 1),
    anonRssMiBAtQuarters,
    ...(profile && sharesIn(profiles)),
  }
}

export const throughputBench: Bench = {
  about: 'events a second through every projection of the product, durable (500,000 events, about 1 minute)',
  options: [
    '--events N',
    '--rate N     event time: so many events a second (20,000)',
    '--profile    where the time goes',
  ],
  atMostSeconds: 3_600,
  run: runThroughput,
}
