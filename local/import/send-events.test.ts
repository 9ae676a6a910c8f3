import { describe, expect, it } from 'vitest'
import type { Problem } from '#core/outcome.ts'
import type { Answer, Door } from './collect-door.ts'
import { EventSender, type Outgoing, waitUntilCounted } from './send-events.ts'

/** A door whose answers are given beforehand; an Error is thrown. It keeps what it was asked. */
class ScriptedDoor implements Door {
  readonly address = 'http://127.0.0.1:4310'
  readonly awayMs = 500
  readonly asked: { method: string; path: string; body: unknown; atMs: number }[] = []
  private readonly answers: (Partial<Answer> | Error)[]

  constructor(...answers: (Partial<Answer> | Error)[]) {
    this.answers = answers
  }

  async ask(method: string, path: string, body?: object): Promise<Answer> {
    this.asked.push({ method, path, body, atMs: performance.now() })
    const answer = this.answers.length > 1 ? this.answers.shift()! : this.answers[0]!
    if (answer instanceof Error) throw answer
    return { status: 202, retryAfterMs: undefined, body: undefined, ...answer }
  }

  async close(): Promise<void> {}
}

const results = (...statuses: string[]): Partial<Answer> => ({
  body: { results: statuses.map((status) => ({ status, eventIds: [], ...(status === 'refused' && { problems }) })) },
})
const problems: Problem[] = [{ field: 'data.quantity', message: 'is wrong' }]
const event = (line: number): Outgoing => ({ id: String(line), type: 'sale.recorded', storeId: 'S', data: {}, line })

async function send(door: Door, ...lines: number[]) {
  const refused: [number, readonly Problem[]][] = []
  const sender = new EventSender(door, 'import:test', (line, why) => refused.push([line, why]))
  await sender.send(lines.map(event))
  await sender.sent()
  return { accepted: sender.accepted, repeats: sender.repeats, refused }
}

describe('sending', () => {
  it('counts what became of each event, and tells the line of one that was refused', async () => {
    const door = new ScriptedDoor(results('accepted', 'refused', 'repeat', 'accepted'))
    expect(await send(door, 2, 3, 4, 5)).toEqual({ accepted: 2, repeats: 1, refused: [[3, problems]] })
    expect(door.asked).toMatchObject([{ method: 'POST', path: '/collect?source=import:test' }])
    expect(door.asked[0]!.body).toEqual({
      events: [2, 3, 4, 5].map((id) => ({ id: String(id), type: 'sale.recorded', storeId: 'S', data: {} })),
    })
  })

  it('sends no more than 500 at once, and one batch after the other', async () => {
    let open = 0
    let mostOpen = 0
    const sizes: number[] = []
    const door: Door = {
      address: undefined,
      awayMs: 0,
      async ask(_method, _path, body) {
        const { events } = body as { events: unknown[] }
        sizes.push(events.length)
        mostOpen = Math.max(mostOpen, ++open)
        await new Promise((done) => setTimeout(done, 5))
        open--
        return { status: 202, retryAfterMs: undefined, ...results(...events.map(() => 'accepted')) } as Answer
      },
      close: async () => {},
    }
    const lines = Array.from({ length: 1_001 }, (_, i) => i)
    expect(await send(door, ...lines)).toMatchObject({ accepted: 1_001 })
    expect([sizes, mostOpen]).toEqual([[500, 500, 1], 1])
  })

  it('comes back to a full engine when it says', async () => {
    const door = new ScriptedDoor(
      { status: 503, retryAfterMs: 120 },
      { status: 503, retryAfterMs: 0 },
      results('accepted'),
    )
    expect(await send(door, 2)).toMatchObject({ accepted: 1 })
    expect(door.asked).toHaveLength(3)
    expect(door.asked[1]!.atMs - door.asked[0]!.atMs).toBeGreaterThan(110)
  })

  it('waits for an engine that is started again, under the same ids', async () => {
    const door = new ScriptedDoor(new TypeError('fetch failed'), { status: 401 }, results('repeat'))
    expect(await send(door, 2)).toMatchObject({ accepted: 0, repeats: 1 })
    expect(door.asked[2]!.body).toEqual(door.asked[0]!.body)
  })

  it('gives up on one that stays away, and says what to do', async () => {
    const gone = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') })
    await expect(send(new ScriptedDoor(gone), 2)).rejects.toThrow(
      'the engine at http://127.0.0.1:4310 no longer answers (connect ECONNREFUSED): start it and import again, nothing is counted twice',
    )
  })

  it('gives up on one that refuses the whole batch, in its own words', async () => {
    const body = { title: 'Too large', problems: [{ field: 'events', message: 'are too many' }] }
    await expect(send(new ScriptedDoor({ status: 413, body }), 2)).rejects.toThrow(
      'the engine takes nothing (413: Too large; events are too many): what it had taken is kept',
    )
  })

  it('tells a failure to whoever sends next, once nothing more can be done', async () => {
    const sender = new EventSender(new ScriptedDoor({ status: 500, body: {} }), 'import:test', () => {})
    await sender.send([event(2)])
    await expect(sender.send([event(3)])).rejects.toThrow('the engine takes nothing')
    await expect(sender.sent()).rejects.toThrow('the engine takes nothing')
  })
})

describe('waiting until everything is counted', () => {
  const quality = (...ledger: [accepted: number, pending: number, held: number][]): Partial<Answer> => ({
    status: 200,
    body: { ledger: ledger.map(([accepted, pending, held], shard) => ({ shard, accepted, pending, held })) },
  })

  it('does not wait for what came after it', async () => {
    const door = new ScriptedDoor(
      quality([10, 10, 0], [5, 0, 1]),
      quality([10, 4, 1], [9, 4, 1]),
      quality([20, 11, 2], [9, 4, 1]),
      quality([30, 20, 2], [9, 4, 1]),
    )
    expect(await waitUntilCounted(door)).toBe(3)
    expect(door.asked).toHaveLength(4)
  })

  it('goes by how far the engine is behind where it tells no ledger', async () => {
    const behind = (second: number, lagMs: number): Partial<Answer> => ({
      status: 200,
      body: { asOf: `2026-03-02T10:00:0${second}.000Z`, lagMs, ledger: null },
    })
    const door = new ScriptedDoor(behind(1, 500), behind(1, 0), behind(3, 2_000), behind(4, 2_999))
    expect(await waitUntilCounted(door)).toBe(0)
    expect(door.asked).toHaveLength(4)
  })

  it('fails when the engine does not say', async () => {
    await expect(waitUntilCounted(new ScriptedDoor({ status: 401, body: { title: 'Sign in first' } }))).rejects.toThrow(
      '401: Sign in first',
    )
  })
})
