import { expect, test } from 'vitest'
import { alertSample } from '../samples/answers.ts'
import { criticalOf, MOST, prepareHistory } from './prepare-history.ts'

const at = (minute: number) => `2026-03-03T14:${String(minute).padStart(2, '0')}:00.000Z`

test('what opened and what is over stand in the order in which they happened, newest first', () => {
  const open = [alertSample({ id: 'a', openedAt: at(5) })]
  const over = [
    alertSample({
      id: 'b',
      kind: 'OUT_OF_STOCK',
      severity: 'CRITICAL',
      openedAt: at(1),
      resolvedAt: at(9),
      state: 'resolved',
    }),
  ]
  expect(prepareHistory(open, over).map(({ what, isOver, atMs }) => [what, isOver, atMs])).toEqual([
    ['No longer sold out', true, Date.parse(at(9))],
    ['Low', false, Date.parse(at(5))],
    ['Sold out', false, Date.parse(at(1))],
  ])
})

test('of much the newest are shown', () => {
  const open = Array.from({ length: 30 }, (_, n) => alertSample({ id: `a${n}`, openedAt: at(n) }))
  const shown = prepareHistory(open, [])
  expect(shown).toHaveLength(MOST)
  expect(shown[0]!.key).toBe('a29')
})

test('the bell counts what is critical and nobody’s yet', () => {
  const states = (['open', 'open', 'acknowledged'] as const).map((state, n) =>
    alertSample({ id: `a${n}`, state, severity: n === 1 ? 'WARNING' : 'CRITICAL' }),
  )
  expect(criticalOf(states)).toBe(1)
})
