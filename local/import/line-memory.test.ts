import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { LineMemory } from './line-memory.ts'

function memoryIn(folder: string): LineMemory {
  const memory = new LineMemory(folder)
  onTestFinished(() => memory.close())
  return memory
}

it('counts how often each line has come, over calls and within one', () => {
  const memory = memoryIn(temporaryFolder())
  const line = (group: string, hash: string) => ({ group, hash })
  expect(memory.occurrences([line('1', 'a'), line('1', 'b'), line('1', 'a'), line('2', 'a')])).toEqual([1, 1, 2, 1])
  expect(memory.occurrences([line('2', 'a'), line('1', 'a')])).toEqual([2, 3])
  expect(memory.occurrences([])).toEqual([])
})

it('gives each product the title that it bore most often, and of several the first', async () => {
  const titles = fc.array(fc.tuple(fc.constantFrom('1', '10', '2'), fc.constantFrom('A', 'B', 'a long one', 'É')))
  const folder = temporaryFolder()
  await fc.assert(
    fc.asyncProperty(titles, fc.integer({ min: 1, max: 5 }), async (sold, atOnce) => {
      const memory = new LineMemory(folder)
      for (let i = 0; i < sold.length; i += atOnce) memory.addTitles(countsOf(sold.slice(i, i + atOnce)))
      const found = [...memory.commonTitles()].map(({ productId, title }) => [productId, title])
      await memory.close()
      const expected = [...countsOf(sold)].map(([productId, counts]) => {
        const most = Math.max(...counts.values())
        return [productId, [...counts].flatMap(([title, n]) => (n === most ? [title] : [])).sort()[0]]
      })
      expect(found.sort()).toEqual(expected.sort())
    }),
    { numRuns: 30 },
  )
})

function countsOf(sold: readonly (readonly [string, string])[]): Map<string, Map<string, number>> {
  const counts = new Map<string, Map<string, number>>()
  for (const [productId, title] of sold) {
    const ofProduct = counts.get(productId) ?? new Map<string, number>()
    counts.set(productId, ofProduct.set(title, (ofProduct.get(title) ?? 0) + 1))
  }
  return counts
}

it('leaves nothing behind, even when its process is killed: its files have no name', () => {
  const folder = temporaryFolder()
  memoryIn(folder).occurrences([{ group: '1', hash: 'a' }])
  expect(readdirSync(folder)).toEqual([])
})
