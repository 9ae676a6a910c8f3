/**
 * No answer holds a row, name, id or amount from outside the viewer's merchant and stores, and sums are over their
 * stores: for every route of the manifest that answers a signed-in person, random trade and random viewers.
 *
 * Everything of a merchant or a store bears its mark. The amount of the n-th event is 2 to the n, so that a sum tells
 * which events are in it, and no sum or difference of some is an amount of another.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ROLES } from '#core/access/rights.ts'
import { USERS, type User, userKey } from '#core/access/user.ts'
import { shardOf } from '#core/events/shard-of.ts'
import type { Viewer } from '#core/ports.ts'
import { isRight, manifest } from '#functions/manifest.ts'
import { audited } from '#runtime/audit.ts'
import { keepChecks } from '#runtime/chain-checks.ts'
import { askForRun } from '#runtime/chain-runs.ts'
import { beginRun } from '#runtime/import-runs.ts'
import { addWebhook } from '#runtime/notice-webhooks.ts'
import { endOfRun } from '#runtime/open-runs.ts'
import type { Ports } from '#runtime/ports.ts'
import { inListOf, rowOf } from '#runtime/provider-connections.ts'
import { EngineInTest, type Happening } from '#test/fakes/engine-in-test.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { ask, portsInTest } from '#test/fakes/ports-in-test.ts'
import { exampleReorder, reorderWrites } from '#test/fixtures/example-reorders.ts'

const SHARDS = 2
const NOW = Date.parse('2026-03-02T14:07:30Z')
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** Of all of them now and two hours before are one day, which begins at another time in each. */
const ZONES = ['UTC', 'Asia/Kolkata', 'America/New_York']
const CURRENCIES = ['EUR', 'INR']
const REGIONS = ['North', 'South']
/** Rupees for a euro, by merchant. */
const RATES = [5, 3, 7]

const merchantMark = (merchant: number) => `zm${merchant}q`
const storeMark = (merchant: number, store: number) => `zs${merchant}x${store}q`
const merchantId = (merchant: number) => `merchant ${merchantMark(merchant)}`
const storeId = (merchant: number, store: number) => `store ${storeMark(merchant, store)}`
const regionOf = (merchant: number, store: number) => `${REGIONS[store % 2]} ${merchantMark(merchant)}`
const common = (merchant: number) => `common ${merchantMark(merchant)}`
const ownProduct = (merchant: number, store: number) => `only in ${storeMark(merchant, store)}`
const category = (merchant: number) => `category ${merchantMark(merchant)}`
const brand = (merchant: number) => `brand ${merchantMark(merchant)}`

type Event = {
  readonly merchant: number
  readonly store: number
  readonly kind: 'sale' | 'refund' | 'charge' | 'received' | 'view'
  readonly isCommon: boolean
  readonly currency: string
  /** 0: today, 1: yesterday. */
  readonly daysAgo: number
  readonly minutesAgo: number
}
const MERCHANTS = 3
const STORES = 3
const event: fc.Arbitrary<Event> = fc.record({
  merchant: fc.nat(MERCHANTS - 1),
  store: fc.nat(STORES - 1),
  kind: fc.constantFrom('sale', 'sale', 'sale', 'refund', 'charge', 'received', 'view'),
  isCommon: fc.boolean(),
  currency: fc.constantFrom(...CURRENCIES),
  daysAgo: fc.constantFrom(0, 0, 0, 1),
  minutesAgo: fc.integer({ min: 1, max: 119 }),
})
const world = fc.record({
  zones: fc.array(fc.constantFrom(...ZONES), { minLength: STORES, maxLength: STORES }),
  events: fc.array(event, { minLength: 10, maxLength: 40 }),
  viewer: fc.record({
    role: fc.constantFrom('owner', 'store-manager', 'store-manager', 'analyst', ...ROLES),
    stores: fc.option(fc.subarray([...Array(STORES).keys()]), { nil: undefined, freq: 5 }),
  }),
})
type World = typeof world extends fc.Arbitrary<infer W> ? W : never

