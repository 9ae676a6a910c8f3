import { describe, expect, it } from 'vitest'
import type { Folded } from '#core/projection.ts'
import { fold, type Happening } from '#test/fakes/engine-in-test.ts'
import { isBackfill, isLate, WATERMARK_DELAY_MS } from './watermark.ts'

const TEN = Date.parse('2026-03-02T10:00:00Z')
const MIN = 60_000
const event = (at: number, source = 'pos') => ({ at, source }) as Folded

describe('isLate', () => {
  // The minute of 10:00:30 ends at 10:01; the watermark passes that when the newest is of 10:06.
  it.each([
    [6 * MIN - 1, false],
    [6 * MIN, true],
    [60 * MIN, true],
    [0, false],
  ])('when the newest is %i ms after ten: %j', (newest, late) => {
    expect(isLate(event(TEN + MIN / 2), { newestAt: TEN + newest }, { at: 0 })).toBe(late)
  })

  it.each([
    [0, true],
    [MIN - 1, true],
    [MIN, false],
  ])('of an event %i ms after ten, when it is six past: %j', (at, late) => {
    expect(isLate(event(TEN + at), { newestAt: TEN + 6 * MIN }, { at: 0 })).toBe(late)
  })

  it('when time alone has passed', () => {
    expect(isLate(event(TEN), { newestAt: 0 }, { at: TEN + 6 * MIN })).toBe(true)
    expect(isLate(event(TEN), { newestAt: 0 }, { at: TEN + 6 * MIN - 1 })).toBe(false)
  })

  it('is a matter of the order within history that is brought in, whatever the time is now', () => {
    const old = event(TEN, 'import:online-retail')
    expect(isLate(old, { newestAt: TEN }, { at: TEN + 999 * MIN })).toBe(false)
    expect(isLate(old, { newestAt: TEN + 6 * MIN }, { at: 0 })).toBe(true)
  })

  it('waits five minutes', () => {
    expect(WATERMARK_DELAY_MS).toBe(5 * MIN)
  })
})

it.each([
  ['import:online-retail', true],
  ['simulator', true],
  ['important-bazaar', false],
  ['pos', false],
  ['', false],
])('%j is history: %j', (source, expected) => {
  expect(isBackfill(source)).toBe(expected)
})

describe('the watermark', () => {
  const view = (at: number, more: Partial<Happening> = {}): Happening => ({
    type: 'product.viewed',
    at,
    data: { productId: 'P' },
    ...more,
  })
  const newest = async (...happenings: Happening[]) => (await fold(happenings)).rows('watermarks')

  it('is the newest time of its merchant’s events in its shard', async () => {
    expect(await newest(view(TEN), view(TEN + 5), view(TEN + 3), view(TEN + 9, { merchantId: 'm2' }))).toEqual({
      'm/0': { newestAt: TEN + 5 },
      'm2/0': { newestAt: TEN + 9 },
    })
  })

  it('is never ahead of the door’s clock', async () => {
    expect(await newest(view(TEN + 4 * MIN, { receivedAt: TEN }))).toEqual({ 'm/0': { newestAt: TEN } })
  })

  it('is moved by trade alone', async () => {
    const listing = { productId: 'P', title: 'P' }
    expect(await newest({ type: 'product.listed', at: TEN, storeId: '-', data: listing })).toEqual({})
  })
})

describe('a late event', () => {
  const sale = (at: number, more: object = {}): Happening => ({
    type: 'sale.recorded',
    at,
    data: {
      orderId: `O${at}`,
      productId: 'P',
      quantity: 1,
      unitPriceMinor: 100,
      currency: 'INR',
      customer: 'c',
      ...more,
    },
  })
  const lateIn = async (...happenings: Happening[]) =>
    Object.fromEntries(
      Object.entries(await (await fold(happenings)).rows('minute-by-total')).map(([key, { sums }]) => [
        new Date(Number(key.split('/')[1])).toISOString().slice(11, 16),
        sums.late ?? 0,
      ]),
    )

  it('counts, and is counted once, in its own minute', async () => {
    const late = { ...sale(TEN), receivedAt: TEN + 10 * MIN }
    // It is new, of a new customer, and runs the product out: still one event.
    const stock: Happening = { type: 'stock.received', at: TEN - MIN, data: { productId: 'P', quantity: 1 } }
    expect(await lateIn(stock, sale(TEN + 10 * MIN, { productId: 'Q', customer: 'd' }), late)).toEqual({
      '10:00': 1,
      '10:10': 0,
    })
  })

  it('does not make the minute late that a count was moved from', async () => {
    const first = sale(TEN + 2 * MIN, { orderId: 'O' })
    const earlier = { ...sale(TEN, { orderId: 'O' }), receivedAt: TEN + 30 * MIN }
    const newest = sale(TEN + 30 * MIN, { customer: 'd' })
    expect(await lateIn(first, newest, earlier)).toEqual({ '10:00': 1, '10:02': 0, '10:30': 0 })
  })

  it('is late by the tick too', async () => {
    const tick: Happening = { type: 'time.passed', at: TEN + 6 * MIN, merchantId: '-', storeId: '-' }
    expect(await lateIn(tick, { ...sale(TEN), receivedAt: TEN + 6 * MIN })).toEqual({ '10:00': 1 })
    expect(await lateIn({ ...tick, at: TEN + 6 * MIN - 1 }, { ...sale(TEN), receivedAt: TEN + 6 * MIN })).toEqual({
      '10:00': 0,
    })
  })
})
