import { describe, expect, it } from 'vitest'
import { DemandPanelError } from '#core/demand/demand-panel.ts'
import { gaussian, randomFrom } from '#core/simulator/random.ts'
import { CANDIDATES, forecastMembers } from './demand-members.ts'
import { TREE_RECIPES } from './trees/demand-recipes.ts'

const random = randomFrom(12)
const unitsOf = (level: number) => Float64Array.from({ length: 42 }, () => Math.max(0, level + gaussian(random)))
const series = [3, 8, 20].map((level) => ({ id: String(level), product: String(level), store: 's', categories: [], units: unitsOf(level) })) // biome-ignore format: one shape
const panel = { firstDay: 0, days: 42, series }

describe('members of the demand forecast', () => {
  it('are all made for every cell, finite and not below 0, also beyond the last day', () => {
    const told: string[] = []
    const members = forecastMembers(panel, 42, (name) => told.push(name))
    expect([...members.keys()]).toEqual([...CANDIDATES, ...TREE_RECIPES].map(({ name }) => name))
    expect(told).toEqual([...members.keys()])
    for (const [name, columns] of members)
      for (const column of Object.values(columns)) {
        expect(column, name).toHaveLength(21)
        expect(
          column.every((value) => value >= 0 && value < 40),
          name,
        ).toBe(true)
      }
  })
  it('are refused for a panel that is none, and for days that it has not', () => {
    expect(() => forecastMembers({ ...panel, days: 43 }, 40)).toThrow(DemandPanelError)
    expect(() => forecastMembers(panel, 43)).toThrow(RangeError)
  })
})
