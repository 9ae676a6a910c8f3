import { describe, expect, test } from 'vitest'
import { timeSpecOf } from '../chart/series-spec.ts'
import { alertSample, seriesSample } from '../samples/answers.ts'
import { prepareStores, rankStores, withClosed } from './prepare-stores.ts'

const sums = (entries: Record<string, number | null>) =>
  new Map(Object.entries(entries).map(([key, sum]) => [key, { name: key.toUpperCase(), sum }]))
const listings = [
  {
    storeId: 'a',
    name: 'Agra',
    city: 'Agra',
    region: 'North',
    sizeSqft: 100,
    openingHours: '10:00-20:00',
    timeZone: 'UTC',
  },
  { storeId: 'b', name: 'Bhopal', region: 'West' },
]
const known = {
  listings,
  revenue: sums({ a: 3000_00, online: 1000_00 }),
  earlier: sums({ a: 1500_00 }),
  orders: sums({ a: 7 }),
  alerts: [alertSample({ storeId: 'a' }), alertSample({ storeId: 'a', state: 'acknowledged' })],
  fromMs: Date.parse('2026-03-03T00:00Z'),
  toMs: Date.parse('2026-03-03T15:00Z'),
  nowMs: Date.parse('2026-03-03T15:00Z'),
  timeZone: 'UTC',
}

describe('rows', () => {
  test('are all stores that are listed or sold, the largest first', () => {
    const rows = prepareStores(known, 'en')
    expect(rows.map(({ storeId, name, revenue }) => [storeId, name, revenue])).toEqual([
      ['a', 'Agra', 3000_00],
      ['online', 'ONLINE', 1000_00],
      ['b', 'Bhopal', null],
    ])
    expect(rows[0]).toMatchObject({
      isOpen: true,
      change: { text: '+100 %' },
      share: 0.75,
      orders: 7,
      // Five hours open by now, 100 square feet.
      perHour: 600_00,
      perSqft: 30_00,
      openAlerts: 1,
    })
    expect(rows[1]).toMatchObject({
      isOpen: null,
      // All that sold anything before are named.
      change: { way: 'up', text: 'from 0' },
      perHour: null,
      perSqft: null,
      orders: null,
      openAlerts: 0,
    })
  })

  test('of what may be among others before nothing is said', () => {
    const rows = prepareStores({ ...known, earlier: sums({ a: 1500_00, other: 1 }) }, 'en')
    expect(rows[1]).toMatchObject({ storeId: 'online', change: null })
  })

  test('before it opens nothing is said of an hour', () => {
    const early = { ...known, toMs: Date.parse('2026-03-03T09:00Z'), nowMs: Date.parse('2026-03-03T09:00Z') }
    expect(prepareStores(early)[0]).toMatchObject({ perHour: null, isOpen: false })
  })
})

test('stores of a region have its colour', () => {
  const about = { currency: 'INR', span: 'today', than: 'than yesterday', compared: true }
  const spec = rankStores(prepareStores(known), about)
  expect(spec.rows.map(({ key, about: region, to }) => [key, region, to])).toEqual([
    ['a', 'North', '/stores/a'],
    ['online', '', '/stores/online'],
  ])
  expect(spec.legend?.map(({ name }) => name)).toEqual(['No region', 'North'])
  expect(spec.rows[0]?.colour).toBe(spec.legend?.[1]?.colour)
  const bySize = rankStores(prepareStores(known), { ...about, by: 'perSqft' })
  expect(bySize.rows).toMatchObject([{ key: 'a', value: 30_00 }])
  expect(bySize.rows[0]).not.toHaveProperty('share')
  expect(rankStores(prepareStores(known), { ...about, compared: false }).rows[0]).not.toHaveProperty('change')
})

test('the time in which a store is closed is marked', () => {
  const spec = timeSpecOf(seriesSample([1, 2]), { title: '', span: '', name: '', adds: true })
  const hours = (openingHours: string) => ({ storeId: 'a', name: 'a', openingHours, timeZone: 'UTC' })
  // 14:04 and 14:05.
  expect(withClosed(spec, hours('10:00-14:05')).buckets.map(({ closed }) => closed)).toEqual([false, true])
  expect(withClosed(spec, undefined)).toBe(spec)
})
