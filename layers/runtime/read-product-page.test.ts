import { expect, test } from 'vitest'
import { cellKey, cellTable } from '#core/metrics/cells.ts'
import type { Piece } from '#core/metrics/spans.ts'
import type { Query } from '#core/ports.ts'
import { MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { type ProductCells, readProductPage } from './read-product-page.ts'

const SHARDS = 4
const DAYS = 20
const pieces = Array.from({ length: DAYS }, (_, n): Piece => ({ width: 'day', time: `2026-03-${n + 10}` }))

/** `sells`: whether a product has a cell of a day in a shard. */
async function shopOf(products: number, sells: (product: number, day: number, shard: number) => boolean) {
  const state = new MemoryStateStore()
  const writes = Array.from({ length: products }, (_, n) =>
    pieces.flatMap(({ time }, day) =>
      Array.from({ length: SHARDS }, (__, shard) => shard)
        .filter((shard) => sells(n, day, shard))
        .map((shard) => ({
          table: cellTable('day', 'product'),
          key: cellKey.product('m', time, `P${String(n).padStart(4, '0')}`, shard),
          row: { sums: { units: 1, lines: 1 } },
        })),
    ),
  ).flat()
  await state.commit(writes)
  let read = 0
  const counted = {
    getMany: state.getMany.bind(state),
    query: async (query: Query) => {
      const rows = await state.query(query)
      read += rows.length
      return rows
    },
  } as unknown as MemoryStateStore
  const reading = { state: counted, shards: SHARDS, merchantId: 'm', nowMs: 0 }
  return async (limit: number) => {
    const pages: { readonly products: readonly ProductCells[]; readonly read: number }[] = []
    let after: string | undefined
    do {
      read = 0
      const page = await readProductPage(reading, { spans: [pieces], zone: 'UTC', after, limit })
      pages.push({ products: page.products, read })
      after = page.next
    } while (after !== undefined)
    return pages
  }
}
const unitsOf = ({ cells }: ProductCells) => cells[0]!.sums.units

test('of products that sell each day a page is made of about so many cells, and each is whole', async () => {
  const pagesOf = await shopOf(300, () => true)
  const pages = await pagesOf(2_000)
  const all = pages.flatMap(({ products }) => products)
  expect(new Set(all.map(({ productId }) => productId)).size).toBe(300)
  expect(all.map(unitsOf)).toEqual(Array.from({ length: 300 }, () => DAYS * SHARDS))
  expect(Math.max(...pages.map(({ read }) => read))).toBeLessThan(20_000)
  expect(pages.length).toBeLessThan(6)
})

test('days on which little was sold do not make a page shorter', async () => {
  const pagesOf = await shopOf(900, (product, day, shard) => day === 7 && product % SHARDS === shard)
  expect((await pagesOf(500)).map(({ products }) => products.length)).toEqual([500, 400])
})
