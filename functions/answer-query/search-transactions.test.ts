import { describe, expect, test } from 'vitest'
import { knownToken, tokensFor } from '#runtime/people.ts'
import { EngineInTest, type Happening } from '#test/fakes/engine-in-test.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const START = Date.parse('2026-03-02T10:00:00Z')
const NOW = START + 8_000_000
const SECOND = 1_000

const sale = (n: number, more: object = {}, place: Partial<Happening> = {}): Happening => ({
  type: 'sale.recorded',
  at: START + n * SECOND,
  id: `e${n}`,
  data: { orderId: `A-${n}`, productId: 'lamp', quantity: 1, unitPriceMinor: 500, currency: 'INR', ...more },
  ...place,
})

async function portsWith(...happenings: Happening[]) {
  const engine = new EngineInTest()
  await engine.take(...happenings)
  return portsInTest({ state: engine.store, clock: new FixedClock(NOW) })
}
type Given = Awaited<ReturnType<typeof portsWith>>
const search = (ports: Given, query: Record<string, string>, more: object = {}) =>
  ask(handler, ports, 'GET /transactions', { viewer: { ...ownerOf('m'), ...more }, query })
const idsOf = ({ body }: { body: { items: { id: string }[] } }) => body.items.map(({ id }) => id)

async function pagesOf(ports: Given, query: Record<string, string>) {
  const pages: { ids: string[]; searchedBackTo: string | null }[] = []
  let next: string | null = null
  do {
    const more: Record<string, string> = next === null ? {} : { next }
    const answer = await search(ports, { ...query, ...more })
    pages.push({ ids: idsOf(answer), searchedBackTo: answer.body.searchedBackTo })
    next = answer.body.next
  } while (next !== null)
  return pages
}

describe('transactions are searched', () => {
  const chair = {
    type: 'product.listed',
    id: 'chair',
    at: START - 1,
    storeId: '-',
    data: { productId: 'chair', title: 'Chair', category: 'Seats' },
  }
  const leeds = {
    type: 'store.listed',
    id: 'leeds',
    at: START - 1,
    storeId: 'leeds',
    data: { name: 'Leeds', region: 'North' },
  }
  const given = portsWith(
    chair,
    leeds,
    sale(1),
    sale(2, { productId: 'chair' }),
    sale(3, {}, { storeId: 'leeds' }),
    sale(4, { orderId: 'A-1' }),
    {
      type: 'sale.refunded',
      at: START + 5_000,
      id: 'e5',
      data: { refundId: 'R', orderId: 'A-1', productId: 'lamp', reason: 'other' },
    },
  )
  test.each([
    [{}, ['e5', 'e4', 'e3', 'e2', 'e1']],
    [{ product: 'chair' }, ['e2']],
    [{ category: 'Seats' }, ['e2']],
    [{ region: 'North' }, ['e3']],
    [{ region: 'North', store: 'leeds' }, ['e3']],
    [{ region: 'South', store: 'leeds' }, []],
    [{ store: 'leeds' }, ['e3']],
    [{ kind: 'refund' }, ['e5']],
    [{ id: 'e3' }, ['e3']],
    [{ id: 'A-2' }, ['e2']],
    // What the order sold first is known at once, and comes last.
    [{ id: 'A-1' }, ['e5', 'e4', 'e1']],
    [{ id: 'A-1', kind: 'sale' }, ['e4', 'e1']],
    [{ id: 'nothing' }, []],
    [{ from: '2026-03-02T10:00:02Z', to: '2026-03-02T10:00:04Z' }, ['e3', 'e2']],
    [{ id: 'A-1', from: '2026-03-02T10:00:02Z' }, ['e5', 'e4']],
  ])('%j', async (query, ids) => {
    const answer = await search(await given, query)
    expect([answer.status, idsOf(answer), answer.body.next]).toEqual([200, ids, null])
    const pages = await pagesOf(await given, { ...query, limit: '1' })
    expect(pages.flatMap((page) => page.ids)).toEqual(ids)
  })

  test.each([
    [{ kind: 'gift' }, 'kind'],
    [{ product: '' }, 'product'],
    [{ from: 'yesterday' }, 'from'],
    [{ from: '2026-03-02T10:00:02Z', to: '2026-03-02T10:00:02Z' }, 'from'],
    [{ from: '2027-03-02T10:00:02Z' }, 'from'],
  ])('%j makes no sense', async (query, field) => {
    const { status, body } = await search(await given, query)
    expect([status, body.problems[0].field]).toEqual([422, field])
  })

  test('in one’s own stores alone', async () => {
    expect(idsOf(await search(await given, { id: 'A-1' }, { stores: ['leeds'] }))).toEqual([])
    expect(idsOf(await search(await given, {}, { stores: ['leeds'] }))).toEqual(['e3'])
  })
})

test('a long search says how far it went, and goes on', async () => {
  const ports = await portsWith(
    ...Array.from({ length: 7_000 }, (_, n) => sale(n, n === 3 ? { productId: 'chair' } : {})),
  )
  const pages = await pagesOf(ports, { product: 'chair' })
  expect(pages).toEqual([
    { ids: [], searchedBackTo: new Date(START + 2_000 * SECOND).toISOString() },
    { ids: ['e3'], searchedBackTo: null },
  ])
  expect((await pagesOf(ports, { id: 'A-3' })).map(({ ids }) => ids)).toEqual([['e3'], []])
})

describe('by customer', () => {
  test('as the shop knows them, or by their token', async () => {
    const bare = portsInTest()
    const tokens = await tokensFor(bare, 'm', new Set(['ada@example.com']))
    const token = tokens.get('ada@example.com')!
    const engine = new EngineInTest()
    await engine.take(sale(1, { customer: token }), sale(2))
    const ports = { ...portsInTest({ state: engine.store, secrets: bare.secrets, clock: new FixedClock(NOW) }) }
    for (const { key, row } of await bare.state.query({ table: 'people', range: { from: '\u0001', to: '\u{10ffff}' } }))
      await engine.store.commit([{ table: 'people', key, row }])
    for (const customer of ['ada@example.com', ' Ada@Example.com', token]) {
      const answer = await search(ports, { customer })
      expect([idsOf(answer), answer.body.customer]).toEqual([['e1'], token])
      expect(JSON.stringify(answer.body)).not.toContain('xample')
    }
    const nobody = await search(ports, { customer: 'bo@example.com' })
    expect([idsOf(nobody), nobody.body.customer, nobody.body.next]).toEqual([[], null, null])
    expect(await knownToken(ports, 'm2', 'ada@example.com')).toBe(undefined)
  })
})
