/** The first minutes of a newcomer: an order by curl moves stock, revenue and an alert within a second, once. */
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { until } from './engine-api.ts'
import { engineFor } from './running-engine.ts'

const SECOND = 1_000
const order = (orderId: string, more: object = {}) => ({
  eventType: 'ORDER_PLACED',
  asin: 'B0LAMP',
  price: 999,
  quantity: 2,
  region: 'IN',
  orderId,
  ...more,
})

test('the first order is on the screen within a second', async () => {
  const engine = await engineFor(temporaryFolder())
  const listener = await engine.listen()
  const sentAt = Date.now()
  const answer = await engine.order(order('o1'))
  expect(answer).toMatchObject({
    status: 202,
    body: { eventIds: [expect.stringMatching(/^[0-9a-f]{32}$/)], repeat: false },
  })
  await until(() => listener.messages('kpi').some(({ data }) => data.counts.units.value === 2), SECOND, 'the frame')
  expect(Date.now() - sentAt).toBeLessThan(SECOND)

  expect(listener.messages('kpi').at(-1)!.data.money.INR!.grossRevenue.value).toBe(199_800)
  expect(listener.messages('stock').at(-1)!.data).toMatchObject({
    storeId: 'amazon-in',
    productId: 'B0LAMP',
    onHand: -2,
    available: 0,
  })
  expect(listener.messages('alert').at(-1)!.data).toMatchObject({
    kind: 'OVERSOLD',
    severity: 'CRITICAL',
    state: 'open',
  })
  expect(listener.messages('transaction').at(-1)!.data).toMatchObject({
    kind: 'sale',
    orderId: 'o1',
    quantity: 2,
    amountMinor: 199_800,
  })

  const { body: metrics } = await engine.get('/metrics')
  expect(metrics.counts).toMatchObject({ orders: { value: 1 }, units: { value: 2 }, stockOuts: { value: 0 } })
  expect(metrics.money.INR.netRevenue.value).toBe(199_800)
  expect((await engine.get('/stock')).body.items).toMatchObject([{ productId: 'B0LAMP', onHand: -2 }])
  expect((await engine.get('/alerts')).body.items).toMatchObject([{ kind: 'OVERSOLD', state: 'open' }])
  expect((await engine.get('/transactions')).body.items).toMatchObject([{ orderId: 'o1', amountMinor: 199_800 }])
  expect((await engine.get('/item/B0LAMP')).body).toMatchObject({ productId: 'B0LAMP', stock: [{ onHand: -2 }] })
  expect((await engine.get('/healthz')).body).toMatchObject({ status: 'ok', lagMs: 0 })
  expect(engine.said).not.toContain('"level":"error"')
})

describe('an order that comes again', () => {
  test('answers 200 with the same ids, and changes nothing', async () => {
    const engine = await engineFor(temporaryFolder())
    const first = await engine.order(order('o1'))
    const again = await engine.order(order('o1', { quantity: 50 }))
    expect(again).toMatchObject({ status: 200, body: { eventIds: first.body.eventIds, repeat: true } })
    expect((await engine.order(order('o2'))).body.eventIds).not.toEqual(first.body.eventIds)
    // The same id of another marketplace is another order.
    expect((await engine.order(order('o1'), 'myntra')).status).toBe(202)
    await engine.settled()
    expect((await engine.get('/metrics')).body.counts.orders.value).toBe(3)
    expect((await engine.get('/quality')).body).toMatchObject({ balanced: true, repeatsAtDoor: 1 })
  })

  test('at the same time is taken once', async () => {
    const engine = await engineFor(temporaryFolder())
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => engine.order(order(`o${i % 4}`))))
    expect(answers.filter(({ status }) => status === 202).length).toBe(4)
    expect(answers.filter(({ status }) => status === 200).length).toBe(16)
    for (const n of [0, 1, 2, 3]) {
      const ids = answers.filter((_, i) => i % 4 === n).map(({ body }) => String(body.eventIds))
      expect(new Set(ids).size).toBe(1)
    }
    await engine.settled()
    expect((await engine.get('/metrics')).body.counts).toMatchObject({ orders: { value: 4 }, units: { value: 8 } })
  })

  test('after a kill is known as well, and nothing that was answered is lost', async () => {
    const data = temporaryFolder()
    const engine = await engineFor(data)
    const people = (n: number) => ({ customerId: `person ${n % 5}` })
    const first = await Promise.all(Array.from({ length: 30 }, (_, n) => engine.order(order(`o${n}`, people(n)))))
    await engine.kill()
    const next = await engineFor(data)
    const again = await Promise.all(Array.from({ length: 30 }, (_, n) => next.order(order(`o${n}`, people(n)))))
    expect(again.map(({ status }) => status)).toEqual(first.map(() => 200))
    expect(again.map(({ body }) => body.eventIds)).toEqual(first.map(({ body }) => body.eventIds))
    await next.order(order('one more', people(3)))
    await next.settled()
    const { body } = await next.get('/metrics')
    // People are the same people after the kill.
    expect(body.counts).toMatchObject({ orders: { value: 31 }, units: { value: 62 }, activeCustomers: { value: 5 } })
    expect((await next.get('/quality')).body.balanced).toBe(true)
  })

  test('a document without any id is new each time', async () => {
    const engine = await engineFor(temporaryFolder())
    const view = { eventType: 'VIEW', skuId: 'cup' }
    for (let i = 0; i < 3; i++) expect((await engine.order(view, 'meesho')).status).toBe(202)
    await engine.settled()
    expect((await engine.get('/metrics')).body.counts.views.value).toBe(3)
  })
})

describe('what a restart keeps', () => {
  test.each(['kill', 'stop'] as const)('everything, after a %s', async (how) => {
    const data = temporaryFolder()
    const engine = await engineFor(data)
    await engine.post('/collect', {
      events: [
        { type: 'store.listed', storeId: 'amazon-in', data: { name: 'Amazon India', timeZone: 'Asia/Kolkata' } },
        { type: 'product.listed', storeId: 'amazon-in', data: { productId: 'B0LAMP', title: 'Lamp' } },
        { type: 'stock.received', storeId: 'amazon-in', data: { productId: 'B0LAMP', quantity: 40 } },
      ],
    })
    for (let n = 0; n < 5; n++) await engine.order(order(`o${n}`))
    await engine.settled()
    const questions = ['/stock', '/alerts', '/transactions', '/item/B0LAMP', '/settings']
    const answers = async (of: typeof engine) =>
      Promise.all(
        questions.map(async (question) => {
          const { body } = await of.get(question)
          // What fades with time is left out.
          return JSON.stringify(body, (key, value) =>
            ['asOf', 'lagMs', 'unitsPerDay', 'daysOfCover', 'stockOutRisk', 'window'].includes(key) ? undefined : value,
          )
        }),
      )
    const before = await answers(engine)
    expect(before[0]).toContain('"onHand":30')
    expect(before[2]).toContain('"title":"Lamp"')
    await engine[how]()
    const next = await engineFor(data)
    await next.settled()
    expect(await answers(next)).toEqual(before)
    // The token that a script holds goes on, too.
    next.token = engine.token
    expect((await next.get('/stock')).status).toBe(200)
  })
})
