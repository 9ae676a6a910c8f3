/** What people are told of forecasts: exact figures of a small shop, what each of them may see, and parts that add up. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { FORECAST_KINDS, QUANTILES } from '#core/demand/forecast-columns.ts'
import { SERVED_ABOUT } from '#core/demand/served-rows.ts'
import { addDays } from '#core/metrics/business-time.ts'
import type { Viewer, WarehouseRow } from '#core/ports.ts'
import { EVERY_KEY, rowKey } from '#core/row-key.ts'
import { merchantSettings } from '#core/settings/settings.ts'
import { handler as models } from '#functions/manage-models/handler.ts'
import { handler as notices } from '#functions/manage-notices/handler.ts'
import { handler as forecasts } from '#functions/review-forecasts/handler.ts'
import { findRun } from '#runtime/chain-runs.ts'
import { addMerchant } from '#runtime/merchants.ts'
import { NOTICE_DELIVERIES } from '#runtime/notice-queue.ts'
import { runStep } from '#runtime/run-step.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { ask, portsInTest } from '#test/fakes/ports-in-test.ts'
import { DemandShop, FIRST_DAY, PRODUCTS } from './demand-shop.ts'

const viewer = (more: Partial<Viewer> = {}): Viewer => ({ merchantId: 'm', subject: 'x', role: 'analyst', ...more })
const ofStores = (...stores: string[]) => viewer({ role: 'store-manager', stores })

function asking(shop: DemandShop, at: string) {
  const { objects, warehouse, engine, demand } = shop
  const ports = portsInTest({ objects, exports: warehouse, state: engine.store, demand, clock: new FixedClock(at) })
  const send =
    (handler: typeof forecasts) =>
    (route: string, query: Record<string, string> = {}, who = viewer(), body?: object) =>
      ask(handler, ports, route, { viewer: who, query, body })
  return { forecast: send(forecasts), model: send(models) }
}

describe('a shop whose figures anybody can work out', () => {
  const shop = new DemandShop()
  afterAll(shop.close)
  const DAYS = 40
  const MADE_ON = addDays(FIRST_DAY, DAYS)
  const { forecast, model } = asking(shop, `${MADE_ON}T10:00:00Z`)

  /** 10 a day in the north, 4 in the south; the north sells 16 on the last day. */
  const unitsOf = (store: string, at: number) => (store === 'south' ? 4 : at === DAYS - 1 ? 16 : 10)
  /** The mean is 2 above the median, and 80 % of days lie within 3 of it. */
  const prediction = (made: string, store: string, horizon: number, median: number): WarehouseRow => ({
    made_on: made,
    store_id: store,
    product_id: 'tea',
    day: addDays(made, horizon - 1),
    horizon,
    median,
    mean: median + 2,
    ...Object.fromEntries(QUANTILES.map((percent) => [`q${percent}`, median + (3 * (percent - 50)) / 40])),
    segment: 'smooth',
    served_by: 'moving average 28',
    model_version: null,
  })

  beforeAll(() => {
    const days = Array.from({ length: DAYS }, (_, at) => addDays(FIRST_DAY, at))
    const sales = days.map((day, at) => [
      day,
      ['north', 'south'].map((store) => ({
        kind: 'sale',
        day,
        store_id: store,
        product_id: 'tea',
        order_id: `${day} ${store}`,
        units: unitsOf(store, at),
      })),
    ])
    const made = [...days.slice(-2), MADE_ON].map((day) => [
      day,
      ['north', 'south'].flatMap((store) =>
        Array.from({ length: HORIZON_DAYS }, (_, k) => prediction(day, store, k + 1, store === 'north' ? 11 : 4)),
      ),
    ])
    const out = { day: days.at(-2)!, store_id: 'south', product_id: 'tea', stock_out_minutes: 60, sold: 4 }
    return shop.publish({
      fact_sales: Object.fromEntries(sales),
      fact_predictions: Object.fromEntries(made),
      fact_inventory: { [days.at(-2)!]: [out] },
      dim_product: {
        '': [{ product_id: 'tea', is_current: true, base_price_minor: 500, unit_cost_minor: 300, currency: 'EUR' }],
      },
    })
  })

  test('a product in a store: what sold, and the week to come', async () => {
    const { status, body } = await forecast('GET /forecasts', { product: 'tea', store: 'south' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ madeOn: MADE_ON, series: 1, why: null, methods: [] })
    expect(body.history).toHaveLength(DAYS)
    expect(body.history.slice(-2)).toEqual([
      { day: addDays(MADE_ON, -2), units: 4, stockOuts: 1 },
      { day: addDays(MADE_ON, -1), units: 4, stockOuts: 0 },
    ])
    expect(body.days).toHaveLength(HORIZON_DAYS)
    expect(body.days[0]).toMatchObject({ day: MADE_ON, horizon: 1, median: 4, mean: 6, q10: 1, q50: 4, q90: 7 })
    expect(body.servedBy).toEqual([{ by: 'moving average 28', segment: 'smooth', modelVersion: null, series: 1 }])
  })

  test('a product over stores: means add up, and quantiles lie between those of its parts', async () => {
    const { body } = await forecast('GET /forecasts', { product: 'tea' })
    expect(body.series).toBe(2)
    expect(body.history.at(-1)).toEqual({ day: addDays(MADE_ON, -1), units: 20, stockOuts: 0 })
    expect(body.days[0].mean).toBe(13 + 6)
    // Had both been at the same share of their ways on the same days it would be 9, 15 and 21; what is drawn is narrower.
    const [{ q10, median, q90 }] = body.days
    expect([q10 > 9, q10 < median, Math.abs(median - 15) < 2, median < q90, q90 < 21]).not.toContain(false)
  })

  test('whoever sees some stores is told of these alone', async () => {
    const own = await forecast('GET /forecasts', { product: 'tea' }, ofStores('south'))
    expect(own.body).toMatchObject({ series: 1 })
    expect([own.body.days[0].mean, own.body.history.at(-1).units]).toEqual([6, 4])
    expect((await forecast('GET /forecasts', { product: 'tea', store: 'north' }, ofStores('south'))).status).toBe(404)
    expect((await forecast('GET /forecasts/why', { product: 'tea', store: 'north' }, ofStores('south'))).status).toBe(
      404,
    )
    expect((await forecast('GET /forecasts', {}, ofStores('south', 'north'))).body.problems[0].field).toBe('store')
    const list = async (who: Viewer) => (await forecast('GET /forecasts/products', {}, who)).body.items
    expect(await list(viewer())).toEqual([{ productId: 'tea', title: null, week: 7 * 19, stores: 2 }])
    expect(await list(ofStores('south'))).toEqual([{ productId: 'tea', title: null, week: 7 * 6, stores: 1 }])
    expect((await forecast('GET /forecasts', { product: 'tea' }, ofStores())).body).toMatchObject({
      series: 0,
      days: [],
    })
  })

  test('what an earlier release forecast has no totals, and says so', async () => {
    expect((await forecast('GET /forecasts')).body).toMatchObject({ days: [], why: 'older' })
    const { body } = await forecast('GET /forecasts/why', { product: 'tea', store: 'south' })
    expect([body.parts, body.reason]).toEqual([null, expect.stringMatching(/earlier release/)])
  })

  test('accuracy is of days that are over, beside the simplest methods, and in money', async () => {
    const { body } = await model('GET /models/demand/accuracy')
    // One day before the last: the south ran out, and judges nothing. Forecast 11 of 10: 1 too many.
    expect(body.days[0]).toMatchObject({
      day: addDays(MADE_ON, -2),
      forecasts: 1,
      actual: 10,
      wape: 0.1,
      naive: 0,
      moving: 0,
    })
    // The last: 11 of 16, 4 of 4. A week before: 10, 4; the mean of 28 days the same.
    expect(body.days[1]).toMatchObject({ forecasts: 2, actual: 20, median: 15, mean: 19, coverage80: 0.5 })
    expect(body.days[1].wape).toBeCloseTo(5 / 20, 12)
    expect([body.days[1].naive, body.days[1].moving]).toEqual([6 / 20, 6 / 20])
    expect(body.all.forecasts).toBe(3)
    expect(body.all.wape).toBeCloseTo(6 / 30, 12)
    expect(body.all.biasOfMedian).toBeCloseTo(26 / 30 - 1, 12)
    expect(body.all.biasOfMean).toBeCloseTo(32 / 30 - 1, 12)
    // Means 13 of 10, 13 of 16, 6 of 4: 5 too many at 300, 3 too few at 200. The simple ones lack 6 at 200.
    expect(body.money).toEqual([{ currency: 'EUR', forecasts: 3, model: 2_100, naive: 1_200, moving: 1_200 }])
    expect((await model('GET /models/demand/accuracy', { ahead: '2' })).body.days).toHaveLength(1)
    expect((await model('GET /models/demand/accuracy', { ahead: '8' })).status).toBe(422)
  })

  test('a listing that names no currency is in the merchant’s', async () => {
    const north = { store_id: 'north', currency: 'GBP' }
    const tea = { product_id: 'tea', is_current: true, base_price_minor: 500, unit_cost_minor: 300 }
    await shop.publish({ dim_product: { '': [tea] } })
    const { money } = (await model('GET /models/demand/accuracy')).body
    expect(money).toEqual([{ currency: 'INR', forecasts: 3, model: 2_100, naive: 1_200, moving: 1_200 }])
    await shop.publish({ dim_store: { '': [north, { store_id: 'south' }] } })
    const byStore = (await model('GET /models/demand/accuracy')).body.money
    expect(byStore.map(({ currency }: { currency: string }) => currency).toSorted()).toEqual(['GBP', 'INR'])
  })
})

