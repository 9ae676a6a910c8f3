import { expect, it } from 'vitest'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { hoursOf, hourWrite, sweepHours } from './delivery-hours.ts'
import { commitNumbered } from './running-number.ts'

const AT = Date.parse('2026-03-02T10:30:00Z')
const HOUR = 3_600_000
const NONE = { taken: 0, repeated: 0, unproved: 0, unreadable: 0, turnedAway: 0, tookMs: 0 }

async function counted(store: MemoryStateStore, deliveries: readonly [at: number, status: number, proof?: string][]) {
  for (const [at, status, proof = 'proved'] of deliveries)
    await store.commit([await hourWrite(store, 'c', { at, status, proof, durationMs: 2 })])
}

it('counts each delivery by its hour and what became of it', async () => {
  const store = new MemoryStateStore()
  await counted(store, [
    [AT - HOUR, 202],
    [AT, 202],
    [AT, 202, 'none'],
    [AT, 200],
    [AT, 401, 'wrong'],
    [AT, 422],
    [AT, 429],
    [AT, 403],
    [AT, 503],
  ])
  expect(await hoursOf({ state: store, clock: new FixedClock(AT) }, 'c')).toEqual([
    { ...NONE, start: '2026-03-02T09:00:00.000Z', taken: 1, tookMs: 2 },
    { start: '2026-03-02T10:00:00.000Z', taken: 2, repeated: 1, unproved: 1, unreadable: 1, turnedAway: 3, tookMs: 16 },
  ])
  expect(await hoursOf({ state: store, clock: new FixedClock(AT) }, 'd')).toEqual([])
})

it('loses none of those that come at once', async () => {
  const store = new MemoryStateStore()
  const delivery = { at: AT, status: 202, proof: 'proved', durationMs: 0 }
  const one = () => commitNumbered(store, 'numbers', 'c', async () => [await hourWrite(store, 'c', delivery)])
  await Promise.all(Array.from({ length: 20 }, one))
  expect(await hoursOf({ state: store, clock: new FixedClock(AT) }, 'c')).toMatchObject([{ taken: 20 }])
})

it('goes on after a start', async () => {
  const store = new MemoryStateStore()
  await counted(store, [[AT, 202]])
  const started = new MemoryStateStore()
  for (const { key, row } of await store.query({ table: 'delivery-hours', range: { from: 'c', to: 'd' } }))
    await started.commit([{ table: 'delivery-hours', key, row }])
  await counted(started, [[AT, 202]])
  expect(await hoursOf({ state: started, clock: new FixedClock(AT) }, 'c')).toMatchObject([{ taken: 2 }])
})

it('keeps seven days', async () => {
  const store = new MemoryStateStore()
  await counted(store, [
    [AT - 8 * 24 * HOUR, 202],
    [AT - 6 * 24 * HOUR, 202],
    [AT, 202],
  ])
  const ports = { state: store, clock: new FixedClock(AT) }
  expect(await hoursOf(ports, 'c')).toHaveLength(2)
  await sweepHours(ports)
  expect(await store.query({ table: 'delivery-hours', range: { from: 'c', to: 'd' } })).toHaveLength(2)
})
