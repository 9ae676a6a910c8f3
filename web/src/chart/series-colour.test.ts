import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seriesColour, seriesColours } from './series-colour.ts'

test('alone, a thing has the same colour on every page', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (key, other) => {
      const alone = seriesColour(key, [key])
      expect(alone).toMatch(/^series-[1-8]$/)
      // Whoever comes first keeps its own.
      expect(seriesColour(key, [key, other])).toBe(alone)
    }),
  )
})

test('eight things have eight colours, and what is more has none', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { maxLength: 20 }), (keys) => {
      const colours = [...seriesColours(keys).values()]
      const hues = colours.filter((colour) => colour !== 'other')
      expect(new Set(hues).size).toBe(hues.length)
      expect(hues).toHaveLength(Math.min(8, keys.length))
    }),
  )
})

test('a key that is said twice counts once, and one that is not on the page has no hue', () => {
  expect(seriesColours(['a', 'a']).size).toBe(1)
  expect(seriesColour('b', ['a'])).toBe('other')
})
