/** The ways in of providers, through the functions that open and serve them. */
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import type { NewConnectionAnswer } from '#core/api/connections.ts'
import { handler as collect } from '#functions/collect-events/handler.ts'
import { handler as manage } from '#functions/manage-connections/handler.ts'
import { handler } from '#functions/receive-webhook/handler.ts'
import { deliveriesOf, deliveryOf, sweepDeliveries } from '#runtime/delivery-log.ts'
import { modeOf } from '#runtime/demo-doors.ts'
import { addMerchant, setMerchantStatus } from '#runtime/merchants.ts'
import { removeMerchant } from '#runtime/remove-merchant.ts'
import { inviteUser, usersOf } from '#runtime/users.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'

const NOW = '2026-03-02T10:00:00.000Z'
const ROUTE = 'POST /integrations/{marketplace}/webhook/{connectionId}'
const ORDER = {
  eventType: 'ORDER_PLACED',
  productId: 'LAMP',
  price: 9,
  currency: 'INR',
  orderId: 'O-1',
  customerId: 'asha@example.in',
}
const BODY = JSON.stringify(ORDER)

function newShop(merchantId = 'demo') {
  const clock = new FixedClock(NOW)
  const ports = portsInTest({ clock })
  const viewer = ownerOf(merchantId)
  const call = (route: string, params: Record<string, string> = {}, body?: unknown) =>
    ask(manage, ports, route, { viewer, params, body })
  return {
    ports,
    clock,
    call,
    connect: async (more: object = {}): Promise<NewConnectionAnswer> => {
      const { status, body } = await call('POST /connections', {}, { source: 'generic', ...more })
      expect(status, JSON.stringify(body)).toBe(201)
      return body
    },
    deliver: (id: string, headers: Record<string, string>, body: string = BODY, marketplace = 'generic') =>
      ask(handler, ports, ROUTE, { params: { marketplace, connectionId: id }, headers, body, sourceIp: '203.0.113.7' }),
    appended: async () => (await ports.log.status()).shards.reduce((sum, { appended }) => sum + appended, 0),
  }
}

/** What the reference implementation's own client sends. */
function signed(secret: string, body = BODY, { id = 'msg_1', at = NOW } = {}): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(Date.parse(at) / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, new Date(at), body),
  }
}

