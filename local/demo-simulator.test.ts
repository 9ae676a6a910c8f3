import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DEFAULT_DEMO, type DemoOptions } from '#core/simulator/live-demo.ts'
import type { SimulatedDocument } from '#core/simulator/world.ts'
import { DemoSimulator } from './demo-simulator.ts'

const SMALL = { stores: 4, products: 24, rate: 40, seed: 7 }
const NOON = Date.parse('2026-03-02T06:30:00Z')

beforeEach(() => void vi.useFakeTimers({ now: NOON }))
afterEach(() => void vi.useRealTimers())

function demo(options: DemoOptions = SMALL) {
  const posted: { at: number; documents: readonly SimulatedDocument[] }[] = []
  const state = { isPaused: false, failing: false, takesMs: 0 }
  const errors: unknown[] = []
  const simulator = new DemoSimulator(
    {
      post: async (documents) => {
        if (state.takesMs > 0) await new Promise((done) => setTimeout(done, state.takesMs))
        if (state.failing) throw new Error('the door is shut')
        posted.push({ at: Date.now(), documents })
      },
      isPaused: () => state.isPaused,
      clock: { now: () => Date.now() },
      onError: (error) => errors.push(error),
    },
    options,
  )
  const documents = () => posted.flatMap((each) => each.documents)
  const since = (at: number) => posted.filter((each) => each.at > at).flatMap((each) => each.documents)
  return { simulator, posted, state, errors, documents, since }
}

describe('the demo sells', () => {
  it('at the rate that is asked for, now, in posts that the door takes', async () => {
    const { simulator, posted, documents, since } = demo()
    simulator.start()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(
      documents()
        .slice(0, 4)
        .every(({ type }) => type === 'store.listed'),
    ).toBe(true)
    const begin = Date.now()
    await vi.advanceTimersByTimeAsync(60_000)
    const live = since(begin)
    expect(live.length / 60).toBeGreaterThan(15)
    expect(live.length / 60).toBeLessThan(90)
    for (const { at, documents: some } of posted.filter((each) => each.at > begin)) {
      expect(some.length).toBeLessThanOrEqual(500)
      for (const { occurredAt } of some) {
        expect(Date.parse(occurredAt)).toBeLessThanOrEqual(at)
        expect(Date.parse(occurredAt)).toBeGreaterThan(at - 500)
      }
    }
    expect(new Set(documents().map(({ id }) => id)).size).toBe(documents().length)
    await simulator.stop()
  })

  it('counts its opening stock, so that a second start doubles nothing', async () => {
    const { simulator, documents } = demo()
    simulator.start()
    await vi.advanceTimersByTimeAsync(1_000)
    await simulator.stop()
    const types = documents().map(({ type }) => type)
    expect(types.filter((type) => type === 'stock.counted')).toHaveLength(4 * 24)
    const later = demo()
    later.simulator.start()
    await vi.advanceTimersByTimeAsync(1_000)
    await later.simulator.stop()
    const known = new Set(documents().map(({ id }) => id))
    expect(later.documents().filter(({ id }) => known.has(id))).toEqual([])
  })

  it('is lively as it comes', async () => {
    // Half past one at night in India.
    vi.setSystemTime(Date.parse('2026-03-02T20:00:00Z'))
    const { simulator, since } = demo({ ...DEFAULT_DEMO, seed: 1 })
    simulator.start()
    await vi.advanceTimersByTimeAsync(1_000)
    const begin = Date.now()
    await vi.advanceTimersByTimeAsync(60_000)
    await simulator.stop()
    expect(since(begin).length / 60).toBeGreaterThan(2.5)
  })
})

