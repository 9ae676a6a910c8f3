import { describe, expect, it } from 'vitest'
import type { ReorderItem, ReordersAnswer } from '#core/api/reorders.ts'
import {
  chanceText,
  costText,
  dayText,
  decisionText,
  joined,
  lineNote,
  lineValue,
  onlyCurrency,
} from './prepare-reorders.ts'

describe('numbers of a proposal', () => {
  it.each([
    [0, '0 %'],
    [0.004, '< 1 %'],
    [0.01, '1 %'],
    [0.184, '18 %'],
    [1, '100 %'],
  ])('a chance of %d is %s', (share, text) => expect(chanceText(share, 'en-US')).toBe(text))

  it.each([
    [{ what: 'service-level', value: 0.985, unit: 'share', productClass: 'AX' }, '98.5 %', 'class AX'],
    [{ what: 'lead-days', value: 4.25, unit: 'days', orders: 31 }, '4.3 days', 'from 31 orders'],
    [{ what: 'lead-days', value: 7, unit: 'days', orders: 0 }, '7 days', 'nothing of this supplier has come yet'],
    [{ what: 'review-days', value: 1, unit: 'days' }, '1 day', ''],
    [{ what: 'on-hand', value: 1234, unit: 'units' }, '1,234', ''],
    [{ what: 'cost', value: 750_000, unit: 'minor' }, '7,500.00 INR', ''],
  ] as const)('%j', (line, value, note) => {
    expect([lineValue(line, 'INR', 'en-US'), lineNote(line)]).toEqual([value, note])
  })
  it('a cost that nobody knows is no zero', () =>
    expect([costText(null, 'INR'), costText(0, 'INR', 'en-US')]).toEqual(['not known', '0.00 INR']))
  it('a date is that day wherever one is', () => expect(dayText('2026-03-01')).toBe('1 Mar'))
})

it('a proposal that moved between two pages is there once, as it was read last', () => {
  const page = (...ids: [string, number][]) =>
    ({ items: ids.map(([id, version]) => ({ id, version })) }) as unknown as ReordersAnswer
  expect(joined([page(['a', 1], ['b', 1]), page(['b', 2], ['c', 1])]).map(({ id, version }) => [id, version])).toEqual([
    ['a', 1],
    ['b', 2],
    ['c', 1],
  ])
})

it('amounts in two currencies have no one currency', () => {
  expect(onlyCurrency([{ currency: 'INR' }, { currency: 'INR' }])).toBe('INR')
  expect([onlyCurrency([{ currency: 'INR' }, { currency: 'EUR' }]), onlyCurrency([])]).toEqual([null, null])
})

it.each([
  ['open', null, ''],
  ['snoozed', { until: '2026-03-09', reason: 'A fair' }, 'Put off until 9 Mar: A fair'],
  ['accepted', { quantity: 24, purchaseOrderId: 'reorder-1' }, 'Ordered 24, as reorder-1'],
  ['dismissed', { reason: 'Sold off' }, 'Dismissed: Sold off'],
  // Its day has come: what was decided once is over.
  ['open', { until: '2026-03-01', reason: 'A fair' }, ''],
])('%s: %j', (state, decision, said) =>
  expect(decisionText({ state, decision, quantity: 30 } as unknown as ReorderItem, 'en-US')).toBe(said),
)