const amountOf = (n: number) => 2 ** n
const productOf = ({ merchant, store, isCommon }: Event) => (isCommon ? common(merchant) : ownProduct(merchant, store))
const atOf = ({ daysAgo, minutesAgo }: Event) => NOW - daysAgo * DAY_MS - minutesAgo * MINUTE_MS

function happeningOf(e: Event, n: number): Happening {
  const mark = storeMark(e.merchant, e.store)
  const money = { amountMinor: amountOf(n), currency: e.currency }
  const productId = productOf(e)
  const place = {
    merchantId: merchantId(e.merchant),
    storeId: storeId(e.merchant, e.store),
    at: atOf(e),
    id: `event ${n} ${mark}`,
  }
  const customer = `customer ${n} ${mark}`
  switch (e.kind) {
    case 'sale': {
      const line = { orderId: `order ${n} ${mark}`, productId, quantity: 1, customer, channel: `channel ${mark}` }
      return { ...place, type: 'sale.recorded', data: { ...line, unitPriceMinor: amountOf(n), currency: e.currency } }
    }
    case 'refund':
      return {
        ...place,
        type: 'sale.refunded',
        data: { refundId: `r ${n} ${mark}`, productId, ...money, reason: 'other', note: `note ${mark}`, customer },
      }
    case 'charge':
      return {
        ...place,
        type: 'charge.recorded',
        data: { orderId: `charge ${n} ${mark}`, code: `code ${mark}`, ...money },
      }
    case 'received':
      return { ...place, type: 'stock.received', data: { productId, quantity: 3 } }
    case 'view':
      return { ...place, type: 'product.viewed', data: { productId } }
  }
}

/** Its price is left to an order that nobody knows: it is held. */
const heldOf = (merchant: number, store: number): Happening => ({
  merchantId: merchantId(merchant),
  storeId: storeId(merchant, store),
  at: NOW - 3 * MINUTE_MS,
  id: `held ${storeMark(merchant, store)}`,
  type: 'sale.refunded',
  data: { refundId: `lost ${storeMark(merchant, store)}`, productId: ownProduct(merchant, store), reason: 'other' },
})

async function portsWith({ zones, events }: World): Promise<Ports> {
  const all = Array.from({ length: MERCHANTS }, (_, m) =>
    Array.from({ length: STORES }, (__, s) => [m, s] as const),
  ).flat()
  const engine = new EngineInTest({
    shards: SHARDS,
    zones: Object.fromEntries(all.map(([m, s]) => [storeId(m, s), zones[s]!])),
  })
  const at = NOW - 2 * DAY_MS
  for (const [m, s] of all) {
    const place = { at, merchantId: merchantId(m), storeId: storeId(m, s) }
    const listing = {
      name: `name of ${storeMark(m, s)}`,
      city: `city of ${storeMark(m, s)}`,
      region: regionOf(m, s),
      timeZone: zones[s]!,
    }
    const product = { productId: common(m), title: `title ${merchantMark(m)}`, category: category(m), brand: brand(m) }
    await engine.take(
      { ...place, type: 'store.listed', data: listing },
      { ...place, type: 'product.listed', data: product },
    )
  }
  const happenings = events.map((e, n) => happeningOf(e, n)).sort((a, b) => Number(a.at) - Number(b.at))
  await engine.take(...happenings)
  for (const [m, s] of all) await engine.take(heldOf(m, s))
  for (let m = 0; m < MERCHANTS; m++) {
    // Each merchant has rates of its own: one of another's would change the sum.
    const data = {
      currency: 'INR',
      per: 'EUR',
      date: '2026-02-01',
      rate: String(RATES[m]),
      source: `rates ${merchantMark(m)}`,
    }
    const decided = { name: 'lowStockWarningDays', value: 4, productId: common(m) }
    const place = { merchantId: merchantId(m), storeId: '-', at }
    await engine.take({ ...place, type: 'rate.recorded', data }, { ...place, type: 'setting.changed', data: decided })

    const label = `label ${merchantMark(m)}`
    const connection = {
      id: `connection-${merchantMark(m)}`,
      merchantId: merchantId(m),
      source: 'generic',
      proof: 'token',
      label,
      status: 'active',
      createdAt: at,
      ratePerSecond: 1,
    } as const
    await engine.store.commit([rowOf(connection), inListOf(connection)])
    const proposals = [...Array(STORES).keys()].map((s) =>
      exampleReorder(`reorder ${storeId(m, s)}`, { storeId: storeId(m, s), productId: ownProduct(m, s) }),
    )
    await engine.store.commit(reorderWrites(merchantId(m), proposals))
  }
  const log = new MemoryEventLog(SHARDS)
  for (const happening of [...happenings, ...all.map(([m, s]) => heldOf(m, s))]) {
    const shard = shardOf(happening.merchantId!, happening.storeId!, SHARDS)
    await log.append([{ eventIds: [happening.id!], records: [{ shard, bytes: engine.bytesOf(happening) }] }])
  }
  const ports = portsInTest({ state: engine.store, objects: engine.objects, log, clock: new FixedClock(NOW) })
  for (let m = 0; m < MERCHANTS; m++) await addPeople(ports, m)
  return ports
}

