import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OrderChanged, StatedLine } from '#core/events/order-changed.ts'
import { type EngineInTest, fold, type Happening } from '#test/fakes/engine-in-test.ts'

const START = Date.parse('2026-03-02T10:00:00Z')
const at = (minute: number) => new Date(START + minute * 60_000).toISOString()
const version = (minute: number, lines: readonly StatedLine[], more: Partial<OrderChanged> = {}): Happening => ({
  type: 'order.changed',
  at: at(minute),
  data: { orderId: 'O', changedAt: at(minute), isCancelled: false, lines: [...lines], currency: 'INR', ...more },
})
const cup = (more: Partial<StatedLine> = {}): StatedLine => ({
  lineId: '1',
  productId: 'CUP',
  quantity: 1,
  unitPriceMinor: 100,
  ...more,
})

/** What all that was booked adds up to. */
async function booked(engine: EngineInTest) {
  const days = Object.values(await engine.rows('day-by-total'))
  const sum = (name: string) => days.reduce((total, { sums }) => total + (sums[name] ?? 0), 0)
  return {
    orders: sum('orders'),
    units: sum('units') - sum('cancelledUnits'),
    netMinor: sum('gross:INR') - sum('discount:INR') - sum('cancelled:INR'),
  }
}

describe('a version of an order', () => {
  it.each<[string, Happening[], { units: number; netMinor: number }]>([
    ['alone', [version(0, [cup({ quantity: 3, discountMinor: 50 })])], { units: 3, netMinor: 250 }],
    ['again', [version(0, [cup()]), version(0, [cup()])], { units: 1, netMinor: 100 }],
    ['with more units', [version(0, [cup()]), version(1, [cup({ quantity: 4 })])], { units: 4, netMinor: 400 }],
    ['with fewer', [version(0, [cup({ quantity: 4 })]), version(1, [cup()])], { units: 1, netMinor: 100 }],
    ['at another price', [version(0, [cup()]), version(1, [cup({ unitPriceMinor: 90 })])], { units: 1, netMinor: 90 }],
    ['with a discount', [version(0, [cup()]), version(1, [cup({ discountMinor: 20 })])], { units: 1, netMinor: 80 }],
    [
      'without its discount',
      [version(0, [cup({ discountMinor: 20 })]), version(1, [cup({ discountMinor: 0 })])],
      { units: 1, netMinor: 100 },
    ],
    ['without the line', [version(0, [cup()]), version(1, [])], { units: 0, netMinor: 0 }],
    [
      'with the line again',
      [version(0, [cup({ discountMinor: 20 })]), version(1, []), version(2, [cup({ discountMinor: 30 })])],
      { units: 1, netMinor: 70 },
    ],
    [
      'with another product in the line',
      [version(0, [cup()]), version(1, [cup({ productId: 'POT', unitPriceMinor: 500 })])],
      { units: 1, netMinor: 500 },
    ],
    ['older than the newest', [version(1, [cup()]), version(0, [cup({ quantity: 9 })])], { units: 1, netMinor: 100 }],
    ['cancelled', [version(0, [cup()]), version(1, [cup()], { isCancelled: true })], { units: 0, netMinor: 0 }],
    [
      'cancelled and then alive',
      [version(0, [cup()]), version(1, [], { isCancelled: true }), version(2, [cup()])],
      { units: 1, netMinor: 100 },
    ],
    ['of another order', [version(0, [cup()]), version(1, [cup()], { orderId: 'O2' })], { units: 2, netMinor: 200 }],
    ['whose discount is more than it costs', [version(0, [cup({ discountMinor: 500 })])], { units: 1, netMinor: 0 }],
  ])('%s', async (_, happenings, expected) => {
    expect(await booked(await fold(happenings))).toMatchObject(expected)
  })

  it('that is older than the newest says the price where that is only estimated', async () => {
    const { unitPriceMinor: _, ...unpriced } = cup({ quantity: 2 })
    const listed = { productId: 'CUP', title: 'Cup', basePriceMinor: 300, currency: 'INR' }
    const older = version(1, [cup({ quantity: 5, unitPriceMinor: 90 })])
    const happenings = [{ type: 'product.listed', at: at(0), data: listed }, version(2, [unpriced]), older]
    expect(await booked(await fold(happenings))).toMatchObject({ units: 2, netMinor: 180 })
    const cheaper = version(0, [cup({ unitPriceMinor: 10 })])
    expect(await booked(await fold([...happenings, cheaper]))).toMatchObject({ units: 2, netMinor: 180 })
  })

  it('that is older takes its discount and tax along, for as many units as there are now', async () => {
    const open = (quantity: number) => ({ lineId: '1', productId: 'CUP', quantity })
    const listed = { productId: 'CUP', title: 'Cup', basePriceMinor: 300, currency: 'INR' }
    const engine = await fold([
      { type: 'product.listed', at: at(0), data: listed },
      version(2, [open(3)]),
      version(3, [open(2)]),
      version(1, [cup({ quantity: 3, unitPriceMinor: 334, discountMinor: 102, taxMinor: 150 })]),
    ])
    expect(await booked(engine)).toMatchObject({ units: 2, netMinor: 2 * 334 - 68 })
    expect(Object.values(await engine.rows('order-lines'))).toMatchObject([{ taxMinor: 100, isEstimated: false }])
  })

  it('that leaves discount and tax open keeps them for the units that are left', async () => {
    const priced = cup({ quantity: 4, discountMinor: 40, taxMinor: 80 })
    const engine = await fold([version(0, [priced]), version(1, [{ lineId: '1', productId: 'CUP', quantity: 1 }])])
    expect(await booked(engine)).toMatchObject({ units: 1, netMinor: 90 })
    expect(Object.values(await engine.rows('order-lines'))).toMatchObject([{ discountMinor: 10, taxMinor: 20 }])
  })

  it('that is ahead of our clock is held, and freezes nothing', async () => {
    const engine = await fold([
      version(0, [cup()]),
      version(1, [cup({ quantity: 9 })], { changedAt: '9999-01-01T00:00:00Z' }),
      version(2, [cup({ quantity: 2 })]),
    ])
    expect(await booked(engine)).toMatchObject({ units: 2 })
    expect(Object.keys(await engine.rows('held'))).toHaveLength(1)
  })

  it('whose correction is more than a line may cost is held', async () => {
    const engine = await fold([
      version(0, [cup({ quantity: 900, unitPriceMinor: 1 })]),
      version(1, [cup({ quantity: 900, unitPriceMinor: 100_000_000_000 })]),
    ])
    expect(await booked(engine)).toMatchObject({ units: 900, netMinor: 900 })
  })

  it('that is the first and cancelled books nothing', async () => {
    expect(await booked(await fold([version(0, [cup()], { isCancelled: true })]))).toEqual({
      orders: 0,
      units: 0,
      netMinor: 0,
    })
  })

  it('moves stock by its difference, and a later refund goes by what it costs now', async () => {
    const refund = { refundId: 'R', orderId: 'O', productId: 'CUP', quantity: 1, reason: 'defective' }
    const engine = await fold([
      { type: 'stock.received', at: at(0), data: { productId: 'CUP', quantity: 10 } },
      version(1, [cup({ quantity: 4 })]),
      version(2, [cup({ quantity: 2, unitPriceMinor: 90 })]),
      { type: 'sale.refunded', at: at(3), data: refund },
    ])
    expect(Object.values(await engine.rows('stock'))[0]).toMatchObject({ onHand: 8 })
    expect(Object.values(await engine.rows('day-by-total'))[0].sums['refunded:INR']).toBe(90)
  })
})

