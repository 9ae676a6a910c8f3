import { describe, expect, it, test } from 'vitest'
import type { AlertItem } from '#core/api/alerts.ts'
import { alertSample } from '../samples/answers.ts'
import { arithmeticOf, coverText, prepareAlertList } from './prepare-alert-list.ts'

const NO_REGIONS = new Map<string, string>()
const list = (items: readonly AlertItem[], filter = {}, regions: ReadonlyMap<string, string> = NO_REGIONS) =>
  prepareAlertList(items, filter, regions, 'me', 'en')
const idsOf = ({ rows }: ReturnType<typeof list>) => rows.map(({ id }) => id)

describe('the arithmetic', () => {
  const low = (onHand: number, unitsPerDay: number, more: Partial<AlertItem> = {}) =>
    arithmeticOf(alertSample({ now: { onHand, unitsPerDay }, ...more }), 'en')

  it.each<[string, Partial<AlertItem>, string, string]>([
    ['low', {}, '14 left, sells 6.2 a day, 2.3 days of cover: below 3', 'Reorder now.'],
    [
      'held by the hysteresis',
      { now: { onHand: 20, unitsPerDay: 6.2 } },
      '20 left, sells 6.2 a day, 3.2 days of cover: eases at 3.6',
      'Reorder now.',
    ],
    [
      'for hours',
      { severity: 'CRITICAL', belowDays: 1, easesAtDays: 1.2, now: { onHand: 2, unitsPerDay: 6 } },
      '2 left, sells 6 a day, 8 hours of cover: below 1',
      'Reorder now.',
    ],
    [
      'sold out',
      { kind: 'OUT_OF_STOCK', now: { onHand: 0, unitsPerDay: 31.4 }, belowDays: null },
      'None left, sells 31 a day',
      'Reorder it, or take it off sale.',
    ],
    [
      'oversold',
      { kind: 'OVERSOLD', now: { onHand: -1200, unitsPerDay: 0 }, belowDays: null },
      '1,200 more sold than is known to be there',
      'Count the shelf, or restock 1,200.',
    ],
    [
      'over',
      { state: 'resolved', now: null, figures: { onHand: 99, before: 1, unitsPerDay: 1 } },
      '99 left, sells 1 a day, 99 days of cover',
      '',
    ],
  ])('of what is %s', (_, changes, sum, todo) => {
    expect(arithmeticOf(alertSample(changes), 'en')).toMatchObject({ sum, todo })
  })

  it('says how it was when it opened, where that was otherwise', () => {
    expect(low(14, 6.2).earlier).toBe('')
    expect(low(9, 6.2).earlier).toBe('When it opened or got worse: 14 left, sells 6.2 a day, 2.3 days of cover')
  })
})

test.each([
  [3, '3 days'],
  [1, '1 day'],
  [0.99, '24 hours'],
  [0.01, '1 hour'],
])('cover of %d is %s', (days, text) => {
  expect(coverText(days, 'en')).toBe(text)
})

describe('the list', () => {
  it('has the worst first, then the newest', () => {
    const at = (second: number) => `2026-03-03T14:00:0${second}.000Z`
    const items = [
      alertSample({ id: 'low', openedAt: at(9) }),
      alertSample({ id: 'critical', severity: 'CRITICAL', openedAt: at(1) }),
      alertSample({ id: 'newer', severity: 'CRITICAL', openedAt: at(2) }),
      alertSample({ id: 'oversold', kind: 'OVERSOLD', severity: 'CRITICAL', openedAt: at(0) }),
    ]
    expect(idsOf(list(items))).toEqual(['oversold', 'newer', 'critical', 'low'])
  })

  it('has what is over by its end', () => {
    const over = (id: string, resolvedAt: string, changes = {}) =>
      alertSample({ id, state: 'resolved', resolvedAt, ...changes })
    const items = [over('first', '2026-03-03T10:00:00Z', { kind: 'OVERSOLD' }), over('last', '2026-03-03T11:00:00Z')]
    expect(idsOf(list(items))).toEqual(['last', 'first'])
  })

  const items = [
    alertSample({ id: 'a', storeId: 'jaipur', storeName: 'Pink City', category: 'Lamps', severity: 'CRITICAL' }),
    alertSample({ id: 'b', storeId: 'delhi', category: 'Lamps' }),
    alertSample({ id: 'c', storeId: 'delhi', kind: 'OVERSOLD', title: null, productId: 'PEN-1' }),
  ]
  it.each([
    [{}, ['c', 'a', 'b']],
    [{ severity: 'CRITICAL' }, ['a']],
    [{ kind: 'OVERSOLD' }, ['c']],
    [{ store: 'delhi' }, ['c', 'b']],
    [{ region: 'North' }, ['c', 'b']],
    [{ category: 'Lamps' }, ['a', 'b']],
    [{ text: ' pink ' }, ['a']],
    [{ text: 'pen-' }, ['c']],
    [{ store: 'delhi', category: 'Lamps' }, ['b']],
  ])('of %j is %j', (filter, ids) => {
    expect(idsOf(list(items, filter, new Map([['delhi', 'North']])))).toEqual(ids)
  })

  it('says what each choice would leave, given the other ones', () => {
    const prepared = list(items, { store: 'delhi' })
    expect(prepared.stores.map(({ label, count }) => `${label} ${count}`)).toEqual(['delhi 2', 'Pink City 1'])
    expect(prepared.categories.map(({ label, count }) => `${label} ${count}`)).toEqual(['Lamps 1'])
    expect(prepared.kinds.map(({ label, count }) => `${label} ${count}`)).toEqual(['Oversold 1', 'Low 1'])
    expect(prepared.all).toBe(3)
  })

  it('says who acknowledged, as far as that is known', () => {
    const by = (acknowledgedBy: string | null, acknowledgedByName: string | null = null) =>
      list([alertSample({ acknowledgedBy, acknowledgedByName })]).rows[0]!.by
    expect([by(null), by('me', 'Asha'), by('u1', 'Bo'), by('u1')]).toEqual(['', 'you', 'Bo', ''])
  })
})
