import { expect, test } from 'vitest'
import { pages, pagesFor } from './pages.ts'

/** Which right leads to which pages: a new page gets its word here. */
const BY_RIGHT = {
  'account:manage': ['Home', 'Notices', 'Account'],
  'figures:read': [
    'Overview',
    'Alerts',
    'Store manager',
    'Inventory',
    'Reorders',
    'Forecast',
    'Products',
    'Product',
    'Sales',
    'Stores',
    'Store',
    'Refunds',
    'Transactions',
    'Event',
    'Notices',
    'Account',
  ],
  'events:send': ['Imports'],
  'integrations:read': ['Integrations', 'Connection'],
  'quality:read': ['Data quality', 'Runs', 'Run', 'Lineage'],
  'models:read': ['ML performance'],
  'audit:read': ['Audit'],
  'settings:read': ['Settings'],
  'users:manage': ['Users and access'],
} as const

test.each(Object.entries(BY_RIGHT))('%s leads to its pages', (right, names) => {
  const rights = right === 'figures:read' ? (['account:manage', right] as const) : [right as keyof typeof BY_RIGHT]
  expect(pagesFor(rights).map(({ name }) => name)).toEqual(names)
})

test('every page has its word', () => {
  expect(new Set(pages.map(({ name }) => name))).toEqual(new Set(Object.values(BY_RIGHT).flat()))
})

test('no two pages of one person share an address or keys', () => {
  for (const rights of [pages.map(({ needs }) => needs), ['account:manage'] as const]) {
    const shown = pagesFor(rights)
    expect(new Set(shown.map(({ path }) => path)).size).toBe(shown.length)
    const keyed = shown.flatMap(({ keys }) => keys ?? [])
    expect(new Set(keyed).size).toBe(keyed.length)
  }
})
