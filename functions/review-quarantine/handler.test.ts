import { describe, expect, test } from 'vitest'
import { shardOf } from '#core/events/shard-of.ts'
import { LogFullError, type Viewer } from '#core/ports.ts'
import { EVERY_KEY, under } from '#core/row-key.ts'
import { changesIn } from '#runtime/audit.ts'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { HELD_TABLE, type HeldRow, heldKey } from '#runtime/held-documents.ts'
import { EngineInTest, type Happening } from '#test/fakes/engine-in-test.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const AT = '2026-03-02T10:00:00.000Z'
const NOW = '2026-03-02T11:00:00.000Z'
const SHARDS = 4
const SHARD = shardOf('m', 's', SHARDS)

const sale = (more: Partial<Happening> = {}): Happening => ({
  type: 'sale.recorded',
  at: AT,
  id: 'e1',
  data: { orderId: 'o1', productId: 'lamp', quantity: 2, unitPriceMinor: 500, currency: 'INR' },
  ...more,
})
/** Says whose it is, and is no event. */
const BROKEN = Buffer.from('{"merchantId":"m"}')
/** Its order is unknown and it states no price: it cannot be applied. */
const refund: Happening = {
  type: 'sale.refunded',
  at: AT,
  id: 'r1',
  data: { refundId: 'r1', orderId: 'o9', productId: 'lamp', reason: 'other' },
}

async function portsWithHeld(...happenings: (Happening | Uint8Array)[]) {
  const engine = new EngineInTest({ shards: SHARDS })
  for (const it of happenings) {
    if (it instanceof Uint8Array) await engine.takeBytes(SHARD, it)
    else await engine.take(it)
  }
  const log = new MemoryEventLog(SHARDS)
  const ports = portsInTest({ state: engine.store, objects: engine.objects, log, clock: new FixedClock(NOW) })
  const text = (happening: Happening) => Buffer.from(engine.bytesOf(happening)).toString()
  const appended = async () =>
    (await Promise.all(Array.from({ length: SHARDS }, (_, shard) => log.read(shard, undefined, 100)))).map((records) =>
      records.map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString())),
    )
  return { engine, ports, text, appended }
}
type Given = Awaited<ReturnType<typeof portsWithHeld>>

const list = async ({ ports }: Given, viewer: Viewer = ownerOf('m'), query: Record<string, string> = {}) =>
  (await ask(handler, ports, 'GET /quarantine', { viewer, query })).body
const to = (it: Given, what: 'replay' | 'discard' | undefined, id: string, more: object = {}) =>
  ask(handler, it.ports, what === undefined ? 'GET /quarantine/{id}' : `POST /quarantine/{id}/${what}`, {
    viewer: ownerOf('m'),
    params: { id },
    ...more,
  })

