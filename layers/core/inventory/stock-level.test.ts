import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RefundReason } from '#core/events/sale-refunded.ts'
import { DAY_MS, HOUR_MS } from '#core/metrics/business-time.ts'
import { EngineInTest, fold, type Happening } from '#test/fakes/engine-in-test.ts'
import { RECENT_MOVEMENTS, RECENT_MS, type Stock } from './stock-level.ts'
import { unitsPerDay } from './velocity.ts'

const NOON = Date.parse('2026-03-02T12:00:00Z')
const P = { productId: 'P' }
type At = number
const received = (at: At, quantity: number): Happening => ({ type: 'stock.received', at, data: { ...P, quantity } })
const adjusted = (at: At, quantity: number): Happening => ({ type: 'stock.adjusted', at, data: { ...P, quantity } })
const counted = (at: At, level: number): Happening => ({ type: 'stock.counted', at, data: { ...P, level } })
const priced = (at: At, priceMinor: number): Happening => ({
  type: 'price.changed',
  at,
  data: { ...P, priceMinor, currency: 'INR' },
})
const sold = (at: At, quantity: number, orderId = `O${at}`): Happening => ({
  type: 'sale.recorded',
  at,
  data: { orderId, ...P, quantity, unitPriceMinor: 100, currency: 'INR' },
})
const cancelled = (at: At, quantity: number): Happening => ({
  type: 'sale.cancelled',
  at,
  data: { orderId: `C${at}`, ...P, quantity, unitPriceMinor: 100, currency: 'INR' },
})
const refunded = (at: At, quantity: number, reason: RefundReason = 'changed_mind'): Happening => ({
  type: 'sale.refunded',
  at,
  data: { refundId: `R${at}`, ...P, quantity, amountMinor: 100, currency: 'INR', reason },
})
const setting = (at: At, name: string, value: unknown): Happening => ({
  type: 'setting.changed',
  at,
  storeId: '-',
  data: { name, value },
})
const stockAfter = async (...happenings: Happening[]): Promise<Stock> => (await fold(happenings)).onlyRow('stock')
/** Each as if our door took it at one moment, long after: only the order of arrival and the events' own times count. */
const arriving = (happenings: readonly Happening[]) => happenings.map((h) => ({ ...h, receivedAt: NOON + DAY_MS }))

