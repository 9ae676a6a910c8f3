import { describe, expect, test } from 'vitest'
import { LogFullError } from '#core/ports.ts'
import { changesIn } from '#runtime/audit.ts'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { addMerchant } from '#runtime/merchants.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const view = (id?: string) => ({
  type: 'product.viewed',
  storeId: 's',
  data: { productId: 'lamp' },
  ...(id !== undefined && { id }),
})
const bad = { type: 'product.viewed', storeId: 's', data: {} }
const viewer = ownerOf('m')
async function portsOfMerchant() {
  const ports = portsInTest()
  await addMerchant(ports, { id: 'm', name: 'M' })
  return ports
}
const collect = (ports: ReturnType<typeof portsInTest>, events: unknown, query: Record<string, string> = {}) =>
  ask(handler, ports, 'POST /collect', { viewer, query, body: { events } })

describe('the status says what became of the whole', () => {
  test.each([
    ['all taken', [view('a'), view('b')], 202],
    ['one taken, one repeated', [view('known'), view('b')], 202],
    ['one taken, one refused', [bad, view('b')], 202],
    ['one taken, then a repeat of it', [view('a'), view('a')], 202],
    ['one repeated, one refused', [view('known'), bad], 200],
    ['all repeated', [view('known'), view('known')], 200],
    ['all refused', [bad, {}, null, 'x', 5, []], 422],
  ])('%s', async (_what, events, status) => {
    const ports = await portsOfMerchant()
    await collect(ports, [view('known')])
    const answer = await collect(ports, events)
    expect([answer.status, answer.body.results.length]).toEqual([status, events.length])
  })
})

test('a listing that is wrong names each wrong field, and the others are taken', async () => {
  const lamp = { productId: 'LAMP', title: 'Desk lamp' }
  const product = (data: object) => ({ type: 'product.listed', storeId: '-', data })
  const store = (data: object) => ({ type: 'store.listed', storeId: 'leeds', data })
  const answer = await collect(await portsOfMerchant(), [
    product({ ...lamp, title: '', packSize: 0, basePriceMinor: 9.5, currency: 'gbp' }),
    product(lamp),
    store({ name: 'Leeds', timeZone: 'IST', sizeSqft: 0 }),
    store({ name: 'Leeds' }),
  ])
  const fields = answer.body.results.map(({ problems = [] }: { problems?: { field: string }[] }) =>
    problems.map(({ field }) => field).sort(),
  )
  expect(answer.status).toBe(202)
  expect(fields).toEqual([
    ['data.basePriceMinor', 'data.currency', 'data.packSize', 'data.title'],
    [],
    ['data.sizeSqft', 'data.timeZone'],
    [],
  ])
})

test('each result is that of its own document', async () => {
  const ports = await portsOfMerchant()
  const first = await collect(ports, [bad, view('a'), null, view('b'), view('a'), view()])
  const { results } = first.body
  expect(results.map(({ status }: { status: string }) => status)).toEqual([
    'refused',
    'accepted',
    'refused',
    'accepted',
    'repeat',
    'accepted',
  ])
  expect(results[4].eventIds).toEqual(results[1].eventIds)
  expect(new Set([1, 3, 5].map((n) => results[n].eventIds[0])).size).toBe(3)
  const again = await collect(ports, [view('b'), view('a')])
  expect(again.body.results.map(({ eventIds }: { eventIds: string[] }) => eventIds)).toEqual([
    results[3].eventIds,
    results[1].eventIds,
  ])
})

describe('an import', () => {
  test('names itself, and shares its ids with no other source', async () => {
    const ports = await portsOfMerchant()
    await collect(ports, [view('a')])
    expect((await collect(ports, [view('a')], { source: 'import:shop-1' })).status).toBe(202)
    expect((await collect(ports, [view('a')], { source: 'import:shop-1' })).status).toBe(200)
    expect((await collect(ports, [view('a')], { source: 'import:shop-2' })).status).toBe(202)
    const records = (await Promise.all([0, 1, 2, 3].map((shard) => ports.log.read(shard, undefined, 10)))).flat()
    const sources = records.map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString()).source)
    expect(sources).toEqual(['collect', 'import:shop-1', 'import:shop-2'])
  })

  test.each(['import:', 'import:A', 'simulator:x', 'engine', 'import:a b', `import:${'x'.repeat(41)}`])(
    'nothing else may be named: %s',
    async (source) => {
      const ports = await portsOfMerchant()
      await collect(ports, [view('a')], { source })
      const records = (await Promise.all([0, 1, 2, 3].map((shard) => ports.log.read(shard, undefined, 10)))).flat()
      expect(JSON.parse(Buffer.from(records[0]!.bytes).toString()).source).toBe('collect')
    },
  )
})

