import { expect, test } from 'vitest'
import { prepareHeld, problemText } from './prepare-held.ts'

const NOW = Date.parse('2026-03-02T10:00:00Z')
const problem = { field: 'data.price', message: 'is not a number' }

test.each([
  [problem, 'data.price is not a number'],
  [{ field: '', message: 'no price is stated' }, 'No price is stated'],
  [
    { field: 'data.x', message: 'Too small: expected number to be >=1' },
    'data.x: Too small: expected number to be >=1',
  ],
])('%j', (given, text) => {
  expect(problemText(given)).toBe(text)
})

test('a document says its first reason, how many more, when, and how often it was tried', () => {
  const item = { id: '0-0000000000000007', status: 'held' as const, heldAt: '2026-03-02T09:00:00Z' }
  const rows = prepareHeld(
    [
      { ...item, attempts: 2, problems: [problem, problem, problem] },
      { ...item, attempts: 0, problems: [] },
    ],
    NOW,
    'UTC',
  )
  expect(rows.map(({ reason, more, at, attempts }) => [reason, more, at, attempts])).toEqual([
    ['data.price is not a number', 'and 2 more', '09:00:00', '2 tries'],
    ['No reason is known', '', '09:00:00', ''],
  ])
})
