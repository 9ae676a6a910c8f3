import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_AMOUNT_MINOR } from '#core/events/money.ts'
import { shardOf } from '#core/events/shard-of.ts'
import { CannotApplyError } from '#core/projection.ts'
import { EngineInTest, fold, type Happening } from '#test/fakes/engine-in-test.ts'
import { DAY_MS, QUARTER_MS } from './business-time.ts'
import { addSums, BYS, type By, type Cell, KEEP_CELLS_MS, WIDTHS, type Width } from './cells.ts'
import { hash53 } from './distinct-sketch.ts'

const view = (at: string | number, more: Partial<Happening> = {}): Happening => ({
  type: 'product.viewed',
  at,
  data: { productId: 'P' },
  ...more,
})
const zone = (at: string, value: string): Happening => ({
  type: 'setting.changed',
  at,
  storeId: '-',
  data: { name: 'timeZone', value },
})
const keys = async (engine: EngineInTest, width: Width, by: By) => Object.keys(await engine.rows(`${width}-by-${by}`))
const timeOf = (key: string) => new Date(Number(key.split('/')[1])).toISOString()

describe('a cell begins', () => {
  it.each([
    ['2026-03-02T09:59:59.999Z', '2026-03-02T09:59', '2026-03-02T09:45'],
    ['2026-03-02T10:00:00.000Z', '2026-03-02T10:00', '2026-03-02T10:00'],
    ['2026-03-02T10:14:59.999Z', '2026-03-02T10:14', '2026-03-02T10:00'],
    ['2026-03-02T10:15:00.000Z', '2026-03-02T10:15', '2026-03-02T10:15'],
  ])('for %s at %s and %s', async (at, minute, quarter) => {
    const engine = await fold([view(at)])
    for (const by of BYS) {
      expect((await keys(engine, 'minute', by)).map(timeOf)).toEqual([`${minute}:00.000Z`])
      expect((await keys(engine, 'quarter', by)).map(timeOf)).toEqual([`${quarter}:00.000Z`])
    }
  })

  it.each([
    // Store in Kathmandu (+05:45), merchant in Kolkata (+05:30): a quarter of an hour apart at midnight.
    ['2026-03-01T18:14:59.999Z', '2026-03-01', '2026-03-01'],
    ['2026-03-01T18:15:00.000Z', '2026-03-02', '2026-03-01'],
    ['2026-03-01T18:29:59.999Z', '2026-03-02', '2026-03-01'],
    ['2026-03-01T18:30:00.000Z', '2026-03-02', '2026-03-02'],
  ])('for %s on %s in its store and on %s for its merchant', async (at, inStore, ofMerchant) => {
    const engine = new EngineInTest({ zones: { kathmandu: 'Asia/Kathmandu' } })
    await engine.take(zone('2026-03-01T00:00:00Z', 'Asia/Kolkata'), view(at, { storeId: 'kathmandu' }))
    expect(await keys(engine, 'day', 'store')).toEqual([`m/${inStore}/kathmandu`])
    expect(await keys(engine, 'day', 'total')).toEqual([`m/${ofMerchant}/0`])
    expect(await keys(engine, 'day', 'product')).toEqual([`m/${ofMerchant}/P/0`])
  })

  it.each([
    // New York, 2026-03-08: the day has 23 hours. 2026-11-01: it has 25.
    ['2026-03-08T04:59:59.999Z', '2026-03-07'],
    ['2026-03-08T05:00:00.000Z', '2026-03-08'],
    ['2026-03-09T03:59:59.999Z', '2026-03-08'],
    ['2026-03-09T04:00:00.000Z', '2026-03-09'],
    ['2026-11-01T03:59:59.999Z', '2026-10-31'],
    ['2026-11-01T04:00:00.000Z', '2026-11-01'],
    ['2026-11-02T04:59:59.999Z', '2026-11-01'],
    ['2026-11-02T05:00:00.000Z', '2026-11-02'],
  ])('for %s on %s, where clocks are changed', async (at, date) => {
    const engine = new EngineInTest({ zones: { s: 'America/New_York' } })
    await engine.take(zone('2026-01-01T00:00:00Z', 'America/New_York'), view(at))
    expect(await keys(engine, 'day', 'store')).toEqual([`m/${date}/s`])
    expect(await keys(engine, 'day', 'total')).toEqual([`m/${date}/0`])
  })

  it('by the settings as they stood at the event', async () => {
    const at = '2026-03-01T20:00:00Z' // already the 2nd in Kolkata
    const engine = await fold([view(at), zone(at, 'Asia/Kolkata'), view(at), zone(at, 'America/New_York'), view(at)])
    expect(await keys(engine, 'day', 'total')).toEqual(['m/2026-03-01/0', 'm/2026-03-02/0'])
  })
})

