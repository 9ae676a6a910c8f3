/** Somebody is forgotten: all that lies anywhere is looked through for them, before and after. */
import { describe, expect, it } from 'vitest'
import { EVERY_KEY } from '#core/row-key.ts'
import { AUDIT } from '#runtime/audit.ts'
import { PEOPLE_TABLE } from '#runtime/people.ts'
import { MemoryDynamoStateStore, MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { everyPlaceIn } from './everything-in.ts'
import { ShopInTest } from './shop-in-test.ts'

/** By number and name: nothing in a text shows that these are somebody, as an e-mail address does. */
const LOYAL = 'LOYAL-0000-7781'
const at = '2026-03-02T10:00:00Z'
const forget = (shop: ShopInTest, customer: string, headers = {}) =>
  shop.send({ at, POST: '/customers/forget', body: { customer }, headers })

async function shopOf(state: MemoryStateStore): Promise<ShopInTest> {
  const shop = new ShopInTest(state)
  const order = (orderId: string, customerId: string, more: object = {}) =>
    shop.send({
      at,
      POST: '/integrations/amazon/webhook',
      body: { eventType: 'ORDER_PLACED', productId: 'P', price: 9, orderId, customerId, ...more },
    })
  // The door does not know this field: the delivery log keeps it.
  expect((await order('A-1', LOYAL, { tag: `for ${LOYAL.toLowerCase()}` })).status).toBe(202)
  expect((await order('A-2', 'omar@example.in', { tag: 'a gift' })).status).toBe(202)
  const refund = (id: string, more: object) => ({
    type: 'sale.refunded',
    storeId: 'web',
    id,
    data: { refundId: id, orderId: 'unknown', productId: 'P', reason: 'other', ...more },
  })
  const events = [
    // Neither can be applied: both are held, in one object. What one of them says of somebody else nobody could see.
    refund('R-1', { customer: 'omar@example.in', note: `on the card ${LOYAL}` }),
    refund('R-2', { customer: LOYAL, note: `${LOYAL} rang from +91 98450 12345` }),
  ]
  expect((await shop.send({ at, POST: '/collect', body: { events } })).status).toBe(202)
  return shop
}

const tokens = async (shop: ShopInTest) =>
  (await shop.state.query({ table: PEOPLE_TABLE, range: EVERY_KEY })).map(({ row }) => (row as { token: string }).token)

describe.each([
  ['one machine', () => new MemoryStateStore()],
  ['DynamoDB', () => new MemoryDynamoStateStore()],
])('a customer who is forgotten, on %s', (_, newStore) => {
  it('is named nowhere but in what somebody typed into an event, and the receipt names nobody', async () => {
    const shop = await shopOf(newStore())
    const before = await everyPlaceIn(shop)
    expect(before.rows).toContain(LOYAL.toLowerCase())
    expect(before.objects).toContain(LOYAL.toLowerCase())
    expect(before.log.split(LOYAL.toLowerCase())).toHaveLength(2)

    const { status, body } = await forget(shop, ` ${LOYAL}`)
    expect([status, body]).toEqual([
      200,
      {
        id: expect.any(String),
        at: '2026-03-02T10:00:00.000Z',
        by: 'owner',
        deleted: { mappings: 1, deliveries: 1, heldDocuments: 1 },
        areDocumentsSearched: true,
      },
    ])
    const after = await everyPlaceIn(shop)
    expect(after.rows).not.toContain(LOYAL.toLowerCase())
    expect(after.objects).not.toContain(LOYAL.toLowerCase())
    expect(after.objects).toContain('"r-2"') // the other one, held beside it
    expect(after.rows).toContain('a gift')
    expect(await tokens(shop)).toHaveLength(1)
    const [change] = await shop.state.query({ table: AUDIT, range: EVERY_KEY, limit: 1 })
    expect(change!.row).toMatchObject({
      what: 'customer.forgotten',
      subject: body.id,
      after: { deleted: body.deleted },
    })
  })

  it('leaves the ledger as it adds up: a held document that named them is given up', async () => {
    const shop = await shopOf(newStore())
    const held = async (status: string) => (await shop.send({ at, GET: `/quarantine?status=${status}` })).body.items
    const [id] = (await held('held')).map((item: { id: string }) => item.id)
    await forget(shop, LOYAL)
    expect([(await held('held')).length, (await held('discarded')).length]).toEqual([1, 1])
    expect((await shop.send({ at, GET: `/quarantine/${id}` })).status).toBe(410)
    const { ledger } = (await shop.send({ at, GET: '/quality' })).body
    for (const { accepted, applied, duplicate, held: held2, discarded, pending } of ledger)
      expect(applied + duplicate + held2 + discarded + pending).toBe(accepted)
  })

  it('is somebody new when they buy again', async () => {
    const shop = await shopOf(newStore())
    const known = await tokens(shop)
    await forget(shop, LOYAL)
    const body = { eventType: 'ORDER_PLACED', productId: 'P', price: 9, orderId: 'A-9', customerId: LOYAL }
    await shop.send({ at, POST: '/integrations/amazon/webhook', body })
    const fresh = (await tokens(shop)).filter((token) => !known.includes(token))
    expect(fresh).toHaveLength(1)
    expect((await everyPlaceIn(shop)).log).toContain(fresh[0]!.toLowerCase())
  })

  it('may be named by their token; somebody unknown is no error', async () => {
    const shop = await shopOf(newStore())
    const [token] = await tokens(shop)
    const { body } = await forget(shop, token!)
    expect(body.deleted).toEqual({ mappings: 1, deliveries: 0, heldDocuments: 0 })
    expect(await tokens(shop)).not.toContain(token)
    expect((await forget(shop, token!)).body.deleted.mappings).toBe(0)
    expect((await forget(shop, '42')).body).toMatchObject({
      deleted: { mappings: 0, deliveries: 0, heldDocuments: 0 },
      areDocumentsSearched: false,
    })
  })

  it('is forgotten once, whoever asks again under the same key', async () => {
    const shop = await shopOf(newStore())
    const headers = { 'idempotency-key': 'forget-1' }
    const first = await forget(shop, LOYAL, headers)
    expect((await forget(shop, LOYAL, headers)).body).toEqual(first.body)
    const changes = await shop.state.query({ table: AUDIT, range: EVERY_KEY })
    expect(changes.filter(({ row }) => (row as { what: string }).what === 'customer.forgotten')).toHaveLength(1)
  })
})

it('a document that somebody mends by hand names nobody in the log', async () => {
  const shop = await shopOf(new MemoryStateStore())
  const { body: list } = await shop.send({ at, GET: '/quarantine' })
  const { body: held } = await shop.send({ at, GET: `/quarantine/${list.items[0].id}` })
  const mended = JSON.parse(held.document)
  Object.assign(mended.data, { orderId: 'A-2', customer: 'leela@example.in', quantity: 1 })
  const document = JSON.stringify(mended)
  const path = `/quarantine/${list.items[0].id}/replay`
  expect((await shop.send({ at, POST: path, body: { document } })).status).toBe(202)
  expect((await everyPlaceIn(shop)).log).not.toContain('leela@example.in')
  expect(await tokens(shop)).toHaveLength(3)
})
