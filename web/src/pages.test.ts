import { expect, test } from 'vitest'
import type { Right } from '#core/access/rights.ts'
import { pages, pagesFor } from './pages.ts'

const own: Right[] = ['account:manage', 'catalogue:read']
const trade = ['Transactions', 'Event', 'Alerts', 'Inventory', 'Products', 'Product']

test.each<[string, Right[], string[]]>([
  [
    'an owner',
    ['figures:read', 'users:manage', 'audit:read', ...own],
    ['Overview', ...trade, 'Audit', 'Users and access', 'Account'],
  ],
  ['an analyst', ['figures:read', 'audit:read', ...own], ['Overview', ...trade, 'Audit', 'Account']],
  ['a store manager', ['figures:read', ...own], ['Overview', ...trade, 'Account']],
  ['an integrator', ['integrations:change', ...own], ['Home', 'Account']],
])('%s sees the pages of their rights', (_who, rights, names) => {
  expect(pagesFor(rights).map(({ name }) => name)).toEqual(names)
})

test('no two pages of one person share an address or keys', () => {
  for (const rights of [pages.map(({ needs }) => needs), own]) {
    const shown = pagesFor(rights)
    expect(new Set(shown.map(({ path }) => path)).size).toBe(shown.length)
    const keyed = shown.flatMap(({ keys }) => keys ?? [])
    expect(new Set(keyed).size).toBe(keyed.length)
  }
})
