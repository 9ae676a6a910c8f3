/**
 * No answer holds a row, name, id or amount from outside the viewer's merchant and stores, and sums are over their
 * stores: for every route of the manifest that answers a signed-in person or their token, random trade and random viewers.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RIGHTS, type Right } from '#core/access/rights.ts'
import { warehouseTable } from '#core/lake/warehouse-tables.ts'
import type { Viewer } from '#core/ports.ts'
import { isRight, manifest, type Route } from '#functions/manifest.ts'
import { OBJECT_HEADER } from '#runtime/object-reply.ts'
import { ask } from '#test/fakes/ports-in-test.ts'
import {
  amountOf,
  askerOf,
  atOf,
  brand,
  CURRENCIES,
  category,
  common,
  connectionOf,
  countOf,
  DAY_MS,
  type Event,
  foreignIn,
  heldIdOf,
  isSeen,
  knownWorld,
  type MarkedWarehouse,
  MERCHANT,
  MERCHANTS,
  markedWarehouse,
  merchantMark,
  NOW,
  ownerOfShop,
  ownProduct,
  partVersionOf,
  portsWith,
  productOf,
  RATES,
  REGIONS,
  regionOf,
  runOf,
  SHARDS,
  STORES,
  seenStores,
  storeId,
  storeMark,
  unitsOf,
  type World,
  world,
} from './marked-shops.ts'

let shared: MarkedWarehouse
beforeAll(async () => {
  shared = await markedWarehouse()
})
afterAll(() => shared.close())

/** What is asked of a route: parts of its path and of its query, a body. */
type Question = {
  readonly params?: Record<string, string>
  readonly query?: Record<string, string>
  readonly body?: object
}
const everyStore = [...Array(MERCHANTS).keys()].flatMap((m) => [...Array(STORES).keys()].map((s) => storeId(m, s)))
const everyProduct = [...Array(MERCHANTS).keys()].flatMap((m) => [
  common(m),
  ...[...Array(STORES).keys()].map((s) => ownProduct(m, s)),
])
const everyGroup = [...Array(MERCHANTS).keys()].flatMap((m) => [
  { category: category(m) },
  { brand: brand(m) },
  ...REGIONS.map((_, s) => ({ region: regionOf(m, s) })),
])
/** Ids that the events of a world may have, with the place of some. */
const everyEvent = [...Array(MERCHANTS).keys()].flatMap((m) =>
  [...Array(STORES).keys()].flatMap((s) => [
    ...[...Array(40).keys()].map((n): Question => ({ params: { id: `event ${n} ${storeMark(m, s)}` } })),
    { params: { id: `held ${storeMark(m, s)}` }, query: { store: storeId(m, s), at: new Date(NOW).toISOString() } },
  ]),
)
const ofStores = everyStore.map((store): Question => ({ query: { store } }))
const pages: readonly Question[] = [{}, { query: { limit: '1' } }, { query: { limit: '2' } }]
const yesterday = new Date(NOW - DAY_MS).toISOString()
const SERIES = ['total', 'store', 'region', 'channel', 'category', 'brand', 'product'].flatMap((by) =>
  ['day', 'quarter', 'hour'].flatMap((window) =>
    ['netRevenue', 'units', 'activeCustomers'].map(
      (measure): Question => ({ query: { by, window, measure, from: yesterday } }),
    ),
  ),
)
const everyMerchant = [...Array(MERCHANTS).keys()]
const heldIds = [
  ...[...Array(SHARDS).keys()].flatMap((shard) =>
    [...Array(60).keys()].map((n) => `${shard}-${String(n).padStart(16, '0')}`),
  ),
  ...everyMerchant.flatMap((m) => [...Array(STORES).keys()].map((s) => heldIdOf(m, s))),
].map((id) => ({ params: { id } }))
const connections = everyMerchant.map((m) => ({ id: connectionOf(m) }))
const runs = everyMerchant.map((m) => ({ id: runOf(m) }))
const artefacts = [
  'raw:sale_recorded:2026-03-01',
  'part:fact_sales:2026-03-01:',
  ...everyMerchant.map((m) => `part:fact_sales:2026-03-01:${partVersionOf(m)}`),
].map((artefact) => ({ params: { artefact } }))
/** Some products and stores of the warehouse, of the viewer's merchant and of another: each answer is a question of SQL. */
const someProducts = [common(0), common(MERCHANT), ownProduct(MERCHANT, 0), ownProduct(MERCHANT, 2)]
const someStores = [storeId(MERCHANT, 0), storeId(MERCHANT, 1), storeId(0, 0)]