describe('history', () => {
  const NOW = Date.parse('2026-07-01T10:00:00Z')
  it.each<[Width, number, boolean]>([
    ['minute', KEEP_CELLS_MS.minute - 1, true],
    ['minute', KEEP_CELLS_MS.minute, false],
    ['quarter', KEEP_CELLS_MS.quarter - 1, true],
    ['quarter', KEEP_CELLS_MS.quarter, false],
    ['day', KEEP_CELLS_MS.quarter, true],
    ['day', 5000 * DAY_MS, true],
  ])('makes a %s cell when it is %i ms old: %j', async (width, ageMs, makes) => {
    const engine = await fold([view(NOW - ageMs, { receivedAt: NOW })])
    for (const by of BYS) expect(await keys(engine, width, by)).toHaveLength(makes ? 1 : 0)
  })

  it('is kept 8 days by the minute, 100 by the quarter, and for ever by the day', () => {
    expect(KEEP_CELLS_MS).toEqual({ minute: 8 * DAY_MS, quarter: 100 * DAY_MS, day: Number.POSITIVE_INFINITY })
  })
})

describe('addSums', () => {
  it('adds by name and leaves out what is zero', () => {
    expect(addSums({ a: 1, b: 2 }, { b: -2, c: 3 })).toEqual({ a: 1, c: 3 })
    expect(Object.keys(addSums({ a: 1 }, { a: -1 }))).toEqual([])
  })

  it('is the very same where nothing is added', () => {
    const sums = { a: 1 }
    expect(addSums(sums, {})).toBe(sums)
    expect(addSums(sums, { b: 0 })).toBe(sums)
  })

  it.each([
    [Number.MAX_SAFE_INTEGER - 1, 1, true],
    [Number.MAX_SAFE_INTEGER, 1, false],
    [-Number.MAX_SAFE_INTEGER, -1, false],
    [1, Number.NaN, false],
  ])('%d and %d can be held exactly: %j', (a, b, isExact) => {
    if (isExact) expect(addSums({ a }, { a: b })).toEqual({ a: a + b })
    else expect(() => addSums({ a }, { a: b })).toThrow(CannotApplyError)
  })

  it('that would not be exact hold the event, and nothing of it stays', async () => {
    const charge = (amountMinor: number): Happening => ({
      type: 'charge.recorded',
      at: '2026-03-02T10:00:00Z',
      data: { orderId: `O${amountMinor}`, code: 'POST', amountMinor, currency: 'INR' },
    })
    const largest = Math.floor(Number.MAX_SAFE_INTEGER / MAX_AMOUNT_MINOR)
    const rest = Number.MAX_SAFE_INTEGER % MAX_AMOUNT_MINOR
    const engine = await fold([...Array.from({ length: largest }, () => charge(MAX_AMOUNT_MINOR)), charge(rest)])
    const before = await engine.allRows()
    await engine.take(charge(1))
    expect(await engine.ledger()).toMatchObject({ applied: largest + 1, held: 1 })
    expect(await engine.allRows()).toEqual(before)
    await engine.take(charge(-1))
    expect(await engine.ledger()).toMatchObject({ applied: largest + 2, held: 1 })
  })
})

// --- Against somebody who adds it all up by hand ---------------------------------------------------------------------

const SHARDS = 3
const MERCHANT_ZONE = 'Europe/Berlin'
const STORE_ZONES: Readonly<Record<string, string>> = {
  delhi: 'Asia/Kolkata',
  ktm: 'Asia/Kathmandu',
  nyc: 'America/New_York',
  howe: 'Australia/Lord_Howe',
}
/** Berlin puts its clock forward on 2026-03-29 at 01:00Z, Lord Howe back by half an hour on 2026-04-04 at 15:00Z. */
const [FROM, TO] = [Date.parse('2026-03-28T16:00:00Z'), Date.parse('2026-04-05T02:00:00Z')]
const RECEIVED = TO + 1000

