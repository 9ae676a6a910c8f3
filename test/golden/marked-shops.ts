/**
 * Merchants, stores and people of whom everything bears a mark, so that a test sees at once whose something is.
 *
 * A text of a merchant or a store has its mark in it. The amount of the n-th event is 2 to the n, so that a sum tells which
 * events are in it, and no sum or difference of some is an amount of another. Units of the warehouse, and what is counted of a
 * whole merchant, are larger than all amounts together, and each is of one place alone.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { DuckDbWarehouse } from '#adapters/embedded/duckdb-warehouse.ts'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import { RIGHTS, type Right, ROLES } from '#core/access/rights.ts'
import { OWNER_ID, USERS, type User, userKey, viewerOf as viewerOfUser } from '#core/access/user.ts'
import type { DriftRow } from '#core/demand/drift.ts'
import { QUANTILES } from '#core/demand/forecast-columns.ts'
import type { ModelManifest } from '#core/demand/model-manifest.ts'
import { MANIFEST, versionFolder } from '#core/demand/model-names.ts'
import { shardOf } from '#core/events/shard-of.ts'
import { withPart } from '#core/lake/published.ts'
import { partFolder } from '#core/lake/warehouse-names.ts'
import { warehouseTable } from '#core/lake/warehouse-tables.ts'
import { addDays } from '#core/metrics/business-time.ts'
import { NO_CHOICES } from '#core/notices/choices.ts'
import { personKey, webhookKey } from '#core/notices/decide-deliveries.ts'
import type { ObjectStore, Person, Viewer, WarehouseRow } from '#core/ports.ts'
import { rowKey } from '#core/row-key.ts'
import { audited } from '#runtime/audit.ts'
import { keepChecks } from '#runtime/chain-checks.ts'
import { askForRun } from '#runtime/chain-runs.ts'
import { DRIFT_TABLE } from '#runtime/check-drift.ts'
import { logDelivery } from '#runtime/delivery-log.ts'
import { HELD_TABLE, heldKey, heldRow } from '#runtime/held-documents.ts'
import { beginRun } from '#runtime/import-runs.ts'
import { keepPartLineage } from '#runtime/keep-lineage.ts'
import { NOTICE_CHOICES } from '#runtime/notice-choices.ts'
import { logLine } from '#runtime/notice-log.ts'
import { enqueued, type Lane } from '#runtime/notice-queue.ts'
import { addWebhook } from '#runtime/notice-webhooks.ts'
import { endOfRun } from '#runtime/open-runs.ts'
import { parquetFile } from '#runtime/parquet.ts'
import type { Ports } from '#runtime/ports.ts'
import { inListOf, rowOf } from '#runtime/provider-connections.ts'
import { publishWarehouse, readPublished } from '#runtime/published-warehouse.ts'
import { EngineInTest, type Happening } from '#test/fakes/engine-in-test.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { portsInTest } from '#test/fakes/ports-in-test.ts'
import { exampleReorder, reorderWrites } from '#test/fixtures/example-reorders.ts'

export const SHARDS = 2
export const NOW = Date.parse('2026-03-02T14:07:30Z')
export const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** Of all of them now and two hours before are one day, which begins at another time in each. */
const ZONES = ['UTC', 'Asia/Kolkata', 'America/New_York']
export const CURRENCIES = ['EUR', 'INR']
export const REGIONS = ['North', 'South']
/** Rupees for a euro, by merchant. */
export const RATES = [5, 3, 7]

export const merchantMark = (merchant: number) => `zm${merchant}q`
export const storeMark = (merchant: number, store: number) => `zs${merchant}x${store}q`
export const merchantId = (merchant: number) => `merchant ${merchantMark(merchant)}`
export const storeId = (merchant: number, store: number) => `store ${storeMark(merchant, store)}`
export const regionOf = (merchant: number, store: number) => `${REGIONS[store % 2]} ${merchantMark(merchant)}`
export const common = (merchant: number) => `common ${merchantMark(merchant)}`
export const ownProduct = (merchant: number, store: number) => `only in ${storeMark(merchant, store)}`
export const category = (merchant: number) => `category ${merchantMark(merchant)}`
export const brand = (merchant: number) => `brand ${merchantMark(merchant)}`

