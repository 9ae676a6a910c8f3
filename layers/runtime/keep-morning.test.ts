import { expect, test } from 'vitest'
import type { Condition, Write } from '#core/ports.ts'
import type { Morning } from '#core/reorders/after-morning.ts'
import { dismissed } from '#core/reorders/decide-reorder.ts'
import { REORDER_PLACES, REORDER_REASONS, REORDERS, type ReorderRow } from '#core/reorders/reorder-row.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { exampleReorder } from '#test/fixtures/example-reorders.ts'
import { keepMorning, type MorningAnswer } from './keep-morning.ts'
import { reorderKey } from './reorder-rows.ts'

const TODAY = '2026-03-02'
const PRODUCTS = Array.from({ length: 23 }, (_, n) => `p${String(n).padStart(2, '0')}`)
const morning: Morning = { today: TODAY, isOrdered: () => false, newId: ({ productId }) => `id of ${productId}` }

/** A store whose transactions are small; somebody decides right before the n-th of them. */
class SmallStore extends MemoryStateStore {
  override readonly maxItems = 20
  decideBefore = 0
  most = 0
  override async commitDurable(writes: readonly Write[], conditions: readonly Condition[] = []): Promise<void> {
    this.most = Math.max(this.most, writes.length + conditions.length)
    if (++this.calls.commitDurable === this.decideBefore) {
      const key = reorderKey('m', { storeId: 's', productId: 'p05' })
      const row = this.get(REORDERS, key) as ReorderRow
      this.write([{ table: REORDERS, key, row: dismissed(row, { by: 'owner', at: 0, on: TODAY }, 'no') }], [])
    }
    this.write(writes, conditions)
  }
}

/** Of every third product nothing is needed. */
const answersOf = (quantity: number): MorningAnswer[] =>
  PRODUCTS.map((productId, n) => {
    const place = { storeId: 's', productId }
    if (n % 3 === 0) return { ...place, reason: { ...place, reason: 'enough', lines: [] } }
    const {
      id: _,
      version: _v,
      state: _s,
      openedOn: _o,
      madeOn: _m,
      ...figures
    } = exampleReorder('', place, { quantity })
    return { ...place, figures }
  })
const rowsOf = async (state: MemoryStateStore, table: string) =>
  (await state.query({ table, range: EVERY_KEY })).map(({ row }) => row)

test('rows are written so many at a time, and a decision that somebody makes meanwhile stays', async () => {
  const state = new SmallStore()
  expect(await keepMorning(state, 'm', morning, answersOf(30))).toBe(15)
  expect(state.most).toBeLessThanOrEqual(20)
  expect(state.calls.commitDurable).toBe(6)
  expect(await keepMorning(state, 'm', morning, answersOf(30))).toBe(0)
  expect(state.calls.commitDurable).toBe(6)

  state.decideBefore = 8
  expect(await keepMorning(state, 'm', morning, answersOf(40))).toBe(14)
  const rows = (await rowsOf(state, REORDERS)) as ReorderRow[]
  expect(rows.map(({ state: its, quantity, version }) => `${its} ${quantity} ${version}`)).toEqual(
    rows.map(({ productId }) => (productId === 'p05' ? 'dismissed 30 2' : 'open 40 2')),
  )
  expect(await rowsOf(state, REORDER_PLACES)).toHaveLength(15)
  expect(await rowsOf(state, REORDER_REASONS)).toHaveLength(8)
})
