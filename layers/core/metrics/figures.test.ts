import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COUNT_MEASURES, MONEY_MEASURES, metricsAnswer } from '#core/api/metrics.ts'
import type { Cell } from './cells.ts'
import { addDistinct, type Distinct, EMPTY_DISTINCT } from './distinct-sketch.ts'
import { addCells, countOf, currenciesIn, figuresOf, lessSums, moneyOf, type SpanCells, sumOf } from './figures.ts'

const people = (...names: string[]): Distinct => names.reduce(addDistinct, EMPTY_DISTINCT)
const cell = (sums: Record<string, number>, ...names: string[]): Cell =>
  names.length === 0 ? { sums } : { sums, customers: people(...names) }
const span = (sums: Record<string, number>, ...names: string[]): SpanCells => ({
  by: 'total',
  all: cell(sums, ...names),
  oldCarts: cell(sums),
  knowsPeople: true,
})
const NOTHING = span({})
/** Two orders: 300.00 gross, 20.00 off, 30.00 back, 50.00 called off, 10.00 postage. */
const DAY = span(
  {
    orders: 2,
    units: 3,
    views: 8,
    'gross:INR': 30000,
    'discount:INR': 2000,
    'tax:INR': 1500,
    'refunded:INR': 3000,
    'cancelled:INR': 5000,
    'charges:INR': 1000,
    refunds: 1,
    'refunds/defective': 1,
    'refunded/defective:INR': 3000,
  },
  'ann',
  'bob',
)

describe('moneyOf', () => {
  it.each([
    ['grossRevenue', 30000],
    ['discounts', 2000],
    ['tax', 1500],
    ['refundAmount', 3000],
    ['cancelledAmount', 5000],
    ['charges', 1000],
    ['goodsRevenue', 30000 - 2000 - 3000 - 5000],
    ['netRevenue', 30000 - 2000 - 3000 - 5000 + 1000],
    ['averageOrderValue', 14000],
  ] as const)('%s is %i', (measure, expected) => {
    expect(moneyOf(measure, 'INR', DAY.all.sums)).toBe(expected)
  })

  it('is zero where nothing was, and no average of no orders', () => {
    for (const measure of MONEY_MEASURES) {
      expect(moneyOf(measure, 'INR', {})).toBe(measure === 'averageOrderValue' ? null : 0)
    }
  })

  it.each([
    [2, 3, 2], // 1.5
    [3, 10, 3], // 3.33
    [3, 11, 4], // 3.67
  ])('rounds an average over %i orders of %i to %i', (orders, gross, average) => {
    expect(moneyOf('averageOrderValue', 'INR', { orders, 'gross:INR': gross })).toBe(average)
  })
})

describe('countOf', () => {
  it.each([
    ['orders', DAY, 2],
    ['units', DAY, 3],
    ['clicks', DAY, 0],
    ['conversion', DAY, 0.25],
    ['conversion', span({ orders: 2 }), null],
    ['conversion', span({ views: 4 }), 0],
    ['activeCustomers', DAY, 2],
    ['activeCustomers', NOTHING, 0],
    ['abandonedCarts', span({ carts: 9, followedCarts: 5, cartsBought: 2 }), 3],
    ['abandonedCarts', NOTHING, 0],
  ] as const)('%s', (measure, cells, expected) => {
    expect(countOf(measure, cells)).toBe(expected)
  })

  it('counts as abandoned only carts that have had their time', () => {
    const cells: SpanCells = {
      ...NOTHING,
      all: cell({ carts: 5, followedCarts: 5, cartsBought: 2 }),
      oldCarts: cell({ followedCarts: 4, cartsBought: 1 }),
    }
    expect(countOf('abandonedCarts', cells)).toBe(3)
    expect(countOf('carts', cells)).toBe(5)
  })
})

describe('sums of cells', () => {
  it('add measures and join people', () => {
    const sum = sumOf([cell({ a: 1 }, 'ann'), cell({ b: 2 }), cell({ a: 3 }, 'ann', 'bob')])
    expect(sum).toEqual(cell({ a: 4, b: 2 }, 'ann', 'bob'))
    expect(sumOf([])).toEqual({ sums: {} })
    expect(addCells(cell({ a: 1 }), cell({ a: -1 }))).toEqual({ sums: {} })
  })

  it('know their currencies, in order', () => {
    const sums = { 'gross:USD': 1, 'refunded/other:JPY': 2, orders: 3, 'charges:INR': 4, 'tax:USD': 5 }
    expect(currenciesIn(sums)).toEqual(['INR', 'JPY', 'USD'])
    expect(currenciesIn({})).toEqual([])
  })
})

