import { describe, expect, test } from 'vitest'
import type { Draft, SourceDocument } from '#core/events/envelope.ts'
import { shardOf } from '#core/events/shard-of.ts'
import { LogFullError, type Write } from '#core/ports.ts'
import { EVERY_KEY, rowKey } from '#core/row-key.ts'
import { CountingIdSource } from '#test/fakes/counting-id-source.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { MemorySecrets } from '#test/fakes/memory-secrets.ts'
import { MemoryDynamoStateStore, MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { PEOPLE_TABLE } from './people.ts'
import { type Door, defaultCurrency, takeIn } from './take-in.ts'

const SHARDS = 4
const NOW = '2026-03-02T20:00:00.000Z'
const door: Door = { merchantId: 'demo', connectionId: 'pos 1', source: 'pos' }

function newPorts(state: MemoryStateStore = new MemoryStateStore()) {
  const secrets = new MemorySecrets()
  return { log: new MemoryEventLog(SHARDS), state, clock: new FixedClock(NOW), ids: new CountingIdSource(), secrets }
}
type TestPorts = ReturnType<typeof newPorts>

const view = (more: Partial<Draft> = {}): Draft => ({
  type: 'product.viewed',
  storeId: 's1',
  data: { productId: 'lamp' },
  ...more,
})
const by = (customer: string, storeId = 's1'): Draft => view({ storeId, data: { productId: 'lamp', customer } })
const document = (providerId: string | undefined, ...drafts: Draft[]): SourceDocument => ({ providerId, drafts })

type Event = {
  readonly id: string
  readonly type: string
  readonly storeId: string
  readonly occurredAt: string
  readonly receivedAt: string
  readonly businessDate: string
  readonly data: Readonly<Record<string, unknown>>
}
async function eventsIn({ log }: TestPorts): Promise<(Event & { shard: number })[]> {
  const perShard = await Promise.all(
    Array.from({ length: SHARDS }, async (_, shard) =>
      (await log.read(shard, undefined, 10_000)).map(({ bytes }) => ({
        ...(JSON.parse(Buffer.from(bytes).toString()) as Event),
        shard,
      })),
    ),
  )
  return perShard.flat()
}
const customersIn = async (ports: TestPorts): Promise<unknown[]> =>
  (await eventsIn(ports)).map(({ data }) => data.customer)

describe('events', () => {
  test('lie in the log with everything that a fold needs to know', async () => {
    const ports = newPorts()
    const sold = { productId: 'lamp', quantity: 2, unitPriceMinor: 999, currency: 'INR', orderId: 'o1' }
    const draft = { type: 'sale.recorded', storeId: 's1', occurredAt: '2026-03-02T23:30:00.5+05:30', data: sold }
    const [taken] = await takeIn(ports, door, [document('o1', draft)])
    expect(await eventsIn(ports)).toEqual([
      {
        id: taken!.eventIds[0],
        merchantId: 'demo',
        storeId: 's1',
        source: 'pos',
        type: 'sale.recorded',
        version: 1,
        occurredAt: '2026-03-02T18:00:00.500Z',
        receivedAt: NOW,
        businessDate: '2026-03-02',
        data: sold,
        shard: shardOf('demo', 's1', SHARDS),
      },
    ])
  })

  test('without a time happened now', async () => {
    const ports = newPorts()
    await takeIn(ports, door, [document(undefined, view())])
    expect(await eventsIn(ports)).toMatchObject([{ occurredAt: NOW, receivedAt: NOW, businessDate: '2026-03-02' }])
  })

  test('go to the shard of their store; listings to every shard, under one id', async () => {
    const ports = newPorts()
    const listed = { type: 'product.listed', storeId: 's1', data: { productId: 'lamp', title: 'Lamp' } }
    const [taken] = await takeIn(ports, door, [document('d1', view({ storeId: 's2' }), listed)])
    const events = await eventsIn(ports)
    expect(events.filter(({ type }) => type === 'product.viewed').map(({ shard }) => shard)).toEqual([
      shardOf('demo', 's2', SHARDS),
    ])
    const listings = events.filter(({ type }) => type === 'product.listed')
    expect(listings.map(({ shard }) => shard)).toEqual([0, 1, 2, 3])
    expect(new Set(listings.map(({ id }) => id))).toEqual(new Set([taken!.eventIds[1]]))
  })

  test('a sale or refund without a paper is its own', async () => {
    const ports = newPorts()
    const sold = { productId: 'lamp', quantity: 1, unitPriceMinor: 1, currency: 'INR' }
    const back = { productId: 'lamp', amountMinor: 1, currency: 'INR', reason: 'other' }
    await takeIn(ports, door, [
      document(undefined, { type: 'sale.recorded', storeId: 's1', data: sold }),
      document(undefined, { type: 'sale.refunded', storeId: 's1', data: { ...back, refundId: 'r1' } }),
      document(undefined, { type: 'sale.refunded', storeId: 's1', data: back }),
    ])
    const events = await eventsIn(ports)
    expect(events.map(({ id, data }) => [data.orderId === id, data.refundId === id])).toEqual([
      [true, false],
      [false, false],
      [false, true],
    ])
  })
})

describe('ids', () => {
  const idsOf = async (theDoor: Door, providerId: string | undefined, drafts = 2) => {
    const [taken] = await takeIn(newPorts(), theDoor, [
      document(providerId, ...Array.from({ length: drafts }, () => view())),
    ])
    return taken!.eventIds
  }

  test('follow from merchant, connection and the provider’s id, wherever and whenever', async () => {
    const ids = await idsOf(door, 'o1')
    expect(await idsOf({ ...door, source: 'renamed' }, 'o1')).toEqual(ids)
    expect((await idsOf(door, 'o1', 3)).slice(0, 2)).toEqual(ids)
    const others = await Promise.all([
      idsOf({ ...door, merchantId: 'other' }, 'o1'),
      idsOf({ ...door, connectionId: 'pos 2' }, 'o1'),
      idsOf(door, 'o2'),
      idsOf({ ...door, merchantId: 'demopos', connectionId: '1' }, 'o1'),
    ])
    expect(new Set([...ids, ...others.flat()]).size).toBe(10)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/)
  })

  test('are new each time where the provider gives none', async () => {
    const ports = newPorts()
    const taken = await takeIn(ports, door, [document(undefined, view()), document(undefined, view())])
    expect(taken).toEqual([
      { repeat: false, eventIds: ['id1'] },
      { repeat: false, eventIds: ['id2'] },
    ])
  })

  test('a repeat answers the same and appends nothing, whatever it says now', async () => {
    const ports = newPorts()
    const first = await takeIn(ports, door, [document('o1', view()), document('o1', view({ storeId: 's2' }))])
    const again = await takeIn(ports, door, [document('o1', view({ occurredAt: '2020-01-01T00:00:00Z' }))])
    expect(first.map(({ repeat }) => repeat)).toEqual([false, true])
    expect(again).toEqual([{ repeat: true, eventIds: first[0]!.eventIds }])
    expect((await eventsIn(ports)).length).toBe(1)
    const [other] = await takeIn(ports, { ...door, connectionId: 'pos 2' }, [document('o1', view())])
    expect(other!.repeat).toBe(false)
  })

  test('are kept for ever for an import alone', async () => {
    const ports = newPorts()
    const claims: unknown[] = []
    const append = ports.log.append.bind(ports.log)
    ports.log.append = (documents) => {
      claims.push(...documents.map(({ claim }) => claim?.keepForEver))
      return append(documents)
    }
    await takeIn(ports, { ...door, keepIdsForEver: true }, [document('o1', view())])
    await takeIn(ports, door, [document('o2', view()), document(undefined, view())])
    expect(claims).toEqual([true, false, undefined])
  })
})

