/** Everything that may be wrong with what comes in is answered with what is wrong, and never with a 5xx. */

import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, until } from './engine-api.ts'
import { RunningEngine } from './running-engine.ts'

let data: string
let engine: RunningEngine
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'counterflow-doors-'))
  engine = await RunningEngine.start(data)
})
afterAll(async () => {
  await engine.kill()
  rmSync(data, { recursive: true, force: true })
})

const WEBHOOK = '/integrations/generic/webhook'
const fieldsOf = ({ body }: Answer): string[] =>
  [...new Set<string>(body.problems.map(({ field }: { field: string }) => field))].toSorted()
const isProblem = (answer: Answer, status: number) => {
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(answer.body).toMatchObject({ type: 'about:blank', status, title: expect.stringMatching(/.{10}/) })
}

describe('a request that is refused', () => {
  test('404: a path, a marketplace, a product, an alert, a held document', async () => {
    for (const path of ['/nowhere', '/stock/x', '/item/never-seen', '/quarantine/0-0000000000000001'])
      isProblem(await engine.get(path), 404)
    isProblem(await engine.order({ eventType: 'VIEW', skuId: 'x' }, 'ebay'), 404)
    isProblem(await engine.post('/alerts/none/acknowledge'), 404)
    isProblem(await engine.post('/quarantine/nonsense/discard'), 404)
  })

  test('405 with Allow', async () => {
    for (const [method, path, allow] of [
      ['GET', WEBHOOK, 'POST'],
      ['DELETE', '/settings', 'GET, POST'],
      ['PUT', '/stock', 'GET'],
    ] as const) {
      const answer = await engine.ask(method, path)
      isProblem(answer, 405)
      expect(answer.headers.get('allow')).toBe(allow)
    }
  })

  test('413: more than 1 MiB', async () => {
    const bytes = Buffer.from(JSON.stringify({ eventType: 'VIEW', skuId: 'x', reason: 'y'.repeat(1 << 20) }))
    isProblem(await engine.post(WEBHOOK, undefined, { bytes, asStranger: true }), 413)
    const fits = Buffer.from(JSON.stringify({ eventType: 'VIEW', skuId: 'x', other: 'y'.repeat((1 << 20) - 100) }))
    expect((await engine.post(WEBHOOK, undefined, { bytes: fits, asStranger: true })).status).toBe(202)
  })

  test('415: not JSON by its name', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])
      isProblem(
        await engine.post(WEBHOOK, { eventType: 'VIEW', skuId: 'x' }, { headers: { 'content-type': type } }),
        415,
      )
  })

  test('422: not JSON by its nature', async () => {
    for (const text of ['', '{', 'nonsense', '\u00ff']) {
      const answer = await engine.post(WEBHOOK, undefined, { bytes: Buffer.from(text, 'latin1'), asStranger: true })
      isProblem(answer, 422)
      expect(fieldsOf(answer)).toEqual([''])
    }
  })

  test.each([
    [null, ['']],
    [[], ['']],
    ['text', ['']],
    [{}, ['eventType', 'productId']],
    [{ eventType: 'ORDER_PLACED' }, ['price', 'productId']],
    [{ eventType: 'ORDER_PLACED', skuId: 'x' }, ['price']],
    [
      { eventType: 'NONSENSE', skuId: '', price: true, quantity: 1.5, region: '', occurredAt: 'yesterday' },
      ['eventType', 'occurredAt', 'price', 'quantity', 'region', 'skuId'],
    ],
    [{ eventType: 'ORDER_PLACED', skuId: 'x', price: '9.999', currency: 'EUR' }, ['price']],
    [{ eventType: 'ORDER_PLACED', skuId: 'x', price: -1 }, ['price']],
    [{ eventType: 'ORDER_PLACED', skuId: 'x', price: 1e300 }, ['price']],
    [{ eventType: 'ORDER_PLACED', skuId: 'x', price: 9, region: 'ATLANTIS' }, ['currency']],
    [{ eventType: 'ORDER_PLACED', skuId: 'x', price: 9, quantity: 0 }, ['quantity']],
    [{ eventType: 'ORDER_CANCELLED', skuId: 'x' }, ['orderId']],
    [{ eventType: 'RETURN', skuId: 'x' }, ['price']],
    [{ eventType: 'STOCK_UPDATED', skuId: 'x' }, ['quantity']],
    [{ eventType: 'VIEW', skuId: 'x'.repeat(201) }, ['skuId']],
    [{ eventType: 'VIEW', skuId: 'a\u0001b' }, ['skuId']],
  ])('422: %j, field by field', async (body, fields) => {
    const answer = await engine.order(body as object, 'generic')
    isProblem(answer, 422)
    expect(fieldsOf(answer)).toEqual(fields)
  })

  test('401: no token, a wrong one, a forged one', async () => {
    const routes = [
      ['GET', '/metrics'],
      ['GET', '/metrics/series'],
      ['GET', '/stock'],
      ['GET', '/alerts'],
      ['GET', '/transactions'],
      ['GET', '/item/x'],
      ['GET', '/quality'],
      ['GET', '/quarantine'],
      ['GET', '/settings'],
      ['POST', '/settings'],
      ['POST', '/collect'],
      ['POST', '/tokens'],
      ['POST', '/sign-in/codes'],
      ['POST', '/alerts/x/acknowledge'],
      ['POST', '/quarantine/0-1/replay'],
      ['POST', '/quarantine/0-1/discard'],
    ] as const
    const forged = `${btoa('{"alg":"none"}')}.${btoa('{"iss":"counterflow","viewer":{"merchantId":"demo"}}')}.`
    for (const headers of [
      {},
      { authorization: 'Bearer x' },
      { authorization: `Bearer ${forged}` },
      { cookie: 'counterflow-session=x' },
    ])
      for (const [method, path] of routes) isProblem(await engine.ask(method, path, { asStranger: true, headers }), 401)
    for (const path of ['/healthz', '/openapi.json'])
      expect((await engine.ask('GET', path, { asStranger: true })).status).toBe(200)
    isProblem(await engine.ask('GET', '/sign-in?code=nonsense', { asStranger: true }), 401)
  })

  test('421: for another host, as DNS rebinding would have it', async () => {
    const body = JSON.stringify({ eventType: 'VIEW', skuId: 'rebound' })
    for (const host of ['evil.example', 'evil.example:4310', '127.0.0.1.evil.example']) {
      const headers = { host, 'content-type': 'application/json', authorization: `Bearer ${engine.token}` }
      expect((await engine.raw('POST', WEBHOOK, headers, body)).status).toBe(421)
      expect((await engine.raw('GET', '/stock', headers)).status).toBe(421)
    }
  })

  test('403: from a page of another origin', async () => {
    const headers = { origin: 'http://localhost:3000', 'content-type': 'application/json' }
    isProblem(await engine.post(WEBHOOK, { eventType: 'VIEW', skuId: 'x' }, { headers }), 403)
    isProblem(await engine.post('/tokens', undefined, { headers: { origin: 'null' } }), 403)
  })
})

