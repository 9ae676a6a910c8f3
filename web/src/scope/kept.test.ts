import { expect, it } from 'vitest'
import { earlierKept, type NotKept, notKept, type Split } from './kept.ts'
import type { Scope } from './scope.ts'

it.each<[Split, Partial<Scope>, boolean, boolean, NotKept | undefined]>([
  ['product', {}, false, false, undefined],
  ['product', {}, false, true, 'only-today'],
  ['product', {}, true, true, undefined],
  ['product', { store: 's' }, false, false, 'only-today'],
  ['category', { region: 'r' }, false, false, 'only-today'],
  ['category', { region: 'r' }, true, false, undefined],
  ['store', {}, false, true, undefined],
  ['channel', { store: 's' }, false, false, undefined],
  ['store', { category: 'c' }, false, false, 'category-by-store'],
  ['channel', { category: 'c' }, true, true, 'category-by-store'],
  ['reason', { category: 'c' }, false, false, undefined],
  ['total', { category: 'c' }, false, true, 'only-today'],
  ['total', { store: 's' }, false, true, undefined],
])('by %s of %j, today %s, some stores %s: %s', (by, scope, isToday, someStores, expected) => {
  expect(notKept({ scope, span: { isToday }, someStores }, by)).toBe(expected)
})

it.each([
  ['2026-03-09T08:41:00Z', '2026-03-09T08:41:00Z'],
  ['2026-03-03T12:01:00Z', '2026-03-03T12:01:00Z'],
  ['2026-03-03T11:59:00Z', '2026-03-03T12:00:00Z'],
  ['2026-02-01T08:41:00Z', '2026-02-01T08:45:00Z'],
  ['2026-02-01T08:45:00Z', '2026-02-01T08:45:00Z'],
])('an earlier span to %s is asked for to %s', (to, asked) => {
  const earlier = { from: '2026-01-01T00:00:00Z', to, label: 'before' }
  expect(earlierKept(earlier, Date.parse('2026-03-10T12:00:00Z'))).toEqual({ ...earlier, to: asked })
})
