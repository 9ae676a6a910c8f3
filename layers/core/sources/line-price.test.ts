import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MAX_AMOUNT_MINOR } from '#core/events/money.ts'
import { linePriceOf } from './line-price.ts'

it.each([
  [1000, 1, 0, { unitPriceMinor: 1000 }],
  [1000, 3, 0, { unitPriceMinor: 334, discountMinor: 2 }],
  [999, 3, 0, { unitPriceMinor: 333 }],
  [1000, 3, 100, { unitPriceMinor: 334, discountMinor: 102 }],
  [0, 5, 0, { unitPriceMinor: 0 }],
  [1, 1_000_000_000, 0, { unitPriceMinor: 1, discountMinor: 999_999_999 }],
])('%i for %i units, %i off: %j', (amountMinor, quantity, discountMinor, price) => {
  expect(linePriceOf(amountMinor, quantity, discountMinor)).toEqual(price)
})

it('adds up to the last minor unit', () => {
  const amount = fc.integer({ min: 0, max: MAX_AMOUNT_MINOR })
  const quantity = fc.integer({ min: 1, max: 1_000_000_000 })
  fc.assert(
    fc.property(amount, quantity, (amountMinor, units) => {
      const { unitPriceMinor, discountMinor = 0 } = linePriceOf(amountMinor, units)
      expect(BigInt(unitPriceMinor) * BigInt(units) - BigInt(discountMinor)).toBe(BigInt(amountMinor))
      expect(discountMinor).toBeLessThan(units)
    }),
    { numRuns: 2000 },
  )
})
