import fc from 'fast-check'
import { expect, it } from 'vitest'
import { withoutPersonalFields } from './personal-fields.ts'

it('keeps the goods and leaves out the buyer', () => {
  const order = {
    id: 1,
    email: 'asha@example.in',
    contact_email: 'asha@example.in',
    'billing-address': { zip: '560038' },
    BuyerInfo: { BuyerName: 'Asha' },
    customerId: 'c1',
    line_items: [{ name: 'Cup', sku: 'CUP', properties: [{ name: 'Engraving', value: 'x' }], first_name: 'Asha' }],
    shipping_lines: [{ title: 'Post', price: '5.00', phone: null }],
  }
  expect(withoutPersonalFields(order)).toEqual({
    id: 1,
    line_items: [{ name: 'Cup', sku: 'CUP', properties: [{ name: 'Engraving', value: 'x' }] }],
    shipping_lines: [{ title: 'Post', price: '5.00' }],
  })
})

it('whatever comes, leaves no personal field and changes nothing else', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const kept = withoutPersonalFields(value)
      expect(JSON.stringify(kept)).not.toMatch(/"(customer|email)":/)
      expect(withoutPersonalFields(kept)).toEqual(kept)
    }),
  )
  expect(withoutPersonalFields(3)).toBe(3)
  expect(withoutPersonalFields(null)).toBe(null)
})

it('ends, however deep it goes', () => {
  let deep: unknown = 1
  for (let i = 0; i < 10_000; i++) deep = [deep]
  expect(JSON.stringify(withoutPersonalFields(deep)).length).toBeLessThan(200)
})
