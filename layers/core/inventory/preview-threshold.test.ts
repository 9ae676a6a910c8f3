import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SettingsRow } from '#core/settings/settings.ts'
import { EngineInTest } from '#test/fakes/engine-in-test.ts'
import { previewThreshold } from './preview-threshold.ts'
import type { StockCondition } from './stock-alert.ts'
import type { Stock } from './stock-level.ts'
import { unitsPerDay } from './velocity.ts'

const NOTHING: SettingsRow = { values: {}, categories: {} }
const WARNING: StockCondition = { kind: 'LOW_STOCK', severity: 'WARNING' }
const CRITICAL: StockCondition = { kind: 'LOW_STOCK', severity: 'CRITICAL' }
/** Ten are left and ten are sold in as many days. */
const lasting = (days: number) => ({ onHand: 10, tracked: true, unitsPerDay: 10 / days })
const known = (days: number, alert?: StockCondition) => ({
  stock: lasting(days),
  alert,
  category: 'pens',
  ofProduct: undefined,
})

describe('a threshold that is looked at before it is changed', () => {
  it.each<[string, number, StockCondition | undefined, string, number | undefined, string | undefined]>([
    ['cover is just below it', 4.99, undefined, 'lowStockWarningDays', 5, 'opens'],
    ['cover is just at it', 5, undefined, 'lowStockWarningDays', 5, undefined],
    ['it stays as it is', 2, undefined, 'lowStockWarningDays', 3, undefined],
    ['the alert is open already', 2, WARNING, 'lowStockWarningDays', 5, undefined],
    ['it is critical from now on', 2, WARNING, 'lowStockCriticalDays', 2.1, 'worsens'],
    ['it is critical no more', 0.9, CRITICAL, 'lowStockCriticalDays', 0.7, 'eases'],
    ['it is held by the hysteresis', 0.9, CRITICAL, 'lowStockCriticalDays', 0.8, undefined],
    ['it is enough now', 2.5, WARNING, 'lowStockWarningDays', 2, 'resolves'],
    ['it is held as a warning', 2.3, WARNING, 'lowStockWarningDays', 2, undefined],
    ['nothing holds it any more', 3.2, WARNING, 'alertHysteresis', 0, 'resolves'],
    ['it goes back to the default', 2, undefined, 'lowStockWarningDays', undefined, undefined],
  ])('%s', (_, days, alert, name, value, does) => {
    expect(previewThreshold(known(days, alert), NOTHING, { name, value }, false)?.does).toBe(does)
  })

  it('is of the merchant where neither category nor product says otherwise', () => {
    const change = { name: 'lowStockWarningDays', value: 5 }
    const ofCategory = { ...NOTHING, categories: { pens: { lowStockWarningDays: 3 } } }
    expect(previewThreshold(known(4), ofCategory, change, false)).toBeUndefined()
    const ofProduct = { values: { lowStockWarningDays: 3 } }
    expect(previewThreshold({ ...known(4), ofProduct }, NOTHING, change, false)).toBeUndefined()
  })

  it('is of one category, or of one product, and of no other', () => {
    const change = { name: 'lowStockWarningDays', value: 5 }
    expect(previewThreshold(known(4), NOTHING, { ...change, category: 'pens' }, false)?.does).toBe('opens')
    expect(previewThreshold(known(4), NOTHING, { ...change, category: 'shoes' }, false)).toBeUndefined()
    expect(previewThreshold(known(4), NOTHING, { ...change, productId: 'P' }, true)?.does).toBe('opens')
    expect(previewThreshold(known(4), NOTHING, { ...change, productId: 'Q' }, false)).toBeUndefined()
  })

  it('knows nothing of what nobody has counted', () => {
    const stock = { onHand: 0, tracked: false, unitsPerDay: 5 }
    const change = { name: 'lowStockWarningDays', value: 50 }
    expect(previewThreshold({ ...known(1), stock }, NOTHING, change, false)).toBeUndefined()
  })

  it('says what the engine does with the next movement', async () => {
    const at = Date.parse('2026-03-02T12:00:00Z')
    const day = fc.double({ min: 0, max: 20, noNaN: true })
    const levels = fc.record({ received: fc.integer({ min: 1, max: 60 }), sold: fc.integer({ min: 1, max: 60 }) })
    const name = fc.constantFrom('lowStockWarningDays', 'lowStockCriticalDays')
    await fc.assert(
      fc.asyncProperty(levels, name, day, async ({ received, sold }, changed, value) => {
        const engine = new EngineInTest()
        const line = { orderId: 'o', productId: 'P', quantity: sold, unitPriceMinor: 1, currency: 'INR' }
        await engine.take(
          { type: 'stock.received', at, data: { productId: 'P', quantity: received } },
          { type: 'sale.recorded', at: at + 3_600_000, data: line },
        )
        const before: Stock = await engine.onlyRow('stock')
        const stock = { onHand: before.onHand, tracked: before.tracked, unitsPerDay: unitsPerDay(before.velocity) }
        const row = { stock, alert: before.alert, category: undefined, ofProduct: undefined }
        const outcome = previewThreshold(row, NOTHING, { name: changed, value }, false)
        await engine.take(
          { type: 'setting.changed', at: at + 3_600_001, storeId: '-', data: { name: changed, value } },
          // Moves the row and neither the level nor, at the same moment, the pace.
          { type: 'price.changed', at: at + 3_600_000, data: { productId: 'P', priceMinor: 5, currency: 'INR' } },
        )
        const { alert }: Stock = await engine.onlyRow('stock')
        const then = outcome === undefined ? before.alert : outcome.after
        expect([alert?.kind, alert?.severity]).toEqual([then?.kind, then?.severity])
      }),
      { numRuns: 150 },
    )
  })
})
