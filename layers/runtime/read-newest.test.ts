import fc from 'fast-check'
import { expect, test } from 'vitest'
import { descendingTime, rowKey } from '#core/row-key.ts'
import { MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { readNewest } from './read-newest.ts'

const TABLE = 'lines'
const STORES = ['a', 'b', 'ba', 'c']
type Line = { readonly store: string; readonly at: number; readonly id: string }
const lines = fc
  .array(fc.record({ store: fc.constantFrom(...STORES), at: fc.integer({ min: 1, max: 12 }) }), { maxLength: 30 })
  .map((rows) => rows.map((row, n): Line => ({ ...row, id: `id ${String(n).padStart(2, '0')}` })))

async function stateWith(rows: readonly Line[]): Promise<MemoryStateStore> {
  const state = new MemoryStateStore()
  const write = (merchantId: string, row: Line) =>
    state.commit([{ table: TABLE, key: rowKey(merchantId, row.store, descendingTime(row.at), row.id), row }])
  for (const row of rows)
    for (const merchantId of ['m', 'm2']) await write(merchantId, { ...row, id: `${row.id} ${merchantId}` })
  return state
}

test('page by page they are all rows of the stores and the span, newest first', async () => {
  const span = fc.option(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 13 })), { nil: undefined })
  await fc.assert(
    fc.asyncProperty(
      lines,
      fc.subarray(STORES),
      fc.integer({ min: 1, max: 6 }),
      span,
      async (rows, storeIds, limit, of) => {
        const state = await stateWith(rows)
        const within = of === undefined ? undefined : { fromMs: of[0], toMs: of[1] }
        const found: Line[] = []
        let after: string | undefined
        for (;;) {
          const page = await readNewest<Line>(state, {
            table: TABLE,
            merchantId: 'm',
            storeIds,
            after,
            span: within,
            limit,
          })
          expect(page.length).toBeLessThanOrEqual(limit)
          found.push(...page.map(({ row }) => row))
          if (page.length < limit) break
          after = page.at(-1)!.place
        }
        const expected = rows
          .filter(({ store, at }) => storeIds.includes(store) && (of === undefined || (at >= of[0] && at < of[1])))
          .sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1))
        expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }) => `${id} m`))
      },
    ),
  )
})

test('stores whose newest row is no part of the page are asked once', async () => {
  const rows = STORES.map((store, n): Line => ({ store, at: 10 - n, id: store }))
  const state = await stateWith(rows)
  state.calls.query = 0
  await readNewest(state, { table: TABLE, merchantId: 'm', storeIds: STORES, limit: 2 })
  expect(state.calls.query).toBe(STORES.length + 2)
})