describe('a shop with a model', { timeout: 120_000 }, () => {
  const shop = new DemandShop()
  afterAll(shop.close)
  const DAYS = 84
  const MADE_ON = addDays(FIRST_DAY, DAYS)
  const MORNING = `${MADE_ON}T10:00:00Z`
  const { forecast, model } = asking(shop, MORNING)
  beforeAll(async () => {
    await shop.publishHolidayTrade(DAYS)
    expect(await shop.train(MORNING)).toMatchObject({ isPromoted: true })
    await shop.predict(MORNING)
  }, 120_000)

  test('every part of a median is told, and they add up to what was published', async () => {
    const published = new Map((await shop.predictions()).map((row) => [`${row.product_id} ${row.day}`, row]))
    let explained = 0
    for (let product = 0; product < PRODUCTS; product++) {
      const day = addDays(MADE_ON, product % HORIZON_DAYS)
      const { status, body } = await forecast('GET /forecasts/why', { product: `p${product}`, store: 's', day })
      expect(status).toBe(200)
      const row = published.get(`p${product} ${day}`)!
      expect(body.median).toBeCloseTo(Number(row.median), 9)
      if (body.parts === null) {
        expect([body.servedBy === 'blend', body.reason]).toEqual([false, expect.stringContaining(body.servedBy)])
        continue
      }
      explained++
      const { base, groups, methods, rest } = body.parts
      const sum = (parts: readonly { units: number }[]) => parts.reduce((all, { units }) => all + units, 0)
      expect(base + sum(groups) + sum(methods) + rest).toBeCloseTo(body.median, 9)
      for (const { units, features } of groups) expect(sum(features)).toBeCloseTo(units, 9)
      // float32 of what serves, and nothing else.
      expect(Math.abs(rest)).toBeLessThan(1e-4 * body.median)
    }
    expect(explained).toBeGreaterThan(0)
  })

  test('holidays are why more sells on one', async () => {
    const on = async (day: number) => {
      const query = { product: 'p5', store: 's', day: addDays(MADE_ON, day) }
      const { body } = await forecast('GET /forecasts/why', query)
      const units = body.parts?.groups.find(({ about }: { about: string }) => about === 'Holidays')?.units
      return { units, median: body.median as number }
    }
    const days = await Promise.all(Array.from({ length: HORIZON_DAYS }, (_, day) => on(day)))
    const [least, most] = [
      days.toSorted((a, b) => a.median - b.median)[0]!,
      days.toSorted((a, b) => b.median - a.median)[0]!,
    ]
    expect(most.units).toBeGreaterThan(least.units)
  })

  test('each method is told beside what serves, and totals are those of the parts', async () => {
    const one = (await forecast('GET /forecasts', { product: 'p3', store: 's' })).body
    expect(one.methods.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['seasonal naive', 'moving average 28', 'trees, median, recent']),
    )
    for (const { median } of one.methods) expect(median).toHaveLength(HORIZON_DAYS)
    const all = (await forecast('GET /forecasts')).body
    expect(all).toMatchObject({ series: PRODUCTS, why: null })
    const rows = await shop.predictions()
    for (const { day, mean, ...kinds } of all.days) {
      const parts = rows.filter((row) => row.day === day)
      expect(mean).toBeCloseTo(
        parts.reduce((sum, row) => sum + Number(row.mean), 0),
        6,
      )
      const values = FORECAST_KINDS.filter((kind) => kind.startsWith('q')).map((kind) => kinds[kind])
      expect(values).toEqual(values.toSorted((a: number, b: number) => a - b))
    }
    expect((await forecast('GET /forecasts', { store: 's' })).body.days).toEqual(all.days)
    expect((await forecast('GET /forecasts', {}, ofStores('s'))).body.days).toEqual(all.days)
  })

  test('of what an earlier release has kept otherwise there is no total', async () => {
    const [name] = (await shop.objects.list('')).filter((one) => one.endsWith(`/${SERVED_ABOUT}`)).slice(-1)
    const kept = (await shop.objects.get(name!))!
    const { firsts: _, ...about } = JSON.parse(new TextDecoder().decode(kept))
    await shop.objects.put(name!, new TextEncoder().encode(JSON.stringify(about)))
    expect((await forecast('GET /forecasts')).body).toMatchObject({ days: [], why: 'older' })
    expect((await forecast('GET /forecasts', { product: 'p3' })).body.days).toHaveLength(HORIZON_DAYS)
    await shop.objects.put(name!, kept)
  })

  test('a product that is not forecast has its history, and the reason', async () => {
    const { body } = await forecast('GET /forecasts', { product: 'nobody-sells-this' })
    expect(body).toMatchObject({ days: [], why: 'not-sold', series: 0 })
    const why = await forecast('GET /forecasts/why', { product: 'nobody-sells-this', store: 's' })
    expect(why.body).toMatchObject({ median: null, reason: expect.stringMatching(/91 days/) })
    const late = await forecast('GET /forecasts/why', { product: 'p1', store: 's', day: addDays(MADE_ON, 7) })
    expect([late.status, late.body.problems[0].field]).toEqual([422, 'day'])
  })

  test('versions say how they compare; people let one serve, none, or go back, and the audit says who', async () => {
    const { body } = await model('GET /models/demand')
    expect(body).toMatchObject({
      serving: { version: MADE_ON },
      earlier: [],
      judged: { version: MADE_ON, isPromoted: true },
    })
    expect(body.versions).toHaveLength(1)
    const [version] = body.versions
    expect(version).toMatchObject({ version: MADE_ON, isServing: true, champion: null, decision: { isBetter: true } })
    expect(version.scores.model.weightedQuantileLoss).toBeLessThan(
      version.scores.baselines[version.bestBaseline].weightedQuantileLoss,
    )
    const change = async (route: string, asked: object) =>
      (await model(route, {}, viewer({ role: 'owner' }), asked)).body.serving?.version
    expect(await change('POST /models/demand/promote', { version: null })).toBeNull()
    expect(await change('POST /models/demand/rollback', {})).toBe(MADE_ON)
    expect(await change('POST /models/demand/rollback', {})).toBeNull()
    expect(await change('POST /models/demand/rollback', {})).toBeNull()
    expect(await change('POST /models/demand/promote', { version: MADE_ON })).toBe(MADE_ON)
    const unknown = await model('POST /models/demand/promote', {}, viewer(), { version: '2001-01-01' })
    expect(unknown.status).toBe(404)
  })
})

