/** The ways in of providers, through the functions that open and serve them. */

import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import type { NewConnectionAnswer } from '#core/api/connections.ts'
import { rowKey } from '#core/row-key.ts'
import { handler as collect } from '#functions/collect-events/handler.ts'
import { handler as manage } from '#functions/manage-integrations/handler.ts'
import { handler } from '#functions/receive-webhook/handler.ts'
import { deliveriesOf, deliveryOf, sweepDeliveries } from '#runtime/delivery-log.ts'
import { CHAMPIONS_TABLE } from '#runtime/demand-models.ts'
import { modeOf } from '#runtime/demo-doors.ts'
import { addMerchant, setMerchantStatus } from '#runtime/merchants.ts'
import { NIGHT_PARTS } from '#runtime/night-parts.ts'
import { NIGHTS_TABLE } from '#runtime/night-row.ts'
import { findConnection } from '#runtime/provider-connections.ts'
import { removeMerchant } from '#runtime/remove-merchant.ts'
import { inviteUser, usersOf } from '#runtime/users.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemorySecrets } from '#test/fakes/memory-secrets.ts'
import { MemoryDynamoStateStore, MemoryStateStore } from '#test/fakes/memory-state-store.ts'
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
const STORES = [MemoryStateStore, MemoryDynamoStateStore]

function newShop(merchantId = 'demo', state = new MemoryStateStore()) {
  const clock = new FixedClock(NOW)
  const secrets = new MemorySecrets()
  const ports = portsInTest({ clock, state, secrets })
  const viewer = ownerOf(merchantId)
  const call = (route: string, params: Record<string, string> = {}, body?: unknown, more: object = {}) =>
    ask(manage, ports, route, { viewer, params, body, ...more })
  return {
    ports,
    secrets,
    clock,
    call,
    change: (id: string, body: object, headers: Record<string, string> = {}) =>
      call('PATCH /integrations/{id}', { id }, body, { headers }),
    close: (id: string, headers: Record<string, string> = {}) =>
      call('DELETE /integrations/{id}', { id }, undefined, { headers }),
    connect: async (more: object = {}): Promise<NewConnectionAnswer> => {
      const { status, body } = await call('POST /integrations', {}, { source: 'generic', ...more })
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
    expect((await call('GET /integrations')).body.items).toMatchObject([{ id, status: 'active', acceptedAt: NOW }])
    expect(JSON.stringify((await call('GET /integrations')).body)).not.toContain(secret)
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
    expect((await deliveriesOf(ports, id)).items).toMatchObject([{ number: 1, status: 401 }])
    expect(await deliveryOf(ports, id, 1)).toMatchObject({ body: null })
  })

  it('is not taken at the door of another source, nor when its connection was removed', async () => {
    const { connect, deliver, call, close } = newShop()
    const { id, secret } = await connect({ proof: 'token' })
    const token = { 'x-webhook-token': secret }
    expect((await deliver(id, token, BODY, 'amazon')).status).toBe(401)
    expect((await deliver(id, token, BODY, 'nobody')).status).toBe(404)
    expect((await deliver(id, token)).status).toBe(202)
    await close(id)
    expect((await deliver(id, token)).status).toBe(401)
    expect((await call('GET /integrations')).body.items).toEqual([])
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
    const { body } = await call('POST /integrations/{id}/rotate', { id })
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
    const rotated = await Promise.all([1, 2].map(() => call('POST /integrations/{id}/rotate', { id })))
    for (const each of [secret, ...rotated.map(({ body }) => body.secret as string)])
      expect((await deliver(id, { 'x-webhook-token': each })).status, each).toBeLessThan(300)
  })

  it.each(['!!!!!!!!!!!!!!!!!!!!', 'whsec_!!!!!!!!!!!!!!!!!!!!', 'c2hvcnQgc2hvcnQgc2hv', ' '.repeat(20)])(
    'of Standard Webhooks is a key: %j is none',
    async (secret) => {
      const { call, connect } = newShop()
      const { status, body } = await call('POST /integrations', {}, { source: 'generic', secret })
      expect([status, body.problems[0].field]).toEqual([422, 'secret'])
      const { id } = await connect()
      expect((await call('POST /integrations/{id}/rotate', { id }, { secret })).status).toBe(422)
    },
  )

  it('of Shopify is made by Shopify', async () => {
    const { call, connect } = newShop()
    const missing = await call('POST /integrations', {}, { source: 'shopify' })
    expect([missing.status, missing.body.problems[0].field]).toEqual([422, 'secret'])
    const { id, secret } = await connect({ source: 'shopify', secret: 'shpss_of_the_app_itself' })
    expect(secret).toBe('shpss_of_the_app_itself')
    expect((await call('POST /integrations/{id}/rotate', { id })).status).toBe(422)
  })

  it('may be the provider’s own, where it made one', async () => {
    const { connect, deliver, call } = newShop()
    const { id } = await connect({ proof: 'token', secret: 'given-by-the-provider' })
    expect((await deliver(id, { 'x-webhook-token': 'given-by-the-provider' })).status).toBe(202)
    await call('POST /integrations/{id}/rotate', { id }, { secret: 'another-of-the-provider', overlapHours: 0 })
    expect((await deliver(id, { 'x-webhook-token': 'given-by-the-provider' })).status).toBe(401)
    expect((await deliver(id, { 'x-webhook-token': 'another-of-the-provider' })).status).toBe(200)
  })

  it('of Standard Webhooks has the form that its clients take', async () => {
    const { secret } = await newShop().connect()
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  })
})

