import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { EVERY_KEY } from '#core/row-key.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { HttpError, type HttpReply, httpHandler, json, viewerIn } from './http-handler.ts'
import { IDEMPOTENT, sweepIdempotent } from './idempotent.ts'

const NOW = Date.parse('2026-03-02T10:00:00Z')
const DAY = 24 * 60 * 60_000

/** A function whose work is counted; `work` may wait or fail. */
function counted(work: (n: number) => Promise<HttpReply> | HttpReply = (n) => json(201, { made: n })) {
  const clock = new FixedClock(NOW)
  const ports = portsInTest({ clock })
  let done = 0
  const handler = httpHandler(() => async (request) => {
    viewerIn(request)
    return work(++done)
  })
  const send = (key: string | undefined, more: { body?: object; merchantId?: string; route?: string } = {}) =>
    ask(handler, ports, more.route ?? 'POST /tokens', {
      viewer: ownerOf(more.merchantId ?? 'm'),
      headers: key === undefined ? {} : { 'idempotency-key': key },
      body: more.body ?? { label: 'x' },
    })
  return { clock, ports, send, done: () => done }
}

describe('under one key', () => {
  test('a write is done once, and answered the same', async () => {
    const { send, done } = counted()
    const answers = [await send('k'), await send('k'), await send('k')]
    expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(3).fill([201, { made: 1 }]))
    expect(done()).toBe(1)
  })

  test.each(['k', 'ключ ', '\u0000', 'x'.repeat(255)])('whatever it is: %j', async (key) => {
    const { send, done } = counted()
    expect((await send(key)).body).toEqual((await send(key)).body)
    expect(done()).toBe(1)
  })

  test('of several at once one is done; the others hear that it is, and later what it answered', async () => {
    const release: (() => void)[] = []
    const { send, done } = counted((n) => new Promise((answer) => release.push(() => answer(json(201, { made: n })))))
    const first = send('k')
    while (release.length === 0) await new Promise((next) => setImmediate(next))
    const others = await Promise.all([send('k'), send('k')])
    for (const { status, reply } of others) expect([status, reply.headers!['retry-after']]).toEqual([409, '1'])
    release[0]!()
    expect((await first).body).toEqual({ made: 1 })
    expect((await send('k')).body).toEqual({ made: 1 })
    expect(done()).toBe(1)
  })

  test('a large answer is kept; of one that no row holds it is said that the work was done', async () => {
    const lines = Array.from({ length: 20_000 }, (_, line) => ({ line, message: 'is not a number' }))
    const { send, done, ports } = counted(() => json(200, { lines }))
    await send('k')
    expect((await send('k')).body).toEqual({ lines })
    const [kept] = await ports.state.query({ table: IDEMPOTENT, range: EVERY_KEY })
    expect(JSON.stringify(kept).length).toBeLessThan(400_000)

    const noise = () => json(200, { secret: randomBytes(400_000).toString('base64') })
    const large = counted(noise)
    expect((await large.send('k')).status).toBe(200)
    const again = await large.send('k')
    expect([again.status, again.body.title]).toEqual([409, expect.stringContaining('was done')])
    expect(again.reply.headers).not.toHaveProperty('retry-after')
    expect([done(), large.done()]).toEqual([1, 1])
  })

  test('another body or route is refused', async () => {
    const { send, done } = counted()
    await send('k')
    expect((await send('k', { body: { label: 'y' } })).status).toBe(422)
    expect((await send('k', { route: 'POST /settings' })).status).toBe(422)
    expect(done()).toBe(1)
  })

  test('of another merchant is another key', async () => {
    const { send, done } = counted()
    await send('k')
    expect((await send('k', { merchantId: 'n' })).body).toEqual({ made: 2 })
    expect(done()).toBe(2)
  })
})

test.each([
  ['refused', async () => Promise.reject(new HttpError(422, 'no')), 422],
  ['answered with an error', async () => json(404, {}), 404],
])('what was %s may be tried again', async (_what, fail, status) => {
  const { send } = counted((n) => (n === 1 ? fail() : json(201, { made: n })))
  expect((await send('k')).status).toBe(status)
  expect((await send('k')).body).toEqual({ made: 2 })
})

test('a defect leaves the key free', async () => {
  const { send } = counted((n) => (n === 1 ? Promise.reject(new Error('a defect')) : json(201, { made: n })))
  await expect(send('k')).rejects.toThrow('a defect')
  expect((await send('k')).body).toEqual({ made: 2 })
})

test('without a key each is done, and so is each question', async () => {
  const { send, done } = counted()
  await send(undefined)
  await send(undefined)
  await send('k', { route: 'GET /tokens' })
  await send('k', { route: 'GET /tokens' })
  expect(done()).toBe(4)
})

test.each(['', 'x'.repeat(256)])('%j is no key', async (key) => {
  const { send, done } = counted()
  expect([(await send(key)).status, done()]).toEqual([422, 0])
})

test('a program that was killed in the middle holds the key for a minute', async () => {
  const { ports, clock, send, done } = counted()
  // It would be aborted after its 30 seconds, in the middle of some other test.
  const end = Promise.withResolvers<HttpReply>()
  const kept = counted(() => end.promise)
  const sending = kept.send('k')
  while (kept.done() === 0) await new Promise((next) => setImmediate(next))
  const [claim] = await kept.ports.state.query({ table: IDEMPOTENT, range: EVERY_KEY })
  await ports.state.commit([{ table: IDEMPOTENT, key: claim!.key, row: claim!.row }])
  clock.set(NOW + 59_999)
  expect((await send('k')).status).toBe(409)
  clock.set(NOW + 60_000)
  expect((await send('k')).status).toBe(201)
  expect(done()).toBe(1)
  end.resolve(json(201, {}))
  await sending
})

test('an answer is kept for a day, and swept afterwards', async () => {
  const { ports, clock, send } = counted()
  await send('k')
  clock.set(NOW + DAY - 1)
  await sweepIdempotent(ports)
  expect((await send('k')).body).toEqual({ made: 1 })
  clock.set(NOW + DAY)
  expect((await send('k')).body).toEqual({ made: 2 })
  clock.set(NOW + 2 * DAY + 1)
  await sweepIdempotent(ports)
  expect(await ports.state.query({ table: IDEMPOTENT, range: EVERY_KEY })).toEqual([])
})

test('what the answer shows is not kept in the clear', async () => {
  const { ports, send } = counted(() => json(201, { token: 'cf_secret' }))
  await send('a key of the client')
  const rows = await ports.state.query({ table: IDEMPOTENT, range: EVERY_KEY })
  expect(rows.length).toBe(1)
  expect(JSON.stringify(rows)).not.toContain('cf_secret')
  expect(JSON.stringify(rows)).not.toContain('a key of the client')
})
