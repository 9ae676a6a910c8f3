import { describe, expect, it } from 'vitest'
import { isoDay } from '#core/demand/demand-panel.ts'
import { rollingFolds } from './rolling-folds.ts'

const online = { firstDay: 14_944, days: 374, series: [] }

describe('rolling folds', () => {
  it('ends a week before the last day, and steps by weeks', () => {
    const { choosing, scored } = rollingFolds(online, { choosing: 4, scored: 8 })
    expect(choosing).toEqual([290, 297, 304, 311])
    expect(scored).toEqual([318, 325, 332, 339, 346, 353, 360, 367])
    expect(isoDay(online, scored.at(-1)! - 1)).toBe('2011-12-02')
  })
  it.each([
    [28, true],
    [27, false],
  ])('wants two weeks before the first origin: %i days', (days, enough) => {
    const make = () => rollingFolds({ ...online, days }, { choosing: 1, scored: 1 })
    if (enough) expect(make().choosing).toEqual([14])
    else expect(make).toThrow(RangeError)
  })
})