describe('movements', () => {
  it.each<[string, Happening[], Partial<Stock>]>([
    ['a delivery', [received(NOON, 10)], { onHand: 10, tracked: true, movedAt: NOON }],
    ['a sale', [received(NOON, 10), sold(NOON + 1, 3)], { onHand: 7, movedAt: NOON + 1 }],
    ['a sale of what nobody counted', [sold(NOON, 3)], { onHand: -3, tracked: false }],
    ['a cancellation', [received(NOON, 10), sold(NOON, 3), cancelled(NOON, 2)], { onHand: 9 }],
    ['breakage', [received(NOON, 10), adjusted(NOON, -4)], { onHand: 6 }],
    ['goods found, though nobody counted', [adjusted(NOON, 4)], { onHand: 4, tracked: false }],
    ['an oversell', [received(NOON, 2), sold(NOON, 5)], { onHand: -3 }],
    ['and its repair', [received(NOON, 2), sold(NOON, 5), received(NOON, 10)], { onHand: 7 }],
    ['a late one keeps the time of the newest', [received(NOON, 10), sold(NOON - 5, 3)], { onHand: 7, movedAt: NOON }],
    [
      'a charge moves nothing',
      [
        received(NOON, 1),
        { type: 'charge.recorded', at: NOON, data: { orderId: 'O', code: 'POST', amountMinor: 1, currency: 'INR' } },
      ],
      { onHand: 1 },
    ],
  ])('%s', async (_, happenings, expected) => {
    expect(await stockAfter(...happenings)).toMatchObject(expected)
  })

  it.each<[RefundReason, number]>([
    ['changed_mind', 11],
    ['wrong_item', 11],
    ['not_as_described', 11],
    ['defective', 10],
    ['damaged_shipping', 10],
    ['other', 10],
  ])('what comes back as %s leaves %i, and the other way round where the merchant says so', async (reason, onHand) => {
    expect(await stockAfter(received(NOON, 10), refunded(NOON, 1, reason))).toMatchObject({ onHand })
    const other = setting(NOON, `restock.${reason}`, onHand === 10)
    expect(await stockAfter(received(NOON, 10), other, refunded(NOON, 1, reason))).toMatchObject({
      onHand: 21 - onHand,
    })
  })

  it('are judged by the settings as they stood', async () => {
    const happenings = [
      received(NOON, 10),
      refunded(NOON, 1, 'defective'),
      setting(NOON + 1, 'restock.defective', true),
      refunded(NOON + 2, 1, 'defective'),
      setting(NOON + 3, 'restock.defective', undefined),
      refunded(NOON + 4, 1, 'defective'),
    ]
    expect(await stockAfter(...happenings)).toMatchObject({ onHand: 11 })
  })

  it('of stores and merchants lie apart', async () => {
    const engine = await fold([
      received(NOON, 10),
      { ...received(NOON, 20), storeId: 's2' },
      { ...received(NOON, 30), merchantId: 'm2' },
    ])
    const levels = Object.entries(await engine.rows('stock')).map(([key, { onHand }]) => [key, onHand])
    expect(levels).toEqual([
      ['m/s/P', 10],
      ['m/s2/P', 20],
      ['m2/s/P', 30],
    ])
  })

  it('in any order, and however often each is delivered, give one level and one set of sums', async () => {
    const units = fc.integer({ min: 1, max: 20 })
    const time = fc.integer({ min: NOON - HOUR_MS, max: NOON })
    const movement = fc.oneof(
      fc.tuple(time, units).map(([at, n]) => received(at, n)),
      fc.tuple(time, units).map(([at, n]) => sold(at, n)),
      fc.tuple(time, units).map(([at, n]) => cancelled(at, n)),
      fc.tuple(time, units).map(([at, n]) => refunded(at, n)),
      fc
        .tuple(
          time,
          fc.integer({ min: -9, max: 9 }).filter((n) => n !== 0),
        )
        .map(([at, n]) => adjusted(at, n)),
    )
    const someInOrders = fc.array(movement, { minLength: 1, maxLength: 12 }).chain((some) => {
      const named = arriving(some.map((one, i) => ({ ...one, id: `e${i}` })))
      const again = fc.subarray(named)
      const mixed = again.chain((twice) =>
        fc.shuffledSubarray([...named, ...twice], { minLength: named.length + twice.length }),
      )
      return fc.tuple(fc.constant(named), mixed)
    })
    const outcome = async (happenings: readonly Happening[]) => {
      const engine = await fold(happenings)
      const { onHand, tracked, movedAt }: Stock = await engine.onlyRow('stock')
      return { onHand, tracked, movedAt, cells: await engine.orderlessCells() }
    }
    await fc.assert(
      fc.asyncProperty(someInOrders, async ([inOrder, mixed]) => {
        expect(await outcome(mixed)).toEqual(await outcome(inOrder))
      }),
      { numRuns: 60 },
    )
  })
})

