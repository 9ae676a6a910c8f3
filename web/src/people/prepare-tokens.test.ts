import { expect, test } from 'vitest'
import type { TokenItem } from '#core/api/people.ts'
import { expiryOf, prepareTokens, TOKEN_LIVES, wordsOfRight } from './prepare-tokens.ts'

const NOW = Date.parse('2026-03-03T12:00:00.000Z')
const token = (changes: Partial<TokenItem> = {}): TokenItem => ({
  id: 't1',
  label: 'stock sync',
  person: 'me',
  scopes: null,
  stores: null,
  origins: null,
  createdAt: '2026-03-01T00:00:00.000Z',
  usedAt: '2026-03-01T00:00:00.000Z',
  expiresAt: null,
  ...changes,
})
const reader = {
  selfId: 'me',
  people: new Map([['p1', 'Asha']]),
  storeNames: new Map([['s1', 'Pune']]),
  nowMs: NOW,
  timeZone: 'UTC',
}

test('one’s own token that may do everything', () => {
  expect(prepareTokens([token()], reader)).toEqual([
    {
      id: 't1',
      label: 'stock sync',
      whose: '',
      scopes: [],
      stores: 'All stores',
      lastUsed: 'Never used',
      expires: 'Never expires',
      isOver: false,
    },
  ])
})

test('another’s, for one thing in one store', () => {
  const [row] = prepareTokens(
    [token({ person: 'p1', scopes: ['events:send'], stores: ['s1'], usedAt: '2026-03-02T00:00:00.000Z' })],
    reader,
  )
  expect(row).toMatchObject({
    whose: 'Asha',
    scopes: ['Send events and import files'],
    stores: 'Pune',
    lastUsed: 'Last used 2 March 2026',
  })
})

test('whose token it is stays an id where nobody knows the name', () => {
  expect(prepareTokens([token({ person: 'p9' })], reader)[0]?.whose).toBe('p9')
})

test.each([
  ['2026-03-03T12:00:00.000Z', true, 'Expired 3 March 2026'],
  ['2026-03-03T12:00:00.001Z', false, 'Expires 3 March 2026'],
])('one that ends at %s at noon: over is %s', (expiresAt, isOver, expires) => {
  expect(prepareTokens([token({ expiresAt })], reader)[0]).toMatchObject({ isOver, expires })
})

test('the newest stands first', () => {
  const older = token({ id: 'older', createdAt: '2026-02-01T00:00:00.000Z' })
  expect(prepareTokens([older, token()], reader).map(({ id }) => id)).toEqual(['t1', 'older'])
})

test('a right of a newer engine keeps its name', () => {
  expect(wordsOfRight('moon:land')).toBe('Moon:land')
})

test.each(TOKEN_LIVES.map(({ value, days }) => [value, days] as const))('a life of %s is %s days', (value, days) => {
  const expected = days === null ? undefined : new Date(NOW + days * 86_400_000).toISOString()
  expect(expiryOf(value, NOW)).toBe(expected)
})
