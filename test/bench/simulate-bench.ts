/**
 * A made-up history by the real command, `counterflow simulate`, in a process of its own: 100 days of the default chain at
 * as many events a day as --events asks for. First into a file, without and with the truth beside it; then a twentieth of
 * them through the engine's own door into a fresh folder, at the engine's rate, and the same once more, which changes
 * nothing. `ownSeconds` is the command's own time; `seconds` the whole process, from spawn to exit.
 */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { HistorySummary, SentSummary } from '#local/simulate/simulate-history.ts'
import type { Bench, BenchOptions } from './bench-options.ts'
import { COMMAND_LINE } from './engine-under-load.ts'
import { outputOf, temporaryFolder } from './own-process.ts'
import { rounded } from './percentiles.ts'

const EVENTS = 2_000_000
const DAYS = 100
/** Of the events that go into the file. */
const ENGINE_SHARE = 0.05

async function runSimulate({ events = EVENTS, say }: BenchOptions): Promise<object> {
  const folder = temporaryFolder()
  const [file, truth, data] = [join(folder, 'events.ndjson'), join(folder, 'truth.ndjson'), join(folder, 'data')]
  const toFile = { ...(await timed(events, '--to', file)), bytesPerEvent: 0 }
  toFile.bytesPerEvent = rounded(statSync(file).size / toFile.events, 0)
  say(`into a file: ${JSON.stringify(toFile)}`)
  const withTruth = await timed(events, '--to', file, '--truth', truth)
  say(`with the truth: ${JSON.stringify(withTruth)}`)
  const toEngine = await timed(events * ENGINE_SHARE, '--data', data)
  say(`into the engine: ${JSON.stringify(toEngine)}`)
  const again = await timed(events * ENGINE_SHARE, '--data', data)
  return { toFile, withTruth, toEngine, again }
}

async function timed(events: number, ...to: readonly string[]) {
  const startedAt = performance.now()
  const perDay = String(Math.round(events / DAYS))
  const out = await outputOf([
    ...[COMMAND_LINE, 'simulate', '--days', String(DAYS), '--until', '2026-03-01', '--seed', '7'],
    ...['--events-per-day', perDay, '--json'],
    ...to,
  ])
  const seconds = (performance.now() - startedAt) / 1000
  const summary = JSON.parse(out) as HistorySummary & Partial<SentSummary>
  const { events: made, seconds: ownSeconds, eventsPerSecond, accepted, repeats, held } = summary
  return {
    events: made,
    eventsPerSecond,
    ownSeconds,
    seconds: rounded(seconds, 1),
    ...(accepted !== undefined && { accepted, repeats, held }),
  }
}

export const simulateBench: Bench = {
  about: 'a made-up history: events a second into a file and into the engine (2,000,000 and 100,000, 1 minute)',
  options: ['--events N    so many into the file'],
  atMostSeconds: 900,
  run: runSimulate,
}
