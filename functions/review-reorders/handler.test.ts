import { describe, expect, test } from 'vitest'
import { LogFullError, type Viewer } from '#core/ports.ts'
import type { ReorderRow } from '#core/reorders/reorder-row.ts'
import { AUDIT } from '#runtime/audit.ts'
import { addMerchant } from '#runtime/merchants.ts'
import { EngineInTest } from '#test/fakes/engine-in-test.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { exampleReorder, morningWrite, reorderWrites } from '#test/fixtures/example-reorders.ts'
import { handler } from './handler.ts'

const manager = (...stores: string[]): Viewer => ({ ...ownerOf('m'), role: 'store-manager', stores })

async function shop() {
  const engine = new EngineInTest({ shards: 2 })
  const log = new MemoryEventLog(2)
  const clock = new FixedClock('2026-03-02T10:30:00Z')
  const ports = portsInTest({ state: engine.store, log, clock })
  await addMerchant(ports, { id: 'm', name: 'M' })
  engine.store.commit([
    morningWrite('m'),
    ...reorderWrites('m', [
      exampleReorder('one', { storeId: 'jaipur', productId: 'P' }),
      exampleReorder('two', { storeId: 'jaipur', productId: 'Q' }, { stockoutChance: 0.4, supplierId: 'potter' }),
      exampleReorder('three', { storeId: 'delhi', productId: 'P' }, { stockoutChance: 0.3 }),
    ]),
  ])
  const send = (route: string, viewer: Viewer, id = '', body?: object, headers?: Record<string, string>) =>
    ask(handler, ports, route, { viewer, params: { id }, ...(body && { body }), ...(headers && { headers }) })
  const list = async (viewer: Viewer, query = {}) =>
    (await ask(handler, ports, 'GET /reorders', { viewer, query })).body
  const decide = (what: string, viewer: Viewer, id: string, body: object, headers?: Record<string, string>) =>
    send(`POST /reorders/{id}/${what}`, viewer, id, body, headers)
  /** Of both shards, in the log. */
  const orders = async () =>
    (await Promise.all([0, 1].map((shard) => log.read(shard, undefined, 100))))
      .flat()
      .map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString()))
  const fold = async () => {
    for (let shard = 0; shard < 2; shard++)
      await engine.takeBytes(shard, ...(await log.read(shard, undefined, 100)).map(({ bytes }) => bytes))
  }
  return { ports, engine, log, clock, send, list, decide, orders, fold }
}
const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id)

describe('the list', () => {
  test('is of the stores that one may see, most likely to run out first, page by page', async () => {
    const { list } = await shop()
    expect(idsOf(await list(ownerOf('m')))).toEqual(['two', 'three', 'one'])
    expect(idsOf(await list(manager('jaipur')))).toEqual(['two', 'one'])
    expect(idsOf(await list(ownerOf('other')))).toEqual([])
    const first = await list(ownerOf('m'), { limit: '2' })
    expect(idsOf(first)).toEqual(['two', 'three'])
    expect(idsOf(await list(ownerOf('m'), { limit: '2', next: first.next }))).toEqual(['one'])
    expect(idsOf(await list(ownerOf('m'), { supplier: 'weaver' }))).toEqual(['three', 'one'])
    expect(first.suppliers).toEqual([
      { supplierId: 'weaver', currency: 'INR', proposals: 2, units: 60, costMinor: 1_500_000, withoutCost: 0 },
      { supplierId: 'potter', currency: 'INR', proposals: 1, units: 30, costMinor: 750_000, withoutCost: 0 },
    ])
  })
  test('a proposal of another store, or of another merchant, is not there', async () => {
    const { send } = await shop()
    for (const viewer of [manager('delhi'), ownerOf('other')])
      expect((await send('GET /reorders/{id}', viewer, 'one')).status).toBe(404)
    const { body } = await send('GET /reorders/{id}', manager('jaipur'), 'one')
    expect(body.lines).toContainEqual({ what: 'on-hand', value: 9, unit: 'units' })
  })
})

