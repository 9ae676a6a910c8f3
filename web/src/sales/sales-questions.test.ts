import { describe, expect, it } from 'vitest'
import type { SalesMeasure } from './sales-measure.ts'
import {
  type Asked,
  heatDays,
  heatQuestion,
  notAsked,
  overTimeQuestion,
  type Split,
  splitQuestion,
  windowOf,
} from './sales-questions.ts'

const DAY_MS = 24 * 3_600_000
const from = '2026-03-02T00:00:00Z'
const asked = (more: Partial<Asked> = {}): Asked => ({
  measure: 'net',
  scope: {},
  span: { from, to: undefined, fromMs: Date.parse(from), toMs: null, days: 1, isToday: true },
  someStores: false,
  ...more,
})
const days = (n: number) => ({ ...asked().span, days: n, isToday: n === 1 })

it.each<[SalesMeasure, Split, Asked['scope'], string | undefined]>([
  ['orders', 'product', {}, 'orders-of-product'],
  ['orders', 'category', {}, 'orders-of-product'],
  ['orders', 'store', { category: 'c' }, 'orders-of-product'],
  ['orders', 'store', {}, undefined],
  ['net', 'store', { category: 'c' }, 'category-by-store'],
  ['net', 'product', { category: 'c' }, undefined],
])('%s by %s of %j: %s', (measure, split, scope, expected) => {
  expect(notAsked(asked({ measure, scope }), split)).toBe(expected)
})

it('asks for the whole span at once, and for an earlier one', () => {
  expect(splitQuestion(asked({ scope: { store: 's' } }), 'channel')).toEqual({
    ...{ measure: 'netRevenue', by: 'channel', window: 'span', from, store: 's' },
  })
  expect(splitQuestion(asked({ measure: 'units' }), 'store', { from: 'a', to: 'b' })).toEqual({
    ...{ measure: 'units', by: 'store', window: 'span', from: 'a', to: 'b' },
  })
})

it.each([
  [1, 'hour'],
  [2, 'hour'],
  [3, 'day'],
  [124, 'day'],
  [125, 'month'],
])('%i days are drawn by the %s', (n, window) => {
  expect(windowOf(n)).toBe(window)
})

it.each([
  [{}, false, true],
  [{ category: 'c' }, false, true],
  [{ store: 's' }, false, false],
  [{ region: 'r' }, false, false],
  [{}, true, false],
])('products of %j, some stores %s, are known over time: %s', (scope, someStores, known) => {
  expect(overTimeQuestion(asked({ scope, someStores })) !== undefined).toBe(known)
})

describe('the heat map', () => {
  it.each([
    [1, 28],
    [6, 28],
    [7, 7],
    [60, 60],
    [90, 60],
  ])('of %i days is about %i', (n, expected) => {
    expect(heatDays({ days: n })).toBe(expected)
    const { from: begin, window } = heatQuestion(asked({ span: days(n) }))
    expect([(Date.parse(from) - Date.parse(begin!)) / DAY_MS, window]).toEqual([expected - n, 'hour'])
  })
})