describe('a delivery', () => {
  it('that is proved is taken, and makes its connection active', async () => {
    const { connect, deliver, call, appended } = newShop()
    const { id, secret, status } = await connect()
    expect(status).toBe('waiting')
    expect((await deliver(id, signed(secret))).status).toBe(202)
    expect(await appended()).toBe(1)
    expect((await call('GET /connections')).body.items).toMatchObject([{ id, status: 'active', acceptedAt: NOW }])
    expect(JSON.stringify((await call('GET /connections')).body)).not.toContain(secret)
  })

  it('that comes again, or twice at once, is one event with the same ids', async () => {
    const { connect, deliver, appended } = newShop()
    const { id, secret } = await connect()
    const [first, second] = await Promise.all([deliver(id, signed(secret)), deliver(id, signed(secret))])
    const third = await deliver(id, signed(secret, BODY, { id: 'msg_2' }))
    expect([first.status, second.status].sort()).toEqual([200, 202])
    expect(third.body).toEqual({ eventIds: first.body.eventIds, repeat: true })
    expect(second.body.eventIds).toEqual(first.body.eventIds)
    expect(await appended()).toBe(1)
  })

  it.each<[string, (secret: string, other: string) => [Record<string, string>, string?]]>([
    ['no proof', () => [{}]],
    ['a wrong one', (secret) => [{ ...signed(secret), 'webhook-signature': 'v1,AAAA' }]],
    ['a stale one', (secret) => [signed(secret, BODY, { at: '2026-03-02T09:54:59Z' })]],
    ['a truncated body', (secret) => [signed(secret), BODY.slice(0, -1)]],
    ['another body', (secret) => [signed(secret), BODY.replace('9', '1')]],
    ["another connection's secret", (_, other) => [signed(other)]],
    ['a token in place of a signature', (secret) => [{ 'x-webhook-token': secret }]],
  ])('with %s is not, is answered like one to nobody, and is in the log', async (_, made) => {
    const { ports, connect, deliver, appended } = newShop()
    const { id, secret } = await connect()
    const { secret: other } = await connect()
    const [headers, body] = made(secret, other)
    const refused = await deliver(id, headers, body)
    const toNobody = await deliver('no-such-connection', headers, body)
    expect(refused.status).toBe(401)
    expect(refused.reply).toEqual(toNobody.reply)
    expect(await appended()).toBe(0)
    expect(await deliveriesOf(ports, id)).toMatchObject([{ number: 1, status: 401 }])
    expect(await deliveryOf(ports, id, 1)).toMatchObject({ body: null })
  })

  it('is not taken at the door of another source, nor when its connection was removed', async () => {
    const { connect, deliver, call } = newShop()
    const { id, secret } = await connect({ proof: 'token' })
    const token = { 'x-webhook-token': secret }
    expect((await deliver(id, token, BODY, 'amazon')).status).toBe(401)
    expect((await deliver(id, token, BODY, 'nobody')).status).toBe(404)
    expect((await deliver(id, token)).status).toBe(202)
    await call('POST /connections/{id}/remove', { id })
    expect((await deliver(id, token)).status).toBe(401)
    expect((await call('GET /connections')).body.items).toEqual([])
  })

  it('is proved before it is parsed, and refused with every wrong field after', async () => {
    const { connect, deliver } = newShop()
    const { id, secret } = await connect()
    expect((await deliver(id, signed(secret), '{no json')).status).toBe(401)
    expect((await deliver(id, signed(secret, '{no json'), '{no json')).body.problems).toEqual([
      { field: '', message: 'the body is not JSON in UTF-8' },
    ])
    const wrong = JSON.stringify({ eventType: 'ORDER_PLACED', quantity: -1 })
    const { status, body } = await deliver(id, signed(secret, wrong), wrong)
    expect(status).toBe(422)
    expect(body.problems.map(({ field }: { field: string }) => field)).toEqual(['quantity', 'productId', 'price'])
  })

  it('goes to the connection’s store where it names none', async () => {
    const { ports, connect, deliver } = newShop()
    const { id, secret } = await connect({ proof: 'token', storeId: 'online' })
    await deliver(id, { authorization: `Bearer ${secret}` }, JSON.stringify({ ...ORDER, region: undefined }))
    const records = (await Promise.all([0, 1, 2, 3].map((shard) => ports.log.read(shard, undefined, 9)))).flat()
    expect(JSON.parse(Buffer.from(records[0]!.bytes).toString())).toMatchObject({
      storeId: 'online',
      source: 'generic',
    })
  })
})