describe('the business date', () => {
  const settings = (timeZone: string, shard: number): Write => ({
    table: 'settings',
    key: rowKey(String(shard), 'demo'),
    row: { values: { timeZone, currency: 'JPY' }, categories: {} },
  })
  const listing = (storeId: string, timeZone: string): Write => ({
    table: 'store-listings',
    key: rowKey(String(shardOf('demo', storeId, SHARDS)), 'demo', storeId),
    row: { name: storeId, timeZone },
  })
  const dateIn = async (writes: Write[], occurredAt: string, storeId = 's1') => {
    const ports = newPorts()
    ports.state.commit(writes)
    await takeIn(ports, door, [document(undefined, view({ storeId, occurredAt }))])
    return (await eventsIn(ports))[0]!.businessDate
  }
  const everyShard = [0, 1, 2, 3]

  test.each([
    ['UTC where nothing is said', [], '2026-03-02T18:29:59.999Z', '2026-03-02'],
    [
      'the merchant’s zone',
      everyShard.map((n) => settings('Asia/Kolkata', n)),
      '2026-03-02T18:29:59.999Z',
      '2026-03-02',
    ],
    [
      'from its first millisecond',
      everyShard.map((n) => settings('Asia/Kolkata', n)),
      '2026-03-02T18:30:00.000Z',
      '2026-03-03',
    ],
    [
      'the store’s own before the merchant’s',
      [...everyShard.map((n) => settings('Asia/Kolkata', n)), listing('s1', 'America/New_York')],
      '2026-03-02T04:59:59Z',
      '2026-03-01',
    ],
    ['not another store’s', [listing('s2', 'Asia/Kolkata')], '2026-03-02T20:00:00Z', '2026-03-02'],
    // Clocks go forward in New York on 2026-03-08: midnight is 05:00 UTC before and 04:00 after.
    ['with the clock’s changes', [listing('s1', 'America/New_York')], '2026-03-09T04:00:00Z', '2026-03-09'],
  ] as const)('is by %s', async (_zone, writes, occurredAt, date) => {
    expect(await dateIn([...writes], occurredAt)).toBe(date)
  })

  test('is by the zone of a listing before it in the same call', async () => {
    const ports = newPorts()
    const at = '2026-03-02T20:00:00Z'
    const listed = (timeZone?: string): Draft => ({
      type: 'store.listed',
      storeId: 's1',
      data: { name: 'One', ...(timeZone && { timeZone }) },
    })
    const before = view({ occurredAt: at })
    const documents = [
      before,
      listed('Asia/Kolkata'),
      before,
      view({ storeId: 's2', occurredAt: at }),
      listed(),
      before,
    ]
    await takeIn(
      ports,
      door,
      documents.map((draft) => document(undefined, draft)),
    )
    const viewed = (await eventsIn(ports)).filter(({ type }) => type === 'product.viewed')
    const datesOf = (store: string) => viewed.flatMap((one) => (one.storeId === store ? one.businessDate : []))
    expect([datesOf('s1'), datesOf('s2')]).toEqual([['2026-03-02', '2026-03-03', '2026-03-02'], ['2026-03-02']])
  })

  test('of many documents is looked up once for each store', async () => {
    const ports = newPorts()
    const many = Array.from({ length: 500 }, (_, i) => document(`p${i}`, view({ storeId: `s${i % 2}` })))
    await takeIn(ports, door, many)
    // Settings and listing, of each.
    expect(ports.state.calls.get).toBe(4)
  })

  test('and the default currency is the merchant’s', async () => {
    const { state } = newPorts()
    expect(await defaultCurrency({ state }, 'demo')).toBe('INR')
    state.commit([settings('UTC', 0)])
    expect(await defaultCurrency({ state }, 'demo')).toBe('JPY')
    expect(await defaultCurrency({ state }, 'other')).toBe('INR')
  })
})