describe('a count', () => {
  it.each<[string, Happening[], Partial<Stock>]>([
    ['sets the level', [counted(NOON, 40)], { onHand: 40, tracked: true, countedAt: NOON, countedDifference: 40 }],
    ['may be below zero', [counted(NOON, -4)], { onHand: -4 }],
    ['books the difference', [received(NOON, 10), counted(NOON + 1, 8)], { onHand: 8, countedDifference: -2 }],
    [
      'adds up differences',
      [counted(NOON, 10), sold(NOON + 1, 1), counted(NOON + 2, 12)],
      { onHand: 12, countedDifference: 13 },
    ],
    ['takes what comes after it', [counted(NOON, 40), sold(NOON + 1, 3)], { onHand: 37 }],
    ['had seen a sale that is heard of late', [counted(NOON, 40), sold(NOON - 1, 3)], { onHand: 40, countedAt: NOON }],
    ['had seen a delivery that is heard of late', [counted(NOON, 40), received(NOON - 1, 9)], { onHand: 40 }],
    ['had seen a return that is heard of late', [counted(NOON, 40), refunded(NOON - 1, 9)], { onHand: 40 }],
    [
      'that comes late leaves later movements be',
      [sold(NOON, 3), counted(NOON - 1, 40)],
      { onHand: 37, countedDifference: 40 },
    ],
    [
      'that is older than the last one says nothing',
      [counted(NOON, 40), counted(NOON - 1, 99)],
      { onHand: 40, countedAt: NOON },
    ],
    ['of the same moment: the log’s order decides', [sold(NOON, 3), counted(NOON, 40)], { onHand: 40 }],
    ['of the same moment, first in the log', [counted(NOON, 40), sold(NOON, 3)], { onHand: 37 }],
    ['of the same moment as another', [counted(NOON, 40), counted(NOON, 41)], { onHand: 41 }],
  ])('%s', async (_, happenings, expected) => {
    expect(await stockAfter(...arriving(happenings))).toMatchObject(expected)
  })

  it.each([
    [RECENT_MS, 1 + 2],
    [RECENT_MS + 1, 2],
  ])('that comes after a movement %i ms newer than another leaves %i be', async (apart, later) => {
    const happenings = [received(NOON - apart, 1), received(NOON, 2), counted(NOON - apart - 1, 100)]
    expect(await stockAfter(...arriving(happenings))).toMatchObject({ onHand: 100 + later })
  })

  it.each([
    [RECENT_MOVEMENTS, RECENT_MOVEMENTS],
    [RECENT_MOVEMENTS + 1, RECENT_MOVEMENTS],
    [3 * RECENT_MOVEMENTS, RECENT_MOVEMENTS],
  ])('that comes after %i movements leaves %i be', async (movements, later) => {
    const happenings = Array.from({ length: movements }, (_, i) => received(NOON + i, 1))
    expect(await stockAfter(...arriving([...happenings, counted(NOON - 1, 100)]))).toMatchObject({
      onHand: 100 + later,
    })
  })

  it('gives what somebody would find who knew everything, within these limits', async () => {
    type Told = { readonly at: number; readonly level?: number; readonly units?: number }
    const time = fc.integer({ min: 0, max: RECENT_MS })
    const told = fc.oneof(
      fc.record({ at: time, level: fc.integer({ min: 0, max: 50 }) }),
      fc.record({ at: time, units: fc.integer({ min: -9, max: 9 }).filter((n) => n !== 0) }),
    ) as fc.Arbitrary<Told>
    /** The log's order decides between two of one moment. */
    const oracle = (all: readonly Told[]): number =>
      all
        .map((one, i) => ({ ...one, i }))
        .sort((a, b) => a.at - b.at || a.i - b.i)
        .reduce((onHand, { level, units = 0 }) => level ?? onHand + units, 0)
    await fc.assert(
      fc.asyncProperty(fc.array(told, { minLength: 1, maxLength: RECENT_MOVEMENTS }), async (all) => {
        const happenings = all.map(({ at, level, units = 0 }) =>
          level === undefined ? adjusted(NOON + at, units) : counted(NOON + at, level),
        )
        expect(await stockAfter(...arriving(happenings))).toMatchObject({ onHand: oracle(all) })
      }),
      { numRuns: 400 },
    )
  })
})

describe('running out', () => {
  const stockOuts = async (...happenings: Happening[]) =>
    Object.values(await (await fold(happenings)).rows('day-by-product')).map(({ sums }) => sums.stockOuts ?? 0)

  it.each<[string, Happening[], number[]]>([
    ['the last one is sold', [received(NOON, 3), sold(NOON, 3)], [1]],
    ['more than the last one', [received(NOON, 3), sold(NOON, 4)], [1]],
    ['one is left', [received(NOON, 3), sold(NOON, 2)], [0]],
    ['it was out already', [received(NOON, 3), sold(NOON, 3), sold(NOON, 1)], [1]],
    ['twice', [received(NOON, 3), sold(NOON, 3), received(NOON, 1), sold(NOON, 1)], [2]],
    ['by a count', [received(NOON, 3), counted(NOON, 0)], [1]],
  ])('%s', async (_, happenings, expected) => {
    expect(await stockOuts(...happenings)).toEqual(expected)
  })
})

