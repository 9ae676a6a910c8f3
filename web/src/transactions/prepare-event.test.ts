import { describe, expect, test } from 'vitest'
import type { EventAnswer } from '#core/api/events.ts'
import { betweenText, prepareSteps, prepareWindows } from './prepare-event.ts'

const AT = '2026-03-03T14:05:12.000Z'
const NOW = Date.parse('2026-03-03T14:06:00Z')
const minute: EventAnswer['windows'][number] = {
  width: 'minute',
  of: ['total', 'store', 'product'],
  from: '2026-03-03T14:05:00.000Z',
  to: '2026-03-03T14:06:00.000Z',
  timeZone: 'Asia/Kolkata',
  status: 'final',
  kept: true,
}
const event = (changes: Partial<EventAnswer> = {}): EventAnswer => ({
  asOf: AT,
  lagMs: 0,
  id: 'e1',
  type: 'sale.recorded',
  storeId: 's',
  storeName: null,
  source: 'amazon',
  occurredAt: AT,
  acceptedAt: '2026-03-03T14:05:12.120Z',
  businessDate: '2026-03-03',
  data: {},
  place: { shard: 0, sequence: '1' },
  state: 'applied',
  problems: [],
  duplicates: 0,
  late: false,
  windows: [minute],
  lines: [],
  stock: null,
  alerts: [],
  delivery: null,
  ...changes,
})
const shown = (changes: Partial<EventAnswer>) =>
  prepareSteps(event(changes), NOW, 'UTC').map(({ id, tone, after }) => [id, tone, after].join(' ').trim())

describe('an event’s way', () => {
  test('goes from the shop to the figures, with the times between', () => {
    expect(shown({})).toEqual(['happened done', 'received done +120 ms', 'applied done', 'counted done'])
    expect(prepareSteps(event(), NOW, 'UTC').map(({ at }) => at?.text)).toEqual([
      '14:05:12.000',
      '14:05:12.120',
      undefined,
      undefined,
    ])
  })

  test.each([
    ['pending', 'pending waiting'],
    ['held', 'held bad'],
    ['discarded', 'discarded bad'],
  ] as const)('ends where it is %s', (state, last) => {
    expect(shown({ state }).at(-1)).toBe(last)
  })

  test('says why it was set aside, that it came again, and that it was late', () => {
    const told = (changes: Partial<EventAnswer>) =>
      prepareSteps(event(changes), NOW, 'UTC')
        .flatMap((step) => step.told)
        .join(' ')
    expect(told({ state: 'held', problems: [{ field: 'data.x', message: 'is missing' }] })).toContain(
      'data.x is missing',
    )
    expect(told({ duplicates: 1 })).toContain('once')
    expect(told({ duplicates: 3 })).toContain('3 times')
    expect(told({ late: true })).toContain('Late')
    expect(told({ late: null })).not.toContain('ate:')
    expect(told({ late: null, acceptedAt: '2026-03-03T14:11:00Z' })).toContain('Perhaps late')
    expect(told({ windows: [] })).toContain('no window')
  })
})

test.each([
  [0, '+0 ms'],
  [999, '+999 ms'],
  [1_000, '+1.0 s'],
  [59_999, '+59.9 s'],
  [60_000, '+1 min'],
  [3_600_000, '+1 h'],
  [48 * 3_600_000, '+2 days'],
  [-40, '−40 ms'],
])('%i ms between is %s', (ms, text) => {
  expect(betweenText(ms)).toBe(text)
})

test('windows are said in their own zone', () => {
  const day = {
    ...minute,
    width: 'day' as const,
    of: ['store' as const],
    from: '2026-03-02T18:30:00Z',
    to: '2026-03-03T18:30:00Z',
    status: 'filling' as const,
  }
  expect(
    prepareWindows([minute, day, { ...minute, kept: false }]).map(({ width, span, of, about }) => [
      width,
      span,
      of,
      about,
    ]),
  ).toEqual([
    ['Minute', '19:35 to 19:36', 'merchant, store, product', 'late events correct it'],
    ['Business day', 'Tuesday 3 March', 'store', 'its time is not over'],
    ['Minute', '19:35 to 19:36', 'merchant, store, product', 'its sums are not kept any more'],
  ])
})
