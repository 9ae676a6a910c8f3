import { describe, expect, it } from 'vitest'
import { earlierSpan, readScope, type Scope, spanOf, writeScope } from './scope.ts'

const NOW = Date.parse('2026-03-03T08:40:30Z') // 14:10:30 in Kolkata
const zone = 'Asia/Kolkata'

describe('readScope', () => {
  it.each<[Record<string, string>, Scope]>([
    [{}, { period: 'today', compare: 'previous' }],
    [
      { period: '7d', compare: 'week' },
      { period: '7d', compare: 'week' },
    ],
    [
      { period: 'century', compare: 'x' },
      { period: 'today', compare: 'previous' },
    ],
    [
      { store: '12', region: 'North' },
      { period: 'today', compare: 'previous', store: '12' },
    ],
    [
      { region: 'North', category: 'Toys' },
      { period: 'today', compare: 'previous', region: 'North', category: 'Toys' },
    ],
    [{ category: 'Toys' }, { period: 'today', compare: 'previous', category: 'Toys' }],
    [
      { period: 'custom', from: '2026-02-01', to: '2026-02-28' },
      { period: 'custom', from: '2026-02-01', to: '2026-02-28', compare: 'previous' },
    ],
    [
      { period: 'custom', from: '2026-02-28', to: '2026-02-01' },
      { period: 'today', compare: 'previous' },
    ],
    [
      { period: 'custom', from: '2026-02-30', to: '2026-03-01' },
      { period: 'today', compare: 'previous' },
    ],
    [
      { period: 'custom', from: '2020-01-01', to: '2026-03-01' },
      { period: 'today', compare: 'previous' },
    ],
    [{ period: 'custom' }, { period: 'today', compare: 'previous' }],
    [{ store: '' }, { period: 'today', compare: 'previous' }],
  ])('%j', (search, scope) => {
    expect(readScope(search)).toEqual(scope)
    const written = JSON.parse(JSON.stringify(writeScope(scope)))
    expect(readScope(written)).toEqual(scope)
  })
})

describe('spanOf', () => {
  it.each<[Partial<Scope>, string, string | undefined, number]>([
    [{ period: 'today' }, '2026-03-02T18:30:00Z', undefined, 1],
    [{ period: 'yesterday' }, '2026-03-01T18:30:00Z', '2026-03-02T18:30:00Z', 1],
    [{ period: '7d' }, '2026-02-24T18:30:00Z', undefined, 7],
    [{ period: '28d' }, '2026-02-03T18:30:00Z', undefined, 28],
    [{ period: 'custom', from: '2026-02-01', to: '2026-02-28' }, '2026-01-31T18:30:00Z', '2026-02-28T18:30:00Z', 28],
    [{ period: 'custom', from: '2026-03-01', to: '2026-04-28' }, '2026-02-28T18:30:00Z', undefined, 3],
    [{ period: 'custom', from: '2026-04-01', to: '2026-04-28' }, '2026-03-02T18:30:00Z', undefined, 1],
  ])('%j begins %s and ends %s', (scope, from, to, days) => {
    expect(spanOf({ period: 'today', compare: 'none', ...scope }, NOW, zone)).toMatchObject({ from, to, days })
  })

  it('has a day of 23 hours where the clocks go forward', () => {
    const span = spanOf(
      { period: 'custom', from: '2026-03-29', to: '2026-03-29', compare: 'none' },
      NOW * 2,
      'Europe/London',
    )
    expect(span.toMs! - span.fromMs).toBe(23 * 3_600_000)
  })
})

describe('earlierSpan', () => {
  const of = (scope: Partial<Scope>, compare: Scope['compare']) =>
    earlierSpan(spanOf({ period: 'today', compare, ...scope }, NOW, zone), compare, NOW)

  it.each<[Partial<Scope>, Scope['compare'], string, string]>([
    [{}, 'previous', '2026-03-01T18:30:00Z', '2026-03-02T08:41:00Z'],
    [{}, 'week', '2026-02-23T18:30:00Z', '2026-02-24T08:41:00Z'],
    [{ period: 'yesterday' }, 'previous', '2026-02-28T18:30:00Z', '2026-03-01T18:30:00Z'],
    [{ period: '28d' }, 'previous', '2026-01-06T18:30:00Z', '2026-02-03T08:41:00Z'],
    [{ period: '28d' }, 'week', '2026-01-06T18:30:00Z', '2026-02-03T08:41:00Z'],
    [
      { period: 'custom', from: '2026-02-10', to: '2026-02-12' },
      'week',
      '2026-02-02T18:30:00Z',
      '2026-02-05T18:30:00Z',
    ],
  ])('%j by %s', (scope, compare, from, to) => {
    expect(of(scope, compare)).toEqual({ from, to })
  })

  it('is none where none is asked for', () => expect(of({}, 'none')).toBeNull())
})
