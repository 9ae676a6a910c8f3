import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Draft } from '#core/events/envelope.ts'
import { productListed } from '#core/events/product-listed.ts'
import { storeListed } from '#core/events/store-listed.ts'
import type { Outcome } from '#core/outcome.ts'
import { listProduct, listStore, PRODUCT_COLUMNS, STORE_COLUMNS } from './catalogue-rows.ts'
import { ownEvents } from './own-events.ts'

const DEFAULTS = { currency: 'INR' }
const PRODUCT = {
  product_id: 'LAMP',
  title: 'Desk lamp',
  category: 'Lighting',
  sub_category: 'Desk',
  brand: 'Lumen',
  supplier: 'ACME',
  base_price: '25.99',
  unit_cost: '9',
  currency: 'GBP',
  shelf_life_days: '365',
  pack_size: '6',
  min_order: '12',
  aliases: 'inventory-item-7; variant-8;',
}
const STORE = {
  store_id: 'high-street',
  name: 'High Street',
  city: 'Leeds',
  region: 'North',
  size_sqft: '1200.5',
  time_zone: 'Europe/London',
  currency: 'GBP',
  opening_hours: '09:00-18:00',
}
const product = (row: object) => listProduct({ ...PRODUCT, ...row }, DEFAULTS)
const store = (row: object) => listStore({ ...STORE, ...row })
const dataOf = (listing: Outcome<Draft>): object => (listing.ok ? listing.value.data : { problems: listing.problems })
const told = (listing: Outcome<Draft>) =>
  listing.ok ? [] : listing.problems.map(({ field, message }) => `${field} ${message}`)

it('a row with all its columns is a listing with all its fields', () => {
  expect(product({})).toEqual({
    ok: true,
    value: {
      type: 'product.listed',
      storeId: '-',
      data: {
        productId: 'LAMP',
        title: 'Desk lamp',
        category: 'Lighting',
        subCategory: 'Desk',
        brand: 'Lumen',
        supplierId: 'ACME',
        basePriceMinor: 2599,
        unitCostMinor: 900,
        currency: 'GBP',
        shelfLifeDays: 365,
        packSize: 6,
        minOrder: 12,
        aliases: ['inventory-item-7', 'variant-8'],
      },
    },
  })
  expect(store({})).toEqual({
    ok: true,
    value: {
      type: 'store.listed',
      storeId: 'high-street',
      data: {
        name: 'High Street',
        city: 'Leeds',
        region: 'North',
        sizeSqft: 1200.5,
        timeZone: 'Europe/London',
        currency: 'GBP',
        openingHours: '09:00-18:00',
      },
    },
  })
})

it('its columns are all that it reads, and two of them must be there', () => {
  expect(PRODUCT_COLUMNS.required).toEqual(['product_id', 'title'])
  expect([...PRODUCT_COLUMNS.required, ...PRODUCT_COLUMNS.optional]).toEqual(Object.keys(PRODUCT))
  expect(STORE_COLUMNS.required).toEqual(['store_id', 'name'])
  expect([...STORE_COLUMNS.required, ...STORE_COLUMNS.optional]).toEqual(Object.keys(STORE))
})

it('every field of a listing has a column: a row is the listing whole, and a field without one would be lost', () => {
  expect([...Object.keys(dataOf(product({}))), 'isPartial'].sort()).toEqual(
    Object.keys(productListed.data.shape).sort(),
  )
  expect(Object.keys(dataOf(store({}))).sort()).toEqual(Object.keys(storeListed.data.shape).sort())
})

it('a cell that says nothing is no field, and neither is a column that is not there', () => {
  const empty = Object.fromEntries(PRODUCT_COLUMNS.optional.map((column) => [column, ' ']))
  expect(dataOf(product(empty))).toEqual({ productId: 'LAMP', title: 'Desk lamp' })
  expect(dataOf(listProduct({ product_id: 'LAMP', title: 'Desk lamp' }, DEFAULTS))).toEqual(dataOf(product(empty)))
  expect(dataOf(listStore({ store_id: 's', name: ' S ' }))).toEqual({ name: 'S' })
})

describe('a price', () => {
  it.each([
    ['in the row’s currency', { base_price: '1', currency: 'JPY', unit_cost: '' }, { basePriceMinor: 1 }],
    ['with three digits', { base_price: '1.234', currency: 'KWD', unit_cost: '' }, { basePriceMinor: 1234 }],
    ['of nothing', { base_price: '0', unit_cost: '0.00' }, { basePriceMinor: 0, unitCostMinor: 0 }],
    ['in the merchant’s currency', { currency: '', unit_cost: '' }, { basePriceMinor: 2599, currency: 'INR' }],
    ['of cost alone', { currency: '', base_price: '' }, { unitCostMinor: 900, currency: 'INR' }],
    ['at the bound', { base_price: '100000000000.00' }, { basePriceMinor: 10_000_000_000_000 }],
  ])('%s', (_what, row, data) => {
    expect(dataOf(product(row))).toMatchObject(data)
  })

  it('that is not there needs no currency', () => {
    expect(dataOf(product({ base_price: '', unit_cost: '', currency: '' }))).not.toHaveProperty('currency')
  })
})