describe('drift', { timeout: 120_000 }, () => {
  const DAYS = 84
  const MADE_ON = addDays(FIRST_DAY, DAYS)
  const MORNING = `${MADE_ON}T10:00:00Z`

  test('features of the week that was learnt from have not shifted; nobody is told', async () => {
    const shop = new DemandShop()
    await shop.publishHolidayTrade(DAYS)
    await shop.train(MORNING)
    const run = await shop.run('forecasts', MORNING)
    expect(run.progress!.at(-1)).toMatchObject({ name: 'check-drift', about: { isAlarm: false, trains: false } })
    const { body } = await asking(shop, MORNING).model('GET /models/demand/drift')
    expect(body).toMatchObject({ falseAlarms: 0.02, trainOnDrift: false })
    expect(body.checks).toHaveLength(1)
    expect(body.checks[0]).toMatchObject({ madeOn: MADE_ON, model: MADE_ON, series: PRODUCTS, error: null })
    expect(body.checks[0].features).toBeGreaterThan(40)
    for (const { psi, about } of body.checks[0].shifts) expect([psi, about]).toEqual([0, expect.any(String)])
    await shop.close()
  })

  test('an error beyond its own past is told once, when it begins, and has the model trained where that is wanted', async () => {
    const shop = new DemandShop()
    const state = shop.engine.store
    await addMerchant({ state, clock: new FixedClock(MORNING) }, { id: 'm', name: 'M' })
    await changeChoices(shop)
    const sale = (day: string, units: number) => ({
      kind: 'sale',
      day,
      store_id: 's',
      product_id: 'p',
      order_id: day,
      units,
    })
    const day = (at: number) => addDays(FIRST_DAY, at)
    // Ten weeks off by one or two of ten; then one by five, and the next by six.
    const errorOf = (at: number) => (at < 70 ? 1 + (Math.floor(at / 7) % 3) / 2 : at < 77 ? 5 : 6)
    const publish = (from: number, to: number) => {
      const days = Array.from({ length: to - from }, (_, k) => from + k)
      const forecast = (at: number) => ({
        made_on: day(at),
        store_id: 's',
        product_id: 'p',
        day: day(at),
        horizon: 1,
        median: 10 + errorOf(at),
        mean: 10,
        q10: 8,
        q50: 10,
        q90: 12,
        segment: 'smooth',
        served_by: 'moving average 28',
      })
      return shop.publish({
        fact_sales: Object.fromEntries(days.map((at) => [day(at), [sale(day(at), 10)]])),
        fact_predictions: Object.fromEntries(days.map((at) => [day(at), [forecast(at)]])),
      })
    }
    const check = async (at: string) =>
      runStep(
        { ...portsInTest({ objects: shop.objects, state, clock: new FixedClock(at) }), warehouse: shop.warehouse },
        { state: 'check-drift', run: `forecasts-${at}`, merchantId: 'm', date: at.slice(0, 10), mayTrain: true },
      )
    const told = async () => (await state.query({ table: NOTICE_DELIVERIES, range: EVERY_KEY })).map(({ row }) => row)
    await publish(0, 70)
    expect(await check(`${day(70)}T10:00:00Z`)).toMatchObject({ about: { isAlarm: false, weeks: 9 } })
    expect(await told()).toEqual([])
    await publish(70, 77)
    const settings = { values: { trainOnDrift: true }, categories: {} }
    await state.commit([{ table: merchantSettings.name, key: rowKey('0', 'm'), row: settings }])
    expect(await check(`${day(77)}T10:00:00Z`)).toMatchObject({ about: { isAlarm: true, weeks: 10, trains: true } })
    const [notice] = await told()
    expect(JSON.stringify(notice)).toContain('Forecasts of the last week were off by 50 % of what sold; 1')
    expect(await findRun(state, 'm', `weekly-${day(76)}`)).toMatchObject({ status: 'waiting', askedBy: 'drift' })
    await publish(77, 84)
    expect(await check(`${day(84)}T10:00:00Z`)).toMatchObject({ about: { weeks: 11 } })
    expect(await told()).toHaveLength(1)
    const { body } = await asking(shop, MORNING).model('GET /models/demand/drift')
    expect(body.checks.map(({ madeOn, trains }: { madeOn: string; trains: boolean }) => [madeOn, trains])).toEqual([
      [day(83), false],
      [day(76), true],
      [day(69), false],
    ])
    await shop.close()
  })
})

/** The owner wants to hear of everything, in the log. */
const changeChoices = (shop: DemandShop) =>
  ask(notices, portsInTest({ state: shop.engine.store }), 'POST /notices/choices', {
    viewer: viewer({ subject: 'owner', role: 'owner' }),
    body: { version: 0, channels: ['log'], kinds: ['forecast-drift'], leastSeverity: 'WARNING' },
  })