describe('a secret', () => {
  it('that is rotated counts beside the new one for a day, and then no more', async () => {
    const { clock, connect, deliver, call } = newShop()
    const { id, secret } = await connect({ proof: 'token' })
    const { body } = await call('POST /connections/{id}/rotate', { id })
    const fresh = body.secret as string
    expect(fresh).not.toBe(secret)
    for (const each of [secret, fresh])
      expect((await deliver(id, { 'x-webhook-token': each })).status).toBeLessThan(300)
    clock.set('2026-03-03T10:00:00Z')
    expect((await deliver(id, { 'x-webhook-token': secret })).status).toBe(401)
    expect((await deliver(id, { 'x-webhook-token': fresh })).status).toBe(200)
  })

  it('that is rotated twice, or twice at once, counts as long as it was given', async () => {
    const { connect, deliver, call } = newShop()
    const { id, secret } = await connect({ proof: 'token' })
    const rotated = await Promise.all([1, 2].map(() => call('POST /connections/{id}/rotate', { id })))
    for (const each of [secret, ...rotated.map(({ body }) => body.secret as string)])
      expect((await deliver(id, { 'x-webhook-token': each })).status, each).toBeLessThan(300)
  })

  it.each(['!!!!!!!!!!!!!!!!!!!!', 'whsec_!!!!!!!!!!!!!!!!!!!!', 'c2hvcnQgc2hvcnQgc2hv', ' '.repeat(20)])(
    'of Standard Webhooks is a key: %j is none',
    async (secret) => {
      const { call, connect } = newShop()
      const { status, body } = await call('POST /connections', {}, { source: 'generic', secret })
      expect([status, body.problems[0].field]).toEqual([422, 'secret'])
      const { id } = await connect()
      expect((await call('POST /connections/{id}/rotate', { id }, { secret })).status).toBe(422)
    },
  )

  it('of Shopify is made by Shopify', async () => {
    const { call, connect } = newShop()
    const missing = await call('POST /connections', {}, { source: 'shopify' })
    expect([missing.status, missing.body.problems[0].field]).toEqual([422, 'secret'])
    const { id, secret } = await connect({ source: 'shopify', secret: 'shpss_of_the_app_itself' })
    expect(secret).toBe('shpss_of_the_app_itself')
    expect((await call('POST /connections/{id}/rotate', { id })).status).toBe(422)
  })

  it('may be the provider’s own, where it made one', async () => {
    const { connect, deliver, call } = newShop()
    const { id } = await connect({ proof: 'token', secret: 'given-by-the-provider' })
    expect((await deliver(id, { 'x-webhook-token': 'given-by-the-provider' })).status).toBe(202)
    await call('POST /connections/{id}/rotate', { id }, { secret: 'another-of-the-provider', overlapHours: 0 })
    expect((await deliver(id, { 'x-webhook-token': 'given-by-the-provider' })).status).toBe(401)
    expect((await deliver(id, { 'x-webhook-token': 'another-of-the-provider' })).status).toBe(200)
  })

  it('of Standard Webhooks has the form that its clients take', async () => {
    const { secret } = await newShop().connect()
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  })
})

