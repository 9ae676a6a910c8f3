/** From forecasts to proposals, morning by morning: what people have decided stays, and the same again changes nothing. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { QUANTILE_KINDS } from '#core/demand/forecast-columns.ts'
import { folderOfPart } from '#core/lake/lineage.ts'
import { addDays } from '#core/metrics/business-time.ts'
import type { ReasonRow, ReorderRow } from '#core/reorders/reorder-row.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { readLineage } from '#runtime/keep-lineage.ts'
import { readPublished } from '#runtime/published-warehouse.ts'
import { readReorderHistory } from '#runtime/read-reorder-history.ts'
import { DemandShop, FIRST_DAY, PRODUCTS } from './demand-shop.ts'

const DAYS = 84
const MADE_ON = addDays(FIRST_DAY, DAYS)
const morning = (after = 0) => `${addDays(MADE_ON, after)}T10:00:00Z`
const eve = `${addDays(MADE_ON, -1)}T20:00:00Z`

const shop = new DemandShop()
afterAll(shop.close)

const listed = (n: number, more: object = {}) => ({
  type: 'product.listed',
  at: eve,
  data: {
    productId: `p${n}`,
    title: `Tea ${n}`,
    category: 'tea',
    supplierId: 'a',
    unitCostMinor: 250,
    currency: 'INR',
    ...more,
  },
})
const counted = (n: number, level: number) => ({ type: 'stock.counted', at: eve, data: { productId: `p${n}`, level } })
const setting = (name: string, value: number, at = eve) => ({ type: 'setting.changed', at, data: { name, value } })

async function rowsOf<R>(table: string): Promise<R[]> {
  return (await shop.engine.store.query({ table, range: EVERY_KEY })).map(({ row }) => row as R)
}
const proposals = () => rowsOf<ReorderRow>('reorders')
const reasons = async () =>
  Object.fromEntries((await rowsOf<ReasonRow>('reorder-reasons')).map((row) => [row.productId, row.reason]))
const proposalOf = async (product: string) => (await proposals()).find(({ productId }) => productId === product)
/** As a person's decision would leave it. */
async function decide(product: string, change: Partial<ReorderRow>): Promise<void> {
  const row = (await proposalOf(product))!
  const key = ['m', row.storeId, row.productId].join('\u001f')
  shop.engine.store.commit([{ table: 'reorders', key, row: { ...row, version: row.version + 1, ...change } }])
}
const propose = async (at: string) => {
  const run = await shop.run('forecasts', at)
  expect(run).toMatchObject({ status: 'succeeded' })
  return run.progress!.find(({ name }) => name === 'propose-reorders')!
}

beforeAll(async () => {
  await shop.publishHolidayTrade(DAYS)
  // Five to 27 units a day: p0 to p3 run out, p4 has enough, p5 nobody counted, p6 has no supplier, p7 nobody forecasts.
  await shop.engine.take(
    ...Array.from({ length: PRODUCTS }, (_, n) => listed(n, n === 6 ? { supplierId: undefined } : {})),
    listed(99),
    ...[0, 1, 2, 3].map((n) => counted(n, 10)),
    counted(4, 5_000),
    counted(6, 10),
    counted(99, 10),
    ...[7, 8, 9, 10, 11].map((n) => counted(n, 9_000)),
  )
}, 60_000)

