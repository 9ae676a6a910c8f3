import { describe, expect, it } from 'vitest'
import {
  type ChampionRow,
  type Judged,
  NO_CHAMPION,
  promoted,
  rolledBack,
  withJudged,
  withoutChampion,
} from './champion.ts'

const judged = (version: string, more: Partial<Judged> = {}): Judged => ({
  version,
  baseline: 'TSB',
  isBetter: true,
  reason: 'it is',
  comparedWith: undefined,
  ...more,
})

describe('who serves', () => {
  const first = withJudged(NO_CHAMPION, judged('a'), 1)
  it('is the challenger that is better', () => {
    expect(first).toEqual({
      turn: 1,
      champion: { version: 'a', since: 1 },
      earlier: [],
      baseline: 'TSB',
      judged: { version: 'a', isPromoted: true, reason: 'it is', at: 1 },
    })
    expect(withJudged(first, judged('b', { comparedWith: 'a' }), 2)).toMatchObject({
      champion: { version: 'b', since: 2 },
      earlier: ['a'],
    })
  })
  it('is the old one where the challenger is not better; why is kept', () => {
    expect(withJudged(first, judged('b', { comparedWith: 'a', isBetter: false, reason: 'no' }), 2)).toMatchObject({
      turn: 2,
      champion: { version: 'a', since: 1 },
      judged: { version: 'b', isPromoted: false, reason: 'no' },
    })
  })
  it('is the old one where the challenger met another one', () => {
    const late = withJudged(first, judged('b', { comparedWith: 'z' }), 2)
    expect(late).toMatchObject({ champion: { version: 'a' }, judged: { isPromoted: false } })
    expect(late.judged!.reason).toBe('a serves now, and it was compared with z')
  })
  it('goes back step by step, at last to the baseline', () => {
    const second = promoted(first, 'b', 2)
    expect(promoted(second, 'b', 3)).toBe(second)
    const back = rolledBack(second, 3)!
    expect(back).toMatchObject({ turn: 3, champion: { version: 'a', since: 3 }, earlier: [] })
    const none = rolledBack(back, 4)!
    expect(none).not.toHaveProperty('champion')
    expect(rolledBack(none, 5)).toBeUndefined()
  })
  it('is the baseline where somebody wants no version, and goes back to the one that served', () => {
    const none = withoutChampion(first)
    expect(none).toMatchObject({ turn: 2, earlier: ['a'] })
    expect(none).not.toHaveProperty('champion')
    expect(withoutChampion(none)).toBe(none)
    expect(rolledBack(none, 7)).toMatchObject({ turn: 3, champion: { version: 'a', since: 7 }, earlier: [] })
  })
  it('remembers twelve', () => {
    let row: ChampionRow = NO_CHAMPION
    for (let k = 0; k < 20; k++) row = promoted(row, `v${k}`, k)
    expect(row.earlier).toEqual(Array.from({ length: 12 }, (_, k) => `v${k + 7}`))
  })
})