describe('who may send', () => {
  it('a paused connection may not, until it is resumed', async () => {
    const { connect, deliver, call, appended } = newShop()
    const { id, secret } = await connect({ proof: 'token' })
    const token = { 'x-webhook-token': secret }
    await call('POST /connections/{id}/pause', { id })
    expect((await deliver(id, token)).status).toBe(403)
    expect(await appended()).toBe(0)
    expect((await call('POST /connections/{id}/resume', { id })).body.status).toBe('waiting')
    expect((await deliver(id, token)).status).toBe(202)
    await call('POST /connections/{id}/pause', { id })
    expect((await call('POST /connections/{id}/resume', { id })).body.status).toBe('active')
  })

  it('a connection that is paused or removed during its first delivery stays so', async () => {
    for (const [change, left] of [
      ['pause', 403],
      ['remove', 401],
    ] as const) {
      const { connect, deliver, call, ports } = newShop()
      const { id, secret } = await connect({ proof: 'token' })
      const append = ports.log.append.bind(ports.log)
      ports.log.append = async (documents) => {
        await call(`POST /connections/{id}/${change}`, { id })
        return append(documents)
      }
      expect((await deliver(id, { 'x-webhook-token': secret })).status).toBe(202)
      ports.log.append = append
      expect((await deliver(id, { 'x-webhook-token': secret })).status, change).toBe(left)
    }
  })

  it('a suspended merchant may not, and loses nothing', async () => {
    const { ports, connect, deliver, appended } = newShop('asha')
    await addMerchant(ports, { id: 'asha', name: 'Asha' })
    const { id, secret } = await connect({ proof: 'token' })
    const token = { 'x-webhook-token': secret }
    expect((await deliver(id, token)).status).toBe(202)
    await setMerchantStatus(ports.state, 'asha', 'suspended')
    expect((await deliver(id, token, JSON.stringify({ ...ORDER, orderId: 'O-2' }))).status).toBe(403)
    expect(await appended()).toBe(1)
    await setMerchantStatus(ports.state, 'asha', 'active')
    expect((await deliver(id, token, JSON.stringify({ ...ORDER, orderId: 'O-2' }))).status).toBe(202)
  })

  it('a removed merchant is unknown, and so are its people', async () => {
    const { ports, connect, deliver } = newShop('asha')
    await addMerchant(ports, { id: 'asha', name: 'Asha' })
    const { id, secret } = await connect({ proof: 'token' })
    await deliver(id, { 'x-webhook-token': secret })
    await inviteUser(ports, 'asha', { email: 'ann@asha.example', role: 'analyst' })
    await removeMerchant(ports, 'asha')
    expect((await usersOf(ports.state, 'asha')).map(({ id }) => id)).toEqual(['owner'])
    await inviteUser(ports, 'demo', { email: 'ann@asha.example', role: 'analyst' })
    expect((await deliver(id, { 'x-webhook-token': secret })).status).toBe(401)
    expect(await ports.secrets.get(`connection/${id}`)).toBeUndefined()
    expect(await ports.state.query({ table: 'people', range: { from: 'a', to: 'b' } })).toEqual([])
    await expect(addMerchant(ports, { id: 'asha', name: 'Asha' })).rejects.toThrow('already')
    // Done once more, as after a kill in the middle.
    expect(await removeMerchant(ports, 'asha')).toMatchObject({ status: 'removed' })
    await expect(setMerchantStatus(ports.state, 'asha', 'active')).rejects.toThrow('no merchant asha')
  })

  it('nobody may send faster than the connection’s rate', async () => {
    const { connect, deliver, clock } = newShop()
    const { id, secret } = await connect({ proof: 'token', ratePerSecond: 1 })
    const send = () => deliver(id, { 'x-webhook-token': secret })
    const statuses = []
    for (let i = 0; i < 6; i++) statuses.push((await send()).status)
    expect(statuses).toEqual([202, 200, 200, 200, 200, 429])
    expect((await send()).reply.headers).toMatchObject({ 'retry-after': '1' })
    clock.set('2026-03-02T10:00:01Z')
    expect((await send()).status).toBe(200)
  })

  it('nobody may bring more events a day than the merchant’s quota', async () => {
    const { ports, connect, deliver, clock } = newShop('asha')
    await addMerchant(ports, { id: 'asha', name: 'Asha', eventsPerDay: 2, connections: 1 })
    const { id, secret } = await connect({ proof: 'token' })
    const send = (orderId: string) => deliver(id, { 'x-webhook-token': secret }, JSON.stringify({ ...ORDER, orderId }))
    expect([(await send('1')).status, (await send('1')).status, (await send('2')).status]).toEqual([202, 200, 202])
    const refused = await send('3')
    expect([refused.status, refused.reply.headers!['retry-after']]).toEqual([429, String(14 * 3600)])
    clock.set('2026-03-03T00:00:00Z')
    expect((await send('3')).status).toBe(202)
    const atOnce = await Promise.all(['4', '5', '6', '7'].map(send))
    expect(atOnce.map(({ status }) => status).sort()).toEqual([202, 429, 429, 429])
  })

  it('not by the door of our own events either, and nobody who is suspended', async () => {
    const { ports } = newShop('asha')
    await addMerchant(ports, { id: 'asha', name: 'Asha', eventsPerDay: 2 })
    const sale = { orderId: 'O', productId: 'P', quantity: 1, unitPriceMinor: 1, currency: 'INR' }
    const send = (...ids: string[]) =>
      ask(collect, ports, 'POST /collect', {
        viewer: ownerOf('asha'),
        body: { events: ids.map((id) => ({ type: 'sale.recorded', id, storeId: 's', data: sale })) },
      })
    expect((await send('1')).status).toBe(202)
    expect((await send('1')).status).toBe(200)
    expect((await send('2', '3')).status).toBe(429)
    expect((await send('2', '3', '4')).status).toBe(422)
    expect((await send('2')).status).toBe(202)
    await setMerchantStatus(ports.state, 'asha', 'suspended')
    expect((await send('5')).status).toBe(403)
  })

  it('nobody may bring orders of more people than the quota', async () => {
    const { ports, connect, deliver } = newShop('asha')
    await addMerchant(ports, { id: 'asha', name: 'Asha', people: 1 })
    const { id, secret } = await connect({ proof: 'token' })
    const send = (customerId: string | undefined, orderId: string) =>
      deliver(id, { 'x-webhook-token': secret }, JSON.stringify({ ...ORDER, customerId, orderId }))
    expect((await send('asha@example.in', '1')).status).toBe(202)
    expect((await send('Asha@example.in', '2')).status).toBe(202)
    expect((await send('ravi@example.in', '3')).status).toBe(403)
    expect((await send(undefined, '3')).status).toBe(202)
  })

  it('nobody may open more connections than the quota', async () => {
    const { ports, connect, call } = newShop('asha')
    await addMerchant(ports, { id: 'asha', name: 'Asha', connections: 1 })
    await connect()
    const more = await Promise.all([1, 2].map(() => call('POST /connections', {}, { source: 'generic' })))
    expect(more.map(({ status }) => status)).toEqual([409, 409])
    expect((await call('GET /connections')).body.items).toHaveLength(1)
  })
})