describe('to accept', () => {
  test('places one order, that is on its way, however often it is asked', async () => {
    const { decide, orders, fold, engine, list, ports } = await shop()
    const asked = { version: 1, quantity: 24 }
    const { status, body } = await decide('accept', manager('jaipur'), 'one', asked)
    expect([status, body.purchaseOrderId, body.item.state]).toEqual([202, 'reorder-one', 'accepted'])
    const again = await decide('accept', manager('jaipur'), 'one', asked)
    expect([again.status, again.body.eventIds]).toEqual([200, body.eventIds])
    expect(await orders()).toMatchObject([
      {
        type: 'purchase-order.placed',
        storeId: 'jaipur',
        data: {
          purchaseOrderId: 'reorder-one',
          supplierId: 'weaver',
          productId: 'P',
          quantity: 24,
          unitCostMinor: 25_000,
          expectedOn: '2026-03-06',
        },
      },
    ])
    await fold()
    const { orders: onTheWay } = await engine.onlyRow('purchase-orders')
    expect(onTheWay).toMatchObject([{ id: 'reorder-one', quantity: 24, received: 0 }])
    expect(idsOf(await list(ownerOf('m')))).toEqual(['two', 'three'])
    expect(idsOf(await list(ownerOf('m'), { state: 'accepted' }))).toEqual(['one'])
    const audit = await ports.state.query({ table: AUDIT, range: { from: 'm', to: 'n' } })
    expect(audit.map(({ row }) => row)).toMatchObject([
      { what: 'reorder.accepted', subject: 'P in jaipur', after: { state: 'accepted', quantity: 24 } },
    ])
  })

  test('what was changed or decided since is refused with what is there', async () => {
    const { decide, orders } = await shop()
    const stale = await decide('accept', ownerOf('m'), 'one', { version: 2 })
    expect([stale.status, stale.body.present]).toMatchObject([409, { id: 'one', version: 1, state: 'open' }])
    await decide('dismiss', ownerOf('m'), 'one', { version: 1, reason: 'no' })
    const over = await decide('accept', ownerOf('m'), 'one', { version: 2 })
    expect([over.status, over.body.title]).toEqual([409, expect.stringContaining('dismissed already')])
    expect(await orders()).toEqual([])
  })

  test('two at once: one decides', async () => {
    const { decide, orders } = await shop()
    const answers = await Promise.all([
      decide('accept', ownerOf('m'), 'one', { version: 1, quantity: 5 }),
      decide('dismiss', ownerOf('m'), 'one', { version: 1, reason: 'no' }),
      decide('accept', manager('jaipur'), 'one', { version: 1, quantity: 7 }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual(
      answers.some(({ status }) => status === 202) ? [202, 409, 409] : [200, 409, 409],
    )
    expect(await orders()).toHaveLength(answers.filter(({ status }) => status === 202).length)
  })

  test('under one key it is done once', async () => {
    const { decide, orders } = await shop()
    const key = { 'idempotency-key': 'k' }
    const answers = [1, 2].map(() => decide('accept', ownerOf('m'), 'one', { version: 1 }, key))
    const first = await answers[0]!
    expect((await decide('accept', ownerOf('m'), 'one', { version: 1 }, key)).body).toEqual(first.body)
    await Promise.all(answers)
    expect(await orders()).toHaveLength(1)
  })

  test('where the log is full it is open again, and the same later goes through', async () => {
    const { ports, decide, list, orders } = await shop()
    const append = ports.log.append
    ports.log.append = () => Promise.reject(new LogFullError('full', 1))
    expect((await decide('accept', ownerOf('m'), 'one', { version: 1 })).status).toBe(503)
    ports.log.append = append
    const [, , one] = (await list(ownerOf('m'))).items
    expect(one).toMatchObject({ id: 'one', version: 3, state: 'open', decision: null })
    expect((await decide('accept', ownerOf('m'), 'one', { version: 3 })).status).toBe(202)
    expect(await orders()).toHaveLength(1)
  })

  test.each([
    ['no answer came', new LogFullError('no answer', 1, true), /nobody knows/],
    ['it failed behind the log', new Error('no such table'), /no such table/],
  ])('where %s, it stays accepted: no other quantity, and the same once more', async (_, error, said) => {
    const { ports, decide, orders } = await shop()
    const append = ports.log.append.bind(ports.log)
    ports.log.append = async (documents) => {
      await append(documents)
      throw error
    }
    const unsure = decide('accept', ownerOf('m'), 'one', { version: 1, quantity: 7 })
    expect(await unsure.then(({ body }) => body.title, String)).toMatch(said)
    ports.log.append = append
    expect((await decide('accept', ownerOf('m'), 'one', { version: 1, quantity: 9 })).status).toBe(409)
    expect((await decide('accept', ownerOf('m'), 'one', { version: 1, quantity: 7 })).status).toBe(200)
    expect((await orders()).map(({ data }) => data.quantity)).toEqual([7])
  })

  test('days after it was proposed, it is expected as many days later', async () => {
    const { clock, decide, orders } = await shop()
    clock.set('2026-03-05T10:30:00Z')
    expect((await decide('accept', ownerOf('m'), 'one', { version: 1 })).status).toBe(202)
    expect((await orders()).map(({ data }) => data.expectedOn)).toEqual(['2026-03-09'])
  })
})

describe('to snooze', () => {
  test.each([
    ['today', '2026-03-02', 'is not after today, 2026-03-02'],
    ['too far', '2026-06-01', 'is more than 90 days from today'],
    ['no day', '2026-02-30', 'is no day of the calendar'],
  ])('%s: refused', async (_, until, message) => {
    const { decide } = await shop()
    const { status, body } = await decide('snooze', ownerOf('m'), 'one', { version: 1, until, reason: 'a fair' })
    expect([status, body.problems]).toEqual([422, [{ field: 'until', message }]])
  })
  test('it is open again from its day on, and can be decided then', async () => {
    const { decide, list, clock } = await shop()
    const asked = { version: 1, until: '2026-03-04', reason: 'a fair' }
    expect((await decide('snooze', ownerOf('m'), 'one', asked)).body).toMatchObject({
      state: 'snoozed',
      decision: { until: '2026-03-04', reason: 'a fair' },
    })
    expect(idsOf(await list(ownerOf('m'), { state: 'snoozed' }))).toEqual(['one'])
    clock.set('2026-03-04T00:00:00Z')
    expect(idsOf(await list(ownerOf('m')))).toContain('one')
    expect((await decide('accept', ownerOf('m'), 'one', { version: 2 })).status).toBe(202)
  })
})

test('why nothing is proposed has an answer for each store that one may see', async () => {
  const { ports, engine } = await shop()
  const reasons = (viewer: Viewer, product?: string) =>
    ask(handler, ports, 'GET /reorders/reasons', { viewer, query: product === undefined ? {} : { product } })
  for (const storeId of ['jaipur', 'delhi', 'pune'])
    await engine.take({
      type: 'stock.received',
      at: '2026-03-02T09:00:00Z',
      storeId,
      data: { productId: 'P', quantity: 1 },
    })
  const { body } = await reasons(manager('jaipur', 'pune'), 'P')
  expect(
    body.items.map(
      ({ storeId, reason, proposal }: { storeId: string; reason: string; proposal: ReorderRow | null }) => [
        storeId,
        reason,
        proposal?.id,
      ],
    ),
  ).toEqual([
    ['jaipur', 'proposed', 'one'],
    ['pune', 'stock-unknown', undefined],
  ])
  expect((await reasons(ownerOf('m'), 'nobody-knows')).status).toBe(404)
  expect((await reasons(ownerOf('m'))).status).toBe(422)
})