const line = fc.record({
  lineId: fc.constantFrom('1', '2', '3'),
  productId: fc.constantFrom('CUP', 'POT'),
  quantity: fc.integer({ min: 1, max: 7 }),
  unitPriceMinor: fc.integer({ min: 0, max: 999 }),
  discountMinor: fc.integer({ min: 0, max: 300 }),
  taxMinor: fc.integer({ min: 0, max: 99 }),
})
const lines = fc.uniqueArray(line, { selector: ({ lineId }) => lineId, maxLength: 3 })
const versions = fc.array(fc.record({ lines, isCancelled: fc.boolean() }), { minLength: 1, maxLength: 6 })

it('whatever versions come, in whatever order and how often, the books say what the newest says', async () => {
  await fc.assert(
    fc.asyncProperty(
      versions.chain((all) =>
        fc.record({
          all: fc.constant(all),
          arrivals: fc.array(fc.nat(all.length - 1), { maxLength: 8 }),
        }),
      ),
      async ({ all, arrivals }) => {
        const newest = Math.max(0, ...arrivals)
        const happenings = [...arrivals, newest].map((n) =>
          version(n, all[n]!.lines, { isCancelled: all[n]!.isCancelled }),
        )
        const stands = all[newest]!.isCancelled ? [] : all[newest]!.lines
        const cost = (each: (typeof stands)[number]) =>
          Math.max(0, each.quantity * each.unitPriceMinor - each.discountMinor)
        expect(await booked(await fold(happenings))).toMatchObject({
          units: stands.reduce((sum, { quantity }) => sum + quantity, 0),
          netMinor: stands.reduce((sum, each) => sum + cost(each), 0),
        })
      },
    ),
    { numRuns: 200 },
  )
})