export type Event = {
  readonly merchant: number
  readonly store: number
  readonly kind: 'sale' | 'refund' | 'charge' | 'received' | 'view'
  readonly isCommon: boolean
  readonly currency: string
  /** 0: today, 1: yesterday. */
  readonly daysAgo: number
  readonly minutesAgo: number
}
export const MERCHANTS = 3
export const STORES = 3
const event: fc.Arbitrary<Event> = fc.record({
  merchant: fc.nat(MERCHANTS - 1),
  store: fc.nat(STORES - 1),
  kind: fc.constantFrom('sale', 'sale', 'sale', 'refund', 'charge', 'received', 'view'),
  isCommon: fc.boolean(),
  currency: fc.constantFrom(...CURRENCIES),
  daysAgo: fc.constantFrom(0, 0, 0, 1),
  minutesAgo: fc.integer({ min: 1, max: 119 }),
})
const someStores = fc.subarray([...Array(STORES).keys()])
export const world = fc.record({
  zones: fc.array(fc.constantFrom(...ZONES), { minLength: STORES, maxLength: STORES }),
  events: fc.array(event, { minLength: 10, maxLength: 40 }),
  viewer: fc.record({
    role: fc.constantFrom('owner', 'store-manager', 'store-manager', 'analyst', ...ROLES),
    stores: fc.option(someStores, { nil: undefined, freq: 5 }),
    /** They ask by a token, which may be for less than they may. */
    token: fc.option(
      fc.record({
        scopes: fc.option(fc.subarray(Object.keys(RIGHTS) as Right[]), { nil: undefined }),
        stores: fc.option(someStores, { nil: undefined }),
      }),
      { nil: undefined, freq: 2 },
    ),
  }),
})
export type World = typeof world extends fc.Arbitrary<infer W> ? W : never

export const amountOf = (n: number) => 2 ** n
export const productOf = ({ merchant, store, isCommon }: Event) =>
  isCommon ? common(merchant) : ownProduct(merchant, store)
export const atOf = ({ daysAgo, minutesAgo }: Event) => NOW - daysAgo * DAY_MS - minutesAgo * MINUTE_MS

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