describe('the price', () => {
  it('is the newest that was stated', async () => {
    expect(await stockAfter(priced(NOON, 100), priced(NOON + 1, 90))).toMatchObject({ priceMinor: 90, currency: 'INR' })
  })

  it('is not changed back by one that is heard of late', async () => {
    expect(await stockAfter(...arriving([priced(NOON, 90), priced(NOON - 1, 100)]))).toMatchObject({ priceMinor: 90 })
  })

  it('of what nobody ever counted or sold is no reason for an alert', async () => {
    const engine = await fold([priced(NOON, 100)])
    expect(await engine.onlyRow('stock')).toMatchObject({ onHand: 0, tracked: false, priceMinor: 100 })
    expect(await engine.rows('open-alerts')).toEqual({})
  })
})

describe('velocity', () => {
  const rate = async (now: number, ...happenings: Happening[]) => {
    // Asking for it: nothing is sold then, and the row is brought up to this moment.
    const { velocity } = await stockAfter(...happenings, adjusted(now, 1))
    return unitsPerDay(velocity)
  }
  /** Ten a day, in the middle of each day. */
  const tenADay = (days: number, from = NOON) => Array.from({ length: days }, (_, day) => sold(from + day * DAY_MS, 10))

  it('begins when the goods come', async () => {
    const { velocity } = await stockAfter(received(NOON, 100), sold(NOON + 2 * DAY_MS, 10))
    expect(velocity.asOf).toBe(NOON + 2 * DAY_MS)
    // Two days faded to their end: (1 - 2^(-2/7)) * 7 / ln 2.
    expect(velocity.exposureDays).toBeCloseTo(((1 - 2 ** (-2 / 7)) * 7) / Math.LN2, 9)
  })

  it('does not take an empty shelf for a slow product', async () => {
    const week = [received(NOON - DAY_MS, 70), ...tenADay(7)]
    const before = await rate(NOON + 6 * DAY_MS + 1, ...week)
    // Nine days of nothing, then goods again: the rate is what it was.
    const after = await rate(NOON + 15 * DAY_MS, ...week, received(NOON + 15 * DAY_MS - 1, 50))
    expect(after / before).toBeCloseTo(1, 2)
    // Nine days on the shelf without a sale: that is slow.
    const slow = await rate(NOON + 15 * DAY_MS, received(NOON - DAY_MS, 500), ...tenADay(7))
    expect(slow / before).toBeLessThan(0.6)
  })

  it('is of sales alone', async () => {
    const week = [received(NOON - DAY_MS, 500), ...tenADay(7)]
    const alone = await rate(NOON + 7 * DAY_MS, ...week)
    const others = [adjusted(NOON + 3, -40), refunded(NOON + DAY_MS + 3, 5), counted(NOON + 2 * DAY_MS + 3, 300)]
    const mixed = await rate(
      NOON + 7 * DAY_MS,
      ...[...week, ...others].sort((a, b) => (a.at as number) - (b.at as number)),
    )
    expect(mixed).toBeCloseTo(alone, 6)
  })
})

it('tells open screens when a level, an alert, a price or what was booked today changes, and of nothing else', async () => {
  const engine = new EngineInTest()
  const told = async (...happenings: Happening[]) => {
    const before = engine.live.length
    await engine.take(...happenings)
    return engine.live.slice(before).filter(({ topic }) => topic === 'stock').length
  }
  expect(await told(received(NOON, 100))).toBe(1)
  expect(await told(priced(NOON, 5))).toBe(1)
  expect(await told(priced(NOON + 1, 5))).toBe(0)
  expect(await told(refunded(NOON, 1, 'defective'))).toBe(1)
  expect(await told(counted(NOON + 1, 100))).toBe(0)
  expect(await told(counted(NOON + 2, 99))).toBe(1)
})
