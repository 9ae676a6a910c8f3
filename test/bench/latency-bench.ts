/**
 * From an event's send to the first WebSocket message that shows it. The engine is a process of its own; this process
 * sends sales and listens at /ws with the owner's token. First 500 webhooks a second, then 5,000 events a second as 50
 * batches of 100 through /collect (sales alone, so that each can be found in what the screen hears). Open-loop: time runs
 * from when the request was due.
 *
 * Frames come at most each 100 ms and hold the newest state, so two clocks are read:
 * - every sale, by the `kpi` message that counts it: the k-th sale that was sent is shown by the first frame whose count
 *   of orders is k more than before. Sales of different shards may overtake each other by a batch of the engine, so this
 *   pairing is exact in the mean and off by some ms in single cases;
 * - `transactions`, by order id, exactly: `shownShare` says how many were shown, which is all unless the screen was too
 *   slow for them.
 */
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { Bench, BenchOptions } from './bench-options.ts'
import { EngineUnderLoad } from './engine-under-load.ts'
import { KeepAliveClient } from './keep-alive-client.ts'
import { runOpenLoop } from './open-loop.ts'
import { temporaryFolder } from './own-process.ts'
import { Screen } from './screen.ts'
import { WEBHOOK_PATH, webhookOrders } from './webhook-orders.ts'

const WARM_UP_SECONDS = 4
const SECONDS = 10
const SHOWN_WITHIN_MS = 15_000
const BATCH = 100

type Sending = {
  readonly path: string
  readonly requestsPerSecond: number
  /** The next request, and the ids of the orders in it. */
  readonly request: () => { readonly json: string; readonly orderIds: readonly string[] }
}

async function runLatency({ say }: BenchOptions): Promise<object> {
  const engine = await EngineUnderLoad.start(temporaryFolder())
  const client = new KeepAliveClient(engine.address, engine.token)
  const headers = { authorization: `Bearer ${engine.token}` }
  const socket = new WebSocket(`${engine.address.replace('http', 'ws')}/ws`, { headers })
  try {
    await once(socket, 'open')
    const screen = new Screen(socket)
    const measured = async (sending: Sending, seconds: number) => {
      await engine.settled()
      screen.begin(await ordersToday(engine))
      let errors = 0
      const send = (_n: number, dueMs: number) => {
        const { json, orderIds } = sending.request()
        for (const orderId of orderIds) screen.sends(orderId, dueMs)
        client.post(sending.path, json, (status) => {
          if (status !== 202) errors++
        })
      }
      await runOpenLoop({ ratePerSecond: sending.requestsPerSecond, seconds, send })
      for (const end = performance.now() + SHOWN_WITHIN_MS; !screen.isComplete && performance.now() < end; )
        await wait(5)
      return { ...screen.figures(), errors }
    }
    say(`warming up: ${WARM_UP_SECONDS} s each`)
    await measured(webhooks('warm-up'), WARM_UP_SECONDS)
    const webhooksAt500 = await measured(webhooks('measured'), SECONDS)
    say(`500 webhooks/s: ${JSON.stringify(webhooksAt500)}`)
    await measured(batches('warm-batch'), WARM_UP_SECONDS)
    const collectAt5000 = await measured(batches('batch'), SECONDS)
    say(`5,000 events/s through /collect: ${JSON.stringify(collectAt5000)}`)
    return { webhooksAt500, collectAt5000 }
  } finally {
    socket.terminate()
    client.close()
    await engine.stop()
  }
}

async function ordersToday({ address, token }: EngineUnderLoad): Promise<number> {
  const response = await fetch(`${address}/metrics`, { headers: { authorization: `Bearer ${token}` } })
  const { counts } = (await response.json()) as { counts: { orders: { value: number | null } } }
  return counts.orders.value ?? 0
}

function webhooks(run: string): Sending {
  const order = webhookOrders(run, 0.5)
  const request = () => {
    const json = order()
    return { json, orderIds: [(JSON.parse(json) as { orderId: string }).orderId] }
  }
  return { path: WEBHOOK_PATH, requestsPerSecond: 500, request }
}

function batches(run: string): Sending {
  const order = webhookOrders(run, 0)
  const request = () => {
    const events = Array.from({ length: BATCH }, () => {
      const { orderId, productId, storeId, price } = JSON.parse(order()) as Record<string, string>
      const money = { unitPriceMinor: Math.round(Number(price) * 100), currency: 'INR' }
      return { type: 'sale.recorded', id: orderId, storeId, data: { orderId, productId, quantity: 1, ...money } }
    })
    return { json: JSON.stringify({ events }), orderIds: events.map(({ id }) => id!) }
  }
  return { path: '/collect', requestsPerSecond: 5_000 / BATCH, request }
}

export const latencyBench: Bench = {
  about: 'send to the WebSocket message that shows it, at 500 webhooks/s and 5,000 events/s (40 s)',
  options: [],
  atMostSeconds: 150,
  run: runLatency,
}