/** Every merchant of the world with their trade, people and warehouse. */
export async function portsWith(given: World, { objects, warehouse }: MarkedWarehouse): Promise<Ports> {
  const { zones, events } = given
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
    const decided = { name: 'lowStockWarningDays', value: 4 }
    const place = { merchantId: merchantId(m), storeId: '-', at }
    const changed = (of: object) => ({ ...place, type: 'setting.changed', data: { ...decided, ...of } })
    await engine.take({ ...place, type: 'rate.recorded', data })
    await engine.take(changed({ productId: common(m) }), changed({ category: category(m) }))

    const label = `label ${merchantMark(m)}`
    const connection = {
      id: connectionOf(m),
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
  const ports = portsInTest({
    state: engine.store,
    objects: new TwoObjectStores(engine.objects, objects),
    exports: warehouse,
    log,
    clock: new FixedClock(NOW),
  })
  for (let m = 0; m < MERCHANTS; m++) {
    await addPeople(ports, m, m === MERCHANT ? given.viewer : { role: 'analyst', stores: undefined })
    await addDocuments(ports, m)
    const drift: DriftRow = {
      checks: [{ ...NO_DRIFT, shifts: [{ feature: `shift ${merchantMark(m)}`, psi: 1, bound: 2 }] }],
    }
    await ports.state.commit([{ table: DRIFT_TABLE, key: merchantId(m), row: drift }])
  }
  return ports
}

export const MERCHANT = 1
/** The person who asks. */
export const SOMEBODY = 'somebody'
/** Nobody else of any merchant has their id. */
export const colleagueOf = (merchant: number): string => `colleague-${merchantMark(merchant)}`
export const runOf = (merchant: number): string => `nightly-2026-02-2${merchant}`
export const connectionOf = (merchant: number): string => `connection-${merchantMark(merchant)}`
export const heldIdOf = (merchant: number, store: number): string => `0-9${merchant}${store}`
export const ownerOfShop = (merchant: number): Viewer => ({
  merchantId: merchantId(merchant),
  subject: OWNER_ID,
  role: 'owner',
})
/** What is counted of the whole merchant, where it is told by itself. */
export const countOf = (merchant: number): number => 2 ** 43 + 2 ** merchant
/** Units that the warehouse has of a product in a store, each day. */
export const unitsOf = (merchant: number, store: number, isCommon: boolean): number =>
  2 ** 44 + 2 ** (2 * (merchant * STORES + store) + Number(isCommon))

const emailOf = (merchant: number, subject: string) => `${subject}-${merchantMark(merchant)}@shop.example`

/** Its people with their sessions, tokens, choices and notices, what was changed, and where the merchant is told of alerts. */
async function addPeople(ports: Ports, m: number, viewer: Pick<World['viewer'], 'role' | 'stores'>): Promise<void> {
  const { state, identity } = ports
  const mark = merchantMark(m)
  const account = (id: string, more: Pick<User, 'role' | 'stores'>): User => ({
    id,
    merchantId: merchantId(m),
    email: emailOf(m, id),
    name: `${id} of ${mark}`,
    status: 'active',
    createdAt: NOW,
    version: 0,
    ...more,
  })
  const stores = viewer.stores?.map((store) => storeId(m, store))
  const people = [
    account(OWNER_ID, { role: 'owner' }),
    account(SOMEBODY, { role: viewer.role, ...(stores && { stores }) }),
    account(colleagueOf(m), { role: 'analyst' }),
  ]
  const all = [...Array(STORES).keys()]
  for (const user of people) {
    const person: Person = { merchantId: user.merchantId, subject: user.id }
    await state.commit([{ table: USERS, key: userKey(user.merchantId, user.id), row: user }])
    await identity.openSession(person, `browser of ${mark}`)
    await identity.createToken(person, { label: `token of ${mark}` })
    // Made and chosen while every store was theirs.
    await identity.createToken(person, { label: `limited of ${mark}`, stores: all.map((store) => storeId(m, store)) })
    const choices = { ...NO_CHOICES, stores: all.map((store) => storeId(m, store)), version: 1 }
    await state.commit([{ table: NOTICE_CHOICES, key: rowKey(user.merchantId, user.id), row: choices }])
    for (const store of all)
      await addNotice(ports, { ...ofLog, merchantId: user.merchantId, to: personKey(user.id) }, m, store)
    await audited(ports, person, { what: 'integration.tested', subject: `subject ${mark}` }, async () => {})
  }
  const by = { merchantId: merchantId(m), subject: OWNER_ID }
  await beginRun(ports, by, 'sales', { run: `run ${mark}`, file: `file of ${mark}` })
  await addRun(ports, m)
  const hook = { url: `https://hooks.example/${mark}`, label: `hook of ${mark}` }
  const { webhook } = await addWebhook(ports, by, hook)
  await addNotice(ports, { merchantId: by.merchantId, to: webhookKey(webhook.id), channel: 'webhook' }, m, 0)
}
const ofLog = { channel: 'log' } as const

async function addNotice({ state }: Ports, lane: Lane, m: number, store: number): Promise<void> {
  const mark = storeMark(m, store)
  const about = { kind: 'low-stock', severity: 'CRITICAL', subject: `critical: ${mark}` } as const
  const at = new Date(NOW).toISOString()
  const of = { merchantId: lane.merchantId, storeId: storeId(m, store) }
  const notice = { ...about, ...of, id: `notice-${mark}`, at, text: mark, data: {} }
  await state.commit(enqueued(lane, notice, NOW, NOW).slice(0, 1))
  const outcome = { status: 'taken', receiverStatus: null, durationMs: 1, error: null, nextAt: null } as const
  const line = {
    ...about,
    ...outcome,
    at: NOW,
    noticeId: notice.id,
    storeId: of.storeId,
    channel: lane.channel,
    attempt: 1,
  }
  await logLine(state, lane, { ...line, way: 'delivery' }, () => [])
}

/** A night that has stopped at a check. */
async function addRun(ports: Ports, m: number): Promise<void> {
  const [id, mark, run] = [merchantId(m), merchantMark(m), runOf(m)]
  const asked = await askForRun(ports, id, { chain: 'nightly', date: run.slice('nightly-'.length) }, undefined)
  const check = {
    table: `table ${mark}`,
    check: `check ${mark}`,
    severity: 'hard',
    outcome: 'failed',
    day: '',
  } as const
  await keepChecks(ports.state, { merchantId: id, run }, check.table, [{ ...check, measured: null, bound: null }])
  await endOfRun(ports, asked, { error: 'CheckFailedError', cause: `cause ${mark}` })
}

/** What came through its connection, and what was set aside. */
async function addDocuments({ state, objects }: Ports, m: number): Promise<void> {
  const mark = merchantMark(m)
  const said = { headers: { 'webhook-id': mark }, document: { mark }, answer: JSON.stringify({ mark }) }
  const fate = { at: NOW, status: 202, proof: 'proved', durationMs: countOf(m), way: 'delivery' } as const
  await logDelivery({ state }, connectionOf(m), { ...said, ...fate })
  for (let s = 0; s < STORES; s++) {
    const [shard, sequence] = heldIdOf(m, s).split('-') as [string, string]
    const name = `held/${shard}/${sequence}`
    const problems = [{ field: 'data', message: `of ${storeMark(m, s)}` }]
    const row = heldRow(problems, name, 0, NOW, { merchantId: merchantId(m), id: `held ${storeMark(m, s)}` })
    await objects.put(name, Buffer.from(Buffer.from(storeMark(m, s)).toString('base64')))
    await state.commit([{ table: HELD_TABLE, key: heldKey(Number(shard), sequence), row }])
  }
}

const NO_DRIFT = {
  ...{ madeOn: '2026-03-02', at: NOW, model: null, series: 1, features: 1, error: null },
  ...{ isAlarm: false, trains: false },
}

/** The person as their account is, or as their token lets them be. */
export async function askerOf({ viewer }: World, { state, identity }: Ports): Promise<Viewer> {
  const person: Person = { merchantId: merchantId(MERCHANT), subject: SOMEBODY }
  if (viewer.token === undefined)
    return viewerOfUser((await state.get(USERS, userKey(person.merchantId, person.subject))) as User)
  const { scopes, stores } = viewer.token
  const of = stores?.map((store) => storeId(MERCHANT, store))
  const asked = { label: 'theirs', ...(scopes && { scopes }), ...(of && { stores: of }) }
  return (await identity.verify((await identity.createToken(person, asked)).token))!
}

/** A world in which each store has received goods, sold one and taken it back. */
export function knownWorld(viewer: World['viewer']): World {
  const events = [...Array(MERCHANTS).keys()].flatMap((merchant) =>
    [...Array(STORES).keys()].flatMap((store) =>
      (['received', 'sale', 'refund'] as const).map(
        (kind, n): Event => ({
          ...{ merchant, store, kind },
          isCommon: false,
          currency: 'EUR',
          daysAgo: 0,
          minutesAgo: 9 - n,
        }),
      ),
    ),
  )
  // Amounts of the first few are too small to tell from counts.
  return {
    zones: ['UTC', 'UTC', 'UTC'],
    events: [...Array(11).fill({ ...events[0]!, kind: 'view' }), ...events],
    viewer,
  }
}

/** The stores that they may see, by number. */
export const seenStores = ({ viewer: { stores, token } }: World): readonly number[] =>
  [...Array(STORES).keys()].filter(
    (store) => (stores?.includes(store) ?? true) && (token?.stores?.includes(store) ?? true),
  )
export const isSeen = ({ merchant, store }: Event, given: World): boolean =>
  merchant === MERCHANT && seenStores(given).includes(store)

// --- Whose something is ---------------------------------------------------------------------------------------------

const MARK = /z(?:m\d|s\dx\d)q/g

/** Everything of the body that is none of the viewer's. What was asked for is said back. */
export function foreignIn(body: unknown, given: World): unknown[] {
  const seen = seenStores(given)
  const marks = new Set([merchantMark(MERCHANT), ...seen.map((store) => storeMark(MERCHANT, store))])
  const numbers = new Set(given.events.flatMap((e, n) => (isSeen(e, given) || n < 10 ? [] : [amountOf(n)])))
  for (let m = 0; m < MERCHANTS; m++) {
    if (m !== MERCHANT) numbers.add(countOf(m))
    for (let s = 0; s < STORES; s++)
      for (const isCommon of [false, true])
        if (m !== MERCHANT || !seen.includes(s)) numbers.add(unitsOf(m, s, isCommon))
  }
  const found: unknown[] = []
  const look = (value: unknown, name: string): void => {
    if (typeof value === 'string') found.push(...(value.match(MARK) ?? []).filter((mark) => !marks.has(mark)))
    // An average is no sum, and a time no amount. Counts may be as small as the first amounts.
    else if (typeof value === 'number' && numbers.has(value)) found.push([name, value])
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

// --- The warehouse --------------------------------------------------------------------------------------------------

/** The same for every world: what of it is whose does not follow from the events. */
export type MarkedWarehouse = {
  readonly objects: ObjectStore
  readonly warehouse: DuckDbWarehouse
  readonly close: () => Promise<void>
}

const YESTERDAY = '2026-03-01'
const MADE_ON = '2026-03-02'
/** Of its demand model, each merchant another one. */
export const modelVersionOf = (merchant: number): string => `2026-02-2${merchant}`
/** The version of every part of a merchant's warehouse. */
export const partVersionOf = (merchant: number): string => `v${merchantMark(merchant)}`

export async function markedWarehouse(): Promise<MarkedWarehouse> {
  const folder = mkdtempSync(join(tmpdir(), 'counterflow-test-'))
  const objects = new FolderObjectStore(folder)
  const warehouse = new DuckDbWarehouse(folder)
  for (let m = 0; m < MERCHANTS; m++) await publishFor(objects, m)
  const close = async () => {
    await warehouse.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { objects, warehouse, close }
}

async function publishFor(objects: ObjectStore, m: number): Promise<void> {
  const id = merchantId(m)
  const [before, version, code] = [await readPublished(objects, id), partVersionOf(m), `code of ${merchantMark(m)}`]
  let draft = before
  for (const [table, day, rows] of tablesOf(m)) {
    const { columns } = warehouseTable(table)
    const file = parquetFile(
      columns,
      rows.map((row) => columns.map(({ name }) => row[name])),
    )
    await objects.put(`${partFolder(table, id, day || undefined, version)}part-0.parquet`, file)
    const part = { table, day, version, rows: rows.length }
    draft = withPart(draft, part)
    const given = { kind: 'given' as const, name: 'holidays', version: merchantMark(m) }
    const made = { code, madeAt: NOW, durationMs: 1, rowsIn: null, run: null, checks: null, inputs: [given] }
    await keepPartLineage(objects, id, part, made)
  }
  await publishWarehouse(objects, before, draft, 0)
  await objects.put(
    `${versionFolder(id, modelVersionOf(m))}${MANIFEST}`,
    new TextEncoder().encode(JSON.stringify(manifestOf(modelVersionOf(m), code))),
  )
}

/** Each product of a store sells the same each day, and is forecast to. */
function tablesOf(m: number): (readonly [table: string, day: string, rows: readonly WarehouseRow[]])[] {
  const sold = [...Array(STORES).keys()].flatMap((s) =>
    [false, true].map((isCommon) => ({
      store: s,
      place: { store_id: storeId(m, s), product_id: isCommon ? common(m) : ownProduct(m, s) },
      units: unitsOf(m, s, isCommon),
    })),
  )
  const sales = sold.map(({ store, place, units }, n): WarehouseRow => {
    const mark = storeMark(m, store)
    const names = { line_id: `${n} ${mark}`, event_id: `e${n} ${mark}`, order_id: `o${n} ${mark}` }
    return { ...names, ...place, kind: 'sale', day: YESTERDAY, customer: `customer ${mark}`, currency: 'EUR', units }
  })
  const predictions = (madeOn: string) =>
    sold.flatMap(({ place, units }) =>
      Array.from({ length: 7 }, (_, k): WarehouseRow => {
        const quantiles = Object.fromEntries(QUANTILES.map((percent) => [`q${percent}`, units]))
        const days = { made_on: madeOn, day: addDays(madeOn, k), horizon: k + 1 }
        return { ...days, ...place, ...quantiles, median: units, mean: units, ...SERVED }
      }),
    )
  const products = [common(m), ...[...Array(STORES).keys()].map((s) => ownProduct(m, s))].map(
    (product, n): WarehouseRow => {
      const listed = n === 0 ? { title: `title ${merchantMark(m)}`, supplier_id: `supplier ${merchantMark(m)}` } : {}
      return { product_id: product, version: 1, is_current: true, is_listed: n === 0, ...listed }
    },
  )
  const stores = [...Array(STORES).keys()].map((s) => ({ store_id: storeId(m, s), is_listed: true }))
  return [
    ['fact_sales', YESTERDAY, sales],
    ['fact_predictions', YESTERDAY, predictions(YESTERDAY)],
    ['fact_predictions', MADE_ON, predictions(MADE_ON)],
    ['dim_product', '', products],
    ['dim_store', '', stores],
    ['dim_supplier', '', [{ supplier_id: `supplier ${merchantMark(m)}`, orders: countOf(m) }]],
  ]
}
const SERVED = { segment: 'smooth', served_by: 'moving average 28', model_version: null }

const NO_SCORES = {
  ...{ wape: null, rmsse: null, mase: null, biasOfMedian: null, biasOfMean: null },
  ...{ weightedQuantileLoss: null, coverage80: null, points: 0 },
}
const manifestOf = (version: string, codeVersion: string): ModelManifest => ({
  format: 'counterflow-demand',
  formatVersion: 1,
  version,
  codeVersion,
  seed: 1,
  features: [],
  training: { from: '2026-01-01', until: '2026-02-19', series: 1, leftOut: 0, rows: 1 },
  folds: { choosing: [], scored: [] },
  scores: { model: NO_SCORES, baselines: {} },
  bestBaseline: 'moving average 28',
  champion: null,
  serves: {},
  decision: { isBetter: false, reason: 'none' },
  files: [],
})

/** What the engine has set aside is of one world, what lies in the warehouse is the same for all. */
class TwoObjectStores implements ObjectStore {
  private readonly held: ObjectStore
  private readonly others: ObjectStore
  constructor(held: ObjectStore, others: ObjectStore) {
    this.held = held
    this.others = others
  }
  private storeOf = (name: string): ObjectStore => (name.startsWith('held/') ? this.held : this.others)
  put = (name: string, bytes: Uint8Array) => this.storeOf(name).put(name, bytes)
  get = (name: string) => this.storeOf(name).get(name)
  list = (prefix: string) => this.storeOf(prefix).list(prefix)
  delete = (name: string) => this.storeOf(name).delete(name)
}
