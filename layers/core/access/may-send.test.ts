import { expect, test } from 'vitest'
import type { Viewer } from '#core/ports.ts'
import { maySend } from './may-send.ts'

const ofAll: Viewer = { merchantId: 'm', subject: 'ann', role: 'integrator' }
const ofSome: Viewer = { ...ofAll, stores: ['s'] }

test.each([
  [ofAll, 'sale.recorded', 's', true],
  [ofAll, 'product.listed', 't', true],
  [ofAll, 'rate.recorded', '', true],
  [ofSome, 'sale.recorded', 's', true],
  [ofSome, 'sale.recorded', 't', false],
  [ofSome, 'store.listed', 's', true],
  [ofSome, 'store.listed', 't', false],
  // A title, a category or a rate is the same in every store.
  [ofSome, 'product.listed', 's', false],
  [ofSome, 'rate.recorded', 's', false],
])('%j sends %s of store %s: %s', (viewer, type, storeId, may) => {
  expect(maySend(viewer, { type, storeId })).toBe(may)
})