it('two shops that number their orders alike need a store each', async () => {
  const { connect, call } = newShop()
  await connect({ source: 'woocommerce' })
  expect((await call('POST /connections', {}, { source: 'woocommerce' })).status).toBe(409)
  await connect({ source: 'woocommerce', storeId: 'second' })
  await connect({ source: 'generic' })
  await connect({ source: 'generic' })
})

it('a message without an identity in its document is known by its id', async () => {
  const { connect, deliver, call, appended } = newShop()
  const { id, secret } = await connect()
  const view = JSON.stringify({ eventType: 'VIEW', productId: 'LAMP' })
  const first = await deliver(id, signed(secret, view), view)
  expect((await deliver(id, signed(secret, view), view)).body).toEqual({ ...first.body, repeat: true })
  expect((await deliver(id, signed(secret, view, { id: 'msg_2' }), view)).status).toBe(202)
  expect(await appended()).toBe(2)
  const again = await call('POST /connections/{id}/deliveries/{number}/redeliver', { id, number: '1' })
  expect(JSON.parse(again.body.answer)).toEqual({ ...first.body, repeat: true })
  expect(await appended()).toBe(2)
})

describe('the delivery log', () => {
  it('tells what came and what it was answered, without personal fields, and gives it once more', async () => {
    const { connect, deliver, call, appended } = newShop()
    const { id, secret } = await connect()
    const { body: first } = await deliver(id, signed(secret))
    const { body: whole } = await call('GET /connections/{id}/deliveries/{number}', { id, number: '1' })
    expect(whole).toMatchObject({ number: 1, status: 202, proof: 'proved', way: 'delivery' })
    expect(JSON.parse(whole.answer)).toEqual(first)
    expect(whole.headers).toEqual({ 'webhook-id': 'msg_1', 'webhook-timestamp': expect.any(String) })
    const { customerId: _, ...impersonal } = ORDER
    expect(JSON.parse(whole.body)).toEqual(impersonal)
    const again = await call('POST /connections/{id}/deliveries/{number}/redeliver', { id, number: '1' })
    expect(again.body).toEqual({ status: 200, answer: JSON.stringify({ ...first, repeat: true }) })
    expect(await appended()).toBe(1)
    const { body } = await call('GET /connections/{id}/deliveries', { id })
    expect(body.items.map(({ way }: { way: string }) => way)).toEqual(['redelivery', 'delivery'])
  })

  it('takes what could not be taken before', async () => {
    const { connect, deliver, call, appended } = newShop()
    const { id, secret } = await connect({ proof: 'token' })
    await call('POST /connections/{id}/pause', { id })
    await call('POST /connections/{id}/resume', { id })
    const lost = JSON.stringify({ ...ORDER, price: 'much' })
    expect((await deliver(id, { 'x-webhook-token': secret }, lost)).status).toBe(422)
    const again = await call('POST /connections/{id}/deliveries/{number}/redeliver', { id, number: '1' })
    expect(again.body.status).toBe(422)
    expect(await appended()).toBe(0)
  })

  it('is of the newest thousand, and of seven days', async () => {
    const { ports, connect, deliver, clock } = newShop()
    const { id, secret } = await connect({ proof: 'token', ratePerSecond: 1_000 })
    for (let i = 0; i < 1_003; i++) await deliver(id, { 'x-webhook-token': secret })
    const kept = await deliveriesOf(ports, id)
    expect([kept.length, kept[0]!.number, kept.at(-1)!.number]).toEqual([1_000, 1_003, 4])
    // Who is not proved pushes nobody out.
    for (let i = 0; i < 150; i++) await deliver(id, {})
    expect(await deliveriesOf(ports, id)).toHaveLength(1_100)
    clock.set('2026-03-09T10:00:00.001Z')
    expect(await deliveriesOf(ports, id)).toEqual([])
    await sweepDeliveries(ports)
    for (const table of ['deliveries', 'delivery-bodies'])
      expect(await ports.state.query({ table, range: { from: 'a', to: 'z' } }), table).toEqual([])
  })

  it('is nobody else’s', async () => {
    const { ports, connect } = newShop()
    const { id } = await connect()
    for (const route of ['GET /connections/{id}/deliveries', 'POST /connections/{id}/remove']) {
      const { status } = await ask(manage, ports, route, { viewer: ownerOf('asha'), params: { id } })
      expect(status, route).toBe(404)
    }
  })

  it('of a test books nothing, and leaves the connection waiting', async () => {
    const { connect, call, appended } = newShop()
    const { id } = await connect()
    const { body } = await call('POST /connections/{id}/test', { id })
    expect(body.status).toBe(200)
    expect(await appended()).toBe(0)
    expect((await call('GET /connections')).body.items).toMatchObject([{ status: 'waiting' }])
  })
})

