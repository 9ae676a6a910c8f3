/**
 * Many screens at once: 100 sockets (--sockets) at 500 webhooks a second, of a few products. 90 hear what the
 * dashboard asks for; 10 hear everything, and read for 0.2 s and rest for 3 s. The
 * engine, this process, which sends, and the screens are three processes. Measured is, socket by socket, the time from
 * when our door took a sale (`acceptedAt`, by the clock of the same machine, in whole ms) to when the screen had its
 * message; every sale is to reach every socket once. Anonymous memory is read each second once it has been warmed up. `coresTaken` says
 * how much of the machine was had: where others take it, waiting for a core is measured too.
 */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Bench, BenchOptions } from './bench-options.ts'
import { profileArguments, sharesIn } from './cpu-shares.ts'
import { EngineUnderLoad } from './engine-under-load.ts'
import { KeepAliveClient } from './keep-alive-client.ts'
import type { AudienceOrder, AudienceReport } from './live-audience.ts'
import { runOpenLoop } from './open-loop.ts'
import { anonRssMiB, cpuSeconds, ended, spawnNode, temporaryFolder } from './own-process.ts'
import { median, rounded } from './percentiles.ts'
import { WEBHOOK_PATH } from './webhook-orders.ts'

const AUDIENCE = fileURLToPath(new URL('live-audience.ts', import.meta.url))
const SOCKETS = 100
const SLOW_SHARE = 0.1
const RATE = 500
const WARM_UP_SECONDS = 20
const SECONDS = 60
const SAMPLE_MS = 1_000

async function runLive({
  small: sockets = SOCKETS,
  rate = RATE,
  events = rate * SECONDS,
  profile,
  say,
}: BenchOptions): Promise<object> {
  const profiles = temporaryFolder()
  const engine = await EngineUnderLoad.start(temporaryFolder(), profile ? profileArguments(profiles) : [])
  const client = new KeepAliveClient(engine.address, engine.token)
  const slow = Math.round(sockets * SLOW_SHARE)
  const audience = spawnNode([AUDIENCE, engine.address, engine.token, String(sockets - slow), String(slow)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const order = (what: AudienceOrder) => audience.stdin!.write(`${JSON.stringify(what)}\n`)
  try {
    audience.stdout!.setEncoding('utf8')
    await once(audience.stdout!, 'data')
    let errors = 0
    const load = (run: string, seconds: number) => {
      const next = hotOrders(run)
      const send = () => client.post(WEBHOOK_PATH, next(), (status) => void (status === 202 || errors++))
      return runOpenLoop({ ratePerSecond: rate, seconds, send })
    }
    say(`${sockets} sockets, ${slow} of them slow; warming up: ${WARM_UP_SECONDS} s`)
    await load('warm-up', WARM_UP_SECONDS)
    order({ measure: true })
    const memory: number[] = []
    const sampling = setInterval(() => memory.push(anonRssMiB(engine.pid)!), SAMPLE_MS)
    const seconds = events / rate
    const cpuBefore = cpuOf(engine, audience)
    say(`${rate}/s for ${seconds} s`)
    const { sent } = await load('measured', seconds)
    clearInterval(sampling)
    const cpuAfter = cpuOf(engine, audience)
    const coresOf = (who: 'engine' | 'screens') => rounded((cpuAfter[who] - cpuBefore[who]) / seconds, 2)
    const cores = { engine: coresOf('engine'), screens: coresOf('screens') }
    await engine.settled()
    await wait(SAMPLE_MS)
    const said = once(audience.stdout!, 'data') as Promise<[string]>
    order({ report: true })
    const report = JSON.parse((await said)[0]) as AudienceReport
    await ended(audience)
    if (profile) {
      await engine.stop()
      return { ...report, coresTaken: cores, ...sharesIn(profiles) }
    }
    const third = Math.floor(memory.length / 3)
    return {
      sockets,
      slowSockets: slow,
      ratePerSecond: rate,
      salesSent: sent + rate * WARM_UP_SECONDS,
      errors,
      ...report,
      coresTaken: cores,
      anonRssMiB: {
        firstThird: Math.round(median(memory.slice(0, third))),
        lastThird: Math.round(median(memory.slice(-third))),
        most: Math.round(Math.max(...memory)),
        /** In the middle of each minute that was measured whole. */
        byMinute: byMinute(memory),
      },
    }
  } finally {
    client.close()
    await engine.stop()
  }
}

function byMinute(eachSecond: readonly number[]): number[] {
  const minutes = Math.floor(eachSecond.length / 60)
  return Array.from({ length: minutes }, (_, n) => Math.round(median(eachSecond.slice(n * 60, (n + 1) * 60))))
}

const PRODUCTS = 50
const STORES = 4

/** Orders of a few products that sell all the time. */
function hotOrders(run: string): () => string {
  let n = 0
  return () => {
    const orderId = `${run}-${n++}`
    const [productId, storeId] = [`P${n % PRODUCTS}`, `shop-${n % STORES}`]
    return JSON.stringify({
      eventType: 'ORDER_PLACED',
      orderId,
      productId,
      storeId,
      price: 99,
      quantity: 1,
      region: 'IN',
    })
  }
}

const cpuOf = (engine: EngineUnderLoad, audience: ChildProcess) => ({
  engine: cpuSeconds(engine.pid),
  screens: cpuSeconds(audience.pid!),
})

export const liveBench: Bench = {
  about: '100 sockets at 500 webhooks/s, some of them slow: accepted to message by socket, and memory (100 s)',
  options: [
    '--profile    where the engine spends its time',
    '--small N     sockets (100)',
    '--rate N      webhooks a second (500)',
    '--events N    webhooks that are measured (30,000)',
  ],
  atMostSeconds: 1_800,
  run: runLive,
}