describe('documents that were set aside', () => {
  test('are listed with what is wrong with them', async () => {
    const given = await portsWithHeld(sale(), refund, BROKEN)
    const { items, next, asOf, lagMs } = await list(given)
    expect([asOf, lagMs, next]).toEqual([NOW, 0, null])
    expect(items).toEqual([
      {
        id: `${SHARD}-0000000000000002`,
        status: 'held',
        heldAt: AT,
        attempts: 0,
        problems: [{ field: '', message: expect.stringContaining('send the order first, or the price') }],
      },
      {
        id: `${SHARD}-0000000000000003`,
        status: 'held',
        heldAt: AT,
        attempts: 0,
        problems: [{ field: 'type', message: 'is no type of event that we know' }],
      },
    ])
    expect((await list(given, ownerOf('m'), { status: 'replayed' })).items).toEqual([])
    const unknown = await ask(handler, given.ports, 'GET /quarantine', { viewer: ownerOf('m'), query: { status: 'x' } })
    expect(unknown.status).toBe(422)
  })

  test('page by page they are all of them, each once', async () => {
    const given = await portsWithHeld(...Array.from({ length: 230 }, () => BROKEN))
    const ids: string[] = []
    let next: string | null = null
    do {
      const page: { items: { id: string }[]; next: string | null } = await list(
        given,
        ownerOf('m'),
        next === null ? {} : { next },
      )
      ids.push(...page.items.map(({ id }) => id))
      next = page.next
    } while (next !== null)
    expect(ids.length).toBe(230)
    expect(new Set(ids).size).toBe(230)
  })

  test('are looked for among 5,000 rows at the most: behind these one goes on with `next`', async () => {
    const given = await portsWithHeld(BROKEN)
    const state = given.engine.store
    const [{ key, row }] = (await state.query({ table: HELD_TABLE, range: EVERY_KEY })) as [
      { key: string; row: HeldRow },
    ]
    state.commit([{ table: HELD_TABLE, key, row: undefined }])
    const others = Array.from({ length: 6_000 }, (_, i) => heldKey(SHARD, `0${String(i).padStart(15, '0')}`))
    state.commit(others.map((other) => ({ table: HELD_TABLE, key: other, row: { ...row, merchantId: 'm2' } })))
    state.commit([{ table: HELD_TABLE, key: heldKey(SHARD, '1000000000000000'), row }])
    const before = state.calls.query
    const first = await list(given, ownerOf('m'), { limit: '1' })
    expect(first).toMatchObject({ items: [], next: `${SHARD}-0000000000004999` })
    expect(state.calls.query - before).toBeLessThanOrEqual(10)
    const second = await list(given, ownerOf('m'), { limit: '1', next: first.next })
    expect(second).toMatchObject({ items: [{ id: `${SHARD}-1000000000000000` }], next: null })
  })

  test('are shown whole', async () => {
    const given = await portsWithHeld(refund)
    const [{ id }] = (await list(given)).items
    expect((await to(given, undefined, id)).body).toMatchObject({
      document: given.text(refund),
      encoding: 'utf-8',
    })
  })

  test('are theirs who sent them, though they are no events: one that does not say whose it is, of whoever runs the engine', async () => {
    const given = await portsWithHeld(sale({ at: '2027-03-02T10:00:00.000Z', receivedAt: AT }), Buffer.from([0xff, 0]))
    const [early, broken] = [`${SHARD}-0000000000000001`, `${SHARD}-0000000000000002`]
    const idsFor = async (merchantId: string) =>
      (await list(given, ownerOf(merchantId))).items.map(({ id }: { id: string }) => id)
    expect(await idsFor('m')).toEqual([early])
    expect(await idsFor('m2')).toEqual([])
    expect(await idsFor(DEMO_MERCHANT)).toEqual([broken])
    const viewer = ownerOf(DEMO_MERCHANT)
    expect((await to(given, undefined, broken, { viewer })).body).toMatchObject({
      document: '/wA=',
      encoding: 'base64',
    })
    for (const id of [early, broken])
      expect((await to(given, undefined, id, { viewer: ownerOf('m2') })).status).toBe(404)
  })

  test('are another merchant’s secret', async () => {
    const given = await portsWithHeld(refund)
    const [{ id }] = (await list(given)).items
    const viewer = ownerOf('m2')
    expect((await list(given, viewer)).items).toEqual([])
    for (const what of [undefined, 'replay', 'discard'] as const)
      expect((await to(given, what, id, { viewer })).status).toBe(404)
    expect(await given.appended()).toEqual([[], [], [], []])
  })

  test.each(['', '-', '0-', 'x-1', '0-1/../2', '99-0000000000000001', '0-\u0001', '__proto__', '0'.repeat(250)])(
    'there is none called %j',
    async (id) => {
      const given = await portsWithHeld(refund)
      for (const what of [undefined, 'replay', 'discard'] as const) expect((await to(given, what, id)).status).toBe(404)
    },
  )
})

