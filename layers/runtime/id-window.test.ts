import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { IdWindow } from './id-window.ts'

const SPAN = 1_000
const hashed = (n: number): string => createHash('sha256').update(String(n)).digest('hex').slice(0, 32)

/** What one row holds, and the next begins with nothing. */
function takeFresh(window: IdWindow): Uint8Array {
  const packed = window.fresh()
  window.forgetFresh()
  return packed
}

describe('an id', () => {
  test('is known once it was added, and no other is', () => {
    const window = new IdWindow(SPAN)
    const numbers = Array.from({ length: 20_000 }, (_, n) => n)
    const tooSoon = numbers.filter((n) => {
      const was = window.has(hashed(n))
      window.add(hashed(n), 0)
      return was || !window.has(hashed(n))
    })
    expect(tooSoon).toEqual([])
    expect(numbers.filter((n) => !window.has(hashed(n)) || window.has(hashed(-1 - n)))).toEqual([])
  })

  test.each([
    ['short ones', ['', 'a', 'b', 'ab', 'ba', '0', '00', '\u0000', ' ']],
    ['long ones', ['x', 'y'].map((end) => 'z'.repeat(5_000) + end)],
    ['any characters', ['é', 'é'.normalize('NFD'), '中', '\u{1f600}', '\ud83d', '\ude00']],
    ['numbers in order', Array.from({ length: 500 }, (_, n) => `row-${n}`)],
  ])('is told from others: %s', (_what, ids) => {
    for (const one of ids) {
      const window = new IdWindow(SPAN)
      window.add(one, 0)
      expect(ids.filter((id) => window.has(id))).toEqual([one])
    }
  })

  test.each([
    [0, true],
    [SPAN - 1, true],
    [SPAN, true],
    [2 * SPAN - 1, true],
    [2 * SPAN, false],
  ])('is known for at least one span and at most two: after %d ms %s', (afterMs, known) => {
    const window = new IdWindow(SPAN)
    window.add('first', 0)
    for (let at = 1; at <= afterMs; at++) window.add(`filler ${at}`, at)
    expect(window.has('first')).toBe(known)
  })

  test('is never forgotten within its span, whenever it came and whatever came after', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(700), { minLength: 1, maxLength: 40 }), (passes) => {
        const window = new IdWindow(SPAN)
        const addedAt: number[] = []
        let now = 0
        for (const [n, passed] of passes.entries()) {
          now += passed
          window.add(`id ${n}`, now)
          addedAt.push(now)
          for (const [m, at] of addedAt.entries()) if (now - at < SPAN) expect(window.has(`id ${m}`)).toBe(true)
        }
      }),
    )
  })
})

describe('packed', () => {
  test('what is fresh comes out once, 16 bytes an id, and brings the same ids back', () => {
    const window = new IdWindow(SPAN)
    const packs: Uint8Array[] = []
    for (let n = 0; n < 3_000; n++) {
      window.add(hashed(n), n)
      if (n % 700 === 0) packs.push(takeFresh(window))
    }
    packs.push(takeFresh(window))
    expect(packs.map(({ length }) => length / 16)).toEqual([1, 700, 700, 700, 700, 199])
    expect(takeFresh(window).length).toBe(0)
    const restored = new IdWindow(10 * SPAN)
    for (const [i, pack] of packs.entries()) restored.restore(pack, i)
    const numbers = Array.from({ length: 3_000 }, (_, n) => n)
    expect(numbers.filter((n) => !restored.has(hashed(n)) || restored.has(hashed(-1 - n)))).toEqual([])
    expect(takeFresh(restored).length).toBe(0)
  })

  test('an id that is added twice is fresh once', () => {
    const window = new IdWindow(SPAN)
    window.add('a', 0)
    window.add('a', 1)
    expect(takeFresh(window).length).toBe(16)
  })

  test('they stay as they were when more is added', () => {
    const window = new IdWindow(SPAN)
    window.add('a', 0)
    const pack = takeFresh(window)
    const before = [...pack]
    for (let n = 0; n < 2_000; n++) window.add(hashed(n), 0)
    expect([...pack]).toEqual(before)
  })

  test('a view into other bytes is read as well', () => {
    const window = new IdWindow(SPAN)
    window.add('a', 0)
    const shifted = new Uint8Array(3 + 16)
    shifted.set(takeFresh(window), 3)
    const restored = new IdWindow(SPAN)
    restored.restore(shifted.subarray(3), 0)
    expect([restored.has('a'), restored.has('b')]).toEqual([true, false])
  })

  test('rows that were restored are forgotten as late as if they had been added', () => {
    const restored = new IdWindow(SPAN)
    const window = new IdWindow(SPAN)
    for (const [i, at] of [0, SPAN, 2 * SPAN].entries()) {
      window.add(`id ${i}`, at)
      restored.restore(takeFresh(window), at)
    }
    expect([0, 1, 2].map((i) => restored.has(`id ${i}`))).toEqual([0, 1, 2].map((i) => window.has(`id ${i}`)))
    expect([0, 1, 2].map((i) => restored.has(`id ${i}`))).toEqual([false, true, true])
  })
})
