import { describe, expect, test } from 'vitest'
import { amountFault, productListing, storeListing } from './prepare-listing.ts'

const product = {
  title: 'Desk lamp',
  category: '',
  brand: '',
  supplierId: '',
  price: '',
  unitCost: '',
  currency: '',
  packSize: '',
}
const store = { name: 'High Street', city: '', region: '', timeZone: '', currency: '', openingHours: '', sizeSqft: '' }

describe('a product is listed', () => {
  test('with what is said of it', () => {
    expect(productListing('LAMP', { ...product, category: ' Lamps ' })).toEqual({
      type: 'product.listed',
      storeId: '-',
      data: { productId: 'LAMP', title: 'Desk lamp', category: 'Lamps' },
    })
  })

  test('its price in minor units, exactly', () => {
    const { data } = productListing('LAMP', {
      ...product,
      price: '9,99',
      unitCost: '4.1',
      currency: 'inr',
      packSize: '6',
    })
    expect(data).toMatchObject({ basePriceMinor: 999, unitCostMinor: 410, currency: 'INR', packSize: 6 })
    expect(productListing('L', { ...product, price: '999', currency: 'JPY' }).data.basePriceMinor).toBe(999)
  })

  test('what is no number goes as it is, and the engine says why', () => {
    expect(productListing('L', { ...product, packSize: 'six' }).data.packSize).toBe('six')
    expect(amountFault('9.999', 'INR')).toContain('fraction digits')
    expect(amountFault('cheap', 'INR')).toContain('not a decimal amount')
    expect(amountFault('9.99', 'INR')).toBe(null)
    expect(amountFault('', '')).toBe(null)
  })
})

test('a store is listed', () => {
  expect(storeListing('s1', { ...store, region: 'North', sizeSqft: '1200.5', currency: 'inr' })).toEqual({
    type: 'store.listed',
    storeId: 's1',
    data: { name: 'High Street', region: 'North', sizeSqft: 1200.5, currency: 'INR' },
  })
})