describe('signing in', () => {
  const cookieOf = (answer: Answer) => answer.headers.getSetCookie()[0]!

  test('a code is changed for a session, once', async () => {
    const { body } = await engine.post('/sign-in/codes')
    const entered = await engine.ask('GET', `/sign-in?code=${body.code}`, { asStranger: true })
    expect([entered.status, entered.headers.get('location'), entered.headers.get('cache-control')]).toEqual([
      303,
      '/app/',
      'no-store',
    ])
    expect(cookieOf(entered)).toMatch(/^counterflow-session=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000$/)
    const cookie = cookieOf(entered).split(';')[0]!
    expect(
      (await engine.ask('GET', '/stock', { asStranger: true, headers: { cookie: `a=b; ${cookie}` } })).status,
    ).toBe(200)
    isProblem(await engine.ask('GET', `/sign-in?code=${body.code}`, { asStranger: true }), 401)
    const inBrowser = { asStranger: true, headers: { accept: 'text/html,*/*;q=0.8' } }
    const again = await engine.ask('GET', `/sign-in?code=${body.code}`, inBrowser)
    expect([again.status, again.headers.get('location'), again.headers.get('set-cookie')]).toEqual([303, '/app/', null])
    // The link that the terminal printed was used when the engine started.
    expect((await fetch(engine.signIn, { redirect: 'manual' })).status).toBe(401)
  })

  test('one code used at once by several lets in one', async () => {
    const { body } = await engine.post('/sign-in/codes')
    const tries = Array.from({ length: 6 }, () => engine.ask('GET', `/sign-in?code=${body.code}`, { asStranger: true }))
    expect((await Promise.all(tries)).map(({ status }) => status).toSorted()).toEqual([303, 401, 401, 401, 401, 401])
  })

  test('signing out ends the browser’s session', async () => {
    const answer = await engine.post('/sign-out', undefined, { asStranger: true })
    expect(answer.status).toBe(204)
    expect(cookieOf(answer)).toBe('counterflow-session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0')
  })
})

