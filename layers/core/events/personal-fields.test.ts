import fc from 'fast-check'
import { expect, it } from 'vitest'
import { withoutPersonalFields } from './personal-fields.ts'

it('keeps the goods and leaves out the buyer', () => {
  const order = {
    id: 1,
    email: 'asha@example.in',
    'billing-address': { zip: '560038' },
    BuyerInfo: { BuyerName: 'Asha' },
    customerId: 'c1',
    order_status_url: 'https://shop.example/orders/1?key=abc',
    line_items: [
      { name: 'Cup', sku: 'CUP', properties: [{ name: 'Engraving', value: 'For Asha' }], first_name: 'Asha' },
    ],
    shipping_lines: [{ title: 'Post', price: '5.00', phone: null }],
    meta_data: [{ key: '_billing_phone', value: '9845012345' }],
    gift: 'send to asha@example.in',
    call: '+91 98450 12345',
    at: '2026-03-02T10:00:00+05:30',
  }
  expect(withoutPersonalFields(order)).toEqual({
    id: 1,
    line_items: [{ name: 'Cup', sku: 'CUP' }],
    shipping_lines: [{ title: 'Post', price: '5.00' }],
    at: '2026-03-02T10:00:00+05:30',
  })
})

it.each([
  'email',
  'emailId',
  'customer_email_id',
  'phoneNumber',
  'contactNumber',
  'customerPhoneNo',
  'shipTo',
  'credit_card_name',
  'destination_location',
  'payer',
  'note',
])('leaves out %s', (name) => {
  expect(withoutPersonalFields({ kept: 1, deep: [{ [name]: { any: 'Asha' } }] })).toEqual({ kept: 1, deep: [{}] })
})

it('looks into a document that lies in another as text', () => {
  const notification = { NotificationType: 'ORDER_CHANGE', BuyerInfo: { BuyerEmail: 'a@b.c' }, sku: 'CUP' }
  const envelope = { Type: 'Notification', Message: JSON.stringify(notification) }
  expect(withoutPersonalFields(envelope)).toEqual({
    Type: 'Notification',
    Message: '{"NotificationType":"ORDER_CHANGE","sku":"CUP"}',
  })
  expect(withoutPersonalFields({ Message: 'Asha was not at home' })).toEqual({})
})

it('whatever comes, leaves no personal field and changes nothing else', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const kept = withoutPersonalFields(value)
      if (kept === undefined) return
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
