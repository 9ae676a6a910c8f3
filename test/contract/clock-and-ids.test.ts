import { describe, expect, test } from 'vitest'
import { randomIds, systemClock } from '#adapters/embedded/system-clock.ts'
import type { Clock, IdSource } from '#core/ports.ts'

const clocks: readonly (readonly [string, Clock])[] = [['systemClock', systemClock]]
const idSources: readonly (readonly [string, IdSource])[] = [['randomIds', randomIds]]

describe.each(clocks)('%s is a clock', (_name, clock) => {
  test('it says what time it is, in whole milliseconds since 1970', () => {
    const before = Date.now()
    const now = clock.now()
    expect(Number.isInteger(now)).toBe(true)
    expect(now).toBeGreaterThanOrEqual(before)
    expect(now).toBeLessThanOrEqual(Date.now())
  })
})

describe.each(idSources)('%s is a source of ids', (_name, ids) => {
  test('each is new, of letters and digits, and long enough that nobody guesses it', () => {
    const made = Array.from({ length: 10_000 }, () => ids.next())
    expect(new Set(made).size).toBe(10_000)
    // 128 bits are 32 hexadecimal digits, or 22 of 62 letters and digits.
    for (const id of made) expect(id).toMatch(/^(?:[0-9a-f]{32,}|[0-9A-Za-z]{22,})$/)
    for (let at = 0; at < 20; at++) expect(new Set(made.map((id) => id[at])).size).toBeGreaterThan(8)
  })
})
