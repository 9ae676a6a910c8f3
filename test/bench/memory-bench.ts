/**
 * Whether memory grows with what has been stored: the anonymous resident memory of the engine's process (RssAnon; pages
 * of LMDB's files are the system's and do not count) after `small` and after `large` events over the same keys. The
 * engine is fed as in `throughput`. A sample is the median of 5 s after everything was folded and flushed.
 *
 * Event time runs at --rate events a second (20,000). Within the ten to twenty minutes for which ids are remembered the
 * window of ids is still filling: a lower rate lets it fill and turn within the run.
 */
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Bench, BenchOptions } from './bench-options.ts'
import { EngineFeeder } from './feed-engine.ts'
import { temporaryFolder } from './own-process.ts'
import { median, rounded } from './percentiles.ts'

const SMALL = 1_000_000
const LARGE = 10_000_000
const STAMP_RATE = 20_000
const QUIET_MS = 2_000
const SAMPLE_MS = 250
const SAMPLES = 20
const TELL_MS = 10_000

async function runMemory({
  small = SMALL,
  large = LARGE,
  rate = STAMP_RATE,
  data = join(temporaryFolder(), 'data'),
  say,
}: BenchOptions): Promise<object> {
  if (large <= small) throw new Error('--large must be more than --small')
  const feeder = new EngineFeeder(data, large, rate)
  await feeder.list()
  const before = feeder.latest
  let toldMs = 0
  feeder.onStatus(({ folded, seconds, anonRssMiB }) => {
    if (performance.now() - toldMs < TELL_MS) return
    toldMs = performance.now()
    const done = `${(folded - before.folded).toLocaleString('en')} of ${large.toLocaleString('en')} events`
    say(`${done} after ${Math.round(seconds)} s, anonymous memory ${Math.round(anonRssMiB)} MiB`)
  })
  await feeder.feed(small)
  const atSmall = await restingMiB(feeder)
  say(`at ${small.toLocaleString('en')} events: ${atSmall} MiB`)
  await feeder.feed(large - small)
  const atLarge = await restingMiB(feeder)
  say(`at ${large.toLocaleString('en')} events: ${atLarge} MiB`)
  await feeder.end()
  return { small, large, anonRssMiBAtSmall: atSmall, anonRssMiBAtLarge: atLarge, ratio: rounded(atLarge / atSmall, 3) }
}

async function restingMiB(feeder: EngineFeeder): Promise<number> {
  await feeder.drained()
  await wait(QUIET_MS)
  const samples: number[] = []
  for (let i = 0; i < SAMPLES; i++) {
    await wait(SAMPLE_MS)
    samples.push(feeder.latest.anonRssMiB)
  }
  return Math.round(median(samples))
}

export const memoryBench: Bench = {
  about: 'anonymous memory after 1 M and after 10 M events over the same keys (about 15 minutes)',
  options: [
    '--small N, --large N',
    '--rate N     event time: so many events a second (20,000)',
    '--data DIR   keep the data folder, for restart',
  ],
  atMostSeconds: 7_200,
  run: runMemory,
}