const QUESTIONS: Readonly<Record<string, readonly Question[]>> = {
  'GET /metrics': [
    {},
    { query: { from: yesterday } },
    { query: { currency: 'INR' } },
    { query: { currency: 'INR', from: yesterday } },
    ...ofStores,
    ...everyGroup.map((query) => ({ query })),
    ...everyProduct.flatMap((product) => [{ query: { product } }, { query: { product, from: yesterday } }]),
  ],
  'GET /metrics/series': [
    ...SERIES,
    ...ofStores,
    ...[0, 1]
      .flatMap((m): Record<string, string>[] => [
        { category: category(m) },
        { region: regionOf(m, 1) },
        { product: common(m) },
        { product: ownProduct(m, 0) },
      ])
      .map((query) => ({ query: { ...query, window: 'day', from: yesterday } })),
    ...everyStore.map((store) => ({ query: { store, by: 'channel', window: 'day', from: yesterday } })),
    ...everyStore.map((store) => ({ query: { store, by: 'product', window: 'day' } })),
    ...REGIONS.map((_, s) => ({ query: { region: regionOf(1, s), by: 'channel', window: 'day' } })),
  ],
  'GET /metrics/products': [
    ...pages,
    ...ofStores,
    { query: { from: yesterday } },
    ...everyGroup.map((query) => ({ query })),
    ...everyProduct.map((product) => ({ query: { product } })),
  ],
  'GET /stock': [
    ...pages,
    ...ofStores,
    ...everyProduct.map((product) => ({ query: { product } })),
    ...[{}, { limit: '1' }].flatMap((more) => [
      { query: { ...more, risk: 'any' } },
      { query: { ...more, risk: 'oversold' } },
      ...[...Array(MERCHANTS).keys()].flatMap((m) => [
        { query: { ...more, category: category(m) } },
        { query: { ...more, category: category(m), risk: 'any' } },
      ]),
    ]),
  ],
  'GET /alerts': [
    ...pages,
    ...ofStores,
    { query: { state: 'resolved' } },
    { query: { state: 'resolved', limit: '1' } },
  ],
  'GET /reorders': [...pages, ...ofStores, { query: { state: 'accepted' } }],
  'GET /reorders/reasons': everyProduct.map((product) => ({ query: { product } })),
  'GET /reorders/{id}': everyStore.map((store) => ({ params: { id: `reorder ${store}` } })),
  'GET /transactions': [
    ...pages,
    ...ofStores,
    ...everyProduct.map((product) => ({ query: { product } })),
    ...everyGroup.filter((query) => !('brand' in query)).map((query) => ({ query })),
    { query: { kind: 'refund', limit: '1' } },
  ],
  'GET /events/{id}': everyEvent,
  'GET /refunds': [...pages, ...ofStores, ...everyGroup.map((query) => ({ query }))],
  'GET /refunds/statistics': [{}, ...ofStores, ...everyGroup.map((query) => ({ query }))],
  'GET /export/{file}': [
    ...['fact_sales', 'fact_predictions', 'dim_store'],
    ...['dim_customer', 'dim_product', 'dim_supplier'],
  ].map((table) => ({
    params: { file: `${table}.parquet` },
  })),
  'GET /item/{id}': everyProduct.map((id) => ({ params: { id } })),
  'GET /products': [...pages, { query: { query: 'TITLE' } }, { query: { query: merchantMark(0) } }],
  'GET /stores': pages,
  'GET /quality': [{}],
  'GET /lineage': pages,
  'GET /lineage/{artefact}': artefacts,
  'GET /lineage/{artefact}/inputs': artefacts,
  'GET /quality/checks': pages,
  'GET /runs': pages,
  'GET /runs/{id}': runs.map((params) => ({ params })),
  'GET /runs/{id}/checks': runs.flatMap((params) => [{ params }, { params, query: { limit: '1' } }]),
  'GET /quarantine': [{}],
  'GET /quarantine/{id}': heldIds,
  'GET /settings': [{}],
  'GET /settings/products': pages,
  'POST /settings/preview': [
    {},
    { category: category(0) },
    { category: category(MERCHANT) },
    ...everyProduct.map((productId) => ({ productId })),
  ].flatMap((of) =>
    ['lowStockWarningDays', 'lowStockCriticalDays'].flatMap((name) =>
      [0.01, 90].map((value) => ({ body: { name, value, ...of } })),
    ),
  ),
  'GET /account': [{}],
  'GET /account/sessions': [{}],
  'GET /users': [{}],
  'GET /tokens': [{}],
  'GET /audit': [
    ...pages,
    { query: { who: 'somebody' } },
    { query: { what: 'integration.tested' } },
    { query: { from: yesterday } },
  ],
  'GET /forecasts': [
    {},
    ...someStores.map((store) => ({ query: { store } })),
    ...someProducts.map((product) => ({ query: { product } })),
    { query: { product: common(MERCHANT), store: storeId(MERCHANT, 1) } },
  ],
  'GET /forecasts/products': [{}, ...someStores.map((store) => ({ query: { store } }))],
  'GET /forecasts/why': someStores.map((store) => ({ query: { store, product: common(MERCHANT) } })),
  'GET /models/demand': [{}],
  'GET /models/demand/accuracy': [{}],
  'GET /models/demand/drift': [{}],
  'GET /notices/choices': [{}],
  'GET /notices/webhooks': [{}],
  'GET /notices/deliveries': pages,
  'GET /integrations': [{}],
  'GET /integrations/{id}/deliveries': connections.map((params) => ({ params })),
  'GET /integrations/{id}/activity': connections.map((params) => ({ params })),
  'GET /imports': [{}],
  'GET /integrations/{id}/deliveries/{number}': connections.map((params) => ({ params: { ...params, number: '1' } })),
}