describe('many events in one body', () => {
  const sale = (id: string, more: object = {}) => ({
    type: 'sale.recorded',
    id,
    storeId: 'many',
    data: { orderId: id, productId: 'cup', quantity: 1, unitPriceMinor: 100, currency: 'EUR', ...more },
  })

  test('are answered one by one, in order', async () => {
    const events = [
      sale('m1'),
      { type: 'sale.invented', storeId: 'many', data: {} },
      {
        transaction_id: 't1',
        product_id: 'cup',
        store_id: 'many',
        customer_id: 'ann',
        amount: '3.50',
        currency: 'EUR',
        timestamp: '2026-03-02T10:00:00Z',
      },
      sale('m2', { quantity: 0, currency: 'XXX' }),
      sale('m1'),
      null,
      {
        refund_id: 'r1',
        original_transaction_id: 't1',
        product_id: 'cup',
        store_id: 'many',
        refund_amount: 'much',
        timestamp: 'then',
      },
      {
        inventory_id: 'i1',
        store_id: 'many',
        product_id: 'cup',
        quantity_change: -1,
        new_quantity: 7,
        reason: 'count',
        timestamp: '2026-03-02T10:00:00Z',
      },
    ]
    const first = await engine.post('/collect', { events })
    expect(first.status).toBe(202)
    const { results } = first.body
    expect(results.map(({ status }: { status: string }) => status)).toEqual([
      'accepted',
      'refused',
      'accepted',
      'refused',
      'repeat',
      'refused',
      'refused',
      'accepted',
    ])
    const fields = (n: number) => results[n].problems.map(({ field }: { field: string }) => field)
    expect([fields(1), fields(3), fields(5), fields(6)]).toEqual([
      ['type'],
      ['data.quantity', 'data.currency'],
      [''],
      ['timestamp', 'refund_amount'],
    ])
    expect(results[4].eventIds).toEqual(results[0].eventIds)
    const again = await engine.post('/collect', { events: [events[0], events[2], events[7]] })
    expect(again.status).toBe(200)
    expect(again.body.results.map(({ eventIds }: { eventIds: string[] }) => eventIds)).toEqual(
      [0, 2, 7].map((n) => results[n].eventIds),
    )
    const bad = await engine.post('/collect', { events: [events[1], events[3]] })
    expect([bad.status, bad.body.results.length]).toEqual([422, 2])
    await engine.settled()
    const { body } = await engine.get('/stock?store=many')
    expect(body.items).toMatchObject([{ productId: 'cup', onHand: 6 }])
  })

  test('may be 500, and not 501', async () => {
    const views = (count: number) => ({
      events: Array.from({ length: count }, () => ({
        type: 'product.viewed',
        storeId: 'many',
        data: { productId: 'cup' },
      })),
    })
    const full = await engine.post('/collect', views(500))
    expect([full.status, full.body.results.length]).toEqual([202, 500])
    const appended = async () =>
      (await engine.get('/quality')).body.ledger.reduce(
        (sum: number, { accepted }: { accepted: number }) => sum + accepted,
        0,
      )
    const before = await appended()
    for (const body of [views(501), { events: [] }, {}, { events: {} }, []]) {
      const answer = await engine.post('/collect', body)
      isProblem(answer, 422)
    }
    expect(await appended()).toBe(before)
  })

  test('a store’s time zone is one that there is', async () => {
    const listing = { type: 'store.listed', storeId: 'on mars', data: { name: 'Mars', timeZone: 'Mars/Base' } }
    const listed = await engine.post('/collect', { events: [listing] })
    await engine.settled()
    const sold = await engine.post('/collect', { events: [{ ...sale('z1'), storeId: 'on mars' }] })
    expect([listed.body.results[0].problems?.[0].field, sold.status]).toEqual(['data.timeZone', 202])
  })

  test('none of them may be one of our own decisions', async () => {
    for (const type of [
      'setting.changed',
      'alert.acknowledged',
      'time.passed',
      'document.replayed',
      'document.discarded',
    ]) {
      const { status, body } = await engine.post('/collect', { events: [{ type, storeId: '-', data: {} }] })
      expect([status, body.results[0].status]).toEqual([422, 'refused'])
    }
  })
})

