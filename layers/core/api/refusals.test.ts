import { describe, expect, it } from 'vitest'
import { type RouteToDescribe, refusalsOf } from './refusals.ts'

const nothing = { query: false, body: false }

describe('refusalsOf', () => {
  it.each<[string, RouteToDescribe, { query: boolean; body: boolean }, number[]]>([
    ['an open question', { method: 'GET', path: '/healthz', guard: 'open' }, nothing, [400, 421]],
    ['a question', { method: 'GET', path: '/quality', guard: 'quality:read' }, nothing, [400, 401, 403, 421]],
    [
      'a question with parameters',
      { method: 'GET', path: '/x/{id}', guard: 'figures:read' },
      { query: true, body: false },
      [400, 401, 403, 404, 414, 421, 422],
    ],
    [
      'a change',
      { method: 'POST', path: '/x', guard: 'settings:change' },
      { query: false, body: true },
      [400, 401, 403, 409, 413, 415, 421, 422],
    ],
    ['a change by anybody', { method: 'DELETE', path: '/x', guard: 'open' }, nothing, [400, 403, 413, 415, 421]],
    ['bytes of any type', { method: 'POST', path: '/x', guard: 'proof', body: 'bytes' }, nothing, [400, 403, 413, 421]],
    [
      'what a route says of itself',
      { method: 'POST', path: '/settings', guard: 'settings:change' },
      { query: false, body: true },
      [400, 401, 403, 409, 413, 415, 421, 422, 503],
    ],
  ])('%s', (_what, route, takes, statuses) => expect(refusalsOf(route, takes)).toEqual(statuses))
})
