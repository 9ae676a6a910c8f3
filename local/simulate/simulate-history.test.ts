import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Answer, Door } from '../import/collect-door.ts'
import { type HistoryRequest, sendHistory, writeHistory } from './simulate-history.ts'

const REQUEST: HistoryRequest = {
  options: { seed: 7, stores: 4, products: 24, mode: 'history', eventsPerDay: 1_000 },
  fromMs: Date.parse('2026-03-01T00:00:00Z'),
  untilMs: Date.parse('2026-03-03T00:00:00Z'),
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'counterflow-simulate-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Takes each id once, and counts at once what it took. */
class CountingDoor implements Door {
  readonly address = undefined
  readonly awayMs = 0
  readonly events: { id: string; type: string }[] = []
  readonly paths = new Set<string>()
  refuses: string | undefined
  private readonly known = new Set<string>()

  async ask(method: string, path: string, body?: object): Promise<Answer> {
    if (method === 'GET') return this.answer(200, { ledger: [{ accepted: this.known.size, pending: 0, held: 0 }] })
    this.paths.add(path)
    const { events } = body as { events: { id: string; type: string }[] }
    const results = events.map((event) => {
      if (event.type === this.refuses) return { status: 'refused', problems: [{ field: 'data', message: 'is wrong' }] }
      const status = this.known.has(event.id) ? 'repeat' : 'accepted'
      this.known.add(event.id)
      this.events.push(event)
      return { status, eventIds: [] }
    })
    return this.answer(202, { results })
  }

  async close(): Promise<void> {}

  private answer(status: number, body: object): Answer {
    return { status, retryAfterMs: undefined, body }
  }
}

const linesIn = (path: string) => readFileSync(path, 'utf8').trimEnd().split('\n')

describe('into a file', () => {
  it('the same seed writes the same bytes, and the truth beside it', async () => {
    const folder = temporaryFolder()
    const [one, two, truth] = ['one', 'two', 'truth'].map((name) => join(folder, name)) as [string, string, string]
    const summary = await writeHistory({ ...REQUEST, truthPath: truth }, one)
    await writeHistory(REQUEST, two)
    expect(readFileSync(one).equals(readFileSync(two))).toBe(true)
    expect(linesIn(one)).toHaveLength(summary.events)
    expect(linesIn(truth)).toHaveLength(summary.truthLines)
    expect([summary.from, summary.to]).toEqual(['2026-03-01T00:00:00.000Z', '2026-03-03T00:00:00.000Z'])
    const other = { ...REQUEST, options: { ...REQUEST.options, seed: 8 } }
    await writeHistory(other, two)
    expect(readFileSync(one).equals(readFileSync(two))).toBe(false)
    const kinds = new Set(linesIn(truth).map((line) => JSON.parse(line).kind))
    for (const kind of ['product', 'supplier', 'demand', 'purchase-order', 'weather']) expect(kinds).toContain(kind)
  })

  it('that cannot be written is named', async () => {
    const path = join(temporaryFolder(), 'not', 'there')
    await expect(writeHistory(REQUEST, path)).rejects.toThrow(`${path} cannot be written: ENOENT`)
  })
})

describe('through the door', () => {
  it('goes as the simulator, and once more changes nothing', async () => {
    const door = new CountingDoor()
    const first = await sendHistory(REQUEST, door)
    expect([first.accepted, first.repeats, first.held]).toEqual([first.events, 0, 0])
    expect([...door.paths]).toEqual(['/collect?source=simulator'])
    expect(door.events[0]).toMatchObject({ type: 'store.listed' })
    expect(Object.keys(door.events[0]!).sort()).toEqual(['data', 'id', 'occurredAt', 'storeId', 'type'])
    const again = await sendHistory(REQUEST, door)
    expect([again.accepted, again.repeats]).toEqual([0, first.events])
  })

  it('ends where the engine refuses an event, and says which', async () => {
    const door = new CountingDoor()
    door.refuses = 'product.listed'
    await expect(sendHistory(REQUEST, door)).rejects.toThrow(
      'the engine refuses event 5 of the simulator: data is wrong',
    )
  })
})