describe('the socket', () => {
  const statusOf = (headers: Record<string, string>, ticket?: string) =>
    new Promise<string>((done) => {
      const { hostname, port } = new URL(engine.address)
      const lines = {
        Host: `${hostname}:${port}`,
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      }
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          `GET /ws${ticket === undefined ? '' : `?ticket=${ticket}`} HTTP/1.1\r\n${Object.entries(lines)
            .map(([name, value]) => `${name}: ${value}\r\n`)
            .join('')}\r\n`,
        )
      })
      socket.once('data', (chunk) => {
        done(String(chunk).split(' ')[1]!)
        socket.destroy()
      })
      socket.once('close', () => done('closed'))
    })

  test('opens for a token and for a page of ours, and for nobody else', async () => {
    const authorization = `Bearer ${engine.token}`
    expect(await statusOf({ authorization })).toBe('101')
    expect(await statusOf({ authorization, origin: engine.address })).toBe('101')
    expect(await statusOf({})).toBe('401')
    expect(await statusOf({ authorization: 'Bearer x' })).toBe('401')
    expect(await statusOf({ authorization, origin: 'https://evil.example' })).toBe('403')
    expect(await statusOf({ authorization, origin: 'null' })).toBe('403')
    expect(await statusOf({ authorization, Host: 'evil.example' })).toBe('421')
  })

  test('opens for a page by a ticket, once, and by no cookie alone', async () => {
    const entered = await fetch(`${engine.address}/sign-in?code=${(await engine.post('/sign-in/codes')).body.code}`, {
      redirect: 'manual',
    })
    const cookie = entered.headers.getSetCookie()[0]!.split(';')[0]!
    expect(await statusOf({ cookie, origin: engine.address })).toBe('401')
    const { status, body } = await engine.ask('POST', '/live/tickets', { asStranger: true, headers: { cookie } })
    expect(status).toBe(201)
    expect(Date.parse(body.expiresAt) - Date.now()).toBeLessThanOrEqual(60_000)
    expect(await statusOf({ origin: 'https://evil.example' }, body.ticket)).toBe('403')
    expect(await statusOf({ cookie, origin: engine.address }, body.ticket)).toBe('101')
    expect(await statusOf({ cookie, origin: engine.address }, body.ticket)).toBe('401')
    expect(await statusOf({}, 'nonsense')).toBe('401')
    isProblem(await engine.post('/live/tickets', undefined, { asStranger: true }), 401)
  })

  test('a client that is cut off while it knocks does no harm', async () => {
    const { hostname, port } = new URL(engine.address)
    for (const path of ['/ws', '/elsewhere']) {
      await Promise.all(
        Array.from({ length: 30 }, (_, i) => {
          const socket = connect(Number(port), hostname, () => {
            socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`, () => {
              setTimeout(() => socket.resetAndDestroy(), i % 3)
            })
          })
          return new Promise((done) => socket.on('error', () => {}).once('close', done))
        }),
      )
    }
    expect((await engine.get('/healthz')).status).toBe(200)
  })

  test('a client that says anything is told what is wrong with it, and hears on', async () => {
    const listener = await engine.listen()
    for (const text of ['', '{}', 'nonsense', '\u0000', 'x'.repeat(60_000)]) listener.socket.send(text)
    listener.socket.send(Buffer.from([0xff, 0xfe]))
    listener.say({ type: 'subscribe', topics: ['kpi', 'weather'], stores: [], resume: 'yesterday' })
    const problems = () => listener.heard.flatMap((message) => (message.type === 'problem' ? [message.problems] : []))
    await until(() => problems().length === 7, 2_000, 'seven problems')
    expect(problems().map((each) => each.map(({ field }) => field))).toEqual([
      [''],
      ['type'],
      [''],
      [''],
      [''],
      [''],
      ['topics.1', 'stores', 'resume'],
    ])
    await engine.order({ eventType: 'VIEW', skuId: 'heard' })
    await until(() => listener.messages('kpi').length > 0, 2_000, 'a frame')
    expect(await listener.close()).toBe(1005)
  })
})

describe('whatever a body holds', () => {
  const names = fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'valueOf',
    'hasOwnProperty',
    '',
    'é中\u{1f600}',
    'x'.repeat(200),
  )
  const numbers = fc.oneof(
    fc.double(),
    fc.maxSafeInteger(),
    fc.constantFrom(1e308, -1e308, 5e-324, 2 ** 53, -0, 9.999999, 0.1 + 0.2),
  )
  const anything = fc.oneof(fc.jsonValue(), names, numbers, fc.constantFrom(null, true, [], {}))
  const usual = (...values: unknown[]) =>
    fc.oneof({ weight: 4, arbitrary: fc.constantFrom<unknown>(...values) }, { weight: 1, arbitrary: anything })
  // Amounts of a size that can be added up; of larger ones see the end.
  const isModest = (value: unknown) =>
    typeof value === 'number' ? Math.abs(value) < 1e6 : typeof value !== 'string' || !/^\s*[-+\d.]/.test(value)
  const amounts = (...values: unknown[]) =>
    fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: anything.filter(isModest) })
  const times = usual('2026-03-02T10:00:00Z', '1970-01-01T00:00:00Z', '2026-11-20T10:00:00+14:00')
  const products = usual('cup', 'lamp', '__proto__', 'constructor', 'toString', '中'.repeat(200))
  const stores = usual('s1', 'a/b', '__proto__', '-', '店'.repeat(200), '\u{1f600}')

  const simple = fc.record(
    {
      eventType: usual(
        'ORDER_PLACED',
        'ORDER_CANCELLED',
        'RETURN',
        'VIEW',
        'CLICK',
        'CART',
        'PRICE_CHANGED',
        'STOCK_UPDATED',
      ),
      skuId: products,
      price: amounts(999, '9.99', 0, '1e3'),
      currency: usual('INR', 'JPY', 'KWD', 'CLF'),
      quantity: amounts(1, 0, 2, 1_000),
      region: usual('IN', 'US'),
      orderId: usual('o1', 'o2', '__proto__', 'constructor'),
      storeId: stores,
      customerId: usual('ann', ' ', '__proto__'),
      sessionId: usual('c1', '__proto__'),
      reason: usual('defective', 'other'),
      occurredAt: times,
      other: anything,
    },
    { requiredKeys: ['eventType', 'skuId'] },
  )
  const own = fc.record(
    {
      type: usual(
        'sale.recorded',
        'sale.refunded',
        'sale.cancelled',
        'stock.counted',
        'cart.changed',
        'checkout.completed',
        'product.listed',
        'price.changed',
        'purchase-order.placed',
        'campaign.spent',
        'store.listed',
      ),
      id: usual('e1', 'e2', 'e3', '__proto__'),
      storeId: stores,
      occurredAt: times,
      data: fc.record(
        {
          orderId: usual('o1', '__proto__'),
          refundId: usual('r1', 'constructor'),
          cartId: usual('c1', '__proto__'),
          productId: products,
          quantity: amounts(1, 2),
          level: amounts(5, -5),
          unitPriceMinor: amounts(100),
          amountMinor: amounts(50),
          priceMinor: amounts(50),
          currency: usual('EUR', 'JPY'),
          reason: usual('other', 'defective'),
          customer: usual('ann'),
          title: usual('Lamp'),
          name: usual('High Street'),
          timeZone: fc.constantFrom<unknown>('Asia/Kolkata', 5, null), // of text that is no zone see above
          category: usual('light', '__proto__', 'constructor'),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ['type', 'storeId', 'data'] },
  )
  const pos = fc.record(
    {
      transaction_id: usual('t1'),
      refund_id: usual('r1'),
      inventory_id: usual('i1'),
      product_id: products,
      store_id: stores,
      amount: amounts(5, '5.55'),
      refund_amount: amounts(5, '5.55'),
      quantity: amounts(1),
      quantity_change: amounts(-1, 0),
      new_quantity: amounts(5, null),
      timestamp: times,
    },
    { requiredKeys: ['product_id', 'store_id', 'timestamp'] },
  )
  const deep = fc.integer({ min: 1, max: 100_000 }).map((depth) => `${'['.repeat(depth)}${']'.repeat(depth)}`)
  const deepObject = fc.integer({ min: 1, max: 20_000 }).map((depth) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)

  const webhookBodies = fc.oneof(
    { weight: 6, arbitrary: simple.map((body) => Buffer.from(JSON.stringify(body))) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
    { weight: 1, arbitrary: fc.json({ maxDepth: 6 }).map((text) => Buffer.from(text)) },
    { weight: 1, arbitrary: fc.oneof(deep, deepObject).map((text) => Buffer.from(text)) },
  )
  const collectBodies = fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .array(fc.oneof(own, own, pos, anything), { maxLength: 12 })
        .map((events) => Buffer.from(JSON.stringify({ events }))),
    },
    { weight: 1, arbitrary: deep.map((text) => Buffer.from(`{"events":[${text}]}`)) },
    { weight: 1, arbitrary: fc.json().map((text) => Buffer.from(text)) },
  )
  const settingBodies = fc
    .record(
      {
        name: usual('lowStockWarningDays', 'timeZone', 'noticeWebhookUrl', 'restock.other', '__proto__', 'constructor'),
        value: usual(5, 'UTC', 'Mars/Base', 'http://127.0.0.1:1/', '', true),
        category: usual('light', '__proto__', 'constructor'),
        productId: products,
        other: anything,
      },
      { requiredKeys: ['name'] },
    )
    .map((body) => Buffer.from(JSON.stringify(body)))

  /** Every question still has an answer: nothing that was taken has broken a row. */
  async function answersEverything(): Promise<void> {
    await engine.settled()
    for (const question of [
      '/metrics',
      '/stock?limit=500',
      '/alerts?limit=500',
      '/alerts?state=resolved',
      '/transactions?limit=500',
      '/quality',
      '/quarantine',
      '/settings',
      '/metrics/series?by=product',
      '/item/cup',
      '/item/__proto__',
    ]) {
      const { status } = await engine.get(question)
      expect([question, status >= 500]).toEqual([question, false])
    }
    const { body } = await engine.get('/quality')
    expect(body.balanced).toBe(true)
    // A fold that fails in a way it does not explain is a defect of ours.
    expect(engine.said).not.toContain('a fold failed')
  }

  test.each([
    ['a webhook', WEBHOOK, webhookBodies, 150],
    ['many events', '/collect', collectBodies, 150],
    ['a setting', '/settings', settingBodies, 60],
  ] as const)('is taken or refused: %s', async (_door, path, bodies, runs) => {
    await fc.assert(
      fc.asyncProperty(bodies, async (bytes) => {
        const { status } = await engine.post(path, undefined, { bytes })
        expect([200, 202, 422]).toContain(status)
      }),
      { numRuns: runs },
    )
    await answersEverything()
  })

  test('nor does any question ask too much', async () => {
    const parameters = fc.record(
      {
        from: usual('2026-03-02T10:00:00Z', '1970-01-01T00:00:00Z', '9999-12-31T23:59:59Z'),
        to: usual('2026-03-02T10:00:00Z', '1970-01-01T00:00:00Z', '9999-12-31T23:59:59Z'),
        limit: usual('1', '0', '-1', '1e9', '500', ''),
        next: usual('AAAA', '%%%', 'x'.repeat(5_000)),
        store: stores,
        product: products,
        state: usual('open', 'resolved', 'constructor'),
        by: usual('store', 'product', 'category', 'region', 'brand', '__proto__'),
        window: usual('minute', 'day', 'month', 'constructor'),
        measure: usual('netRevenue', 'units', 'constructor'),
        currency: usual('INR', '__proto__'),
        category: usual('light', '__proto__'),
        status: usual('held', '__proto__'),
      },
      { requiredKeys: [] },
    )
    const paths = fc.constantFrom(
      '/metrics',
      '/metrics/series',
      '/stock',
      '/alerts',
      '/transactions',
      '/quarantine',
      '/item/x',
    )
    await fc.assert(
      fc.asyncProperty(paths, parameters, async (path, asked) => {
        const query = new URLSearchParams(
          Object.entries(asked).map(([name, value]): [string, string] => [
            name,
            typeof value === 'string' ? value : JSON.stringify(value),
          ]),
        )
        const startedAt = Date.now()
        const { status } = await engine.get(`${path}?${query}`)
        expect([200, 404, 414, 422, 431]).toContain(status)
        expect(Date.now() - startedAt).toBeLessThan(3_000)
      }),
      { numRuns: 150 },
    )
  })

  test('an amount that no shop has is refused, and the largest do not take the figures away', async () => {
    const place = (orderId: string, price: string) =>
      engine.order({ eventType: 'ORDER_PLACED', skuId: 'palace', currency: 'USD', price, orderId, storeId: orderId })
    const tooLarge = await place('p0', '100000000000.01')
    isProblem(tooLarge, 422)
    const message = expect.stringContaining('100000000000.00 USD at the most')
    expect(tooLarge.body.problems).toEqual([{ field: 'price', message }])
    const sentAt = ['p1', 'p2', 'p3']
    for (const orderId of sentAt) expect((await place(orderId, '100000000000.00')).status).toBe(202)
    await engine.settled()
    const { status, body } = await engine.get('/metrics')
    expect(status).toBe(200)
    expect(body.money.USD.grossRevenue.value).toBeGreaterThanOrEqual(3e13)
  })
})
