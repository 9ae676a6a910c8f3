import { expect, test } from 'vitest'
import type { AlertItem, AlertsAnswer } from '#core/api/alerts.ts'
import { alertSample, NOW } from '../samples/answers.ts'
import { acknowledgedIn, restoredIn } from './acknowledge-alert.ts'

const answer = (...items: AlertItem[]): AlertsAnswer => ({ asOf: NOW, lagMs: 0, window: null, next: null, items })
const states = ({ items }: AlertsAnswer) => items.map(({ id, state }) => `${id} ${state}`)

test('the one alert is acknowledged, and open again when that was refused', () => {
  const before = answer(alertSample({ id: 'a' }), alertSample({ id: 'b' }))
  const after = acknowledgedIn(before, 'b', NOW)
  expect(states(after)).toEqual(['a open', 'b acknowledged'])
  expect(after.items[1]?.acknowledgedAt).toBe(NOW)
  expect(restoredIn(after, before, 'b')).toEqual(before)
})

test('what was acknowledged by somebody else keeps their time', () => {
  const theirs = alertSample({ id: 'a', state: 'acknowledged', acknowledgedAt: 'then', acknowledgedBy: 'Asha' })
  expect(acknowledgedIn(answer(theirs), 'a', NOW).items).toEqual([theirs])
})

test('an alert that was resolved meanwhile does not come back', () => {
  const before = answer(alertSample({ id: 'a' }))
  expect(restoredIn(answer(), before, 'a').items).toEqual([])
})
