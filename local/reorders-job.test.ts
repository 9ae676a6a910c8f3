import { expect, test } from 'vitest'
import { dayOfDate } from '#core/metrics/business-time.ts'
import type { ReorderTask } from '#core/reorders/reorder-policy.ts'
import { USUAL_SERVICE_LEVELS } from '#core/reorders/service-levels.ts'
import { reorderPolicy } from '../models/reorders/reorder-policy.ts'
import { Jobs } from './jobs.ts'

const forecast = [{ mean: 3, quantiles: [1, 2, 2, 3, 3, 3, 4, 4, 5] }]
const sales = { currency: 'INR', revenueMinor: 900, weeklyUnits: [20, 22] }
const task: ReorderTask = {
  today: dayOfDate('2026-03-02'),
  questions: [
    { productId: 'P', storeId: 's', supplierId: 'a', onHand: 4, wantedToday: 1.6, inbound: [], forecast, sales },
    { productId: 'Q', storeId: 's', supplierId: 'a', onHand: 400, inbound: [], forecast, sales },
  ],
  leadTimes: [{ supplierId: 'a', placedOn: 20_000, quantity: 9, leadDays: 4 }],
  errors: [{ errors: [1, Number.NaN, 2, -1], scale: 3 }],
  serviceLevels: USUAL_SERVICE_LEVELS,
  reviewDays: 1,
  cycleDays: 6,
}

test('a thread answers as this one does', async () => {
  const answers = await new Jobs().run({ job: 'reorders', task })
  expect(answers).toEqual(await reorderPolicy.propose(task))
  expect(answers.map(({ kind }) => kind)).toEqual(['proposal', 'none'])
  const lines = Object.fromEntries(answers[0]!.lines.map(({ what, value }) => [what, value]))
  expect([lines['on-hand'], lines['wanted-today']]).toEqual([4, 2])
})