describe('people', () => {
  test('the same person has one token, whatever the document, store and spelling; another has another', async () => {
    const ports = newPorts()
    await takeIn(ports, door, [document('o1', by('Ann@Example.com')), document('o2', by('ben'))])
    await takeIn(ports, { ...door, connectionId: 'web' }, [document('o3', by(' ann@example.com ', 's2'))])
    const tokens = await customersIn(ports)
    expect(tokens.length).toBe(3)
    const ofAnn = (await eventsIn(ports)).filter(({ data }) => data.customer === tokens[0])
    expect(new Set(tokens).size).toBe(2)
    expect(ofAnn.length + (await eventsIn(ports)).filter(({ data }) => data.customer !== tokens[0]).length).toBe(3)
    for (const token of tokens) expect(token).toMatch(/^c_\w+$/)
  })

  test('in one call too, however the same person is spelled', async () => {
    const ports = newPorts()
    await takeIn(ports, door, [document('o1', by('ann'), by('ANN'), by(' Ann'))])
    const tokens = await customersIn(ports)
    expect(new Set(tokens).size).toBe(1)
    const rows = await ports.state.query({ table: PEOPLE_TABLE, range: EVERY_KEY })
    expect(rows.map(({ row }) => row)).toEqual([{ token: tokens[0] }])
  })

  test('different merchants know a person by different tokens', async () => {
    const ports = newPorts()
    await takeIn(ports, door, [document('o1', by('ann'))])
    await takeIn(ports, { ...door, merchantId: 'other' }, [document('o1', by('ann'))])
    expect(new Set(await customersIn(ports)).size).toBe(2)
  })

  test.each([MemoryStateStore, MemoryDynamoStateStore])(
    'two who meet a person at once agree on the token: %o',
    async (Store) => {
      const ports = newPorts(new Store())
      await Promise.all(
        Array.from({ length: 8 }, (_, i) => takeIn(ports, door, [document(`o${i}`, by('ann'), by(`friend ${i}`))])),
      )
      const tokens = await customersIn(ports)
      expect(tokens.length).toBe(16)
      expect(new Set(tokens).size).toBe(9)
    },
  )

  test('a body may be full of new people', async () => {
    const ports = newPorts(new MemoryDynamoStateStore())
    await takeIn(
      ports,
      door,
      Array.from({ length: 500 }, (_, i) => document(`o${i}`, by(`person ${i}`))),
    )
    expect(new Set(await customersIn(ports)).size).toBe(500)
  })

  test('nothing personal lies in the log or in rows', async () => {
    const ports = newPorts()
    const sale = { productId: 'lamp', quantity: 1, unitPriceMinor: 1, currency: 'INR', customer: 'ann@example.com' }
    await takeIn(ports, door, [
      document('o1', by('+44 20 7946 0000'), { type: 'sale.recorded', storeId: 's1', data: sale }),
    ])
    const rows = await ports.state.query({ table: PEOPLE_TABLE, range: EVERY_KEY })
    const kept = JSON.stringify([await eventsIn(ports), rows])
    for (const personal of ['ann', 'example.com', '7946']) expect(kept).not.toContain(personal)
    // Nor can a row be found by trying names, without the secret.
    const key = (ports2: TestPorts) => ports2.state.query({ table: PEOPLE_TABLE, range: EVERY_KEY })
    const elsewhere = newPorts()
    elsewhere.ids.next()
    await takeIn(elsewhere, door, [document('o1', by('ann@example.com'))])
    expect(rows.map((row) => row.key)).not.toContain((await key(elsewhere))[0]!.key)
  })

  test('a token is durable before an event bears it', async () => {
    const ports = newPorts()
    const order: string[] = []
    const commitDurable = ports.state.commitDurable.bind(ports.state)
    ports.state.commitDurable = async (...args) => {
      await new Promise((done) => setTimeout(done, 5))
      await commitDurable(...args)
      order.push('token')
    }
    const append = ports.log.append.bind(ports.log)
    ports.log.append = (documents) => {
      order.push('append')
      return append(documents)
    }
    await takeIn(ports, door, [document('o1', by('ann'))])
    expect(order).toEqual(['token', 'append'])
  })

  test('a person who was forgotten comes back as another', async () => {
    const ports = newPorts()
    await takeIn(ports, door, [document('o1', by('ann'))])
    const [row] = await ports.state.query({ table: PEOPLE_TABLE, range: EVERY_KEY })
    ports.state.commit([{ table: PEOPLE_TABLE, key: row!.key, row: undefined }])
    await takeIn(ports, door, [document('o2', by('ann'))])
    expect(new Set(await customersIn(ports)).size).toBe(2)
  })
})

test('a full log takes nothing', async () => {
  const ports = newPorts()
  ports.log.append = async () => {
    throw new LogFullError('full', 1)
  }
  await expect(takeIn(ports, door, [document('o1', view())])).rejects.toThrow(LogFullError)
})