describe('a word about one', () => {
  const heldId = async (given: Given): Promise<string> => (await list(given)).items[0].id

  test.each([
    ['discard', undefined, 'document.discarded', undefined],
    ['replay', undefined, 'document.replayed', 'the same'],
    ['replay', {}, 'document.replayed', 'the same'],
    ['replay', 'mended', 'document.replayed', 'mended'],
  ] as const)('%s with %j goes to its shard as an event', async (what, sent, type, document) => {
    const given = await portsWithHeld(refund)
    const mended = given.text({ ...refund, data: { ...refund.data, amountMinor: 500, currency: 'INR' } })
    const id = await heldId(given)
    const body = sent === 'mended' ? { document: mended } : sent
    const answer = await to(given, what, id, { body })
    expect(answer).toMatchObject({ status: 202, body: { eventIds: ['id1'], repeat: false } })
    const appended = await given.appended()
    expect(appended.map(({ length }) => length)).toEqual([0, 1, 2, 3].map((shard) => (shard === SHARD ? 1 : 0)))
    expect(appended[SHARD]![0]).toMatchObject({ id: 'id1', type, merchantId: 'm', occurredAt: NOW })
    const text = document === undefined ? undefined : document === 'mended' ? mended : given.text(refund)
    expect(appended[SHARD]![0].data).toEqual({
      sequence: id.split('-')[1],
      ...(text !== undefined && { document: text }),
    })
  })

  test('is obeyed by the engine', async () => {
    const given = await portsWithHeld(refund)
    const mended = given.text({ ...refund, data: { ...refund.data, amountMinor: 500, currency: 'INR' } })
    const id = await heldId(given)
    await to(given, 'replay', id, { body: { document: mended } })
    const [record] = await given.ports.log.read(SHARD, undefined, 1)
    await given.engine.takeBytes(SHARD, record!.bytes)
    expect(Object.values(await given.engine.rows('transactions'))).toMatchObject([{ kind: 'refund', amountMinor: 500 }])
    for (const what of ['replay', 'discard'] as const)
      expect(await to(given, what, id)).toMatchObject({
        status: 409,
        body: { title: 'The document was replayed already', present: { id, status: 'replayed', attempts: 1 } },
      })
    expect((await list(given)).items).toEqual([])
    expect((await list(given, ownerOf('m'), { status: 'replayed' })).items).toMatchObject([{ id, attempts: 1 }])
  })

  describe('of two at once, before any row knows of it', () => {
    test.each([
      ['replay', 'replay', ['replayed', 'replayed']],
      ['discard', 'discard', ['discarded', 'discarded']],
      ['replay', 'discard', ['replayed', 'discarded']],
    ] as const)('%s and %s: one is told what was decided, and when', async (first, second, statuses) => {
      const given = await portsWithHeld(refund)
      const id = await heldId(given)
      const both = await Promise.all([to(given, first, id), to(given, second, id)])
      expect(both.map(({ status }) => status).sort()).toEqual([202, 409])
      const won = statuses[both.findIndex(({ status }) => status === 202)]
      const present = { id, status: won, heldAt: AT, attempts: 0, decidedAt: NOW }
      for (const answer of [both.find(({ status }) => status === 409)!, await to(given, second, id)])
        expect(answer).toMatchObject({ status: 409, body: { title: `The document was ${won} already`, present } })
      expect((await given.appended()).flat()).toMatchObject([{ type: `document.${won}` }])
      expect((await changesIn(given.ports.state, 'm', under('m'), 10)).items).toHaveLength(1)
    })

    test('what could not be appended was not decided', async () => {
      const given = await portsWithHeld(refund)
      const id = await heldId(given)
      const { append } = given.ports.log
      given.ports.log.append = () => Promise.reject(new LogFullError('full', 1))
      expect((await to(given, 'discard', id)).status).toBe(503)
      given.ports.log.append = append
      expect((await to(given, 'replay', id)).status).toBe(202)
    })

    test('a document that was tried in vain is free again as soon as its row says so', async () => {
      const given = await portsWithHeld(refund)
      const id = await heldId(given)
      expect((await to(given, 'replay', id)).status).toBe(202)
      expect((await to(given, 'discard', id)).status).toBe(409)
      const [record] = await given.ports.log.read(SHARD, undefined, 1)
      await given.engine.takeBytes(SHARD, record!.bytes)
      expect((await to(given, undefined, id)).body).toMatchObject({ status: 'held', attempts: 1 })
      expect((await to(given, 'discard', id)).status).toBe(202)
    })
  })

  test('that gives it up says why in the audit', async () => {
    const given = await portsWithHeld(
      refund,
      sale({ id: 'r2', type: 'sale.refunded', data: { ...refund.data, refundId: 'r2' } }),
    )
    const [{ id: first }, { id: second }] = (await list(given)).items
    expect((await to(given, 'discard', first, { body: { reason: 'A test of ours' } })).status).toBe(202)
    expect((await to(given, 'discard', second)).status).toBe(202)
    expect((await to(given, 'discard', second, { body: { reason: '' } })).status).toBe(422)
    const { items } = await changesIn(given.ports.state, 'm', { from: 'm', to: 'n' }, 10)
    const held = { status: 'held' }
    expect(items.map((item) => [item.subject, item.before, item.after])).toEqual(
      expect.arrayContaining([
        [first, held, { status: 'discarded', reason: 'A test of ours' }],
        [second, held, { status: 'discarded' }],
      ]),
    )
  })

  test('says that the bytes are gone when they are', async () => {
    const given = await portsWithHeld(refund)
    const id = await heldId(given)
    for (const name of await given.ports.objects.list('')) await given.ports.objects.delete(name)
    for (const what of [undefined, 'replay'] as const) expect((await to(given, what, id)).status).toBe(410)
    expect((await to(given, 'discard', id)).status).toBe(202)
  })

  test('must be understood', async () => {
    const given = await portsWithHeld(refund)
    const id = await heldId(given)
    for (const body of [[], 'x', 5, { document: 5 }, { document: null }])
      expect((await to(given, 'replay', id, { body })).status).toBe(422)
    expect(await given.appended()).toEqual([[], [], [], []])
  })

  const storeElsewhere = ['s1', 's2', 's3', 's4'].find((storeId) => shardOf('m', storeId, SHARDS) !== SHARD)!
  test.each([
    ['no event', () => '{', ''],
    ['of no type that we know', ({ text }: Given) => text(sale({ type: 'sale.invented' })), 'type'],
    ['wrong in a field', ({ text }: Given) => text(sale({ data: { productId: 5 } })), 'data.productId'],
    // The engine would fold it as theirs.
    ['another merchant’s', ({ text }: Given) => text(sale({ merchantId: 'm2' })), 'merchantId'],
    [
      'the engine’s own',
      ({ text }: Given) => text({ type: 'time.passed', at: AT, merchantId: '-', storeId: '-' }),
      'merchantId',
    ],
    // Its rows are another shard's: two writers would overwrite each other.
    ['of a store in another shard', ({ text }: Given) => text(sale({ storeId: storeElsewhere })), 'storeId'],
  ])('may not put in its place what is %s', async (_what, document, field) => {
    const given = await portsWithHeld(refund)
    const answer = await to(given, 'replay', await heldId(given), { body: { document: document(given) } })
    expect(answer.status).toBe(422)
    expect(answer.body.problems.map((problem: { field: string }) => problem.field)).toContain(field)
    expect(await given.appended()).toEqual([[], [], [], []])
  })

  test('may put a listing in its place, which belongs to every shard', async () => {
    const given = await portsWithHeld(refund)
    const listing = given.text({
      type: 'product.listed',
      at: AT,
      storeId: storeElsewhere,
      data: { productId: 'lamp', title: 'Lamp' },
    })
    expect((await to(given, 'replay', await heldId(given), { body: { document: listing } })).status).toBe(202)
  })
})
