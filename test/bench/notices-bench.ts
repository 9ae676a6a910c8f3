/**
 * Notices on their way out, on the embedded engine: an outbox of N (10,000), three webhooks of this process that answer at
 * once, one that never answers, and ten people with a line in the log each.
 *
 * `drainMs`: until the outbox is empty and each delivery is kept. `sentMs`: until each of the three webhooks has
 * everything. `heldMsWorst`: the longest that the owner's thread answered nobody meanwhile.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { byEngine } from '#core/access/by.ts'
import { USERS, type User } from '#core/access/user.ts'
import type { Alert } from '#core/inventory/alerts.ts'
import { ascendingNumber, rowKey, under } from '#core/row-key.ts'
import { Engine } from '#local/engine.ts'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { NOTICE_CHOICES } from '#runtime/notice-choices.ts'
import { addWebhook } from '#runtime/notice-webhooks.ts'
import { OUTBOX_TABLE, type Telling } from '#runtime/run-batch.ts'
import type { Bench, BenchOptions } from './bench-options.ts'
import { temporaryFolder } from './own-process.ts'

const NOTICES = 10_000
const WEBHOOKS = 3
const PEOPLE = 10
const GIVE_UP_MS = 200_000

async function runNotices({ events = NOTICES, say }: BenchOptions): Promise<object> {
  let requests = 0
  const good = createServer((request, response) => {
    requests++
    request.resume().on('end', () => response.writeHead(204).end())
  })
  const hanging = createServer(() => {})
  for (const server of [good, hanging]) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const addressOf = (server: typeof good) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let lines = 0
  const fail = (error: unknown): never => {
    throw error
  }
  const engine = await Engine.open({ data: temporaryFolder(), log: () => lines++, onFatal: fail })
  for (let n = 0; n < WEBHOOKS; n++)
    await addWebhook(engine.ports, byEngine(DEMO_MERCHANT), { url: `${addressOf(good)}/${n}` })
  await addWebhook(engine.ports, byEngine(DEMO_MERCHANT), { url: addressOf(hanging) })
  for (let n = 0; n < PEOPLE; n++) await addPerson(engine, `u${n}`)
  tell(engine, events)
  await engine.state.flush()
  say(`${events} notices wait`)
  const held = monitorEventLoopDelay({ resolution: 1 })
  held.enable()
  const startedAt = performance.now()
  const working = new Set<Promise<void>>()
  const run = () => void working.add(engine.functions.scheduled('deliver-notices'))
  // As the engine does: what failed goes again, and no run waits for another.
  run()
  const timer = setInterval(run, 1_000)
  let drainMs = 0
  while (requests < events * WEBHOOKS || lines < events * PEOPLE) {
    await wait(5)
    if (performance.now() - startedAt > GIVE_UP_MS)
      throw new Error(`${requests} posts and ${lines} lines after ${GIVE_UP_MS} ms`)
    const isDrained = (await engine.state.query({ table: OUTBOX_TABLE, range: under('0'), limit: 1 })).length === 0
    if (drainMs === 0 && isDrained) drainMs = performance.now() - startedAt
  }
  const sentMs = performance.now() - startedAt
  held.disable()
  hanging.closeAllConnections()
  hanging.close()
  clearInterval(timer)
  await Promise.all(working)
  await engine.close()
  good.closeAllConnections()
  good.close()
  return {
    notices: events,
    deliveries: events * (WEBHOOKS + 1 + PEOPLE),
    drainMs: Math.round(drainMs),
    drainedPerSecond: Math.round((events / drainMs) * 1000),
    sentMs: Math.round(sentMs),
    webhooksPerSecond: Math.round(((events * WEBHOOKS) / sentMs) * 1000),
    heldMsWorst: Math.round(held.max / 1e6),
  }
}

async function addPerson({ ports }: Engine, id: string): Promise<void> {
  const user: User = {
    id,
    merchantId: DEMO_MERCHANT,
    email: `${id}@example.com`,
    name: id,
    role: 'analyst',
    status: 'active',
    createdAt: 0,
    version: 1,
  }
  await ports.state.commitDurable([
    { table: USERS, key: rowKey(DEMO_MERCHANT, id), row: user },
    { table: NOTICE_CHOICES, key: rowKey(DEMO_MERCHANT, id), row: { channels: ['log'], version: 1 } },
  ])
}

function tell({ state }: Engine, count: number): void {
  const nowMs = Date.now()
  for (let n = 0; n < count; n++) {
    const data: Alert = {
      alertId: `a${n}`,
      productId: `P${n % 500}`,
      storeId: `s${n % 20}`,
      kind: 'OUT_OF_STOCK',
      severity: 'CRITICAL',
      openedAt: nowMs,
      changedAt: nowMs,
      figures: { onHand: 0, before: 1, unitsPerDay: 2 },
      becauseOf: `e${n}`,
    }
    const row: Telling = {
      channel: 'notice',
      topic: 'alert',
      subject: data.alertId,
      data,
      id: `e${n}.0`,
      merchantId: DEMO_MERCHANT,
      storeId: data.storeId,
      occurredAt: nowMs,
      acceptedAt: nowMs,
    }
    state.commit([{ table: OUTBOX_TABLE, key: rowKey('0', ascendingNumber(n)), row }])
  }
}

export const noticesBench: Bench = {
  about: 'notices from the outbox to their receivers, one of which hangs',
  options: [`--events N      how many (${NOTICES.toLocaleString('en')})`],
  atMostSeconds: 300,
  run: runNotices,
}
