import { describe, expect, it, test } from 'vitest'
import { DAY_MS, HOUR_MS } from '#core/metrics/business-time.ts'
import { ownEvents } from '#core/sources/own-events.ts'
import { goOn, opened, simulated, textOf } from '#test/fixtures/simulated-history.ts'
import { history } from './history.ts'
import { restUntil, step } from './step.ts'

describe('a story', () => {
  it('is told by its seed, byte for byte', () => {
    const told = textOf(simulated())
    expect(told.length).toBeGreaterThan(1_000_000)
    expect(textOf(simulated()) === told).toBe(true)
    expect(textOf(simulated({ seed: 8 })) === told).toBe(false)
  })

  it('does not depend on how it is cut into steps', () => {
    const small = { stores: 4, products: 24, days: 2 }
    const [whole, cut] = [simulated({ ...small, stepMs: 2 * DAY_MS }), simulated({ ...small, stepMs: 997_000 })]
    expect(textOf(cut) === textOf(whole)).toBe(true)
    expect(cut.truth).toEqual(whole.truth)
  })

  it('goes on from a copy of its world and its chance', () => {
    const told = opened({ stores: 4, products: 24 })
    const half = told.world.nowMs + DAY_MS
    goOn(told, half, HOUR_MS)
    const copy = structuredClone(told)
    goOn(told, half + DAY_MS, HOUR_MS)
    goOn(copy, half + DAY_MS, HOUR_MS)
    expect(textOf(copy) === textOf(told)).toBe(true)
  })

  it('has ids that no other story has', () => {
    const small = { stores: 2, products: 8 }
    const ids = [
      small,
      { ...small, seed: 8 },
      { ...small, from: '2026-02-03T00:00:00Z' },
      { ...small, products: 9 },
    ].map((some) => opened(some).documents[0]!.id)
    expect(new Set(ids).size).toBe(4)
  })
})

describe('documents', () => {
  const told = simulated({ days: 1.5 })

  it('are all taken by the door', () => {
    const refused = told.documents.filter((document) => !ownEvents.translate(document, { currency: 'INR' }).ok)
    expect(refused).toEqual([])
    expect(told.documents.length).toBeGreaterThan(8_000)
  })

  it('come in the order of their times, each with an id of its own', () => {
    const times = told.documents.map(({ occurredAt }) => occurredAt)
    expect(times).toEqual([...times].sort())
    expect(new Set(told.documents.map(({ id }) => id)).size).toBe(told.documents.length)
  })

  it('are of every type that a chain has', () => {
    const types = new Set(
      simulated({ stores: 4, products: 60, days: 45, eventsPerDay: 2_000 }).documents.map(({ type }) => type),
    )
    expect([...types].sort()).toEqual(
      [
        'campaign.clicked',
        'campaign.shown',
        'campaign.spent',
        'cart.changed',
        'checkout.completed',
        'competitor-price.observed',
        'price.changed',
        'product.clicked',
        'product.listed',
        'product.viewed',
        'purchase-order.placed',
        'purchase-order.received',
        'sale.cancelled',
        'sale.recorded',
        'sale.refunded',
        'stock.adjusted',
        'stock.received',
        'store.listed',
      ].sort(),
    )
  })

  it('list stores, then products, then stock, before anything else', () => {
    const { documents, world } = opened()
    const types = documents.map(({ type }) => type)
    expect(types.slice(0, 12).every((type) => type === 'store.listed')).toBe(true)
    expect(types.slice(12, 252).every((type) => type === 'product.listed')).toBe(true)
    expect(types.filter((type) => type === 'stock.received')).toHaveLength(world.onHand.length)
    expect(new Set(world.stores.map(({ profile }) => profile)).size).toBe(4)
    expect(new Set(world.products.map(({ category }) => category)).size).toBe(8)
    expect(new Set(world.stores.map(({ id }) => id)).size).toBe(12)
  })
})

describe('the rate that is asked for', () => {
  test.each([3_000, 40_000])('is a history’s mean: %i a day', (eventsPerDay) => {
    // A week without a feast: seasons are weak then.
    const days = 7
    const { documents } = simulated({ eventsPerDay, days, from: '2026-06-01T00:00:00Z', products: 100 })
    expect(documents.length / days / eventsPerDay).toBeGreaterThan(0.8)
    expect(documents.length / days / eventsPerDay).toBeLessThan(1.2)
  })

  it('is every live day’s, and no hour is dead', () => {
    const told = opened({ mode: 'live', eventsPerDay: 86_400, from: '2026-02-01T18:30:00Z' })
    const before = told.documents.length
    const begin = told.world.nowMs
    goOn(told, begin + DAY_MS, HOUR_MS)
    const live = told.documents.slice(before)
    expect(live.length / 86_400).toBeGreaterThan(0.9)
    expect(live.length / 86_400).toBeLessThan(1.1)
    const hours = Array.from({ length: 24 }, () => 0)
    for (const { occurredAt } of live) hours[Math.floor((Date.parse(occurredAt) - begin) / HOUR_MS)]!++
    expect(Math.min(...hours) / 3_600).toBeGreaterThan(0.6)
    expect(Math.max(...hours) / Math.min(...hours)).toBeGreaterThan(1.5)
  })
})

describe('a world that stands still', () => {
  it('makes up for nothing, and goes on', () => {
    const { world, random } = opened({ mode: 'live', eventsPerDay: 86_400 * 20, stores: 4, products: 24 })
    const now = world.nowMs + 60_000
    step(world, now, random)
    restUntil(world, now + 8 * HOUR_MS)
    const { documents } = step(world, now + 8 * HOUR_MS + 10_000, random)
    expect(documents.length).toBeGreaterThan(50)
    expect(documents.length).toBeLessThan(600)
    expect(Date.parse(documents[0]!.occurredAt)).toBeGreaterThanOrEqual(now + 8 * HOUR_MS)
    restUntil(world, now)
    expect(world.nowMs).toBe(now + 8 * HOUR_MS + 10_000)
  })
})

test('a longer history only goes on further', () => {
  const from = Date.parse('2026-02-02T00:00:00Z')
  const options = { seed: 7, stores: 4, products: 24, mode: 'history' } as const
  const [short, long] = [1.3, 2].map((days) =>
    [...history(options, from, from + days * DAY_MS)].flatMap(({ documents }) => documents),
  )
  expect(short!.length).toBeGreaterThan(1_000)
  expect(JSON.stringify(long!.slice(0, short!.length)) === JSON.stringify(short)).toBe(true)
})

test('a history ends where it shall, whatever its steps', () => {
  const to = Date.parse('2026-02-04T00:00:00Z')
  const options = { seed: 7, stores: 4, products: 24, mode: 'history' } as const
  const steps = [...history(options, to - 2 * DAY_MS, to)]
  const documents = steps.flatMap((each) => each.documents)
  expect(documents[0]!.occurredAt).toBe('2026-02-02T00:00:00.000Z')
  expect(documents.at(-1)!.occurredAt < '2026-02-04').toBe(true)
  expect(JSON.stringify(documents) === JSON.stringify(simulated({ stores: 4, products: 24, days: 2 }).documents)).toBe(
    true,
  )
})
