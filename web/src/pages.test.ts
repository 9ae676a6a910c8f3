import { expect, test } from 'vitest'
import type { Right } from '#core/access/rights.ts'
import { pages, pagesFor } from './pages.ts'

const own: Right[] = ['account:manage', 'catalogue:read']

test.each<[who: string, rights: Right[], sees: string[], not: string[]]>([
  [
    'an owner',
    ['figures:read', 'users:manage', 'audit:read', ...own],
    ['Overview', 'Inventory', 'Audit', 'Users and access', 'Account'],
    ['Home'],
  ],
  [
    'an analyst',
    ['figures:read', 'audit:read', ...own],
    ['Overview', 'Inventory', 'Audit', 'Account'],
    ['Users and access'],
  ],
  ['a store manager', ['figures:read', ...own], ['Overview', 'Alerts', 'Inventory', 'Notices', 'Account'], ['Audit']],
  [
    'an integrator',
    ['integrations:change', ...own],
    ['Home', 'Notices', 'Account'],
    ['Overview', 'Alerts', 'Inventory'],
  ],
])('%s sees the pages of their rights', (_who, rights, sees, not) => {
  const names = pagesFor(rights).map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(sees))
  for (const name of not) expect(names).not.toContain(name)
})

test('no two pages of one person share an address or keys', () => {
  for (const rights of [pages.map(({ needs }) => needs), own]) {
    const shown = pagesFor(rights)
    expect(new Set(shown.map(({ path }) => path)).size).toBe(shown.length)
    const keyed = shown.flatMap(({ keys }) => keys ?? [])
    expect(new Set(keyed).size).toBe(keyed.length)
  }
})
