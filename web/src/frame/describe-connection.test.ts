import { expect, test } from 'vitest'
import { NOT_CONNECTED } from '../reach/connection-state.ts'
import { describeConnection } from './describe-connection.ts'

test.each([
  ['live', 0, 'Live', false],
  ['live', 14_999, 'Live', false],
  ['live', 15_000, 'No answer', true],
  ['connecting', 0, 'Connecting', false],
  ['reconnecting', 4000, 'Reconnecting', false],
  ['reconnecting', 15_000, 'Offline', true],
  ['offline', 4000, 'Not live', false],
  ['offline', 15_000, 'Offline', true],
  ['paused', 0, 'Paused', true],
] as const)('%s, figures of %d ms ago: %s', (phase, ageMs, word, stale) => {
  expect(describeConnection({ ...NOT_CONNECTED, phase }, ageMs)).toMatchObject({ word, stale })
})
