import fc from 'fast-check'
import { expect, it } from 'vitest'
import { rowKey } from '#core/row-key.ts'
import { EngineInTest, type Happening } from '#test/fakes/engine-in-test.ts'
import { alertPlace } from './alert-item.ts'
import type { Alert } from './alerts.ts'

const START = Date.parse('2026-03-02T08:00:00Z')
const movement = fc.record({
  storeId: fc.constantFrom('s', 't'),
  productId: fc.constantFrom('P', 'Q'),
  kind: fc.constantFrom('sale', 'sale', 'received', 'counted'),
  quantity: fc.integer({ min: 1, max: 6 }),
})

it('the ranked ones are the open ones, each at its place', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(movement, { maxLength: 25 }), async (movements) => {
      const engine = new EngineInTest()
      const happenings = movements.map(({ storeId, productId, kind, quantity }, n): Happening => {
        const place = { storeId, at: START + n * 600_000, id: `e${n}` }
        if (kind === 'received') return { ...place, type: 'stock.received', data: { productId, quantity } }
        if (kind === 'counted') return { ...place, type: 'stock.counted', data: { productId, level: quantity } }
        const line = { orderId: `o${n}`, productId, quantity, unitPriceMinor: 1, currency: 'INR' }
        return { ...place, type: 'sale.recorded', data: line }
      })
      await engine.take(...happenings)
      const open = Object.values(await engine.rows('open-alerts')) as Alert[]
      const expected = open.map((row): [string, object] => [
        rowKey('m', alertPlace(row)).replaceAll('\u001f', '/'),
        { storeId: row.storeId, productId: row.productId },
      ])
      expect(await engine.rows('ranked-alerts')).toEqual(Object.fromEntries(expected))
    }),
    { numRuns: 60 },
  )
})
