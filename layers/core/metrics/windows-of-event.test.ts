import { describe, expect, test } from 'vitest'
import { type EventTimes, wasLate, windowsOfEvent } from './windows-of-event.ts'

const ms = (time: string): number => Date.parse(`2026-03-02T${time}Z`)
const times = (more: Partial<EventTimes> = {}): EventTimes => ({
  at: ms('10:07:30'),
  receivedAt: ms('10:07:31'),
  source: 'amazon',
  storeZone: 'UTC',
  merchantZone: 'UTC',
  ofProduct: true,
  ...more,
})
const shown = (given: EventTimes, now: string) =>
  windowsOfEvent(given, ms(now)).map(({ width, of, fromMs, toMs, status }) => [
    width,
    of.join(' '),
    new Date(fromMs).toISOString().slice(0, 16),
    new Date(toMs).toISOString().slice(0, 16),
    status,
  ])

describe('an event counts in its minute, quarter and day', () => {
  test('which fill, wait for late ones and are final', () => {
    const of = 'total store product'
    const [minute, quarter] = [
      ['2026-03-02T10:07', '2026-03-02T10:08'],
      ['2026-03-02T10:00', '2026-03-02T10:15'],
    ]
    const day = ['day', of, '2026-03-02T00:00', '2026-03-03T00:00', 'filling']
    expect(shown(times(), '10:07:45')).toEqual([
      ['minute', of, ...minute!, 'filling'],
      ['quarter', of, ...quarter!, 'filling'],
      day,
    ])
    expect(shown(times(), '10:08:00')[0]!.at(-1)).toBe('provisional')
    expect(shown(times(), '10:12:59')[0]!.at(-1)).toBe('provisional')
    expect(shown(times(), '10:13:00')[0]!.at(-1)).toBe('final')
  })

  test('in the store’s own day for the store, and the merchant’s for the rest', () => {
    const given = times({ storeZone: 'Asia/Kolkata', ofProduct: false })
    expect(shown(given, '10:07:45').slice(2)).toEqual([
      ['day', 'store', '2026-03-01T18:30', '2026-03-02T18:30', 'filling'],
      ['day', 'total', '2026-03-02T00:00', '2026-03-03T00:00', 'filling'],
    ])
  })

  test('of which a history’s are days alone', () => {
    const given = times({ at: Date.parse('2025-03-02T10:07:30Z') })
    expect(windowsOfEvent(given, ms('10:08:00')).map(({ isKept }) => isKept)).toEqual([false, false, true])
  })
})

test.each([
  ['10:07:31', 'amazon', false],
  ['10:12:59', 'amazon', false],
  ['10:13:00', 'amazon', null],
  ['10:13:59', 'amazon', null],
  ['10:14:00', 'amazon', true],
  ['11:00:00', 'import:shop', null],
])('taken at %s from %s: late %s', (receivedAt, source, late) => {
  expect(wasLate(times({ receivedAt: ms(receivedAt), source }))).toBe(late)
})
