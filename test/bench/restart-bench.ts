/**
 * A start after a kill, with much stored. A data folder gets its events (10 M unless --data names one that `memory`
 * kept); the real engine starts on it and takes batches through /collect as fast as it answers; while it is folding it is
 * killed with SIGKILL; then it is started again.
 *
 * `readyMs`: from spawn until /healthz has answered. `caughtUpMs`: from spawn until nothing that was accepted waits to be
 * folded. Then the batches that got no answer are sent again under their ids: the ledger must hold, and count every event
 * exactly once (`nothingLostNothingTwice`). The system's page cache is warm, as after the kill of a process.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Bench, BenchOptions } from './bench-options.ts'
import { acceptedIn, EngineUnderLoad } from './engine-under-load.ts'
import { EngineFeeder } from './feed-engine.ts'
import { KeepAliveClient } from './keep-alive-client.ts'
import { temporaryFolder } from './own-process.ts'
import { median } from './percentiles.ts'
import { RetailTraffic } from './retail-traffic.ts'

const EVENTS = 10_000_000
const STAMP_RATE = 20_000
const ROUNDS = 3
const LOAD_MS = 3_000
const BATCH = 250
const SENDERS = 32

async function runRestart({
  events = EVENTS,
  rounds = ROUNDS,
  data,
  rate = STAMP_RATE,
  say,
}: BenchOptions): Promise<object> {
  const folder = data ?? join(temporaryFolder(), 'data')
  if (data === undefined) await fill(folder, events, rate, say)
  else if (!existsSync(join(data, 'format.json')))
    throw new Error(`there is no data in ${data}: run memory --data there`)
  const killed: Awaited<ReturnType<typeof killAndStart>>[] = []
  for (let round = 1; round <= rounds; round++) {
    killed.push(await killAndStart(folder, `kill-${Date.now()}`))
    say(`round ${round}: ${JSON.stringify(killed.at(-1))}`)
  }
  return {
    eventsStored: killed.at(-1)!.eventsStored,
    readyMs: Math.round(median(killed.map(({ readyMs }) => readyMs))),
    readyMsWorst: Math.max(...killed.map(({ readyMs }) => readyMs)),
    caughtUpMs: Math.round(median(killed.map(({ caughtUpMs }) => caughtUpMs))),
    nothingLostNothingTwice: killed.every(({ isExact }) => isExact),
    rounds: killed,
  }
}

async function fill(folder: string, events: number, rate: number, say: BenchOptions['say']): Promise<void> {
  say(`storing ${events.toLocaleString('en')} events first`)
  const feeder = new EngineFeeder(folder, events, rate)
  await feeder.list()
  await feeder.feed(events)
  await feeder.drained()
  const { seconds } = await feeder.end()
  say(`stored in ${Math.round(seconds)} s`)
}

async function killAndStart(data: string, run: string) {
  const engine = await EngineUnderLoad.start(data)
  const acceptedBefore = acceptedIn(await engine.settled())
  const loading = load(engine, run)
  await wait(LOAD_MS)
  const pendingAtKill = (await engine.quality()).ledger!.reduce((sum, { pending }) => sum + pending, 0)
  await engine.kill()
  const { answered, unanswered } = await loading

  const startedAt = performance.now()
  const again = await EngineUnderLoad.start(data)
  const acceptedAfterKill = acceptedIn(await again.settled())
  const caughtUpMs = Math.round(performance.now() - startedAt)
  const client = new KeepAliveClient(again.address, again.token)
  for (const batch of unanswered) await client.ask('/collect', batch)
  client.close()
  const { ledger, balanced } = await again.settled()
  const sent = (answered + unanswered.length) * BATCH
  const eventsStored = acceptedIn({ ledger })
  await again.stop()
  const isExact =
    balanced && acceptedAfterKill >= acceptedBefore + answered * BATCH && eventsStored === acceptedBefore + sent
  return { readyMs: Math.round(again.readyMs), caughtUpMs, eventsStored, sentBeforeKill: sent, pendingAtKill, isExact }
}

/** Several senders, each with one batch under way, until the engine is gone. */
async function load(engine: EngineUnderLoad, run: string) {
  const traffic = new RetailTraffic(run)
  const client = new KeepAliveClient(engine.address, engine.token, SENDERS)
  let answered = 0
  const unanswered: string[] = []
  const sender = async () => {
    for (;;) {
      const batch = JSON.stringify({ events: Array.from({ length: BATCH }, () => traffic.next()) })
      const { status } = await client.ask('/collect', batch)
      if (status === 202) answered++
      else unanswered.push(batch)
      if (status === 0) return
    }
  }
  await Promise.all(Array.from({ length: SENDERS }, sender))
  client.close()
  return { answered, unanswered }
}

export const restartBench: Bench = {
  about: 'start after kill -9 with 10 M events stored (about 15 minutes, most of them to store the events)',
  options: ['--events N', '--data DIR   a folder that memory kept, in place of a new one', '--rounds N (3)'],
  atMostSeconds: 7_200,
  run: runRestart,
}