/** Somebody, their sessions and tokens, what was changed, and where the merchant is told of alerts. */
async function addPeople(ports: Ports, m: number): Promise<void> {
  const mark = merchantMark(m)
  const somebody: User = {
    id: 'somebody',
    merchantId: merchantId(m),
    email: `${mark}@shop.example`,
    name: `name of ${mark}`,
    role: 'analyst',
    status: 'active',
    createdAt: NOW,
    version: 0,
  }
  await ports.state.commit([{ table: USERS, key: userKey(somebody.merchantId, somebody.id), row: somebody }])
  const everybody = ['owner', 'somebody'].map((subject) => ({ merchantId: merchantId(m), subject }))
  for (const person of everybody) {
    await ports.identity.openSession(person, `browser of ${mark}`)
    await ports.identity.createToken(person, { label: `token of ${mark}` })
    await audited(ports, person, { what: 'tried', subject: `subject ${mark}` }, async () => {})
  }
  await beginRun(ports, everybody[0]!, 'sales', { run: `run ${mark}`, file: `file of ${mark}` })
  await addRun(ports, merchantId(m), mark)
  await addWebhook(ports, everybody[0]!, { url: `https://hooks.example/${mark}`, label: `hook of ${mark}` })
}

const RUN = 'nightly-2026-03-01'

/** A night that has stopped at a check. */
async function addRun(ports: Ports, id: string, mark: string): Promise<void> {
  const run = await askForRun(ports, id, { chain: 'nightly', date: RUN.slice('nightly-'.length) }, undefined)
  const check = {
    table: `table ${mark}`,
    check: `check ${mark}`,
    severity: 'hard',
    outcome: 'failed',
    day: '',
  } as const
  await keepChecks(ports.state, { merchantId: id, run: RUN }, check.table, [{ ...check, measured: null, bound: null }])
  await endOfRun(ports, run, { error: 'CheckFailedError', cause: `cause ${mark}` })
}

/** What is asked of a route: parts of its path and of its query. */
type Question = { readonly params?: Record<string, string>; readonly query?: Record<string, string> }
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
    ...[...Array(20).keys()].map((n): Question => ({ params: { id: `event ${n} ${storeMark(m, s)}` } })),
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
const heldIds = [...Array(SHARDS).keys()].flatMap((shard) =>
  [...Array(60).keys()].map((n) => ({ params: { id: `${shard}-${String(n).padStart(16, '0')}` } })),
)
const connections = [...Array(MERCHANTS).keys()].map((m) => ({ id: `connection-${merchantMark(m)}` }))

