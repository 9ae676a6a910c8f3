import { describe, expect, it } from 'vitest'
import { checkPanel, DemandPanelError, type DemandSeries, isoDay, weekdayOf } from './demand-panel.ts'

const one: DemandSeries = {
  id: 'a',
  product: 'a',
  store: 's',
  categories: ['x'],
  units: Float64Array.of(1, Number.NaN, 0),
}
const panelOf = (...series: DemandSeries[]) => ({ firstDay: 14_944, days: 3, series })

describe('a panel of demand', () => {
  it('knows its days: 2010-12-01 was a Wednesday', () => {
    expect([isoDay(panelOf(one), 0), isoDay(panelOf(one), 30)]).toEqual(['2010-12-01', '2010-12-31'])
    expect([0, 4, 5].map((day) => weekdayOf(panelOf(one), day))).toEqual([2, 6, 0])
  })
  it('may lack units and plans', () => expect(() => checkPanel(panelOf(one))).not.toThrow())
  it.each([
    ['a name twice', panelOf(one, one)],
    ['a missing day', panelOf({ ...one, discount: Float64Array.of(1, 1) })],
    ['units below 0', panelOf({ ...one, units: Float64Array.of(1, -1, 0) })],
    ['endless units', panelOf({ ...one, units: Float64Array.of(1, Number.POSITIVE_INFINITY, 0) })],
    ['categories of other depths', panelOf(one, { ...one, id: 'b', categories: [] })],
  ])('is refused with %s', (_, panel) => expect(() => checkPanel(panel)).toThrow(DemandPanelError))
})