/** Answered with what is the merchant's own, and of no store. */
const OF_MERCHANT = [
  'GET /quality/checks',
  'GET /runs',
  'GET /runs/{id}',
  'GET /runs/{id}/checks',
  'GET /imports',
  'GET /account/sessions',
  'GET /users',
  'GET /audit',
  'GET /notices/webhooks',
  'GET /integrations',
  'GET /integrations/{id}/activity',
  'GET /integrations/{id}/deliveries',
  'GET /integrations/{id}/deliveries/{number}',
  'GET /lineage',
  'GET /lineage/{artefact}',
  'GET /lineage/{artefact}/inputs',
  'GET /models/demand',
  'GET /models/demand/drift',
  'GET /products',
  'GET /settings',
  'GET /settings/products',
  'GET /account',
]
/** Numbers of many alone: `SUMS` says which. */
const BY_SUMS = ['GET /refunds/statistics', 'GET /models/demand/accuracy']

/** Answers with rows, by what is in its body. */
const ASKED_BY_POST = ['POST /settings/preview']
const nameOf = ({ method, path }: Route): string => `${method} ${path}`
const ROUTES = manifest.routes.filter(
  (route) => isRight(route.guard) && (route.method === 'GET' || ASKED_BY_POST.includes(nameOf(route))),
)

it('there are questions for every route that answers a signed-in person, and for no other', () => {
  expect(Object.keys(QUESTIONS).sort()).toEqual(ROUTES.map(nameOf).sort())
})

/** Net revenue of the events by currency. */
function netOf(events: readonly [Event, number][]): Record<string, number> {
  const sign = { sale: 1, charge: 1, refund: -1, received: 0, view: 0 }
  return Object.fromEntries(
    CURRENCIES.map((currency) => [
      currency,
      events.reduce((sum, [e, n]) => sum + (e.currency === currency ? sign[e.kind] * amountOf(n) : 0), 0),
    ]),
  )
}

/** The events that a question of `/metrics` is about. */
function eventsOf({ query = {} }: Question, given: World): [Event, number][] {
  const { from } = query
  return eventsOfScope(query, given).filter(([e]) =>
    from === undefined ? e.daysAgo === 0 : atOf(e) >= Date.parse(from),
  )
}

function eventsOfScope(query: Record<string, string>, given: World): [Event, number][] {
  const { store, region, product, category: asked, brand: ofBrand } = query
  return given.events
    .map((e, n): [Event, number] => [e, n])
    .filter(([e]) => isSeen(e, given))
    .filter(([e]) => store === undefined || storeId(e.merchant, e.store) === store)
    .filter(([e]) => region === undefined || regionOf(e.merchant, e.store) === region)
    .filter(([e]) => product === undefined || (e.kind !== 'charge' && productOf(e) === product))
    .filter(([e]) => asked === undefined || (e.kind !== 'charge' && e.isCommon && category(e.merchant) === asked))
    .filter(([e]) => ofBrand === undefined || (e.kind !== 'charge' && e.isCommon && brand(e.merchant) === ofBrand))
}

