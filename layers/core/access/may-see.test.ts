import { describe, expect, it } from 'vitest'
import type { Viewer } from '#core/ports.ts'
import { maySeeAllStores, maySeeStore, seenOf } from './may-see.ts'

const owner: Viewer = { merchantId: 'asha', subject: 'owner', role: 'owner' }
const ofTwo: Viewer = { ...owner, stores: ['jaipur', 'delhi'] }
const ofNone: Viewer = { ...owner, stores: [] }

describe('maySeeStore', () => {
  it.each<[Viewer, string, string, boolean]>([
    [owner, 'asha', 'jaipur', true],
    [owner, 'asha', '-', true],
    [owner, 'somebody-else', 'jaipur', false],
    [ofTwo, 'asha', 'jaipur', true],
    [ofTwo, 'asha', 'mumbai', false],
    [ofTwo, 'asha', '-', false],
    [ofTwo, 'somebody-else', 'jaipur', false],
    [ofNone, 'asha', 'jaipur', false],
  ])('%j, %s %s: %j', (viewer, merchantId, storeId, may) => {
    expect(maySeeStore(viewer, merchantId, storeId)).toBe(may)
  })
})

it.each<[Viewer, readonly string[] | null | undefined, readonly string[] | null]>([
  [owner, ['jaipur', 'mumbai'], ['jaipur', 'mumbai']],
  [ofTwo, ['jaipur', 'mumbai'], ['jaipur']],
  [ofNone, ['jaipur'], []],
  [ofTwo, null, null],
  [ofTwo, undefined, null],
])('%j sees of %j: %j', (viewer, stores, seen) => {
  expect(seenOf(viewer, stores)).toEqual(seen)
})

it.each<[Viewer, boolean]>([
  [owner, true],
  [ofTwo, false],
  [ofNone, false],
])('%j sees sums over all stores: %j', (viewer, may) => {
  expect(maySeeAllStores(viewer)).toBe(may)
})
