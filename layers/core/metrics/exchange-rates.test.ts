import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, type Happening } from '#test/fakes/engine-in-test.ts'
import { conversionOf, convertDay, convertMinor, type DatedRate, rateOn } from './exchange-rates.ts'

const rate = (currency: string, per: string, value: string, date = '2026-03-02'): DatedRate => ({
  currency,
  per,
  date,
  rate: value,
  source: undefined,
})

describe('an amount in another currency', () => {
  it.each([
    // 1.25 USD per EUR
    [125, 'USD', 'EUR', rate('USD', 'EUR', '1.25'), 100],
    [100, 'EUR', 'USD', rate('USD', 'EUR', '1.25'), 125],
    [-125, 'USD', 'EUR', rate('USD', 'EUR', '1.25'), -100],
    [0, 'USD', 'EUR', rate('USD', 'EUR', '1.25'), 0],
    // half a cent is rounded away from zero, in both directions; less is not
    [1, 'EUR', 'USD', rate('USD', 'EUR', '0.5'), 1],
    [-1, 'EUR', 'USD', rate('USD', 'EUR', '0.5'), -1],
    [1, 'EUR', 'USD', rate('USD', 'EUR', '0.499999999999'), 0],
    [-1, 'EUR', 'USD', rate('USD', 'EUR', '0.499999999999'), 0],
    // currencies of other fraction digits: 160.5 JPY, 0.331 KWD per EUR
    [200, 'EUR', 'JPY', rate('JPY', 'EUR', '160.5'), 321],
    [321, 'JPY', 'EUR', rate('JPY', 'EUR', '160.5'), 200],
    [100, 'EUR', 'KWD', rate('KWD', 'EUR', '0.331'), 331],
    [331, 'KWD', 'EUR', rate('KWD', 'EUR', '0.331'), 100],
    // what no double holds: 0.1 * 3 is 0.30000000000000004
    [3, 'EUR', 'USD', rate('USD', 'EUR', '0.1'), 0],
    [15, 'EUR', 'USD', rate('USD', 'EUR', '0.1'), 2],
    [9_007_199_254_740_991, 'EUR', 'USD', rate('USD', 'EUR', '1'), 9_007_199_254_740_991],
    [9_007_199_254_740_991, 'EUR', 'USD', rate('USD', 'EUR', '1.1'), Number.NaN],
    [Number.NaN, 'EUR', 'USD', rate('USD', 'EUR', '1'), Number.NaN],
  ])('%d %s in %s at %j is %d', (minor, from, to, at, expected) => {
    expect(convertMinor(minor, from, to, at)).toBe(expected)
  })

  it('is the nearest whole number of minor units', () => {
    const decimals = fc.tuple(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 0, max: 5 }))
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), decimals, (minor, [digits, places]) => {
        const text = (digits / 10 ** places).toFixed(places)
        const exactly = BigInt(minor) * BigInt(text.replace('.', ''))
        const converted = BigInt(convertMinor(minor, 'EUR', 'USD', rate('USD', 'EUR', text)))
        const off = exactly - converted * 10n ** BigInt(places)
        expect(2n * (off < 0n ? -off : off) <= 10n ** BigInt(places)).toBe(true)
      }),
    )
  })
})

describe('the rate of a day', () => {
  const rates = ['2026-03-01', '2026-03-05', '2026-03-03'].map((date) => rate('USD', 'EUR', '1', date))
  it.each([
    ['2026-02-28', undefined],
    ['2026-03-01', '2026-03-01'],
    ['2026-03-02', '2026-03-01'],
    ['2026-03-04', '2026-03-03'],
    ['2026-03-05', '2026-03-05'],
    ['2027-01-01', '2026-03-05'],
  ])('of %s is that of %s', (date, expected) => {
    expect(rateOn(rates, date)?.date).toBe(expected)
  })
})

it('sums of a day are put together; what has no rate stays, and is said', () => {
  const usd = rate('USD', 'EUR', '2')
  const day = convertDay(
    { units: 3, 'gross:EUR': 10, 'gross:USD': 5, 'gross:JPY': 7, 'refunded/other:USD': 2 },
    '2026-03-02',
    'EUR',
    new Map([['USD', [usd]]]),
  )
  expect(day.sums).toEqual({ units: 3, 'gross:EUR': 13, 'refunded/other:EUR': 1, 'gross:JPY': 7 })
  const later = { date: '2026-03-04', sums: { 'gross:JPY': 1, 'charges:JPY': 1 }, used: [] }
  expect(conversionOf([later, day], 'EUR')).toEqual({
    rates: [{ currency: 'USD', per: 'EUR', date: '2026-03-02', rate: '2', source: null }],
    unconverted: [{ currency: 'JPY', from: '2026-03-02', to: '2026-03-04', netRevenue: 9 }],
  })
})

it('rates are kept once, and the last word about a day counts', async () => {
  const said = (value: string, more: object = {}): Happening => ({
    type: 'rate.recorded',
    at: '2026-03-02T10:00:00Z',
    storeId: '-',
    data: { currency: 'USD', per: 'EUR', date: '2026-03-02', rate: value, ...more },
  })
  const engine = await fold([said('1.08'), said('1.09', { source: 'ECB' }), said('1.1', { date: '2026-03-03' })], {
    shards: 2,
  })
  expect(await engine.rows('exchange-rates')).toEqual({
    'm/USD/EUR/2026-03-02': { rate: '1.09', source: 'ECB' },
    'm/USD/EUR/2026-03-03': { rate: '1.1' },
  })
})
