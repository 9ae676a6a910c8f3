/**
 * The process is killed while notices are on their way, again and again, with a receiver beside that never answers: each
 * alert reaches the other one, by its one id, however often, and proved.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AlertsAnswer } from '#core/api/alerts.ts'
import type { NewNoticeWebhookAnswer } from '#core/api/notices.ts'
import { EngineProcess } from './engine-process.ts'

const ROUNDS = 5
const PRODUCTS = 40

let data = ''
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'counterflow-notices-'))
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

async function receiver(listener: RequestListener): Promise<{ url: string; close: () => void }> {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notices`, close }
}

test('killed again and again: nothing is lost, nothing has a second id, nobody waits for a receiver that hangs', async () => {
  const received: { id: string; product: string }[] = []
  let secret = ''
  let requests = 0
  const good = await receiver((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      new Webhook(secret).verify(body, request.headers as Record<string, string>)
      // Now and then it has it and does not say so, and now and then it is slow.
      const { id, data: alert } = JSON.parse(body)
      received.push({ id, product: alert.productId })
      const isLost = requests++ % 7 === 3
      setTimeout(() => response.writeHead(isLost ? 500 : 204).end(), (requests % 5) * 10)
    })
  })
  let hung = 0
  const hanging = await receiver(() => void hung++)
  try {
    let engine = await EngineProcess.start(data)
    const made = (await engine.post('/notices/webhooks', { url: good.url })).body as NewNoticeWebhookAnswer
    secret = made.secret
    await engine.post('/notices/webhooks', { url: hanging.url })
    for (let round = 0; round < ROUNDS; round++) {
      await sellOut(engine, round)
      // Anywhere between the fold, the outbox, the deliveries, the sending and its note.
      await sleep(400 + round * 350)
      await engine.kill()
      engine = await EngineProcess.start(data)
    }
    await sellOut(engine, ROUNDS)
    const products = (ROUNDS + 1) * PRODUCTS
    await expect
      .poll(() => new Set(received.map(({ id }) => id)).size, { timeout: 60_000, interval: 200 })
      .toBe(products)
    const alerts = await openAlerts(engine)
    expect(new Set(received.map(({ id }) => id))).toEqual(new Set(alerts.map(({ id }) => `${id}-critical`)))
    for (const { id, productId } of alerts)
      expect(new Set(received.filter(({ product }) => product === productId).map((each) => each.id))).toEqual(
        new Set([`${id}-critical`]),
      )
    expect(hung).toBeGreaterThan(0)
    expect(await engine.stop()).toBe(0)
  } finally {
    good.close()
    hanging.close()
  }
})

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** Each product comes once and is sold: an alert for each. */
async function sellOut(engine: EngineProcess, round: number): Promise<void> {
  const names = Array.from({ length: PRODUCTS }, (_, n) => `P${round}-${n}`)
  const timestamp = new Date().toISOString()
  const events = names.flatMap((productId) => [
    { type: 'stock.received', id: `in-${productId}`, storeId: 'shop', data: { productId, quantity: 1 } },
    { transaction_id: `out-${productId}`, product_id: productId, store_id: 'shop', amount: 10, timestamp },
  ])
  const { status, body } = await engine.post('/collect', { events })
  expect(status, JSON.stringify(body)).toBe(202)
}

async function openAlerts(engine: EngineProcess): Promise<AlertsAnswer['items']> {
  const items: AlertsAnswer['items'] = []
  for (let next: string | null = ''; next !== null; ) {
    const page = (await engine.get(`/alerts?limit=200${next && `&next=${next}`}`)) as AlertsAnswer
    items.push(...page.items)
    next = page.next
  }
  return items
}
