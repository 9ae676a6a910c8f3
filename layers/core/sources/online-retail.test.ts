import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Draft } from '#core/events/envelope.ts'
import { onlineRetail, onlineRetailListing, onlineRetailShop, productSoldBy } from './online-retail.ts'
import { ownEvents } from './own-events.ts'

/** Cases of every kind of line are in `test/golden/online-retail`. */
const LINE = {
  invoice: '536365',
  stock_code: '85123A',
  description: 'WHITE HANGING HEART T-LIGHT HOLDER',
  quantity: '6',
  invoice_ts: '2010-12-01T08:26:00',
  unit_price: '2.55',
  customer_id: '17850',
  country: 'United Kingdom',
}
const NO_DEFAULTS = { currency: '' }

function draftsOf(line: Partial<typeof LINE>): readonly Draft[] {
  const outcome = onlineRetail.translate({ ...LINE, ...line }, NO_DEFAULTS)
  if (!outcome.ok) expect.fail(JSON.stringify(outcome.problems))
  return outcome.value.drafts
}

type Data = { quantity: number; unitPriceMinor: number; amountMinor: number }
const pennies = ({ type, data }: Draft): number => {
  const { quantity, unitPriceMinor, amountMinor } = data as Data
  if (type === 'stock.adjusted') return 0
  if (type === 'charge.recorded') return amountMinor
  return (type === 'sale.cancelled' ? -quantity : quantity) * unitPriceMinor
}
const unitsSold = ({ type, data }: Draft): number => {
  const { quantity } = data as Data
  if (type === 'charge.recorded') return 0
  return type === 'sale.recorded' ? quantity : -quantity
}
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

describe('what is a product', () => {
  it.each(['85123', '85123A', '85123a', '15056bl', '15056BL'])('%s', (stock_code) => {
    expect(draftsOf({ stock_code })[0]).toMatchObject({
      type: 'sale.recorded',
      data: { productId: stock_code.toUpperCase() },
    })
  })

  it.each(['8512', '851234', '85123ABC', 'POST', 'M', 'm', 'BANK CHARGES', 'DCGS0066P', '85123A '])(
    'not %s',
    (stock_code) => {
      expect(draftsOf({ stock_code })[0]).toMatchObject({
        type: 'charge.recorded',
        data: { code: stock_code.toUpperCase() },
      })
    },
  )
})

describe('the amount of a line', () => {
  it.each([
    ['6', '2.55', 1530],
    ['1', '0.004', 0],
    ['1', '0.005', 1],
    ['1', '0.0149999', 1],
    ['3', '0.005', 2],
    ['-3', '0.005', -2],
    ['1000000000', '0.000000001', 100],
    ['1', '11062.06', 1106206],
  ])('%s at %s is %i pennies', (quantity, unit_price, expected) => {
    expect(sum(draftsOf({ quantity, unit_price }).map(pennies))).toBe(expected)
    expect(sum(draftsOf({ quantity, unit_price, stock_code: 'POST' }).map(pennies))).toBe(expected)
  })

  const quantities = fc.integer({ min: -100_000, max: 100_000 }).filter((n) => n !== 0)
  const prices = fc.tuple(fc.nat(99_999), fc.nat(99_999)).map(([whole, fraction]) => [whole, fraction] as const)

  it('is what its events add up to, and so are its units', () => {
    fc.assert(
      fc.property(quantities, prices, fc.constantFrom('536365', 'C536365'), (quantity, [whole, fraction], invoice) => {
        fc.pre(quantity > 0 || whole + fraction > 0) // fewer at no price is a write-off, which is no trade
        const unit_price = `${whole}.${String(fraction).padStart(5, '0')}`
        const drafts = draftsOf({ invoice, quantity: String(quantity), unit_price })
        // In thousandths of a penny both are whole numbers that a double holds.
        const exact = quantity * (whole * 100_000 + fraction)
        const rounded = Math.sign(exact) * Math.floor(Math.abs(exact) / 1000 + 0.5)
        expect(sum(drafts.map(pennies)) + 0).toBe(rounded + 0)
        expect(sum(drafts.map(unitsSold))).toBe(quantity)
        const unitPrices = drafts.map(({ data }) => (data as Data).unitPriceMinor)
        expect(Math.max(...unitPrices) - Math.min(...unitPrices)).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('whatever a line says', () => {
  const text = fc.string({ maxLength: 12 })
  it('becomes events that the door takes, or is refused with a reason', () => {
    const line = fc.record({
      invoice: fc.constantFrom('536365', 'C536379', 'A563185', ''),
      stock_code: fc.oneof(fc.constantFrom('85123a', 'POST', 'D'), text),
      description: text,
      quantity: fc.oneof(fc.integer().map(String), text),
      invoice_ts: fc.constantFrom('2011-03-27T01:30:00', '2011-12-09T12:50:00', 'yesterday'),
      unit_price: fc.oneof(fc.constantFrom('0', '2.55', '-11062.06', '0.001'), text),
      customer_id: fc.constantFrom('', '17850'),
      country: text,
    })
    fc.assert(
      fc.property(line, (fields) => {
        const outcome = onlineRetail.translate(fields, NO_DEFAULTS)
        const drafts = outcome.ok ? outcome.value.drafts : []
        expect(drafts.length + (outcome.ok ? 0 : outcome.problems.length)).toBeGreaterThan(0)
        for (const draft of drafts) expect(ownEvents.translate(draft, NO_DEFAULTS)).toMatchObject({ ok: true })
      }),
    )
  })
})

it.each([
  ['a sale', {}, '85123A'],
  ['a sale that came typed otherwise', { stock_code: '85123a' }, '85123A'],
  ['a gift', { unit_price: '0' }, undefined],
  ['a cancellation', { invoice: 'C536365', quantity: '-6' }, undefined],
  ['found goods', { unit_price: '0', customer_id: '' }, undefined],
  ['a charge', { stock_code: 'POST' }, undefined],
])('the description of %s names a product, or none', (_what, line, productId) => {
  expect(productSoldBy(draftsOf(line)[0]!)).toBe(productId)
})

it('lists the shop and its products in a way that the door takes', () => {
  for (const draft of [onlineRetailShop, onlineRetailListing('85123A', 'WHITE HANGING HEART T-LIGHT HOLDER')])
    expect(ownEvents.translate(draft, NO_DEFAULTS)).toMatchObject({ ok: true })
})
