import { describe, expect, it, test } from 'vitest'
import { type ConnectionChange, changed, type ProviderConnection, versionOf } from './provider-connection.ts'

const NOW = 2_000
const waiting: ProviderConnection = {
  id: 'c1',
  merchantId: 'demo',
  source: 'generic',
  proof: 'token',
  storeId: 'online',
  label: 'our bridge',
  status: 'waiting',
  createdAt: 1_000,
  ratePerSecond: 200,
  version: 3,
}
const active: ProviderConnection = { ...waiting, status: 'active', acceptedAt: 1_500 }
const paused: ProviderConnection = { ...active, status: 'paused' }
const removed: ProviderConnection = { ...active, status: 'removed' }

describe('a change is a version', () => {
  test.each<[string, ProviderConnection, ConnectionChange, Partial<ProviderConnection>]>([
    ['the first delivery', waiting, 'accept', { status: 'active', acceptedAt: NOW }],
    ['a new secret', active, 'rotate', {}],
    ['a removal', paused, 'remove', { status: 'removed' }],
    ['a pause', active, { status: 'paused' }, { status: 'paused' }],
    ['a resumption', paused, { status: 'active' }, { status: 'active' }],
    [
      'a resumption before anything came',
      { ...waiting, status: 'paused' },
      { status: 'active' },
      { status: 'waiting' },
    ],
    ['a label', active, { label: 'theirs' }, { label: 'theirs' }],
    ['a rate', active, { ratePerSecond: 5 }, { ratePerSecond: 5 }],
    ['a store', active, { storeId: 'shop' }, { storeId: 'shop' }],
    [
      'all at once',
      active,
      { status: 'paused', label: 'x', ratePerSecond: 1, storeId: 's' },
      { status: 'paused', label: 'x', ratePerSecond: 1, storeId: 's' },
    ],
  ])('%s', (_what, before, change, more) => {
    expect(changed(before, change, NOW)).toEqual({ ...before, ...more, version: 4 })
  })

  it('leaves no store where there is to be none', () => {
    const { storeId: _, ...without } = active
    expect(changed(active, { storeId: null }, NOW)).toEqual({ ...without, version: 4 })
  })
})

test.each<[string, ProviderConnection, ConnectionChange]>([
  ['a delivery to an active one', active, 'accept'],
  ['a pause of a paused one', paused, { status: 'paused' }],
  ['a resumption of an active one', active, { status: 'active' }],
  ['a resumption of one that waits', waiting, { status: 'active' }],
  ['what it is already', active, { label: 'our bridge', ratePerSecond: 200, storeId: 'online' }],
  ['nothing', active, {}],
])('%s is no change', (_what, before, change) => {
  expect(changed(before, change, NOW)).toBe(before)
})

test.each<ConnectionChange>(['accept', 'rotate', 'remove', { status: 'active' }])(
  'one that was removed stays so: %j',
  (change) => {
    expect(changed(removed, change, NOW)).toBeUndefined()
  },
)

it('that is paused is not made active by a delivery that was under way', () => {
  expect(changed(paused, 'accept', NOW)).toBeUndefined()
})

it('of a row from before versions begins at 0', () => {
  const { version: _, ...old } = active
  expect(versionOf(old)).toBe(0)
  expect(changed(old, { label: 'x' }, NOW)).toMatchObject({ label: 'x', version: 1 })
})