describe('what is wrong is told by its column', () => {
  it.each([
    [{ product_id: '' }, ['product_id is empty']],
    [{ product_id: 'x'.repeat(200) }, []],
    [{ product_id: 'x'.repeat(201) }, ['product_id Too big: expected string to have <=200 characters']],
    [{ product_id: 'a\nb' }, ['product_id must not hold control characters']],
    [{ title: '  ' }, ['title is empty']],
    [{ title: 'x'.repeat(501) }, ['title Too big: expected string to have <=500 characters']],
    [{ supplier: 'x'.repeat(201) }, ['supplier Too big: expected string to have <=200 characters']],
    [{ base_price: '1,234.50' }, ['base_price must be a decimal number or text such as 9.99']],
    [{ base_price: '-0.01' }, ['base_price must not be below 0']],
    [{ base_price: '1.999' }, ['base_price "1.999" has more fraction digits than GBP, which has 2']],
    [{ unit_cost: '£9' }, ['unit_cost must be a decimal number or text such as 9.99']],
    [{ unit_cost: '9.5', base_price: '', currency: 'JPY' }, [expect.stringMatching(/^unit_cost .* JPY, which has 0$/)]],
    [{ currency: 'gbp' }, ['currency is not a currency of ISO 4217']],
    [{ shelf_life_days: '1' }, []],
    [{ shelf_life_days: '0' }, ['shelf_life_days Too small: expected number to be >=1']],
    [{ shelf_life_days: '1.5' }, ['shelf_life_days is not a whole number like 12']],
    [{ pack_size: '-6' }, ['pack_size is not a whole number like 12']],
    [{ pack_size: '0' }, ['pack_size Too small: expected number to be >=1']],
    [{ min_order: '0' }, []],
    [{ title: 'Caf\ufffd' }, ['title holds letters that are not UTF-8: save the file as CSV in UTF-8']],
    [{ min_order: 'six' }, ['min_order is not a whole number like 12']],
    [
      { title: '', base_price: 'dear', pack_size: 'x' },
      [
        'title is empty',
        'base_price must be a decimal number or text such as 9.99',
        'pack_size is not a whole number like 12',
      ],
    ],
  ])('of a product: %j', (row, problems) => {
    expect(told(product(row))).toEqual(problems)
  })

  it.each([
    [{ store_id: '' }, ['store_id is empty']],
    [{ store_id: '-' }, ['store_id is what stands for no store: give the store another name']],
    [{ name: '' }, ['name is empty']],
    [{ city: 'x'.repeat(501) }, ['city Too big: expected string to have <=500 characters']],
    [{ size_sqft: '0.5' }, []],
    [{ size_sqft: '0' }, ['size_sqft Too small: expected number to be >0']],
    [{ size_sqft: '1,200' }, ['size_sqft is not a decimal number like 1200.5']],
    [{ time_zone: 'IST' }, ['time_zone is not a time zone like Asia/Kolkata']],
    [{ currency: 'EURO' }, ['currency is not a currency of ISO 4217']],
  ])('of a store: %j', (row, problems) => {
    expect(told(store(row))).toEqual(problems)
  })
})

it('whatever a row says, it becomes a listing that the door takes, or is refused with a reason', () => {
  const cell = fc.oneof(
    fc.constantFrom('', '1', '0', '-1', '9.99', '1e5', 'GBP', 'JPY', 'Asia/Kolkata', 'a\u0001', '__proto__', '\ud800'),
    fc.string({ maxLength: 8 }),
  )
  const rowOf = (columns: object) => fc.record(Object.fromEntries(Object.keys(columns).map((name) => [name, cell])))
  let taken = 0
  const check = (listing: Outcome<Draft>) => {
    if (!listing.ok) return expect(listing.problems.length).toBeGreaterThan(0)
    taken++
    expect(ownEvents.translate(listing.value, DEFAULTS)).toMatchObject({ ok: true, value: { drafts: [listing.value] } })
  }
  fc.assert(
    fc.property(rowOf(PRODUCT), rowOf(STORE), fc.subarray(Object.keys({ ...PRODUCT, ...STORE })), (a, b, right) => {
      const keep = (row: object) => Object.fromEntries(Object.entries(row).filter(([name]) => right.includes(name)))
      check(listProduct({ ...a, ...keep(PRODUCT) }, DEFAULTS))
      check(listStore({ ...b, ...keep(STORE) }))
    }),
    { numRuns: 2000 },
  )
  expect(taken).toBeGreaterThan(100)
})