describe('a change', () => {
  it.each([
    [{ label: 'theirs' }, { label: 'theirs' }],
    [{ ratePerSecond: 5 }, { ratePerSecond: 5 }],
    [{ storeId: 'online' }, { storeId: 'online' }],
    [{ status: 'paused' }, { status: 'paused' }],
    [
      { status: 'paused', label: 'theirs', ratePerSecond: 5, storeId: 'online', version: 0 },
      { status: 'paused', label: 'theirs', ratePerSecond: 5, storeId: 'online' },
    ],
  ])('of %j is answered, shown and counted, and nothing else changes', async (asked, more) => {
    const { connect, call, change } = newShop()
    const { secret: _, ...made } = await connect()
    expect(made.version).toBe(0)
    const { status, body } = await change(made.id, asked)
    expect([status, body]).toEqual([200, { ...made, ...more, version: 1 }])
    expect((await call('GET /integrations')).body.items).toEqual([body])
    expect((await change(made.id, { ...asked, version: 1 })).body).toEqual(body)
  })

  it('of the store is where deliveries go from then on, until there is none again', async () => {
    const { ports, connect, deliver, change } = newShop()
    const { id, secret } = await connect({ proof: 'token' })
    const stores = []
    for (const [storeId, orderId] of [
      ['first', '1'],
      ['second', '2'],
      [null, '3'],
    ]) {
      expect((await change(id, { storeId })).body.storeId).toBe(storeId)
      const order = JSON.stringify({ ...ORDER, orderId })
      expect((await deliver(id, { 'x-webhook-token': secret }, order)).status).toBe(202)
    }
    const records = (await Promise.all([0, 1, 2, 3].map((shard) => ports.log.read(shard, undefined, 9)))).flat()
    for (const { bytes } of records) stores.push(JSON.parse(Buffer.from(bytes).toString()).storeId)
    expect(stores.sort()).toEqual(['first', 'generic', 'second'])
  })

  it('of the rate counts at once', async () => {
    const { connect, deliver, change } = newShop()
    const { id, secret } = await connect({ proof: 'token' })
    await change(id, { ratePerSecond: 1 })
    const statuses = []
    for (let i = 0; i < 6; i++) statuses.push((await deliver(id, { 'x-webhook-token': secret })).status)
    expect(statuses.at(-1)).toBe(429)
  })

  it.each<[unknown, string[]]>([
    [{ colour: 'red' }, ['colour']],
    [{ id: 'mine', secret: 'a-secret-of-our-own', proof: 'token' }, ['id', 'secret', 'proof']],
    [{ status: 'removed' }, ['status']],
    [
      { status: 'waiting', label: '', ratePerSecond: 0, storeId: '', version: -1 },
      ['status', 'label', 'ratePerSecond', 'storeId', 'version'],
    ],
    [{ label: null }, ['label']],
    [{}, ['']],
    [{ version: 0 }, ['']],
    [[], ['']],
    [null, ['']],
    ['{', ['']],
    ['', ['']],
  ])('of %j is refused, by field', async (asked, fields) => {
    const { connect, call, change } = newShop()
    const { id } = await connect()
    const { status, body } = await change(id, asked as object)
    expect([status, body.problems.map(({ field }: { field: string }) => field)]).toEqual([422, fields])
    expect((await call('GET /integrations')).body.items).toMatchObject([{ status: 'waiting', version: 0 }])
  })

  it('that rests on another version is a conflict, and shows what is there', async () => {
    const { connect, call, change, close } = newShop()
    const { id } = await connect()
    await change(id, { label: 'first' })
    const [present] = (await call('GET /integrations')).body.items
    for (const late of [
      await change(id, { label: 'late', version: 0 }),
      await change(id, { label: 'late', version: 2 }),
      await change(id, { label: 'late' }, { 'if-match': '"0"' }),
      await call('POST /integrations/{id}/rotate', { id }, undefined, { headers: { 'if-match': '"0"' } }),
      await close(id, { 'if-match': '"0"' }),
    ]) {
      expect(late.status).toBe(409)
      expect(late.body).toEqual({ type: 'about:blank', title: late.body.title, status: 409, present })
      expect(late.body.title).toContain('try again with its version')
    }
    expect((await change(id, { label: 'x' }, { 'if-match': '1' })).body.problems).toMatchObject([{ field: 'If-Match' }])
    expect((await call('GET /integrations')).body.items).toEqual([present])
    expect((await change(id, { label: 'second' }, { 'if-match': '"1"' })).body).toMatchObject({ version: 2 })
    expect((await change(id, { label: 'third' }, { 'if-match': '*' })).body).toMatchObject({ version: 3 })
    expect((await close(id, { 'if-match': '"3"' })).status).toBe(200)
  })

  it('of one version by several at once is that of one of them alone', async () => {
    const { connect, call, change } = newShop()
    const { id } = await connect()
    const labels = ['a', 'b', 'c', 'd']
    const answers = await Promise.all(labels.map((label) => change(id, { label, version: 0 })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
    const won = answers.find(({ status }) => status === 200)!.body
    expect((await call('GET /integrations')).body.items).toEqual([won])
    for (const { status, body } of answers) if (status === 409) expect(body.present).toEqual(won)
  })

  it('of no version loses none of those beside it', async () => {
    const { connect, call, change } = newShop()
    const { id } = await connect()
    const all = [{ label: 'a' }, { ratePerSecond: 5 }, { storeId: 's' }, { status: 'paused' }]
    await Promise.all(all.map((each) => change(id, each)))
    expect((await call('GET /integrations')).body.items).toMatchObject([{ ...Object.assign({}, ...all), version: 4 }])
  })

  it('of a row from before versions is from version 0, and one of several at once', async () => {
    const { ports, connect, call, change } = newShop()
    const { id } = await connect()
    const { version: _, ...old } = (await findConnection(ports.state, id))!
    await ports.state.commitDurable([{ table: 'provider-connections', key: id, row: old }])
    expect((await call('GET /integrations')).body.items).toMatchObject([{ version: 0 }])
    const answers = await Promise.all(['a', 'b'].map((label) => change(id, { label, version: 0 })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await call('GET /integrations')).body.items).toMatchObject([{ version: 1 }])
  })

  it('is the first delivery too, and a new secret', async () => {
    const { connect, deliver, call } = newShop()
    const { id, secret } = await connect({ proof: 'token' })
    for (let i = 0; i < 2; i++) await deliver(id, { 'x-webhook-token': secret })
    expect((await call('GET /integrations')).body.items).toMatchObject([{ status: 'active', version: 1 }])
    expect((await call('POST /integrations/{id}/rotate', { id })).body).toMatchObject({ id, version: 2 })
    expect((await call('GET /integrations')).body.items).toMatchObject([{ version: 2 }])
  })

  it('while the first delivery is under way is kept, and so is that it was taken', async () => {
    const { connect, deliver, change, call, ports } = newShop()
    const { id, secret } = await connect({ proof: 'token' })
    const append = ports.log.append.bind(ports.log)
    ports.log.append = async (documents) => {
      await change(id, { label: 'meanwhile' })
      return append(documents)
    }
    expect((await deliver(id, { 'x-webhook-token': secret })).status).toBe(202)
    expect((await call('GET /integrations')).body.items).toMatchObject([
      { label: 'meanwhile', status: 'active', acceptedAt: NOW, version: 2 },
    ])
  })

  it('of a store may not make two shops one', async () => {
    const { connect, change } = newShop()
    await connect({ source: 'woocommerce', storeId: 'first' })
    const { id } = await connect({ source: 'woocommerce', storeId: 'second' })
    const { status, body } = await change(id, { storeId: 'first' })
    expect([status, body.title]).toEqual([409, expect.stringContaining('give this one another store')])
    expect((await change(id, { label: 'the second', storeId: 'second' })).status).toBe(200)
    expect((await change(id, { storeId: 'third' })).status).toBe(200)
  })

  it('that closes it is done once', async () => {
    const { ports, connect, call, change, close } = newShop()
    const { id } = await connect()
    expect((await close(id)).body).toMatchObject({ id, status: 'removed', version: 1 })
    expect(await ports.secrets.get(`connection/${id}`)).toBeUndefined()
    expect((await close(id)).status).toBe(404)
    expect((await change(id, { label: 'x' })).status).toBe(404)
    expect((await call('POST /integrations/{id}/rotate', { id })).status).toBe(404)
    expect((await call('POST /integrations/{id}/test', { id })).status).toBe(404)
  })

  it('by two at once that close it is done once', async () => {
    const { connect, close } = newShop()
    const { id } = await connect()
    const answers = await Promise.all([close(id), close(id)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404])
  })
})

describe('who may send', () => {
  it('a paused connection may not, until it is resumed', async () => {
    const { connect, deliver, change, appended } = newShop()
    const { id, secret } = await connect({ proof: 'token' })
    const token = { 'x-webhook-token': secret }
    await change(id, { status: 'paused' })
    expect((await deliver(id, token)).status).toBe(403)
    expect(await appended()).toBe(0)
    expect((await change(id, { status: 'active' })).body.status).toBe('waiting')
    expect((await deliver(id, token)).status).toBe(202)
    await change(id, { status: 'paused' })
    expect((await change(id, { status: 'active' })).body.status).toBe('active')
  })

  it('a connection that is paused or removed during its first delivery stays so', async () => {
    for (const [change, left] of [
      [['PATCH /integrations/{id}', { status: 'paused' }], 403],
      [['DELETE /integrations/{id}', undefined], 401],
    ] as const) {
      const { connect, deliver, call, ports } = newShop()
      const { id, secret } = await connect({ proof: 'token' })
      const append = ports.log.append.bind(ports.log)
      ports.log.append = async (documents) => {
        await call(change[0], { id }, change[1])
        return append(documents)
      }
      expect((await deliver(id, { 'x-webhook-token': secret })).status).toBe(202)
      ports.log.append = append
      expect((await deliver(id, { 'x-webhook-token': secret })).status, change[0]).toBe(left)
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
    const owner = { merchantId: 'asha', subject: 'owner' }
    await ports.identity.openSession(owner, 'a browser')
    await ports.identity.createToken(owner, { label: 'for ever', scopes: ['figures:read'] })
    const code = await ports.identity.issueCode('sign-in', owner)
    const ofNights = { [NIGHTS_TABLE]: 'asha', [CHAMPIONS_TABLE]: 'asha', [NIGHT_PARTS]: rowKey('asha', 'v', 't', 'd') }
    for (const [table, key] of Object.entries(ofNights)) await ports.state.commit([{ table, key, row: {} }])
    await removeMerchant(ports, 'asha')
    for (const [table, key] of Object.entries(ofNights)) expect(await ports.state.get(table, key)).toBeUndefined()
    expect((await usersOf(ports.state, 'asha')).map(({ id }) => id)).toEqual(['owner'])
    expect(await ports.identity.tokensOf('asha')).toEqual([])
    expect(await ports.identity.sessionsOf(owner)).toEqual([])
    expect(await ports.identity.readCode('sign-in', code)).toBeUndefined()
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
    const more = await Promise.all([1, 2].map(() => call('POST /integrations', {}, { source: 'generic' })))
    expect(more.map(({ status }) => status)).toEqual([409, 409])
    expect((await call('GET /integrations')).body.items).toHaveLength(1)
  })

  it.each(STORES)('of two who open the last one of the quota at once one does: %o', async (Store) => {
    const { ports, connect, call, secrets } = newShop('asha', new Store())
    await addMerchant(ports, { id: 'asha', name: 'Asha', connections: 2 })
    const { id: first } = await connect()
    const more = await Promise.all([1, 2].map(() => call('POST /integrations', {}, { source: 'generic' })))
    expect(more.map(({ status }) => status).toSorted()).toEqual([201, 409])
    expect(more.find(({ status }) => status === 409)?.body.title).toBe(
      'This merchant may have 2 connections: remove one first',
    )
    const { id: second } = more.find(({ status }) => status === 201)!.body
    expect((await call('GET /integrations')).body.items.map(({ id }: { id: string }) => id)).toEqual([first, second])
    expect(secrets.names.filter((name) => name.startsWith('connection/'))).toEqual(
      [`connection/${first}`, `connection/${second}`].toSorted(),
    )
  })
})

it('two shops that number their orders alike need a store each', async () => {
  const { connect, call } = newShop()
  await connect({ source: 'woocommerce' })
  expect((await call('POST /integrations', {}, { source: 'woocommerce' })).status).toBe(409)
  await connect({ source: 'woocommerce', storeId: 'second' })
  await connect({ source: 'generic' })
  await connect({ source: 'generic' })
})

it.each(STORES)('of two who open or change one of a source to the same store at once one does: %o', async (Store) => {
  const { connect, call, change } = newShop('demo', new Store())
  const open = () => call('POST /integrations', {}, { source: 'woocommerce', storeId: 'first' })
  const opened = await Promise.all([open(), open()])
  expect(opened.map(({ status }) => status).toSorted()).toEqual([201, 409])
  const { id } = await connect({ source: 'woocommerce', storeId: 'second' })
  const { id: other } = await connect({ source: 'woocommerce', storeId: 'third' })
  const moved = await Promise.all([change(id, { storeId: 'fourth' }), change(other, { storeId: 'fourth' })])
  expect(moved.map(({ status }) => status).toSorted()).toEqual([200, 409])
  const both = await Promise.all([
    change(id, { storeId: 'fifth' }),
    call('POST /integrations', {}, { source: 'woocommerce', storeId: 'fifth' }),
  ])
  expect(both.filter(({ status }) => status === 409)).toHaveLength(1)
})

it('a message without an identity in its document is known by its id', async () => {
  const { connect, deliver, call, appended } = newShop()
  const { id, secret } = await connect()
  const view = JSON.stringify({ eventType: 'VIEW', productId: 'LAMP' })
  const first = await deliver(id, signed(secret, view), view)
  expect((await deliver(id, signed(secret, view), view)).body).toEqual({ ...first.body, repeat: true })
  expect((await deliver(id, signed(secret, view, { id: 'msg_2' }), view)).status).toBe(202)
  expect(await appended()).toBe(2)
  const again = await call('POST /integrations/{id}/deliveries/{number}/redeliver', { id, number: '1' })
  expect(JSON.parse(again.body.answer)).toEqual({ ...first.body, repeat: true })
  expect(await appended()).toBe(2)
})

describe('the delivery log', () => {
  it('tells what came and what it was answered, without personal fields, and gives it once more', async () => {
    const { connect, deliver, call, appended } = newShop()
    const { id, secret } = await connect()
    const { body: first } = await deliver(id, signed(secret))
    const { body: whole } = await call('GET /integrations/{id}/deliveries/{number}', { id, number: '1' })
    expect(whole).toMatchObject({ number: 1, status: 202, proof: 'proved', way: 'delivery' })
    expect(JSON.parse(whole.answer)).toEqual(first)
    expect(whole.headers).toEqual({
      'content-type': 'application/json',
      'webhook-id': 'msg_1',
      'webhook-timestamp': expect.any(String),
    })
    const { customerId: _, ...impersonal } = ORDER
    expect(JSON.parse(whole.body)).toEqual(impersonal)
    const again = await call('POST /integrations/{id}/deliveries/{number}/redeliver', { id, number: '1' })
    expect(again.body).toEqual({ status: 200, answer: JSON.stringify({ ...first, repeat: true }) })
    expect(await appended()).toBe(1)
    const { body } = await call('GET /integrations/{id}/deliveries', { id })
    expect(body.items.map(({ way }: { way: string }) => way)).toEqual(['redelivery', 'delivery'])
  })

  it('takes what could not be taken before', async () => {
    const { connect, deliver, call, change, appended } = newShop()
    const { id, secret } = await connect({ proof: 'token' })
    await change(id, { status: 'paused' })
    await change(id, { status: 'active' })
    const lost = JSON.stringify({ ...ORDER, price: 'much' })
    expect((await deliver(id, { 'x-webhook-token': secret }, lost)).status).toBe(422)
    const again = await call('POST /integrations/{id}/deliveries/{number}/redeliver', { id, number: '1' })
    expect(again.body.status).toBe(422)
    expect(await appended()).toBe(0)
  })

  it('is of the newest thousand, and of seven days', async () => {
    const { ports, connect, deliver, clock } = newShop()
    const { id, secret } = await connect({ proof: 'token', ratePerSecond: 1_000 })
    for (let i = 0; i < 1_003; i++) await deliver(id, { 'x-webhook-token': secret })
    const { items: kept } = await deliveriesOf(ports, id)
    expect([kept.length, kept[0]!.number, kept.at(-1)!.number]).toEqual([1_000, 1_003, 4])
    // Who is not proved pushes nobody out.
    for (let i = 0; i < 150; i++) await deliver(id, {})
    expect((await deliveriesOf(ports, id)).items).toHaveLength(1_100)
    clock.set('2026-03-09T10:00:00.001Z')
    expect(await deliveriesOf(ports, id)).toEqual({ items: [], isMore: false })
    await sweepDeliveries(ports)
    for (const table of ['deliveries', 'delivery-bodies'])
      expect(await ports.state.query({ table, range: { from: 'a', to: 'z' } }), table).toEqual([])
  })

  it('is nobody else’s', async () => {
    const { ports, connect } = newShop()
    const { id } = await connect()
    for (const route of [
      'GET /integrations/{id}/deliveries',
      'GET /integrations/{id}/deliveries/{number}',
      'POST /integrations/{id}/deliveries/{number}/redeliver',
      'POST /integrations/{id}/rotate',
      'POST /integrations/{id}/test',
      'PATCH /integrations/{id}',
      'DELETE /integrations/{id}',
    ]) {
      const body = route.startsWith('PATCH') ? { label: 'x' } : undefined
      const { status } = await ask(manage, ports, route, { viewer: ownerOf('asha'), params: { id, number: '1' }, body })
      expect(status, route).toBe(404)
    }
  })

  it('comes in pages, which a delivery that arrives meanwhile neither shifts nor is in twice', async () => {
    const { connect, deliver, call } = newShop()
    const { id, secret } = await connect({ proof: 'token' })
    const send = (proved: boolean) => deliver(id, proved ? { 'x-webhook-token': secret } : {})
    for (let i = 0; i < 12; i++) await send(i % 3 > 0)
    const numbers: number[] = []
    const sizes: number[] = []
    let next: string | null = null
    do {
      const query: Record<string, string> = next === null ? { limit: '5' } : { limit: '5', next }
      const { body } = await call('GET /integrations/{id}/deliveries', { id }, undefined, { query })
      sizes.push(body.items.length)
      numbers.push(...body.items.map(({ number }: { number: number }) => number))
      next = body.next
      await send(true)
      await send(false)
    } while (next !== null)
    expect(sizes).toEqual([5, 5, 2])
    expect(numbers).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
    const { body } = await call('GET /integrations/{id}/deliveries', { id })
    expect([body.items.length, body.items[0].number, body.next]).toEqual([18, 18, null])
  })

  it('has pages of a hundred if nothing is said, and of five hundred at the most', async () => {
    const { connect, deliver, call } = newShop()
    const { id, secret } = await connect({ proof: 'token', ratePerSecond: 1_000 })
    for (let i = 0; i < 600; i++) await deliver(id, { 'x-webhook-token': secret })
    const page = (query: object) => call('GET /integrations/{id}/deliveries', { id }, undefined, { query })
    expect((await page({})).body.items).toHaveLength(100)
    expect((await page({ limit: '500' })).body.items).toHaveLength(500)
    for (const query of [{ limit: '501' }, { limit: '0' }, { next: 'x' }, { next: '' }, { next: 'LTE' }]) {
      const { status, body } = await page(query)
      expect([status, body.problems[0].field]).toEqual([422, Object.keys(query)[0]])
    }
  })
})

describe('a test', () => {
  it.each([
    [{ source: 'generic' }],
    [{ source: 'amazon' }],
    [{ source: 'generic', proof: 'token', secret: 'given-by-the-provider' }],
    [{ source: 'shopify', secret: 'shpss_of_the_app_itself' }],
    [{ source: 'woocommerce' }],
  ])('of %j is signed and proved like any delivery, books nothing and leaves it waiting', async (asked) => {
    const { connect, call, appended } = newShop()
    const { id, secret } = await connect(asked)
    const { status, body } = await call('POST /integrations/{id}/test', { id })
    expect([status, body]).toEqual([200, { status: 200, answer: JSON.stringify({ eventIds: [], repeat: false }) }])
    expect(await appended()).toBe(0)
    expect((await call('GET /integrations')).body.items).toMatchObject([{ status: 'waiting', version: 0 }])
    const { body: log } = await call('GET /integrations/{id}/deliveries', { id })
    expect(log.items).toMatchObject([{ number: 1, way: 'test', proof: 'proved', status: 200 }])
    const { body: whole } = await call('GET /integrations/{id}/deliveries/{number}', { id, number: '1' })
    expect(JSON.stringify(whole)).not.toContain(secret)
  })

  it('is signed with the secret that counts now', async () => {
    const { connect, call } = newShop()
    const { id } = await connect()
    await call('POST /integrations/{id}/rotate', { id }, { overlapHours: 0 })
    expect((await call('POST /integrations/{id}/test', { id })).body.status).toBe(200)
  })

  it('says that the secret is lost, and a rotation mends it', async () => {
    const { ports, connect, deliver, call } = newShop()
    const { id, secret } = await connect()
    await ports.secrets.delete(`connection/${id}`)
    const { status, body } = await call('POST /integrations/{id}/test', { id })
    expect([status, body.title]).toEqual([409, expect.stringContaining('has lost its secret')])
    expect(body.title).toContain(`counterflow connection rotate ${id}`)
    expect((await deliver(id, signed(secret))).status).toBe(401)
    await call('POST /integrations/{id}/rotate', { id })
    expect((await call('POST /integrations/{id}/test', { id })).body.status).toBe(200)
  })

  it('says what the door says: paused, suspended, too fast', async () => {
    const { ports, connect, call, change } = newShop('asha')
    await addMerchant(ports, { id: 'asha', name: 'Asha' })
    const { id } = await connect({ ratePerSecond: 1 })
    const test = async () => (await call('POST /integrations/{id}/test', { id })).body
    await change(id, { status: 'paused' })
    expect(await test()).toMatchObject({ status: 403, answer: expect.stringContaining('is paused') })
    await change(id, { status: 'active' })
    await setMerchantStatus(ports.state, 'asha', 'suspended')
    expect(await test()).toMatchObject({ status: 403 })
    await setMerchantStatus(ports.state, 'asha', 'active')
    for (let i = 0; i < 5; i++) expect((await test()).status).toBe(200)
    expect(await test()).toMatchObject({ status: 429 })
  })

  it('of a door of this machine needs no proof', async () => {
    const { ports, call } = newShop()
    await ask(handler, ports, 'POST /integrations/{marketplace}/webhook', {
      params: { marketplace: 'amazon' },
      body: ORDER,
    })
    const { body } = await call('POST /integrations/{id}/test', { id: 'demo-amazon' })
    expect(body.status).toBe(200)
    expect((await deliveriesOf(ports, 'demo-amazon')).items).toMatchObject([{ way: 'test', proof: 'none' }, {}])
  })
})

it.each([
  [{ source: 'nobody' }, ['source']],
  [{ source: 'generic', proof: 'shopify' }, ['proof']],
  [{ source: 'generic', secret: 'short', ratePerSecond: 0, storeId: '' }, ['storeId', 'ratePerSecond', 'secret']],
])('a connection of %j is refused', async (asked, fields) => {
  const { status, body } = await newShop().call('POST /integrations', {}, asked)
  expect([status, body.problems.map(({ field }: { field: string }) => field)]).toEqual([422, fields])
})

describe('the demo', () => {
  const local = (ports: ReturnType<typeof portsInTest>) =>
    ask(handler, ports, 'POST /integrations/{marketplace}/webhook', { params: { marketplace: 'amazon' }, body: ORDER })

  it('is mock until something comes from outside, and again when that is paused', async () => {
    const { ports, change } = newShop()
    expect(await modeOf(ports.state, 'demo')).toBe('mock')
    expect(await modeOf(ports.state, 'asha')).toBe('live')
    expect((await local(ports)).status).toBe(202)
    expect(await modeOf(ports.state, 'demo')).toBe('live')
    await change('demo-amazon', { status: 'paused' })
    expect(await modeOf(ports.state, 'demo')).toBe('mock')
    expect((await local(ports)).status).toBe(403)
    await change('demo-amazon', { status: 'active' })
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
  expect((await deliveriesOf(ports, id)).items).toMatchObject([{ status: 401 }])
})
