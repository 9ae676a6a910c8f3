/** The log of deliveries where several processes write it: each has a store of its own over the same rows. */
import { expect, it } from 'vitest'
import { HOUR_MS } from '#core/metrics/business-time.ts'
import type { StateStore } from '#core/ports.ts'
import { ascendingTime, rowKey } from '#core/row-key.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryDynamoStateStore, MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { hoursOf } from './delivery-hours.ts'
import { deliveriesOf, deliveryOf, KEEP_DELIVERIES_MS, logDelivery, sweepDeliveries } from './delivery-log.ts'

const AT = Date.parse('2026-03-02T10:30:00Z')
const clock = new FixedClock(AT)

/** The same rows as another process sees them: whatever is kept in memory by store, it has not. */
const elsewhere = <S extends StateStore>(store: S): S => Object.create(store) as S

const log = (state: StateStore, sku: string, { at = AT, proof = 'proved', status = 202 } = {}) =>
  logDelivery({ state }, 'c', {
    at,
    proof: proof as 'proved',
    way: 'delivery',
    status,
    durationMs: 3,
    answer: sku,
    headers: {},
    document: { sku },
  })

it.each([MemoryDynamoStateStore, MemoryStateStore])('three processes at once: none is lost, %o', async (Store) => {
  const store = new Store()
  const processes = [store, elsewhere(store), elsewhere(store)]
  const skus = Array.from({ length: 90 }, (_, i) => `delivery ${i}`)
  await Promise.all(
    skus.map((sku, i) => log(processes[i % 3]!, sku, i % 9 === 0 ? { proof: 'wrong', status: 401 } : {})),
  )
  const { items } = await deliveriesOf({ state: store, clock }, 'c')
  expect(items.map(({ number }) => number)).toEqual(skus.map((_, i) => skus.length - i))
  expect(items.map(({ answer }) => answer).sort()).toEqual([...skus].sort())
  for (const { number, answer } of items)
    expect(await deliveryOf({ state: store, clock }, 'c', number)).toMatchObject({
      body: JSON.stringify({ sku: answer }),
    })
  expect(await hoursOf({ state: store, clock }, 'c')).toMatchObject([{ taken: 80, unproved: 10, tookMs: 270 }])
})

it('counts each in its own hour, whoever is the first in the next one', async () => {
  const store = new MemoryDynamoStateStore()
  const other = elsewhere(store)
  await Promise.all([log(store, '1', { at: AT - HOUR_MS }), log(other, '2'), log(store, '3'), log(other, '4')])
  await log(store, '5', { at: AT - HOUR_MS })
  expect(await hoursOf({ state: store, clock }, 'c')).toMatchObject([{ taken: 2 }, { taken: 3 }])
})

it('goes on from what an earlier release wrote', async () => {
  const store = new MemoryDynamoStateStore()
  const hour = { taken: 4, repeated: 1, unproved: 0, unreadable: 0, turnedAway: 0, tookMs: 9 }
  await store.commit([
    { table: 'delivery-numbers', key: 'c', row: { number: 5 } },
    { table: 'delivery-hours', key: rowKey('c', ascendingTime(AT - HOUR_MS / 2)), row: hour },
  ])
  await Promise.all([log(store, 'a'), log(elsewhere(store), 'b')])
  const { items } = await deliveriesOf({ state: store, clock }, 'c')
  expect(items.map(({ number }) => number)).toEqual([7, 6])
  expect(await hoursOf({ state: store, clock }, 'c')).toMatchObject([{ taken: 6, repeated: 1, tookMs: 15 }])
})

it('of one process, none is tried twice', async () => {
  const store = new MemoryDynamoStateStore()
  await Promise.all(Array.from({ length: 20 }, (_, i) => log(store, String(i))))
  expect(store.calls.commit).toBe(20)
})

it('a sweep leaves what came into an old one’s place while it looked', async () => {
  const store = new MemoryDynamoStateStore()
  const old = AT - KEEP_DELIVERIES_MS - 1
  await log(store, 'old', { at: old })
  await store.commit([{ table: 'delivery-numbers', key: 'c', row: { number: 1000 } }])
  const sweeping = elsewhere(store)
  sweeping.query = async (query) => {
    const rows = await store.query(query)
    await log(store, 'new') // number 1001 has the place of number 1
    return rows
  }
  await sweepDeliveries({ state: sweeping, clock })
  expect(await deliveryOf({ state: store, clock }, 'c', 1001)).toMatchObject({ body: '{"sku":"new"}' })
  await log(store, 'old', { at: old })
  await sweepDeliveries({ state: store, clock })
  expect(await store.query({ table: 'delivery-bodies', range: { from: 'c', to: 'd' } })).toHaveLength(1)
})
