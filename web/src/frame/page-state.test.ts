import { expect, it } from 'vitest'
import { z } from 'zod/mini'
import { readState, withState } from './page-state.ts'

const fields = {
  tab: z._default(z.enum(['open', 'resolved']), 'open'),
  q: z._default(z.string(), ''),
  limit: z._default(z.coerce.number().check(z.gte(1)), 50),
  store: z.optional(z.string()),
}

it.each([
  [{}, { tab: 'open', q: '', limit: 50, store: undefined }],
  [
    { tab: 'resolved', limit: '20', store: '12' },
    { tab: 'resolved', q: '', limit: 20, store: '12' },
  ],
  [
    { tab: 'nonsense', limit: '-1' },
    { tab: 'open', q: '', limit: 50, store: undefined },
  ],
])('reads %j, and what makes no sense as not said', (search, state) => {
  expect(readState(fields, search)).toEqual(state)
})

it('writes what is not as usual, and leaves the rest of the address alone', () => {
  const search = { period: '7d', tab: 'resolved', q: 'lamp' }
  expect(withState(fields, search, { tab: 'open', q: undefined, limit: 20 })).toEqual({ period: '7d', limit: '20' })
})
