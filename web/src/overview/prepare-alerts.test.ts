import { expect, test } from 'vitest'
import { alertSample, NOW } from '../samples/answers.ts'
import { countBelow, countsOf, prepareAlerts } from './prepare-alerts.ts'

type Changes = Parameters<typeof alertSample>[0]
const prepare = (items: Changes[], most = 50, next: string | null = null) =>
  prepareAlerts({ asOf: NOW, lagMs: 0, window: null, next, items: items.map(alertSample) }, most, 'en')
const early = '2026-03-03T13:00:00.000Z'
const late = '2026-03-03T14:00:00.000Z'

test('what needs a person comes first', () => {
  const list = prepare([
    { id: 'done', state: 'acknowledged', severity: 'CRITICAL', openedAt: late },
    { id: 'early warning', openedAt: early },
    { id: 'late warning', openedAt: late },
    { id: 'early critical', severity: 'CRITICAL', openedAt: early },
    { id: 'b', severity: 'CRITICAL', openedAt: late },
    { id: 'a', severity: 'CRITICAL', openedAt: late },
    { id: 'over', state: 'resolved' },
  ])
  expect(list.shown.map(({ id }) => id)).toEqual(['a', 'b', 'early critical', 'late warning', 'early warning', 'done'])
  expect(countsOf(list)).toBe('3 critical, 2 warnings, 1 acknowledged')
  expect([list.waiting, list.waitingSinceMs]).toEqual(['5', Date.parse(early)])
})

test('the worst comes first, as in the API, whatever is newer', () => {
  const list = prepare([
    { id: 'low', openedAt: late },
    { id: 'critically low', severity: 'CRITICAL', openedAt: late },
    { id: 'sold out', kind: 'OUT_OF_STOCK', severity: 'CRITICAL', openedAt: late },
    { id: 'oversold earlier', kind: 'OVERSOLD', severity: 'CRITICAL', openedAt: early },
    { id: 'oversold', kind: 'OVERSOLD', severity: 'CRITICAL', openedAt: late },
    { id: 'done', state: 'acknowledged', kind: 'OVERSOLD', severity: 'CRITICAL', openedAt: late },
  ])
  const order = ['oversold', 'oversold earlier', 'sold out', 'critically low', 'low', 'done']
  expect(list.shown.map(({ id }) => id)).toEqual(order)
})

test.each([
  ['none', [], '', '0', null],
  ['one warning', [{ openedAt: late }], '1 warning', '1', Date.parse(late)],
  ['all acknowledged', [{ state: 'acknowledged' }], '1 acknowledged', '0', null],
] as const)('%s', (_, items, counts, waiting, waitingSinceMs) => {
  const list = prepare([...items])
  expect(list).toMatchObject({ critical: '', waiting, waitingSinceMs })
  expect(countsOf(list)).toBe(counts)
})

test('many are cut, and the rest is counted', () => {
  const many = Array.from({ length: 60 }, (_, index) => ({ id: `alert-${index}` }))
  const { shown, more, waiting } = prepare(many, 50, 'more')
  expect([shown.length, more, waiting]).toEqual([50, 10, '60+'])
})

test.each([
  ['none', [], 0],
  ['all seen', [100, 200, 300], 0],
  ['all words seen', [100, 310], 0],
  ['one cut, one out of sight', [100, 200, 310.5, 410], 2],
])('below an edge at 300: %s', (_, lowerEdges, count) => {
  expect(countBelow(lowerEdges, 300)).toBe(count)
})
