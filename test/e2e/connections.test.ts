/** Deliveries of providers to a running engine: proved, once, and through a kill. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { expect, onTestFinished, test } from 'vitest'
import { RunningEngine, run } from './running-engine.ts'

function newFolder(): string {
  const data = mkdtempSync(join(tmpdir(), 'counterflow-connections-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  return data
}

async function start(data: string): Promise<RunningEngine> {
  const engine = await RunningEngine.start(data)
  onTestFinished(() => engine.kill())
  return engine
}

const orderOf = (n: number) =>
  JSON.stringify({ eventType: 'ORDER_PLACED', productId: 'LAMP', price: 9, currency: 'INR', orderId: `O-${n}` })

function deliver(engine: RunningEngine, path: string, secret: string, body: string, id = 'msg') {
  const now = new Date()
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, now, body),
  }
  return engine.post(path, undefined, { bytes: Buffer.from(body), headers, asStranger: true })
}

const accepted = async (engine: RunningEngine): Promise<number> =>
  (await engine.get('/quality')).body.ledger.reduce(
    (sum: number, shard: { accepted: number }) => sum + shard.accepted,
    0,
  )

test('killed in the middle and sent again: each order once, each with the ids that it was answered', async () => {
  const data = newFolder()
  const first = await start(data)
  const { body: made } = await first.post('/integrations', { source: 'generic' })
  const before = await accepted(first)
  const answered = new Map<number, readonly string[]>()
  const sending = Array.from({ length: 200 }, async (_, n) => {
    const answer = await deliver(first, made.path, made.secret, orderOf(n))
    if (answer.status === 202) answered.set(n, answer.body.eventIds)
    if (answered.size === 20) void first.kill()
  })
  await Promise.allSettled(sending)
  await first.kill()
  expect(answered.size).toBeGreaterThanOrEqual(20)
  const next = await start(data)
  for (let n = 0; n < 200; n++) {
    const [one, other] = await Promise.all([
      deliver(next, made.path, made.secret, orderOf(n)),
      deliver(next, made.path, made.secret, orderOf(n), 'again'),
    ])
    if (answered.has(n))
      expect([one.body, other.body]).toEqual([1, 2].map(() => ({ eventIds: answered.get(n), repeat: true })))
    else expect(one.body.eventIds).toEqual(other.body.eventIds)
  }
  expect(await accepted(next)).toBe(before + 200)
})

test('what a connection is outlives the engine', async () => {
  const data = newFolder()
  const first = await start(data)
  const { body: made } = await first.post('/integrations', { source: 'generic', proof: 'token', label: 'our bridge' })
  const token = { 'x-webhook-token': made.secret as string }
  const send = (engine: RunningEngine, headers: Record<string, string>) =>
    engine.post(made.path, undefined, { bytes: Buffer.from(orderOf(1)), headers, asStranger: true })
  expect((await send(first, token)).status).toBe(202)
  expect((await send(first, {})).status).toBe(401)
  await first.stop()
  const next = await start(data)
  const { items } = (await next.get('/integrations')).body
  expect(items).toMatchObject([{ id: made.id, status: 'active', label: 'our bridge' }])
  expect((await send(next, token)).status).toBe(200)
  const { body } = await next.get(`/integrations/${made.id}/deliveries`)
  expect(body.items.map(({ number, status }: { number: number; status: number }) => [number, status])).toEqual([
    [3, 200],
    [2, 401],
    [1, 202],
  ])
})

test('a body of any type is proved by its bytes', async () => {
  const engine = await start(newFolder())
  const { body: made } = await engine.post('/integrations', { source: 'generic', proof: 'token' })
  const headers = { 'x-webhook-token': made.secret as string, 'content-type': 'text/plain' }
  const sent = await engine.post(made.path, undefined, { bytes: Buffer.from(orderOf(1)), headers, asStranger: true })
  expect(sent.status).toBe(202)
  const wrong = { ...headers, 'x-webhook-token': 'a wrong one' }
  const refused = await engine.post(made.path, undefined, {
    bytes: Buffer.from([0xff, 0]),
    headers: wrong,
    asStranger: true,
  })
  expect(refused.status).toBe(401)
})

test('two people change it at once: one of them is told what the other made of it', async () => {
  const data = newFolder()
  const engine = await start(data)
  const { body: made } = await engine.post('/integrations', { source: 'generic' })
  const path = `/integrations/${made.id}`
  const labels = Array.from({ length: 10 }, (_, n) => `label ${n}`)
  const answers = await Promise.all(
    labels.map((label, n) =>
      n % 2 === 0
        ? engine.patch(path, { label, version: 0 })
        : engine.patch(path, { label }, { headers: { 'if-match': '"0"' } }),
    ),
  )
  const [won, ...more] = answers.filter(({ status }) => status === 200)
  expect(more).toEqual([])
  for (const { status, headers, body } of answers.filter((each) => each !== won)) {
    expect([status, headers.get('content-type')]).toEqual([409, 'application/problem+json; charset=utf-8'])
    expect(body.present).toEqual(won!.body)
  }
  await engine.kill()
  const next = await start(data)
  expect((await next.get('/integrations')).body.items).toEqual([won!.body])
  expect((await next.delete(path)).status).toBe(200)
  expect((await next.delete(path)).status).toBe(404)
  expect((await next.ask('PATCH', path, { body: { label: 'x' }, asStranger: true })).status).toBe(401)
  for (const old of [`/connections`, `/connections/${made.id}/pause`]) expect((await next.post(old)).status).toBe(404)
})

test('the command line looks after it, with an engine and without', async () => {
  const data = newFolder()
  const command = async (...args: readonly string[]) => {
    const { child, lines, ended } = run(['connection', ...args, '--data', data, '--json'])
    let printed = ''
    child.stdout!.on('data', (chunk) => {
      printed += chunk
    })
    const code = await ended
    return { code, said: lines.join(''), printed: printed === '' ? undefined : JSON.parse(printed) }
  }
  const engine = await start(data)
  const { printed: made } = await command('add', 'generic', '--label', 'our bridge')
  for (const isRunning of [true, false]) {
    if (!isRunning) await engine.stop()
    expect((await command('test', made.id)).printed).toMatchObject({ status: 200 })
    expect((await command('pause', made.id)).printed).toMatchObject({ id: made.id, status: 'paused' })
    expect(await command('test', made.id)).toMatchObject({ code: 1, printed: { status: 403 } })
    expect((await command('resume', made.id)).printed).toMatchObject({ status: 'waiting' })
  }
  expect((await command('rotate', made.id)).printed).toMatchObject({ id: made.id, version: 5 })
  expect((await command('deliveries', made.id)).printed.items).toMatchObject(
    [403, 200, 403, 200].map((status) => ({ way: 'test', status, proof: 'proved' })),
  )
  expect((await command('remove', made.id)).printed).toMatchObject({ status: 'removed', version: 6 })
  expect(await command('remove', made.id)).toMatchObject({ code: 1, said: expect.stringContaining('connection list') })
  expect((await command('list')).printed).toEqual({ items: [] })
}, 60_000)
