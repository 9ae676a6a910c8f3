import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compactionsOf, coveredIn, withoutCovered } from './raw-compaction.ts'
import { rawObject } from './raw-names.ts'

const FOLDER = 'raw/sale_recorded/year=2026/month=03/day=02/'
const object = (first: number, last: number, shard = 0, folder = FOLDER) =>
  rawObject(folder, { shard, first: String(first), last: String(last) })

test('what lies within a larger object of its shard and partition is covered, and nothing else', () => {
  const names = [object(1, 300), object(1, 9), object(10, 99), object(200, 300), object(301, 400), object(9, 10, 1)]
  const elsewhere = object(1, 9, 0, FOLDER.replace('02/', '03/'))
  expect(coveredIn([...names, elsewhere]).sort()).toEqual([object(1, 9), object(10, 99), object(200, 300)].sort())
  expect(withoutCovered([...names, elsewhere, `${FOLDER}part-0.parquet`])).toEqual([
    object(1, 300),
    object(301, 400),
    object(9, 10, 1),
    elsewhere,
    `${FOLDER}part-0.parquet`,
  ])
})

test('objects of one shard and partition become one, up to where the lake is settled', () => {
  const names = [object(10, 99), object(1, 9), object(100, 200), object(5, 6, 1), object(7, 8, 1), object(1, 2, 2)]
  expect(compactionsOf(names, ['150', '8', '2'])).toEqual([
    { folder: FOLDER, names: [object(1, 9), object(10, 99)] },
    { folder: FOLDER, names: [object(5, 6, 1), object(7, 8, 1)] },
  ])
  expect(compactionsOf(names, ['', '', ''])).toEqual([])
})

test('what counts holds every record once, whichever neighbours were put together and are still there', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(lengths, fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 4 }), (sizes, joins) => {
      let at = 0
      const stretches = sizes.map((size) => ({ first: at + 1, last: (at += size) }))
      const all = new Map(stretches.map(({ first, last }) => [object(first, last), last - first + 1]))
      // A join takes whole ones that count, so that one lies within another and none across its end.
      let counting = stretches
      for (const [a, b] of joins) {
        const [from, to] = [Math.min(a, b), Math.max(a, b)].map((i) => Math.min(i, counting.length - 1))
        const joined = { first: counting[from!]!.first, last: counting[to!]!.last }
        all.set(object(joined.first, joined.last), joined.last - joined.first + 1)
        counting = [...counting.slice(0, from), joined, ...counting.slice(to! + 1)]
      }
      const left = withoutCovered([...all.keys()])
      expect(left.reduce((sum, name) => sum + all.get(name)!, 0)).toBe(at)
    }),
  )
})