describe('a pause', () => {
  it('holds within a second, makes up for nothing, and ends', async () => {
    const { simulator, state, since } = demo()
    simulator.start()
    await vi.advanceTimersByTimeAsync(5_000)
    state.isPaused = true
    await vi.advanceTimersByTimeAsync(1_000)
    const pausedAt = Date.now()
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(since(pausedAt)).toEqual([])
    state.isPaused = false
    const resumedAt = Date.now()
    await vi.advanceTimersByTimeAsync(1_000)
    const first = since(resumedAt)
    expect(first.length).toBeGreaterThan(5)
    expect(first.length).toBeLessThan(150)
    expect(first.filter(({ occurredAt }) => Date.parse(occurredAt) > resumedAt - 1_000).length).toBe(first.length)
    await simulator.stop()
  })

  it('from the start: nothing is listed until it ends', async () => {
    const { simulator, state, documents } = demo()
    state.isPaused = true
    simulator.start()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(documents()).toEqual([])
    state.isPaused = false
    await vi.advanceTimersByTimeAsync(1_000)
    expect(documents()[0]!.type).toBe('store.listed')
    expect(Date.parse(documents()[0]!.occurredAt)).toBeGreaterThanOrEqual(NOON + 10_000)
    await simulator.stop()
  })

  it('during a long opening stops it where it is', async () => {
    const { simulator, state, posted, documents } = demo({ ...SMALL, stores: 12, products: 600 })
    state.takesMs = 100
    simulator.start()
    await vi.advanceTimersByTimeAsync(450)
    state.isPaused = true
    await vi.advanceTimersByTimeAsync(1_000)
    const before = posted.length
    await vi.advanceTimersByTimeAsync(5_000)
    expect(posted.length).toBe(before)
    state.isPaused = false
    await vi.advanceTimersByTimeAsync(20_000)
    const ids = documents().map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(documents().some(({ type }) => type === 'sale.recorded' || type === 'product.viewed')).toBe(true)
    const stopping = simulator.stop()
    await vi.advanceTimersByTimeAsync(1_000)
    await stopping
  })
})

describe('a door that fails', () => {
  it('is told, and gets the same documents later, each once, and no backlog', async () => {
    const { simulator, state, errors, documents, since } = demo()
    simulator.start()
    await vi.advanceTimersByTimeAsync(5_000)
    state.failing = true
    await vi.advanceTimersByTimeAsync(60_000)
    // 0.5 s, then 1, 2, 4, 8, and each 10 s.
    expect(errors.length).toBeGreaterThan(5)
    expect(errors.length).toBeLessThan(12)
    state.failing = false
    const openedAt = Date.now()
    await vi.advanceTimersByTimeAsync(11_000)
    expect(since(openedAt).length).toBeGreaterThan(10)
    expect(since(openedAt).length).toBeLessThan(11 * 90)
    const ids = documents().map(({ id }) => Number.parseInt(id.split('-').at(-1)!, 36))
    expect(ids).toEqual(ids.map((_, i) => i))
    await simulator.stop()
  })

  it('in the opening loses nothing of it', async () => {
    const { simulator, state, documents } = demo()
    state.failing = true
    simulator.start()
    await vi.advanceTimersByTimeAsync(2_000)
    state.failing = false
    await vi.advanceTimersByTimeAsync(12_000)
    expect(documents().filter(({ type }) => type === 'product.listed')).toHaveLength(24)
    await simulator.stop()
  })
})

describe('the end', () => {
  it('waits for the post that is under way, and nothing follows', async () => {
    const { simulator, state, posted } = demo()
    simulator.start()
    await vi.advanceTimersByTimeAsync(2_000)
    state.takesMs = 5_000
    await vi.advanceTimersByTimeAsync(300)
    const before = posted.length
    let stopped = false
    void simulator.stop().then(() => {
      stopped = true
    })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(stopped).toBe(false)
    await vi.advanceTimersByTimeAsync(5_000)
    expect([stopped, posted.length]).toEqual([true, before + 1])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(posted.length).toBe(before + 1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('may come before the start and twice', async () => {
    const { simulator, posted } = demo()
    await simulator.stop()
    simulator.start()
    simulator.start()
    await simulator.stop()
    await simulator.stop()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(posted).toEqual([])
  })
})
