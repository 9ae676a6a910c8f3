import { expect, test } from 'vitest'
import type { ProviderConnection } from '#core/access/provider-connection.ts'
import { SIMULATOR } from '#core/events/simulator-source.ts'
import type { Intake } from '#core/ports.ts'
import { simulatorConnection } from '#runtime/demo-doors.ts'
import { contextWith } from '#runtime/ports.ts'
import { inListOf, rowOf } from '#runtime/provider-connections.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { MemoryObjectStore } from '#test/fakes/memory-object-store.ts'
import { portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const NOON = Date.parse('2026-03-02T06:30:00Z')
const MINUTE_MS = 60_000

type Event = {
  readonly id: string
  readonly type: string
  readonly source: string
  readonly merchantId: string
  readonly occurredAt: string
}

function demo() {
  const clock = new FixedClock(NOON)
  const log = new MemoryEventLog(4)
  const objects = new MemoryObjectStore()
  const ports = portsInTest({ clock, log, objects })
  const events: Event[] = []
  const append = log.append.bind(log)
  log.append = async (documents: readonly Intake[]) => {
    const taken = await append(documents)
    for (const [i, { repeat }] of taken.entries())
      if (!repeat) events.push(...documents[i]!.records.map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString())))
    return taken
  }
  const turn = async (afterMs = MINUTE_MS) => {
    clock.advance(afterMs)
    events.length = 0
    await handler({}, contextWith(ports, 'sell-for-demo'))
    return [...events]
  }
  return { ports, clock, objects, turn }
}

test('it lists its shops and counts its stock first, then sells each minute what happened in it', async () => {
  const { clock, turn } = demo()
  const opening = await turn()
  const types = opening.map(({ type }) => type)
  expect(types.filter((type) => type === 'store.listed').length).toBeGreaterThan(0)
  expect(types.filter((type) => type === 'stock.counted').length).toBeGreaterThan(1_000)
  let sold = 0
  for (let minute = 0; minute < 5; minute++) {
    const events = await turn()
    for (const { source, merchantId, occurredAt } of events) {
      expect([source, merchantId]).toEqual([SIMULATOR, 'demo'])
      expect(Date.parse(occurredAt)).toBeLessThanOrEqual(clock.now())
      expect(Date.parse(occurredAt)).toBeGreaterThanOrEqual(clock.now() - MINUTE_MS)
    }
    sold += events.length
  }
  // One in two seconds on the mean of a day.
  expect(sold / 300).toBeGreaterThan(0.15)
  expect(sold / 300).toBeLessThan(1.5)
})

test('an opening that was cut off goes on, and says nothing twice', async () => {
  const whole = demo()
  const all = await whole.turn()
  const { ports, turn } = demo()
  const append = ports.log.append
  let calls = 0
  ports.log.append = async (documents) => {
    if (++calls === 4) throw new Error('cut off')
    return append(documents)
  }
  await expect(turn()).rejects.toThrow('cut off')
  const rest = await turn()
  expect(rest.length).toBeGreaterThan(0)
  expect(rest.length).toBeLessThan(all.length)
  const ids = new Set(all.map(({ id }) => id))
  expect(rest.every(({ id }) => ids.has(id))).toBe(true)
})

test('a turn that could not be kept is told once more, and books nothing twice', async () => {
  const { objects, turn } = demo()
  await turn()
  const put = objects.put.bind(objects)
  objects.put = async (name, bytes) => {
    if (name.startsWith('simulator/')) throw new Error('the bucket is away')
    await put(name, bytes)
  }
  await expect(turn()).rejects.toThrow('the bucket is away')
  objects.put = put
  const again = await turn()
  const before = again.filter(({ occurredAt }) => Date.parse(occurredAt) < NOON + 2 * MINUTE_MS)
  expect(before).toEqual([])
  expect(again.length).toBeGreaterThan(0)
})

test('it rests while something real is connected, and makes up for nothing afterwards', async () => {
  const { ports, clock, turn } = demo()
  await turn()
  const real: ProviderConnection = {
    id: 'c1',
    merchantId: 'demo',
    source: 'shopify',
    proof: 'standard-webhooks',
    label: 'A shop',
    status: 'active',
    createdAt: NOON,
    ratePerSecond: 50,
    version: 1,
  }
  await ports.state.commitDurable([rowOf(real), inListOf(real)])
  expect(await turn(60 * MINUTE_MS)).toEqual([])
  const gone = { ...real, status: 'removed' } as const
  await ports.state.commitDurable([rowOf(gone), inListOf(gone)])
  for (const { occurredAt } of await turn())
    expect(Date.parse(occurredAt)).toBeGreaterThanOrEqual(clock.now() - MINUTE_MS)
})

test('it rests while its own connection is paused', async () => {
  const { ports, turn } = demo()
  await turn()
  const { connection } = await simulatorConnection(ports)
  await ports.state.commitDurable([rowOf({ ...connection, status: 'paused' })])
  expect(await turn()).toEqual([])
})