describe('proposals, morning by morning', { timeout: 60_000 }, () => {
  test('each product of a store has a proposal, or the reason for none', async () => {
    const { rowsIn, rowsOut, about } = await propose(morning())
    expect([rowsIn, rowsOut]).toEqual([13, 4])
    expect(about).toMatchObject({
      madeOn: MADE_ON,
      forecastsOf: MADE_ON,
      changed: 4,
      reasons: { enough: 6, 'stock-unknown': 1, 'no-supplier': 1, 'no-forecast': 1 },
    })
    expect((await proposals()).map(({ productId, state, version }) => [productId, state, version])).toEqual(
      ['p0', 'p1', 'p2', 'p3'].map((productId) => [productId, 'open', 1]),
    )
    const p0 = (await proposalOf('p0'))!
    expect(p0).toMatchObject({
      supplierId: 'a',
      currency: 'INR',
      unitCostMinor: 250,
      openedOn: MADE_ON,
      orderOn: MADE_ON,
    })
    expect(p0.costMinor).toBe(250 * p0.quantity)
    const line = (what: string) => p0.lines.find((one) => one.what === what)?.value ?? 0
    expect(line('on-hand')).toBe(10)
    // The day has 14 hours to go, at five to fifteen units a day.
    expect(line('wanted-today')).toBeGreaterThan(2)
    expect(
      line('order-up-to') - line('on-hand') + line('wanted-today') - line('inbound') - line('lost-before-arrival'),
    ).toBe(line('needed'))
    expect(line('quantity')).toBe(p0.quantity)
    expect(await reasons()).toEqual({
      p4: 'enough', p5: 'stock-unknown', p6: 'no-supplier', p99: 'no-forecast',
      p7: 'enough', p8: 'enough', p9: 'enough', p10: 'enough', p11: 'enough',
    }) // biome-ignore format: one shape
  })

  test('levels and quantities are rows of the warehouse, with what they were made of', async () => {
    const rows = await shop.published('fact_reorders', 'product_id')
    expect(rows.map(({ product_id, reason }) => [product_id, reason])).toEqual([
      ['p0', null], ['p1', null], ['p10', 'enough'], ['p11', 'enough'], ['p2', null], ['p3', null],
      ['p4', 'enough'], ['p7', 'enough'], ['p8', 'enough'], ['p9', 'enough'],
    ]) // biome-ignore format: one shape
    const p0 = (await proposalOf('p0'))!
    const line = (what: string) => p0.lines.find((one) => one.what === what)!.value
    expect(rows[0]).toEqual({
      day: MADE_ON,
      store_id: 's',
      product_id: 'p0',
      supplier_id: 'a',
      product_class: p0.lines[0]!.productClass,
      service_level: line('service-level'),
      lead_days: line('lead-days'),
      demand_over_lead: line('demand-over-lead'),
      demand_over_protection: line('demand-over-protection'),
      reorder_point: p0.reorderPoint,
      safety_stock: p0.reorderPoint - line('demand-over-protection'),
      order_up_to: p0.orderUpTo,
      on_hand: 10,
      inbound: 0,
      quantity: p0.quantity,
      reason: null,
      currency: 'INR',
      cost_minor: p0.costMinor,
    })
    expect(Number(rows[0]!.safety_stock)).toBeGreaterThan(0)

    const { tables } = await readPublished(shop.objects, 'm')
    const { version } = tables.fact_reorders![MADE_ON]!
    const lineage = (await readLineage(shop.objects, folderOfPart('m', 'fact_reorders', MADE_ON, version)))!
    expect(lineage).toMatchObject({ rowsOut: 10, run: expect.any(String), checks: { failed: 0, warned: 0 } })
    expect(lineage.inputs).toContainEqual({
      kind: 'part',
      table: 'fact_predictions',
      day: MADE_ON,
      ...tables.fact_predictions![MADE_ON],
    })
  })

  test('of more than can be looked at those that are expected to sell most', async () => {
    const published = await readPublished(shop.objects, 'm')
    const asked = async (most: number) => {
      const { week, sales, errors } = (await readReorderHistory(shop.historyPorts, published, most))!
      expect([...sales.keys()].sort()).toEqual([...week.keys()].sort())
      return [errors.length, [...week].map(([pair, days]) => [JSON.parse(pair)[1], days.length]).sort()]
    }
    const [, all] = await asked(PRODUCTS)
    expect(all).toHaveLength(PRODUCTS)
    expect(await asked(PRODUCTS + 5)).toEqual([0, all])
    expect(await asked(3)).toEqual([0, ['p10', 'p11', 'p9'].map((product) => [product, 7])])
  })

  test('of what is expected to sell alike, as many as can be looked at; of past mornings too', async () => {
    const alike = new DemandShop()
    onTestFinished(alike.close)
    const last = addDays(FIRST_DAY, 20)
    await alike.publishHolidayTrade(20)
    const forecasts = (madeOn: string, meanOf: (n: number) => number) =>
      Array.from({ length: PRODUCTS * 7 }, (_, at) => {
        const [n, k] = [Math.floor(at / 7), at % 7]
        const about = {
          made_on: madeOn,
          store_id: 's',
          product_id: `p${10 + n}`,
          day: addDays(madeOn, k),
          horizon: k + 1,
        }
        return { ...about, mean: meanOf(n), ...Object.fromEntries(QUANTILE_KINDS.map((kind) => [kind, 1])) }
      })
    const before = addDays(last, -7)
    await alike.publish({
      fact_predictions: { [before]: forecasts(before, (n) => 1 + n), [last]: forecasts(last, () => 1) },
    })
    const asked = async (most: number) => {
      const { week, errors } = (await readReorderHistory(
        alike.historyPorts,
        await readPublished(alike.objects, 'm'),
        most,
      ))!
      return [
        [...week.keys()].map((pair) => JSON.parse(pair)[1]),
        errors.map(({ scale }) => scale).sort((a, b) => a - b),
      ]
    }
    expect(await asked(3)).toEqual([
      ['p10', 'p11', 'p12'],
      [10, 11, 12],
    ])
    expect((await asked(PRODUCTS)).map(({ length }) => length)).toEqual([PRODUCTS, PRODUCTS])
  })

  test('the same morning again changes nothing', async () => {
    const [before, { tables }] = [await proposals(), await readPublished(shop.objects, 'm')]
    const { about } = await propose(morning())
    expect(about).toMatchObject({ changed: 0 })
    expect(await proposals()).toEqual(before)
    expect((await readPublished(shop.objects, 'm')).tables).toEqual(tables)
  })

  test('rows that a hard check refuses stop the morning before a proposal changes', async () => {
    const [before, { tables }] = [await proposals(), await readPublished(shop.objects, 'm')]
    const taken = (quantity: number) => ({ type: 'stock.adjusted', at: morning(), data: { productId: 'p0', quantity } })
    await shop.publish({ dim_store: { '': [{ store_id: 'another' }] } })
    await shop.engine.take(taken(-1))
    const { status, progress } = await shop.run('forecasts', morning())
    expect(status).toBe('failed')
    expect(progress!.find(({ name }) => name === 'propose-reorders')!.failure).toMatchObject({
      error: 'CheckFailedError',
      cause: `fact_reorders of ${MADE_ON}, store_id in dim_store: 10, against 0`,
    })
    expect(await proposals()).toEqual(before)
    expect((await readPublished(shop.objects, 'm')).tables.fact_reorders).toEqual(tables.fact_reorders)
    await shop.publish({ dim_store: { '': [{ store_id: 's' }] } })
    await shop.engine.take(taken(1))
  })

  test('what is snoozed, dismissed or accepted stays for the day; an open one changes and keeps its id', async () => {
    const at = { by: 'owner', at: 0, on: MADE_ON }
    const [p0, p1, p2, p3] = await proposals()
    await decide('p0', { state: 'snoozed', decision: { ...at, until: addDays(MADE_ON, 2), reason: 'fair' } })
    await decide('p1', { state: 'dismissed', decision: { ...at, reason: 'no' } })
    await decide('p2', { state: 'accepted', decision: { ...at, quantity: 7, purchaseOrderId: 'reorder-2' } })
    await shop.engine.take({ type: 'stock.adjusted', at: morning(), data: { productId: 'p3', quantity: -4 } })
    await propose(morning())
    expect((await proposals()).map(({ state }) => state)).toEqual(['snoozed', 'dismissed', 'accepted', 'open'])
    const after = (await proposalOf('p3'))!
    expect(after).toMatchObject({ id: p3!.id, version: 2 })
    expect(after.lines).toContainEqual({ what: 'on-hand', value: 6, unit: 'units' })

    await shop.engine.take({
      type: 'purchase-order.placed',
      at: morning(),
      data: { purchaseOrderId: 'reorder-2', supplierId: 'a', productId: 'p2', quantity: 5_000 },
    })
    await propose(morning(1))
    const next = await proposals()
    expect(next.map(({ state }) => state)).toEqual(['snoozed', 'open', 'accepted', 'open'])
    expect(next.map(({ id }, n) => id === [p0, p1, p2, p3][n]!.id)).toEqual([true, false, true, true])
    expect(await reasons()).toMatchObject({ p2: 'enough' })

    await propose(morning(2))
    expect(await proposalOf('p0')).toMatchObject({ state: 'open', id: p0!.id })
    const places = await shop.engine.store.query({ table: 'reorder-places', range: EVERY_KEY })
    expect(places).toHaveLength((await proposals()).length)
  })

  test('what is no longer needed is closed', async () => {
    await shop.engine.take({ type: 'stock.counted', at: morning(2), data: { productId: 'p3', level: 9_000 } })
    await propose(morning(2))
    expect(await proposalOf('p3')).toBeUndefined()
    expect(await reasons()).toMatchObject({ p3: 'enough' })
  })

  test('a budget is spent, and no more', async () => {
    const before = (await proposals()).filter(({ state }) => state === 'open')
    const cost = before.reduce((sum, { costMinor }) => sum + costMinor!, 0)
    await shop.engine.take(setting('reorderBudgetMinor', Math.floor(cost / 2), morning(2)))
    await propose(morning(2))
    const after = (await proposals()).filter(({ state }) => state === 'open')
    const spent = after.reduce((sum, { costMinor }) => sum + costMinor!, 0)
    expect(spent).toBeLessThanOrEqual(cost / 2)
    expect(spent).toBeGreaterThan(cost / 2 - 2 * 250)
  })

  test('what somebody has dismissed takes nothing of the budget', async () => {
    const [first] = (await proposals()).filter(({ state }) => state === 'open')
    const at = { by: 'owner', at: 0, on: addDays(MADE_ON, 2) }
    await decide(first!.productId, { state: 'dismissed', decision: { ...at, reason: 'no' } })
    await propose(morning(2))
    const all = await proposals()
    expect(all.find(({ id }) => id === first!.id)).toMatchObject({ state: 'dismissed', quantity: first!.quantity })
    const others = all.filter(({ state }) => state === 'open').map(({ productId }) => productId)
    expect(others).toContain(first!.productId === 'p0' ? 'p1' : 'p0')
    const rows = await shop.published('fact_reorders', 'day, product_id')
    const ofToday = rows.filter(({ day }) => day === addDays(MADE_ON, 2))
    expect(ofToday.filter(({ reason }) => reason === 'decided').map((row) => [row.product_id, row.quantity])).toEqual([
      [first!.productId, 0],
    ])
    expect(await reasons()).not.toHaveProperty(first!.productId)
  })

  test('forecasts whose days are over leave the proposals of before, and say so', async () => {
    const before = await proposals()
    const run = await shop.run('forecasts', morning(7))
    const proposed = run.progress!.find(({ name }) => name === 'propose-reorders')
    expect(proposed).toMatchObject({ rowsOut: 0, about: { reason: expect.stringContaining(MADE_ON) } })
    expect(await proposals()).toEqual(before)
  })
})