// biome-ignore lint/suspicious/noExplicitAny: a test knows the answers it asks for
type Body = any
const SUMS: Readonly<Record<string, (body: Body, question: Question, given: World) => void>> = {
  'GET /metrics': (body, question, given) => {
    const expected = eventsOf(question, given)
    const net = netOf(expected)
    for (const currency of CURRENCIES)
      expect(body.money[currency]?.netRevenue.value ?? 0, JSON.stringify(question)).toBe(net[currency])
    if (question.query?.currency !== undefined)
      expect(body.reporting.money.netRevenue.value).toBe(net.INR! + RATES[MERCHANT]! * net.EUR!)
    expect(body.counts.units.value).toBe(expected.filter(([{ kind }]) => kind === 'sale').length)
    expect(body.counts.refunds.value).toBe(expected.filter(([{ kind }]) => kind === 'refund').length)
  },
  'GET /metrics/series': ({ series, buckets, measure, currency }, { query = {} }, given) => {
    if (measure !== 'netRevenue') return
    // The last bucket of a day is today; another is known or said not to be.
    const values: (number | null)[] = series.map(({ values: of }: Body) => of.at(-1))
    if (values.includes(null) || query.window !== 'day' || buckets.length === 0) return
    const ofProducts = ['category', 'brand', 'product'].includes(query.by ?? 'total')
    const today = eventsOfScope(query, given).filter(([e]) => e.daysAgo === 0 && !(ofProducts && e.kind === 'charge'))
    expect(
      values.reduce<number>((sum, value) => sum + value!, 0),
      JSON.stringify(query),
    ).toBe(netOf(today)[currency])
  },
  'GET /metrics/products': ({ items, next }, { query = {} }, given) => {
    if (next !== null || query.limit !== undefined) return
    const net = netOf(eventsOf({ query }, given).filter(([{ kind }]) => kind !== 'charge'))
    for (const currency of CURRENCIES)
      expect(
        items.reduce((sum: number, { money }: Body) => sum + (money[currency]?.goodsRevenue ?? 0), 0),
        JSON.stringify(query),
      ).toBe(net[currency])
  },
  'GET /refunds': (body, { query = {} }, given) => {
    const refunds = eventsOfScope(query, given).filter(([{ kind }]) => kind === 'refund')
    expect(body.count).toBe(refunds.length)
    const net = netOf(refunds)
    for (const currency of CURRENCIES)
      expect(body.amounts[currency] ?? 0).toBe(net[currency] === 0 ? 0 : -net[currency]!)
    if (body.next === null && query.limit === undefined) expect(body.items.length).toBe(refunds.length)
  },
  'GET /refunds/statistics': (body, { query = {} }, given) => {
    const { length } = eventsOfScope(query, given).filter(([{ kind }]) => kind === 'refund')
    expect([body.read, body.refunds]).toEqual([length, length])
  },
  'GET /forecasts/products': (body, { query = {} }, given) => {
    const sold = unitsIn(given, query)
    expect(body.items.length).toBe(new Set(sold.map(({ product }) => product)).size)
    const week = body.items.reduce((sum: number, item: Body) => sum + item.week, 0)
    expect(week).toBe(7 * sold.reduce((sum, { units }) => sum + units, 0))
  },
  'GET /forecasts': (body, { query = {} }, given) => {
    const units = unitsIn(given, query).reduce((sum, each) => sum + each.units, 0)
    expect(body.history.map((day: Body) => day.units)).toEqual([units])
    if (query.product !== undefined && body.days.length > 0) expect(body.days[0].mean).toBe(units)
  },
  'GET /models/demand/accuracy': (body, { query = {} }, given) => {
    const sold = unitsIn(given, query)
    expect(body.days.map(({ forecasts, actual }: Body) => [forecasts, actual])).toEqual([
      [sold.length, sold.reduce((sum, { units }) => sum + units, 0)],
    ])
  },
}

/** What the warehouse has of the stores, and of the product or store that is asked about. */
function unitsIn(given: World, { product: asked, store }: Record<string, string>) {
  return seenStores(given)
    .flatMap((s) =>
      [false, true].map((isCommon) => ({
        store: storeId(MERCHANT, s),
        product: isCommon ? common(MERCHANT) : ownProduct(MERCHANT, s),
        units: unitsOf(MERCHANT, s, isCommon),
      })),
    )
    .filter((row) => (asked ?? row.product) === row.product && (store ?? row.store) === row.store)
}