describe('figuresOf', () => {
  it('puts a span beside the same a day and a week earlier', () => {
    const figures = figuresOf(DAY, span({ orders: 1, 'gross:INR': 700 }), NOTHING, 'INR')
    expect(figures.counts.orders).toEqual({ value: 2, dayEarlier: 1, weekEarlier: 0 })
    expect(figures.counts.conversion).toEqual({ value: 0.25, dayEarlier: null, weekEarlier: null })
    expect(figures.money.INR!.averageOrderValue).toEqual({ value: 14000, dayEarlier: 700, weekEarlier: null })
    expect(figures.money.INR!.netRevenue).toEqual({ value: 21000, dayEarlier: 700, weekEarlier: 0 })
    expect(figures.refundReasons).toEqual([{ reason: 'defective', count: 1, amounts: { INR: 3000 } }])
    expect(figures.activeCustomersExact).toBe(true)
  })

  it('shows the merchant’s currency first, though nothing was sold in it, and every other apart', () => {
    const today = span({ orders: 1, 'gross:USD': 500 })
    const figures = figuresOf(today, span({ orders: 1, 'gross:JPY': 9 }), NOTHING, 'INR')
    expect(Object.keys(figures.money)).toEqual(['INR', 'USD', 'JPY'])
    expect(figures.money.USD!.grossRevenue).toEqual({ value: 500, dayEarlier: 0, weekEarlier: 0 })
    expect(figures.money.JPY!.grossRevenue).toEqual({ value: 0, dayEarlier: 9, weekEarlier: 0 })
  })

  it('says no average where orders were in several currencies', () => {
    const mixed = span({ orders: 2, 'gross:USD': 500, 'gross:INR': 100 })
    const { money } = figuresOf(mixed, DAY, NOTHING, 'INR')
    expect(money.INR!.averageOrderValue).toEqual({ value: null, dayEarlier: 14000, weekEarlier: null })
    expect(money.USD!.averageOrderValue.value).toBeNull()
  })

  it('names reasons of refunds that there were, each with its amounts', () => {
    const sums = {
      'refunds/other': 2,
      'refunded/other:INR': 5,
      'refunded/other:USD': 6,
      'refunds/defective': 1,
      'refunded/defective:USD': 7,
    }
    expect(figuresOf(span(sums), NOTHING, NOTHING, 'INR').refundReasons).toEqual([
      { reason: 'defective', count: 1, amounts: { INR: 0, USD: 7 } },
      { reason: 'other', count: 2, amounts: { INR: 5, USD: 6 } },
    ])
  })

  it('has every measure that the answer declares', () => {
    const figures = figuresOf(NOTHING, NOTHING, NOTHING, 'INR')
    expect(Object.keys(figures.counts)).toEqual([...COUNT_MEASURES])
    expect(Object.keys(figures.money.INR!)).toEqual([...MONEY_MEASURES])
    const rest = {
      asOf: '',
      lagMs: 0,
      mode: 'live',
      window: { from: '', to: '', timeZone: 'UTC' },
      scope: { by: 'total' },
      reporting: null,
    }
    expect(metricsAnswer.parse({ ...rest, ...figures })).toEqual({ ...rest, ...figures })
  })

  it('says so when customers are too many to be counted exactly', () => {
    const many = Array.from({ length: 300 }, (_, i) => `c${i}`)
    const { counts, activeCustomersExact } = figuresOf(span({}, ...many), NOTHING, NOTHING, 'INR')
    expect(activeCustomersExact).toBe(false)
    expect(Math.abs(counts.activeCustomers.value! - 300)).toBeLessThan(30)
  })
})

describe('sums of many cells', () => {
  const anyCell = fc
    .record({
      sums: fc.dictionary(
        fc.constantFrom('units', 'gross:INR', 'gross:EUR', 'refunds/other'),
        fc.integer({ min: -9, max: 9 }),
      ),
      people: fc.array(fc.constantFrom('ann', 'bob', 'cid', 'dan'), { maxLength: 3 }),
    })
    .map(({ sums, people }) => cell(Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0)), ...people))

  it('are those of adding one to the other', () => {
    fc.assert(
      fc.property(fc.array(anyCell, { maxLength: 8 }), (cells) => {
        expect(sumOf(cells)).toEqual(cells.reduce(addCells, { sums: {} }))
      }),
    )
  })

  it('without a part are those of the others', () => {
    fc.assert(
      fc.property(fc.array(anyCell, { maxLength: 5 }), fc.array(anyCell, { maxLength: 5 }), (part, others) => {
        expect(lessSums(sumOf([...part, ...others]), sumOf(part)).sums).toEqual(sumOf(others).sums)
      }),
    )
  })

  it('too much to hold exactly are unknown, whatever is added after', () => {
    const most = Number.MAX_SAFE_INTEGER
    expect(sumOf([cell({ a: most }), cell({ a: 1 }), cell({ a: -most })]).sums.a).toBeNaN()
  })
})
