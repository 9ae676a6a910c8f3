/**
 * Webhook to 202. The engine is a process of its own, started as a merchant starts it; this process posts orders, each
 * with a new id, to the demo's marketplace door over kept-alive connections. Arrivals are open-loop: latency runs from
 * the time at which a request was due until its answer was read whole, so waiting in the generator counts too. Half of
 * the orders name a person. An answer other than 202, or none within 10 s, is an error.
 *
 * The highest rate is the highest that kept p99 under 25 ms without an error for 3 s: rates grow by a fifth until one
 * fails, then the gap is halved a few times. Code that is compiled while it is measured is not what a day's traffic
 * meets, so 500/s and 3,000/s are each preceded by 10 s that do not count. Before each rate the engine has folded all that came before.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { Bench, BenchOptions } from './bench-options.ts'
import { profileArguments, sharesIn } from './cpu-shares.ts'
import { EngineUnderLoad } from './engine-under-load.ts'
import { KeepAliveClient } from './keep-alive-client.ts'
import { runOpenLoop } from './open-loop.ts'
import { temporaryFolder } from './own-process.ts'
import { percentile, percentilesMs, rounded } from './percentiles.ts'
import { WEBHOOK_PATH, webhookOrders } from './webhook-orders.ts'

const LIMIT_MS = 25
const WARM_UP_SECONDS = 10
const SECONDS = 8
const STEP_SECONDS = 3
const GROWTH = 1.2
const HALVINGS = 2
const ANSWER_MS = 10_000
/** Searching ends here, so that the whole takes less than 2 minutes. */
const SEARCH_UNTIL_MS = 95_000

type Load = { readonly engine: EngineUnderLoad; readonly client: KeepAliveClient; readonly order: () => string }

async function runWebhook({ profile, say }: BenchOptions): Promise<object> {
  const startedAt = performance.now()
  const profiles = temporaryFolder()
  const engine = await EngineUnderLoad.start(temporaryFolder(), profile ? profileArguments(profiles) : [])
  const client = new KeepAliveClient(engine.address, engine.token)
  const load = { engine, client, order: webhookOrders('bench', 0.5) }
  try {
    say(`warming up: ${WARM_UP_SECONDS} s`)
    await loadedAt(500, WARM_UP_SECONDS, load)
    const at500 = await loadedAt(500, SECONDS, load)
    say(`500/s: ${JSON.stringify(at500)}`)
    const at500WithoutPeople = await loadedAt(500, SECONDS, { ...load, order: webhookOrders('nobody', 0) })
    say(`500/s, nobody named: ${JSON.stringify(at500WithoutPeople)}`)
    if (profile) {
      await engine.stop()
      return { at500, at500WithoutPeople, ...sharesIn(profiles) }
    }
    say(`warming up: ${WARM_UP_SECONDS} s at 3,000/s`)
    await loadedAt(3_000, WARM_UP_SECONDS, load)
    const at3000 = await loadedAt(3_000, SECONDS, load)
    say(`3,000/s: ${JSON.stringify(at3000)}`)
    const highest = await highestRate(isUnderLimit(at3000) ? 3_000 : 500, isUnderLimit(at3000), load, startedAt, say)
    return {
      at500,
      at500WithoutPeople,
      at3000,
      [`highestRateUnder${LIMIT_MS}Ms`]: isUnderLimit(at500) ? highest : null,
    }
  } finally {
    client.close()
    await engine.stop()
  }
}

type Loaded = Awaited<ReturnType<typeof loadedAt>>
const isUnderLimit = ({ p99Ms, errors }: Loaded): boolean => errors === 0 && p99Ms !== null && p99Ms < LIMIT_MS

async function loadedAt(ratePerSecond: number, seconds: number, { engine, client, order }: Load) {
  await engine.settled()
  const latencies: number[] = []
  const sendLags: number[] = []
  let errors = 0
  let open = 0
  const send = (_n: number, dueMs: number) => {
    open++
    sendLags.push(performance.now() - dueMs)
    client.post(WEBHOOK_PATH, order(), (status) => {
      open--
      if (status === 202) latencies.push(performance.now() - dueMs)
      else errors++
    })
  }
  await runOpenLoop({ ratePerSecond, seconds, send })
  for (const end = performance.now() + ANSWER_MS; open > 0 && performance.now() < end; ) await wait(5)
  const generatorLagP99Ms = rounded(percentile(sendLags, 99), 2)
  return { ...percentilesMs(latencies, [50, 99]), errors: errors + open, generatorLagP99Ms }
}

async function highestRate(
  from: number,
  grows: boolean,
  load: Load,
  startedAt: number,
  say: BenchOptions['say'],
): Promise<number> {
  let good = from
  let bad = grows ? Number.POSITIVE_INFINITY : 3_000
  for (let halvings = 0; halvings < HALVINGS && performance.now() - startedAt < SEARCH_UNTIL_MS; ) {
    const isGrowing = bad === Number.POSITIVE_INFINITY
    const rate = Math.round((isGrowing ? good * GROWTH : (good + bad) / 2) / 50) * 50
    if (!isGrowing) halvings++
    const loaded = await loadedAt(rate, STEP_SECONDS, load)
    say(`${rate}/s: ${JSON.stringify(loaded)}`)
    if (isUnderLimit(loaded)) good = rate
    else bad = rate
  }
  return good
}

export const webhookBench: Bench = {
  about: 'webhook to 202: latency at 500/s and at 3,000/s, and the highest rate with p99 under 25 ms (110 s)',
  options: ['--profile    where the engine spends its time at 500/s'],
  atMostSeconds: 180,
  run: runWebhook,
}