/** The body of an answer; of a file its rows. */
async function shownBy({ body, reply }: Awaited<ReturnType<typeof ask>>): Promise<Body> {
  const name = String(reply.headers?.[OBJECT_HEADER] ?? '')
  if (name === '') return body
  const table = /^attachment; filename="(\w+)\.parquet"$/.exec(String(reply.headers!['content-disposition']))![1]!
  const folders = [name.slice(0, name.lastIndexOf('/') + 1)]
  const input = { table: 'exported', columns: warehouseTable(table).columns, folders }
  return shared.warehouse.ask({ sql: 'select * from exported', run: [], inputs: [input] }, { rows: 1_000, ms: 10_000 })
}

const handlerOf = async ({ runs }: Route): Promise<unknown> => (await import(`#functions/${runs}/handler.ts`)).handler

describe('whoever asks', () => {
  it('the marks are in what owners are shown: a leak would be found', async () => {
    const given = knownWorld({ role: 'owner', stores: [], token: undefined })
    const ports = await portsWith(given, shared)
    for (const route of ROUTES) {
      const handler = await handlerOf(route)
      const name = nameOf(route)
      const found: unknown[] = []
      const shown: unknown[] = []
      for (const question of QUESTIONS[name]!) {
        const answer = await ask(handler, ports, name, { viewer: ownerOfShop(MERCHANT), ...question })
        const body = await shownBy(answer)
        found.push(...foreignIn(body, given))
        shown.push(body)
      }
      const isOwn = [merchantMark(MERCHANT), String(countOf(MERCHANT))].some((own) =>
        JSON.stringify(shown).includes(own),
      )
      if (OF_MERCHANT.includes(name)) expect(isOwn, name).toBe(true)
      else if (BY_SUMS.includes(name)) expect(Object.keys(SUMS), name).toContain(name)
      else expect(found, name).not.toEqual([])
    }
  })

  it.each(Object.keys(RIGHTS) as Right[])('a token for %s alone, of all stores or of one', async (right) => {
    for (const stores of [undefined, [0]]) {
      const given = knownWorld({ role: 'owner', stores: undefined, token: { scopes: [right], stores } })
      const ports = await portsWith(given, shared)
      const viewer = await askerOf(given, ports)
      for (const route of ROUTES) {
        const handler = await handlerOf(route)
        const questions = route.guard === right ? QUESTIONS[nameOf(route)]! : [QUESTIONS[nameOf(route)]![0]!]
        for (const question of questions) {
          const answer = await ask(handler, ports, nameOf(route), { viewer, ...question })
          if (route.guard !== right) expect(answer.status, nameOf(route)).toBe(403)
          else if (answer.status === 200) {
            const told = JSON.stringify([nameOf(route), question])
            expect(foreignIn(await shownBy(answer), given), told).toEqual([])
          }
        }
      }
    }
  })

  it.each(ROUTES)('$method $path is answered with their own', { timeout: 60_000 }, async (route) => {
    const handler = await handlerOf(route)
    const name = nameOf(route)
    await fc.assert(
      fc.asyncProperty(world, async (given) => {
        const ports = await portsWith(given, shared)
        const viewer = await askerOf(given, ports)
        for (const question of QUESTIONS[name]!) {
          const asked = async (who: Viewer, next?: string) => {
            const query = { ...question.query, ...(next !== undefined && { next }) }
            const answer = await ask(handler, ports, name, { viewer: who, ...question, query })
            return { status: answer.status, body: await shownBy(answer) }
          }
          // Their own pages, and any place that another may have been told to go on from.
          const places: (string | undefined)[] = [undefined]
          for (let place = places.pop(), n = 0, isFirst = true; isFirst || place !== undefined; n++) {
            const { status, body } = await asked(viewer, place)
            expect([200, 403, 404, 410, 422], JSON.stringify(body)).toContain(status)
            if (status === 200) {
              expect(foreignIn(body, given), JSON.stringify([name, question, viewer, body])).toEqual([])
              if (place === undefined) SUMS[name]?.(body, question, given)
            } else expect(foreignIn(body.problems ?? [], given)).toEqual([])
            if (isFirst && body !== null && 'next' in body) {
              const others = await Promise.all([0, MERCHANT].map((m) => asked(ownerOfShop(m))))
              places.push(...others.flatMap((other) => (typeof other.body.next === 'string' ? [other.body.next] : [])))
            }
            isFirst = false
            place = n < 100 && typeof body.next === 'string' ? body.next : places.pop()
          }
        }
      }),
      { numRuns: 12 },
    )
  })
})