const QUESTIONS: Readonly<Record<string, readonly Question[]>> = {
  '/metrics': [
    {},
    { query: { from: yesterday } },
    { query: { currency: 'INR' } },
    { query: { currency: 'INR', from: yesterday } },
    ...ofStores,
    ...everyGroup.map((query) => ({ query })),
    ...everyProduct.flatMap((product) => [{ query: { product } }, { query: { product, from: yesterday } }]),
  ],
  '/metrics/series': [
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
  '/metrics/products': [
    ...pages,
    ...ofStores,
    { query: { from: yesterday } },
    ...everyGroup.map((query) => ({ query })),
    ...everyProduct.map((product) => ({ query: { product } })),
  ],
  '/stock': [
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
  '/alerts': [...pages, ...ofStores, { query: { state: 'resolved' } }, { query: { state: 'resolved', limit: '1' } }],
  '/reorders': [...pages, ...ofStores, { query: { state: 'accepted' } }],
  '/reorders/reasons': everyProduct.map((product) => ({ query: { product } })),
  '/reorders/{id}': everyStore.map((store) => ({ params: { id: `reorder ${store}` } })),
  '/transactions': [
    ...pages,
    ...ofStores,
    ...everyProduct.map((product) => ({ query: { product } })),
    ...everyGroup.filter((query) => !('brand' in query)).map((query) => ({ query })),
    { query: { kind: 'refund', limit: '1' } },
  ],
  '/events/{id}': everyEvent,
  '/refunds': [...pages, ...ofStores, ...everyGroup.map((query) => ({ query }))],
  '/refunds/statistics': [{}, ...ofStores, ...everyGroup.map((query) => ({ query }))],
  '/export/{file}': ['fact_sales', 'dim_customer', 'dim_product'].map((table) => ({
    params: { file: `${table}.parquet` },
  })),
  '/item/{id}': everyProduct.map((id) => ({ params: { id } })),
  '/products': [...pages, { query: { query: 'TITLE' } }, { query: { query: merchantMark(0) } }],
  '/stores': pages,
  '/quality': [{}],
  '/lineage': pages,
  '/lineage/{artefact}': [{ params: { artefact: 'raw:sale_recorded:2026-03-01' } }],
  '/lineage/{artefact}/inputs': [{ params: { artefact: 'raw:sale_recorded:2026-03-01' } }],
  '/quality/checks': pages,
  '/runs': pages,
  '/runs/{id}': [{ params: { id: RUN } }],
  '/runs/{id}/checks': [{ params: { id: RUN } }, { params: { id: RUN }, query: { limit: '1' } }],
  '/quarantine': [{}],
  '/quarantine/{id}': heldIds,
  '/settings': [{}],
  '/settings/products': pages,
  '/account': [{}],
  '/account/sessions': [{}],
  '/users': [{}],
  '/tokens': [{}],
  '/audit': [...pages, { query: { who: 'somebody' } }, { query: { what: 'tried' } }, { query: { from: yesterday } }],
  '/forecasts': [{}, ...ofStores, ...everyProduct.map((product) => ({ query: { product } }))],
  '/forecasts/products': [{}, ...ofStores],
  '/forecasts/why': ofStores.map(({ query }) => ({ query: { ...query, product: everyProduct[0]! } })),
  '/models/demand': [{}],
  '/models/demand/accuracy': [{}],
  '/models/demand/drift': [{}],
  '/notices/choices': [{}],
  '/notices/webhooks': [{}],
  '/notices/deliveries': pages,
  '/integrations': [{}],
  '/integrations/{id}/deliveries': connections.map((params) => ({ params })),
  '/integrations/{id}/activity': connections.map((params) => ({ params })),
  '/imports': [{}],
  '/integrations/{id}/deliveries/{number}': connections.map((params) => ({ params: { ...params, number: '1' } })),
}

/** Answered with what is the merchant's own, and of no store. */
const OF_MERCHANT = [
  '/quality/checks',
  '/runs',
  '/runs/{id}',
  '/runs/{id}/checks',
  '/imports',
  '/account',
  '/account/sessions',
  '/users',
  '/tokens',
  '/audit',
  '/notices/webhooks',
  '/integrations',
  '/settings/products',
]
const UNMARKED = [
  '/refunds/statistics',
  '/integrations/{id}/activity',
  '/integrations/{id}/deliveries',
  '/integrations/{id}/deliveries/{number}',
  '/notices/choices',
  '/notices/deliveries',
  '/quarantine',
  '/item/{id}',
  // No night has run: whose rows a file has, `export.test.ts` says, and what was made of what `lineage.test.ts`.
  '/lineage',
  '/lineage/{artefact}',
  '/lineage/{artefact}/inputs',
  // No night has run, and nothing was forecast: whose forecasts are told to whom, `forecasts.test.ts` says.
  '/forecasts',
  '/forecasts/products',
  '/forecasts/why',
  '/models/demand',
  '/models/demand/accuracy',
  '/models/demand/drift',
  // No night has run: whose rows a file has, `export.test.ts` says.
  '/export/{file}',
]

const ROUTES = manifest.routes.filter(({ method, guard }) => method === 'GET' && isRight(guard))

it('there are questions for every route that answers a signed-in person, and for no other', () => {
  expect(Object.keys(QUESTIONS).sort()).toEqual(ROUTES.map(({ path }) => path).sort())
})

const MERCHANT = 1
const MARK = /z(?:m\d|s\dx\d)q/g

function viewerOf({ viewer: { role, stores } }: World): Viewer {
  const seen = stores?.map((store) => storeId(MERCHANT, store))
  return { merchantId: merchantId(MERCHANT), subject: 'somebody', role, ...(seen !== undefined && { stores: seen }) }
}

const seenStores = ({ viewer }: World): readonly number[] => viewer.stores ?? [...Array(STORES).keys()]

/** Everything of the body that is none of the viewer's. What was asked for is said back. */
function foreignIn(body: unknown, given: World): unknown[] {
  const marks = new Set([merchantMark(MERCHANT), ...seenStores(given).map((store) => storeMark(MERCHANT, store))])
  const amounts = new Set(given.events.flatMap((e, n) => (isSeen(e, given) || n < 10 ? [] : [amountOf(n)])))
  const found: unknown[] = []
  const look = (value: unknown, name: string): void => {
    if (typeof value === 'string') found.push(...(value.match(MARK) ?? []).filter((mark) => !marks.has(mark)))
    // An average is no sum, and a time no amount. Counts may be as small as the first amounts.
    else if (typeof value === 'number' && amounts.has(value)) found.push([name, value])
    else if (typeof value === 'object' && value !== null) {
      for (const [key, part] of Object.entries(value)) {
        look(key, name)
        if (!['averageOrderValue', 'scope'].includes(key)) look(part, key)
      }
    }
  }
  look(body, '')
  return found
}

const isSeen = ({ merchant, store }: Event, given: World): boolean =>
  merchant === MERCHANT && seenStores(given).includes(store)

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
  '/metrics': (body, question, given) => {
    const expected = eventsOf(question, given)
    const net = netOf(expected)
    for (const currency of CURRENCIES)
      expect(body.money[currency]?.netRevenue.value ?? 0, JSON.stringify(question)).toBe(net[currency])
    if (question.query?.currency !== undefined)
      expect(body.reporting.money.netRevenue.value).toBe(net.INR! + RATES[MERCHANT]! * net.EUR!)
    expect(body.counts.units.value).toBe(expected.filter(([{ kind }]) => kind === 'sale').length)
    expect(body.counts.refunds.value).toBe(expected.filter(([{ kind }]) => kind === 'refund').length)
  },
  '/metrics/series': ({ series, buckets, measure, currency }, { query = {} }, given) => {
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
  '/metrics/products': ({ items, next }, { query = {} }, given) => {
    if (next !== null || query.limit !== undefined) return
    const net = netOf(eventsOf({ query }, given).filter(([{ kind }]) => kind !== 'charge'))
    for (const currency of CURRENCIES)
      expect(
        items.reduce((sum: number, { money }: Body) => sum + (money[currency]?.goodsRevenue ?? 0), 0),
        JSON.stringify(query),
      ).toBe(net[currency])
  },
  '/refunds': (body, { query = {} }, given) => {
    const refunds = eventsOfScope(query, given).filter(([{ kind }]) => kind === 'refund')
    expect(body.count).toBe(refunds.length)
    const net = netOf(refunds)
    for (const currency of CURRENCIES)
      expect(body.amounts[currency] ?? 0).toBe(net[currency] === 0 ? 0 : -net[currency]!)
    if (body.next === null && query.limit === undefined) expect(body.items.length).toBe(refunds.length)
  },
}

const owner = (merchant: number): Viewer => ({ merchantId: merchantId(merchant), subject: 'owner', role: 'owner' })

describe('whoever asks', () => {
  it('the marks are in what owners are shown: a leak would be found', async () => {
    const events = [...Array(MERCHANTS).keys()].flatMap((merchant) =>
      (['sale', 'refund', 'sale'] as const).map(
        (kind, store): Event => ({
          merchant,
          store,
          kind,
          isCommon: false,
          currency: 'EUR',
          daysAgo: 0,
          minutesAgo: 9,
        }),
      ),
    )
    const given: World = {
      zones: ['UTC', 'UTC', 'UTC'],
      events: [...Array(11).fill(events[0]!), ...events],
      viewer: { role: 'owner', stores: [] },
    }
    const ports = await portsWith(given)
    for (const { path, runs } of ROUTES.filter(
      (route) => !['/metrics/series', '/settings', '/products'].includes(route.path),
    )) {
      const { handler } = await import(`#functions/${runs}/handler.ts`)
      const found: unknown[] = []
      const shown: unknown[] = []
      for (const question of QUESTIONS[path]!) {
        const { body } = await ask(handler, ports, `GET ${path}`, { viewer: owner(MERCHANT), ...question })
        found.push(...foreignIn(body, given))
        shown.push(body)
      }
      if (OF_MERCHANT.includes(path)) expect(JSON.stringify(shown), path).toContain(merchantMark(MERCHANT))
      // Only sums, or nothing in this shop, could tell.
      else if (!UNMARKED.includes(path)) expect(found, path).not.toEqual([])
    }
  })

  it.each(ROUTES)('$method $path is answered with their own', { timeout: 60_000 }, async ({ path, runs }) => {
    const { handler } = await import(`#functions/${runs}/handler.ts`)
    await fc.assert(
      fc.asyncProperty(world, async (given) => {
        const ports = await portsWith(given)
        const viewer = viewerOf(given)
        for (const question of QUESTIONS[path]!) {
          const asked = async (who: Viewer, next?: string) => {
            const query = { ...question.query, ...(next !== undefined && { next }) }
            return ask(handler, ports, `GET ${path}`, { viewer: who, params: question.params ?? {}, query })
          }
          // Their own pages, and any place that another may have been told to go on from.
          const others = await Promise.all([0, 1].map((m) => asked(owner(m))))
          const places = [
            undefined,
            ...others.flatMap(({ body }) => (typeof body.next === 'string' ? [body.next as string] : [])),
          ]
          for (let next = places.pop(), n = 0, first = true; first || places.length > 0 || next !== undefined; n++) {
            first = false
            const { status, body } = await asked(viewer, next)
            expect([200, 403, 404, 410, 422], JSON.stringify(body)).toContain(status)
            if (status === 200) {
              expect(foreignIn(body, given), JSON.stringify([path, question, viewer, body])).toEqual([])
              if (next === undefined) SUMS[path]?.(body, question, given)
            } else expect(foreignIn(body.problems ?? [], given)).toEqual([])
            next = n < 100 && typeof body.next === 'string' ? (body.next as string) : places.pop()
          }
        }
      }),
      { numRuns: 12 },
    )
  })
})