const formats = new Map<string, Intl.DateTimeFormat>()
function dateIn(timeZone: string, at: number): string {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  formats.set(timeZone, format)
  return format.format(at)
}

const oneOf = <T>(...values: T[]) => fc.constantFrom(...values)
const time = fc.oneof(
  fc.integer({ min: FROM, max: TO }),
  // A few instants again and again, so that firsts meet, and the edges of cells.
  oneOf(
    FROM,
    FROM + QUARTER_MS - 1,
    FROM + QUARTER_MS,
    Date.parse('2026-03-28T23:00:00Z'),
    Date.parse('2026-03-29T22:00:00Z'),
  ),
)
const currency = oneOf('INR', 'USD', 'JPY', 'KWD')
const small = fc.integer({ min: 1, max: 5 })
const amount = fc.integer({ min: 0, max: 100_000 })
const customer = fc.option(oneOf('ann', 'bob', 'cem'), { nil: undefined })
const productId = oneOf('P', 'Q')
const orderId = oneOf('O1', 'O2', 'O3')
const cartId = oneOf('C1', 'C2')
const data: Record<string, fc.Arbitrary<object>> = {
  'sale.recorded': fc.record({
    orderId,
    productId,
    quantity: small,
    unitPriceMinor: amount,
    discountMinor: oneOf(0, 7),
    taxMinor: oneOf(0, 5),
    currency,
    customer,
  }),
  'sale.cancelled': fc.record({ orderId, productId, quantity: small, unitPriceMinor: amount, currency, customer }),
  'sale.refunded': fc.record({
    refundId: oneOf('R1', 'R2'),
    productId,
    quantity: small,
    amountMinor: amount,
    currency,
    customer,
    reason: oneOf('defective', 'other'),
  }),
  'charge.recorded': fc.record({
    orderId,
    code: oneOf('POST'),
    amountMinor: fc.integer({ min: -900, max: 900 }),
    currency,
    customer,
    reversal: oneOf(true, false, undefined),
  }),
  'stock.adjusted': fc.record({ productId, quantity: small, documentId: oneOf(undefined, 'D1', 'O1') }),
  'product.viewed': fc.record({ productId }),
  'product.clicked': fc.record({ productId }),
  'cart.changed': fc.record({ productId, quantity: small, cartId: fc.option(cartId, { nil: undefined }) }),
  'checkout.completed': fc.record({ cartId, orderId }),
}
const storeId = oneOf(...Object.keys(STORE_ZONES))
const happening = oneOf(...Object.keys(data)).chain((type) =>
  fc.record({ type: fc.constant(type), at: time, storeId, data: data[type]!, receivedAt: fc.constant(RECEIVED) }),
)
type Told = { type: string; at: number; storeId: string; data: AnyData }
// biome-ignore lint/suspicious/noExplicitAny: whichever event it is
type AnyData = any

