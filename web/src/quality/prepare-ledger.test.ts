import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FATES, prepareLedger } from './prepare-ledger.ts'

const line = (shard: number, counts: Partial<Record<(typeof FATES)[number], number>>, accepted?: number) => {
  const all = { applied: 0, duplicate: 0, held: 0, discarded: 0, pending: 0, ...counts }
  const sum = FATES.reduce((total, fate) => total + all[fate], 0)
  return { shard, sequence: '0000000000000042', accepted: accepted ?? sum, ...all }
}

describe('the ledger', () => {
  test('adds up, by shard and in all, and says so as an equation', () => {
    const ledger = prepareLedger([line(0, { applied: 1200, held: 2 }), line(1, { applied: 5, pending: 3 })], 'en')
    expect(ledger.said).toBe('1,210 accepted = 1,205 applied + 0 duplicate + 2 set aside + 0 discarded + 3 pending')
    expect([ledger.addsUp, ledger.difference]).toEqual([true, '0'])
    expect(ledger.rows.map(({ accepted, addsUp, sequence }) => [accepted, addsUp, sequence])).toEqual([
      ['1,202', true, '42'],
      ['8', true, '42'],
    ])
  })

  test.each([
    ['one that lost a record', [line(0, { applied: 9 }, 10)], '1'],
    ['two whose errors make up for each other', [line(0, { applied: 9 }, 10), line(1, { applied: 11 }, 10)], '0'],
    ['one that applied more than was accepted', [line(0, { applied: 11, pending: -1 }, 10)], '0'],
  ])('does not: %s', (_what, lines, difference) => {
    const ledger = prepareLedger(lines, 'en')
    expect([ledger.addsUp, ledger.difference]).toEqual([false, difference])
  })

  test('of nothing is drawn as nothing', () => {
    expect(prepareLedger([line(0, {})]).parts.every(({ share }) => share === 0)).toBe(true)
  })

  test('fills its bar, and whatever is there is seen', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2 ** 40), { minLength: 5, maxLength: 5 }), (counts) => {
        const of = Object.fromEntries(FATES.map((fate, i) => [fate, counts[i]!]))
        const { parts } = prepareLedger([line(0, of)])
        const sum = parts.reduce((all, { share }) => all + share, 0)
        for (const { count, share } of parts) expect(share > 0).toBe(count > 0)
        if (counts.some((count) => count > 0)) expect(sum).toBeCloseTo(100)
      }),
    )
  })
})