describe('the simulator', () => {
  test('sells for the demo merchant, once', async () => {
    const ports = await portsOfMerchant()
    const sell = () =>
      ask(handler, ports, 'POST /collect', {
        viewer: ownerOf(DEMO_MERCHANT),
        query: { source: 'simulator' },
        body: { events: [view('a')] },
      })
    expect([(await sell()).status, (await sell()).status]).toEqual([202, 200])
    const records = (await Promise.all([0, 1, 2, 3].map((shard) => ports.log.read(shard, undefined, 10)))).flat()
    expect(records.map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString()).source)).toEqual(['simulator'])
  })

  test('never for a real one', async () => {
    const ports = await portsOfMerchant()
    const { status, body } = await collect(ports, [view('a')], { source: 'simulator' })
    expect([status, body.problems[0].field]).toEqual([422, 'source'])
    expect((await ports.log.status()).shards.reduce((sum, { appended }) => sum + appended, 0)).toBe(0)
  })
})

test('what a person lists from the dashboard is in the audit; what a program sends is not', async () => {
  const ports = await portsOfMerchant()
  const lamp = { type: 'product.listed', storeId: '-', data: { productId: 'lamp', title: 'Lamp' } }
  for (const kind of ['session', 'token'] as const) {
    const bearer = { kind, id: kind }
    await ask(handler, ports, 'POST /collect', { viewer: { ...viewer, bearer }, body: { events: [lamp, view()] } })
  }
  const { items } = await changesIn(ports.state, 'm', { from: 'm', to: 'n' }, 10)
  expect(items.map(({ what, subject, after }) => ({ what, subject, after }))).toEqual([
    {
      what: 'events.sent',
      subject: 'product.listed, product.viewed',
      after: [{ storeId: '-', productId: 'lamp', title: 'Lamp' }],
    },
  ])
})

describe('who may send less', () => {
  const sale = {
    type: 'sale.recorded',
    storeId: 's',
    data: { orderId: 'o', productId: 'p', quantity: 1, unitPriceMinor: 1, currency: 'GBP' },
  }
  const send = async (events: unknown, more: object, query = {}) => {
    const ports = await portsOfMerchant()
    const { status, body } = await ask(handler, ports, 'POST /collect', {
      viewer: { ...viewer, ...more },
      query,
      body: { events },
    })
    return [status, body.results?.map(({ problems = [] }: { problems?: { field: string }[] }) => problems[0]?.field)]
  }

  test('a storefront’s key says what shoppers do, and moves nothing', async () => {
    const key = { scopes: ['storefront:send'] }
    const pos = { transaction_id: 'T', product_id: 'P', store_id: 's', amount: 1, timestamp: '2026-03-02T10:00:00Z' }
    expect(await send([view('a'), sale, pos], key)).toEqual([202, [undefined, 'type', 'type']])
    expect(await send([sale], key)).toEqual([422, ['type']])
    expect((await send([view('a')], key, { source: 'import:x' }))[0]).toBe(422)
  })

  test('a token for some stores says what happened there', async () => {
    const other = { ...view('b'), storeId: 't' }
    const lamp = { type: 'product.listed', storeId: '-', data: { productId: 'lamp', title: 'Lamp' } }
    expect(await send([view('a'), other, sale, lamp], { stores: ['s'] })).toEqual([
      202,
      [undefined, 'storeId', undefined, 'storeId'],
    ])
  })
})

test('a name is no longer than four of them and a merchant’s fit into a key', async () => {
  const named = (text: string) => ({ ...view('a'), data: { productId: text } })
  const answer = await collect(await portsOfMerchant(), [named('क'.repeat(150)), named('क'.repeat(151))])
  expect(answer.body.results).toMatchObject([
    { status: 'accepted' },
    { status: 'refused', problems: [{ field: 'data.productId', message: 'is longer than 450 bytes of UTF-8' }] },
  ])
})

test('a log that is full takes none of them', async () => {
  const ports = await portsOfMerchant()
  ports.log.append = async () => {
    throw new LogFullError('the disk is nearly full: free some space', 3)
  }
  const { status, reply } = await collect(ports, [bad, view('a')])
  expect([status, reply.headers!['retry-after']]).toEqual([503, '3'])
})