it.each([
  [{ source: 'nobody' }, ['source']],
  [{ source: 'generic', proof: 'shopify' }, ['proof']],
  [{ source: 'generic', secret: 'short', ratePerSecond: 0, storeId: '' }, ['storeId', 'ratePerSecond', 'secret']],
])('a connection of %j is refused', async (asked, fields) => {
  const { status, body } = await newShop().call('POST /connections', {}, asked)
  expect([status, body.problems.map(({ field }: { field: string }) => field)]).toEqual([422, fields])
})

describe('the demo', () => {
  const local = (ports: ReturnType<typeof portsInTest>) =>
    ask(handler, ports, 'POST /integrations/{marketplace}/webhook', { params: { marketplace: 'amazon' }, body: ORDER })

  it('is mock until something comes from outside, and again when that is paused', async () => {
    const { ports, call } = newShop()
    expect(await modeOf(ports.state, 'demo')).toBe('mock')
    expect(await modeOf(ports.state, 'asha')).toBe('live')
    expect((await local(ports)).status).toBe(202)
    expect(await modeOf(ports.state, 'demo')).toBe('live')
    await call('POST /connections/{id}/pause', { id: 'demo-amazon' })
    expect(await modeOf(ports.state, 'demo')).toBe('mock')
    expect((await local(ports)).status).toBe(403)
    await call('POST /connections/{id}/resume', { id: 'demo-amazon' })
    expect((await local(ports)).status).toBe(200)
    expect(await modeOf(ports.state, 'demo')).toBe('live')
  })
})

it('the ping of WooCommerce, which nobody signs, is answered and books nothing', async () => {
  const { ports, connect, deliver, appended } = newShop()
  const { id } = await connect({ source: 'woocommerce' })
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  for (const connectionId of [id, 'no-such-connection'])
    expect(await deliver(connectionId, form, 'webhook_id=7', 'woocommerce')).toMatchObject({ status: 200 })
  expect((await deliver(id, form, 'webhook_id=7&order=1', 'woocommerce')).status).toBe(401)
  expect((await deliver(id, form, 'webhook_id=7', 'generic')).status).toBe(401)
  expect(await appended()).toBe(0)
  expect(await deliveriesOf(ports, id)).toMatchObject([{ status: 401 }])
})
