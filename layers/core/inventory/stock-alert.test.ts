import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type StockCondition, stockCondition, type Thresholds } from './stock-alert.ts'

const USUAL: Thresholds = { warningDays: 3, criticalDays: 1, hysteresis: 0.2 }
const PER_DAY = 10
const WARNING: StockCondition = { kind: 'LOW_STOCK', severity: 'WARNING' }
const CRITICAL: StockCondition = { kind: 'LOW_STOCK', severity: 'CRITICAL' }
const SOLD_OUT: StockCondition = { kind: 'OUT_OF_STOCK', severity: 'CRITICAL' }
const OVERSOLD: StockCondition = { kind: 'OVERSOLD', severity: 'CRITICAL' }

describe('stockCondition at ten sold a day', () => {
  it.each<[number, string, StockCondition | undefined, StockCondition | undefined]>([
    [31, 'calm', undefined, undefined],
    [30, 'calm', undefined, undefined], // three days exactly
    [29, 'calm', undefined, WARNING],
    [10, 'calm', undefined, WARNING], // one day exactly
    [9, 'calm', undefined, CRITICAL],
    [1, 'calm', undefined, CRITICAL],
    [0, 'calm', undefined, SOLD_OUT],
    [-1, 'calm', undefined, OVERSOLD],
    [30, 'a warning', WARNING, WARNING],
    [35, 'a warning', WARNING, WARNING],
    [36, 'a warning', WARNING, undefined], // a fifth above three days
    [10, 'a warning', WARNING, WARNING],
    [9, 'a warning', WARNING, CRITICAL],
    [0, 'a warning', WARNING, SOLD_OUT],
    [11, 'critical', CRITICAL, CRITICAL],
    [12, 'critical', CRITICAL, WARNING], // a fifth above one day
    [35, 'critical', CRITICAL, WARNING],
    [36, 'critical', CRITICAL, undefined],
    [-1, 'critical', CRITICAL, OVERSOLD],
    [30, 'sold out', SOLD_OUT, undefined],
    [29, 'sold out', SOLD_OUT, WARNING],
    [10, 'sold out', SOLD_OUT, WARNING],
    [0, 'oversold', OVERSOLD, SOLD_OUT],
    [10, 'oversold', OVERSOLD, WARNING],
  ])('%i on hand after %s', (onHand, _, before, after) => {
    expect(stockCondition(onHand, PER_DAY, before, USUAL)).toEqual(after)
  })

  it('is calm about what nobody buys, until nothing is left', () => {
    expect(stockCondition(1, 0, undefined, USUAL)).toBeUndefined()
    expect(stockCondition(1, 0, CRITICAL, USUAL)).toBeUndefined()
    expect(stockCondition(0, 0, undefined, USUAL)).toEqual(SOLD_OUT)
  })

  it.each([
    [{ warningDays: 0, criticalDays: 0 }, 1, undefined],
    [{ warningDays: 5 }, 49, WARNING],
    [{ warningDays: 5 }, 50, undefined],
    [{ criticalDays: 2.5 }, 24, CRITICAL],
    [{ criticalDays: 4 }, 35, CRITICAL], // above the warning: it is critical at once
  ])('by %j with %i on hand', (own, onHand, expected) => {
    expect(stockCondition(onHand, PER_DAY, undefined, { ...USUAL, ...own })).toEqual(expected)
  })

  it('does not flap: where it stays within the band above a threshold, it changes once', () => {
    const around = (low: number, high: number) =>
      fc.array(fc.integer({ min: low, max: high }), { minLength: 20, maxLength: 60 })
    const changes = (levels: readonly number[]) => {
      let before: StockCondition | undefined
      let count = 0
      for (const onHand of levels) {
        const now = stockCondition(onHand, PER_DAY, before, USUAL)
        if (now?.kind !== before?.kind || now?.severity !== before?.severity) count++
        before = now
      }
      return count
    }
    fc.assert(fc.property(around(27, 35), (levels) => changes(levels) <= 1))
    fc.assert(fc.property(around(8, 11), (levels) => changes(levels) <= 2)) // to a warning perhaps, then critical
  })

  it('gets no better by less stock, whatever was before', () => {
    const rank = (condition: StockCondition | undefined) =>
      [undefined, WARNING, CRITICAL, SOLD_OUT, OVERSOLD].findIndex(
        (one) => one?.kind === condition?.kind && one?.severity === condition?.severity,
      )
    const before = fc.constantFrom(undefined, WARNING, CRITICAL, SOLD_OUT, OVERSOLD)
    const level = fc.integer({ min: -5, max: 60 })
    fc.assert(
      fc.property(level, level, before, fc.double({ min: 0, max: 50, noNaN: true }), (a, b, was, perDay) => {
        const [less, more] = a < b ? [a, b] : [b, a]
        expect(rank(stockCondition(less, perDay, was, USUAL))).toBeGreaterThanOrEqual(
          rank(stockCondition(more, perDay, was, USUAL)),
        )
      }),
    )
  })
})
