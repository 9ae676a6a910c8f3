import { describe, expect, it } from 'vitest'
import { EVERY_KEY } from '#core/row-key.ts'
import { PEOPLE_TABLE } from '#runtime/people.ts'
import { everythingIn } from './everything-in.ts'
import { ShopInTest } from './shop-in-test.ts'

/** Whoever is named at a door: by e-mail, telephone, loyalty number, name. */
const PEOPLE = ['Leela.Rao@example.in', '+91 98450 12345', 'LOYAL-0000-7781', 'Ómar Šaríf', 'omar@example.in']
const at = '2026-03-02T10:00:00Z'
const pos = { store_id: 'shop', timestamp: at }
const own = (type: string, data: object) => ({ type, storeId: 'web', data })

async function shopWithPeople(): Promise<ShopInTest> {
  const shop = new ShopInTest()
  const [leela, phone, loyal, omar, mail] = PEOPLE as [string, string, string, string, string]
  const documents = [
    { transaction_id: 'T-1', product_id: 'P', customer_id: leela, amount: 10, ...pos },
    { refund_id: 'R-1', original_transaction_id: 'T-1', product_id: 'P', customer_id: leela, refund_amount: 5, ...pos },
    own('sale.recorded', {
      orderId: 'O',
      productId: 'P',
      quantity: 1,
      unitPriceMinor: 5,
      currency: 'INR',
      customer: phone,
    }),
    own('sale.cancelled', { orderId: 'O', productId: 'P', quantity: 1, customer: phone }),
    own('charge.recorded', { orderId: 'O', code: 'POST', amountMinor: 5, currency: 'INR', customer: loyal }),
    own('product.viewed', { productId: 'P', customer: omar }),
    own('product.clicked', { productId: 'P', customer: omar }),
    own('cart.changed', { cartId: 'C', productId: 'P', quantity: 1, customer: loyal }),
    own('checkout.completed', { cartId: 'C', orderId: 'O', customer: loyal }),
    own('campaign.shown', { campaignId: 'K', customer: mail }),
    own('campaign.clicked', { campaignId: 'K', customer: mail }),
    // It cannot be applied: what is held must not name anybody either.
    own('sale.refunded', { refundId: 'R', orderId: 'unknown', productId: 'P', reason: 'other', customer: mail }),
  ]
  const collected = await shop.send({ at, POST: '/collect', body: { events: documents } })
  expect(collected.body.results.map(({ status }: { status: string }) => status)).toEqual(
    documents.map(() => 'accepted'),
  )
  const order = { eventType: 'ORDER_PLACED', productId: 'P', price: 1, customerId: mail }
  expect((await shop.send({ at, POST: '/integrations/amazon/webhook', body: order })).status).toBe(202)
  return shop
}

describe('nobody who is named at a door', () => {
  it('is named in the log, in a row, in a held document or in a key', async () => {
    const everything = await everythingIn(await shopWithPeople())
    expect(everything).toContain('sale.cancelled')
    expect(everything).toContain('"customer":"c_')
    for (const person of PEOPLE) {
      expect(everything).not.toContain(person.toLowerCase())
      expect(everything).not.toContain(JSON.stringify(person).slice(1, -1).toLowerCase())
      expect(everything).not.toContain(Buffer.from(person).toString('base64').toLowerCase())
    }
  })

  it('is somebody else each time: one token, in a row of its own', async () => {
    const shop = await shopWithPeople()
    const people = await shop.state.query({ table: PEOPLE_TABLE, range: EVERY_KEY })
    expect(people).toHaveLength(PEOPLE.length)
    const tokens = people.map(({ row }) => (row as { token: string }).token)
    expect(new Set(tokens).size).toBe(PEOPLE.length)
    const inTheLog = new Set((await everythingIn(shop)).match(/"customer":"c_\w+"/g))
    expect(inTheLog.size).toBe(PEOPLE.length)
  })

  it('is two people for being written in two ways, even in one body', async () => {
    const shop = new ShopInTest()
    const line = (id: string, customer_id: string) => ({
      transaction_id: id,
      product_id: 'P',
      customer_id,
      amount: 10,
      ...pos,
    })
    const events = [line('T-1', 'leela@example.in'), line('T-2', ' LEELA@example.in '), line('T-3', 'Leela@Example.IN')]
    await shop.send({ at, POST: '/collect', body: { events } })
    const { body } = await shop.send({ at, GET: '/transactions' })
    expect(new Set(body.items.map(({ customer }: { customer: string }) => customer)).size).toBe(1)
    expect(await shop.state.query({ table: PEOPLE_TABLE, range: EVERY_KEY })).toHaveLength(1)
  })
})