/** The cells that the plain list of events adds up to, by table and key: no order, no state, no folds. */
function addedUp(events: readonly Told[]): Record<string, Cell> {
  const cells: Record<string, { sums: Record<string, number>; people: Set<string> }> = {}
  const add = (at: number, store: string, product: string | undefined, sums: Record<string, number>, who?: string) => {
    const shard = shardOf('m', store, SHARDS)
    for (const width of WIDTHS) {
      const step = width === 'minute' ? 60_000 : QUARTER_MS
      const slot = String(Math.floor(at / step) * step).padStart(13, '0')
      const [inStore, ofMerchant] =
        width === 'day' ? [dateIn(STORE_ZONES[store]!, at), dateIn(MERCHANT_ZONE, at)] : [slot, slot]
      const places = [`${width}-by-total m/${ofMerchant}/${shard}`, `${width}-by-store m/${inStore}/${store}`]
      if (width === 'day') places.push(`day-by-channel m/${inStore}/${store}/test`)
      if (product !== undefined) places.push(`${width}-by-product m/${ofMerchant}/${product}/${shard}`)
      for (const place of places) {
        cells[place] ??= { sums: {}, people: new Set() }
        for (const [name, value] of Object.entries(sums)) {
          cells[place].sums[name] = (cells[place].sums[name] ?? 0) + value
        }
        const keepsWho = place.includes('-by-total') || (place.includes('-by-store') && width !== 'minute')
        if (who !== undefined && keepsWho) cells[place].people.add(who)
      }
    }
  }
  /** What is counted once, at the time of its first event: by what it is, store and name. */
  const firsts = new Map<string, { at: number; store: string; measures: string[] }>()
  const once = (kind: string, name: string, { at, storeId: store }: Told, measures: string[]) => {
    const key = `${kind} ${store} ${name}`
    const known = firsts.get(key)
    if (known === undefined || at < known.at) firsts.set(key, { at, store, measures })
  }
  for (const event of events) {
    const { type, at, storeId: store, data: d } = event
    const isTrade = /^(sale|charge)/.test(type)
    if (isTrade && d.customer !== undefined) once('customer', d.customer, event, ['newCustomers'])
    switch (type) {
      case 'sale.recorded': {
        const gross = d.quantity * d.unitPriceMinor
        const sums = { lines: 1, units: d.quantity, [`gross:${d.currency}`]: gross }
        add(
          at,
          store,
          d.productId,
          { ...sums, [`discount:${d.currency}`]: d.discountMinor, [`tax:${d.currency}`]: d.taxMinor },
          d.customer,
        )
        once('order', d.orderId, event, ['orders'])
        once('document', d.orderId, event, ['documents'])
        break
      }
      case 'sale.cancelled':
        add(at, store, d.productId, {
          cancelledUnits: d.quantity,
          [`cancelled:${d.currency}`]: d.quantity * d.unitPriceMinor,
        })
        once('cancellation', d.orderId, event, ['cancellations'])
        once('document', d.orderId, event, ['documents'])
        break
      case 'sale.refunded':
        add(at, store, d.productId, { refunds: 1, refundedUnits: d.quantity, [`refunds/${d.reason}`]: 1 })
        add(at, store, d.productId, {
          [`refunded:${d.currency}`]: d.amountMinor,
          [`refunded/${d.reason}:${d.currency}`]: d.amountMinor,
        })
        break
      case 'charge.recorded':
        add(at, store, undefined, { [`charges:${d.currency}`]: d.amountMinor })
        if (d.reversal === true) add(at, store, undefined, { [`chargeReversals:${d.currency}`]: d.amountMinor })
        once(d.reversal === true ? 'cancellation' : 'order', d.orderId, event, [
          d.reversal === true ? 'cancellations' : 'orders',
        ])
        once('document', d.orderId, event, ['documents'])
        break
      case 'stock.adjusted':
        if (d.documentId !== undefined) once('document', d.documentId, event, ['documents'])
        break
      case 'product.viewed':
        add(at, store, d.productId, { views: 1 })
        break
      case 'product.clicked':
        add(at, store, d.productId, { clicks: 1 })
        break
      case 'cart.changed':
        if (d.cartId === undefined) add(at, store, d.productId, { carts: 1 })
        break
    }
  }
  const cartsOf = Map.groupBy(
    events.filter(({ type, data: d }) => /^(cart|checkout)/.test(type) && d.cartId !== undefined),
    ({ storeId: store, data: d }) => `${store} ${d.cartId}`,
  )
  for (const cart of cartsOf.values()) {
    const bought = cart.some(({ type }) => type === 'checkout.completed')
    const at = Math.min(...cart.map((event) => event.at))
    add(at, cart[0]!.storeId, undefined, { carts: 1, followedCarts: 1, ...(bought && { cartsBought: 1 }) })
  }
  for (const { at, store, measures } of firsts.values())
    for (const measure of measures) add(at, store, undefined, { [measure]: 1 })
  return Object.fromEntries(
    Object.entries(cells).flatMap(([place, { sums, people }]): [string, Cell][] => {
      const some = Object.fromEntries(Object.entries(sums).filter(([, value]) => value !== 0))
      const customers = [...people].map(hash53).sort((a, b) => a - b)
      if (Object.keys(some).length === 0) return []
      return [[place, customers.length === 0 ? { sums: some } : { sums: some, customers }]]
    }),
  )
}

describe('cells', () => {
  it('hold what the plain list of events adds up to, whatever the order in which they came', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 25 }), async (events) => {
        const engine = new EngineInTest({ shards: SHARDS, zones: STORE_ZONES })
        await engine.take(zone('2026-01-01T00:00:00Z', MERCHANT_ZONE), ...(events as Happening[]))
        expect(await engine.orderlessCells()).toEqual(addedUp(events as Told[]))
      }),
      { numRuns: 150 },
    )
  })
})
