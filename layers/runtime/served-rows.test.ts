import { expect, test } from 'vitest'
import type { DemandSums } from '#core/demand/demand-learner.ts'
import { blankColumns } from '#core/demand/forecast-columns.ts'
import { type FeatureCounts, shiftOf } from '#core/demand/stability.ts'
import { MemoryObjectStore } from '#test/fakes/memory-object-store.ts'
import { readServedAbout, ServedKeeper } from './served-rows.ts'

const PART = { madeOn: '2026-03-01', partVersion: 'v' }
const NO_SUMS: DemandSums = { add: () => {}, totals: () => [] }

test('shifts and series are those of all panels together', async () => {
  const objects = new MemoryObjectStore()
  const keeper = new ServedKeeper(objects, 'm', PART, NO_SUMS)
  const counts = (now: readonly number[]): FeatureCounts[] => [{ feature: 'x', before: [50, 50, 0], now }]
  for (const [store, now] of [
    ['a', [90, 10, 0]],
    ['b', [10, 90, 0]],
    ['c', [0, 70, 30]],
  ] as const) {
    const series = [{ id: store, store, product: 'p', categories: [], units: new Float64Array(50) }]
    const forecast = { columns: blankColumns(1), said: new Map(), counts: counts(now) }
    await keeper.add({ panel: { firstDay: 0, days: 50, series }, known: 13 }, forecast)
  }
  await keeper.end('2026-02-22')
  expect(await readServedAbout(objects, 'm', PART)).toMatchObject({
    model: '2026-02-22',
    series: 3,
    firsts: ['a', 'b', 'c'].map((store) => ({ store, product: 'p' })),
    shifts: [shiftOf(counts([100, 170, 30])[0]!, 1)],
  })
})
