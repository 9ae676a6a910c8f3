import { describe, expect, it, test } from 'vitest'
import type { AlertItem } from '#core/api/alerts.ts'
import { alertSample, NOW } from '../samples/answers.ts'
import { isQuiet, knownIn, newsIn, stacked, toastsOf } from './new-alerts.ts'

const answer = (...items: AlertItem[]) => ({ asOf: NOW, lagMs: 0, window: null, next: null, items })
const critical = (id: string, more: Partial<AlertItem> = {}) =>
  alertSample({ id, severity: 'CRITICAL', changedAt: NOW, ...more })

describe('news', () => {
  const known = knownIn(answer(critical('old'), alertSample({ id: 'worse' })))
  it.each<[string, AlertItem, boolean]>([
    ['opened', critical('new'), true],
    ['was known', critical('old'), false],
    ['became critical', critical('worse'), true],
    ['is a warning', alertSample({ id: 'new', changedAt: NOW }), false],
    ['is somebody’s already', critical('new', { state: 'acknowledged' }), false],
    ['opened long ago', critical('new', { changedAt: '2026-03-03T14:03:11.999Z' }), false],
    ['opened two minutes ago', critical('new', { changedAt: '2026-03-03T14:03:12.000Z' }), true],
  ])('an alert that %s', (_, alert, isNews) => {
    expect(newsIn(known, answer(alert))).toHaveLength(isNews ? 1 : 0)
  })

  it('are said one by one, or together where they are many', () => {
    expect(toastsOf([])).toEqual([])
    const [one] = toastsOf([
      critical('a', { kind: 'OVERSOLD', text: 'Lamp is oversold by 1.', storeName: 'Pink City' }),
    ])
    expect(one).toMatchObject({ title: 'Oversold', text: 'Pink City: Lamp is oversold by 1.', productId: 'B0LAMP' })
    const many = ['a', 'b', 'c', 'd'].map((id) => critical(id))
    expect(toastsOf(many)).toMatchObject([{ title: '4 new critical alerts', productId: null }])
    expect(toastsOf(many.slice(1))).toHaveLength(3)
  })

  it('are stacked newest first, three at most', () => {
    const toast = (id: string) => ({ id, title: '', text: '', productId: null })
    expect(stacked(['b', 'c', 'd'].map(toast), [toast('a')]).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })
})

test.each([
  ['21:59', '22:00', '07:00', false],
  ['22:00', '22:00', '07:00', true],
  ['06:59', '22:00', '07:00', true],
  ['07:00', '22:00', '07:00', false],
  ['12:30', '12:00', '13:00', true],
  ['13:00', '12:00', '13:00', false],
])('%s is in the quiet hours from %s to %s: %s', (clock, from, to, quiet) => {
  expect(isQuiet(clock, { from, to })).toBe(quiet)
  expect(isQuiet(clock, null)).toBe(false)
})
