import { describe, expect, test } from 'vitest'
import { type ConnectionState, connectionAfter, NOT_CONNECTED, retryDelayMs } from './connection-state.ts'

const live: ConnectionState = { phase: 'live', lostAt: null, failed: 0, nextTryAt: null }

describe('connectionAfter', () => {
  test('an open socket is live', () => {
    expect(connectionAfter(NOT_CONNECTED, { what: 'opened' }, 1000)).toEqual(live)
  })

  test('a lost one says since when, tries again, and after three failures is offline', () => {
    const phases: ConnectionState[] = []
    let state = live
    for (const nowMs of [1000, 2000, 4000]) {
      state = connectionAfter(state, { what: 'closed', tryInMs: 500 }, nowMs)
      phases.push(state)
      state = connectionAfter(state, { what: 'trying' }, nowMs + 500)
      expect(state).toEqual({ ...phases.at(-1), nextTryAt: null })
    }
    expect(phases).toEqual([
      { phase: 'reconnecting', lostAt: 1000, failed: 1, nextTryAt: 1500 },
      { phase: 'reconnecting', lostAt: 1000, failed: 2, nextTryAt: 2500 },
      { phase: 'offline', lostAt: 1000, failed: 3, nextTryAt: 4500 },
    ])
    expect(connectionAfter(state, { what: 'opened' }, 5000)).toEqual(live)
  })

  test('a pause is no failure, and ends with a try', () => {
    const paused = connectionAfter(live, { what: 'paused' }, 1000)
    expect(paused).toEqual({ phase: 'paused', lostAt: 1000, failed: 0, nextTryAt: null })
    expect(connectionAfter(paused, { what: 'trying' }, 2000).phase).toBe('reconnecting')
  })
})

test.each([
  [0, 0, 250],
  [0, 1, 500],
  [1, 1, 1000],
  [4, 1, 8000],
  [5, 1, 15_000],
  [5, 0, 7500],
  [2000, 1, 15_000],
])('after %d failures, by chance %d, it waits %d ms', (failed, chance, delayMs) => {
  expect(retryDelayMs(failed, chance)).toBe(delayMs)
})
