/** Trained, promoted, forecast and published; cut off at any write and begun again, it is the same. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NO_CHAMPION } from '#core/demand/champion.ts'
import { HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { MANIFEST, modelsFolder, versionFolder } from '#core/demand/model-names.ts'
import { partFolder } from '#core/lake/warehouse-names.ts'
import { FACT_PREDICTIONS } from '#core/lake/warehouse-tables.ts'
import { addDays } from '#core/metrics/business-time.ts'
import type { ObjectStore, WarehouseRow } from '#core/ports.ts'
import { auditRange, changesIn } from '#runtime/audit.ts'
import { manifestsOf, promoteModel, readChampion, rollBackModel } from '#runtime/demand-models.ts'
import { readPublished } from '#runtime/published-warehouse.ts'
import { readServedAbout, readServedRows, readServedTotals } from '#runtime/served-rows.ts'
import { sqlFile } from '#runtime/warehouse-sql.ts'
import { CountingIdSource } from '#test/fakes/counting-id-source.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { DemandShop, FIRST_DAY, isHoliday, PRODUCTS } from './demand-shop.ts'

const DAYS = 84
/** The first day that the warehouse does not know. */
const MADE_ON = addDays(FIRST_DAY, DAYS)
const MORNING = `${MADE_ON}T10:00:00Z`
const BY = { merchantId: 'm', subject: 'owner' }

const shop = new DemandShop()
afterAll(shop.close)
beforeAll(() => shop.publishHolidayTrade(DAYS))

/** Dies before the n-th object is put; counts what was put. */
function dyingAfter(n: number): ObjectStore & { puts: number } {
  const { objects } = shop
  return {
    puts: 0,
    async put(name, bytes) {
      if (this.puts++ === n) throw new Error('killed')
      await objects.put(name, bytes)
    },
    get: (name) => objects.get(name),
    list: (prefix) => objects.list(prefix),
    delete: (name) => objects.delete(name),
  }
}

const champions = () => readChampion(shop.engine.store, 'm')
const bytesOfVersion = async () => {
  const names = await shop.objects.list(versionFolder('m', MADE_ON))
  return Promise.all(names.map(async (name) => [name, Buffer.from((await shop.objects.get(name))!).toString('base64')]))
}

describe('demand, night by night', { timeout: 120_000 }, () => {
  test('before any training a named baseline serves', async () => {
    const made = (await shop.predict(MORNING))!
    expect(made).toMatchObject({
      madeOn: MADE_ON,
      isPublished: true,
      rows: PRODUCTS * HORIZON_DAYS,
      baseline: NO_CHAMPION.baseline,
    })
    expect(made.checks.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
    const rows = await shop.predictions()
    expect(new Set(rows.map(({ served_by }) => served_by))).toEqual(new Set([NO_CHAMPION.baseline]))
    expect(new Set(rows.map(({ model_version }) => model_version))).toEqual(new Set([null]))
    const days = rows
      .filter(({ product_id }) => product_id === 'p0')
      .map(({ made_on, day, horizon }) => [made_on, day, horizon])
    expect(days).toEqual(Array.from({ length: HORIZON_DAYS }, (_, k) => [MADE_ON, addDays(MADE_ON, k), k + 1]))
  })

  test('the same again changes nothing', async () => {
    const before = await readPublished(shop.objects, 'm')
    expect(await shop.predict(MORNING)).toMatchObject({ rows: PRODUCTS * HORIZON_DAYS, isPublished: true, checks: [] })
    expect(await readPublished(shop.objects, 'm')).toEqual(before)
  })

  test('a training that is killed at any write leaves no version, and begun again makes the same', async () => {
    for (const n of [0, 48]) {
      await expect(shop.train(MORNING, dyingAfter(n))).rejects.toThrow('killed')
      expect([await manifestsOf(shop.objects, 'm'), await champions()]).toEqual([[], NO_CHAMPION])
    }
    const trained = await shop.train(MORNING)
    const bytes = await bytesOfVersion()
    expect(bytes).toHaveLength(2 * (2 + 3 + 18) + 6)
    for (const name of await shop.objects.list(modelsFolder('m'))) await shop.objects.delete(name)
    shop.engine.store.commit([{ table: 'demand-champions', key: 'm', row: undefined }])
    // Two who ask at once, as a week's chain and somebody at the terminal.
    expect(await Promise.all([shop.train(MORNING), shop.train(MORNING)])).toEqual([trained, trained])
    expect(await bytesOfVersion()).toEqual(bytes)
  })

  test('what is better than every baseline serves, and says by how much', async () => {
    const [manifest] = await manifestsOf(shop.objects, 'm')
    expect(manifest).toMatchObject({ version: MADE_ON, decision: { isBetter: true }, champion: null })
    expect(await champions()).toMatchObject({
      champion: { version: MADE_ON },
      baseline: manifest!.bestBaseline,
      judged: { version: MADE_ON, isPromoted: true, reason: manifest!.decision.reason },
    })
    const again = await shop.train(MORNING)
    expect(again).toMatchObject({ version: MADE_ON, isPromoted: true, champion: MADE_ON })
    expect(await champions()).toMatchObject({ turn: 1 })
  })

  test('forecasts that are killed before they are published leave those of before; begun again they are the champion’s', async () => {
    const before = await shop.predictions()
    for (const n of [0, 1, 2, 3, 4]) await expect(shop.predict(MORNING, dyingAfter(n))).rejects.toThrow('killed')
    expect(await shop.predictions()).toEqual(before)
    const made = (await shop.predict(MORNING))!
    expect(made).toMatchObject({ isPublished: true, written: { model: MADE_ON } })
    const rows = await shop.predictions()
    expect(rows).toHaveLength(PRODUCTS * HORIZON_DAYS)
    expect(new Set(rows.map(({ model_version }) => model_version))).toEqual(new Set([MADE_ON]))
    const ofLast = rows.filter(({ product_id }) => product_id === 'p11')
    const [high, low] = [true, false].map((on) =>
      ofLast.filter(({ horizon }) => isHoliday(DAYS + Number(horizon) - 1) === on).map(({ mean }) => Number(mean)),
    )
    expect(Math.min(...high!)).toBeGreaterThan(1.3 * Math.max(...low!))
  })

  test('totals agree with their parts, and with each other', async () => {
    const rows = await shop.predictions()
    const [byStore, byProduct, all] = [await shop.sums('store'), await shop.sums('product'), await shop.sums('all')]
    expect([byStore!.length, byProduct!.length, all!.length]).toEqual([
      HORIZON_DAYS,
      PRODUCTS * HORIZON_DAYS,
      HORIZON_DAYS,
    ])
    expect(byStore!.map((sum) => ({ ...sum, group: '' }))).toEqual(all)
    for (const { day, madeOn, mean, q10, q50, q90 } of all!) {
      const ofDay = rows.filter((row) => row.day === day && row.made_on === madeOn)
      const total = (column: string) => ofDay.reduce((sum, row) => sum + Number(row[column]), 0)
      expect(mean).toBeCloseTo(total('mean'), 6)
      // What is low of one is seldom low of all: a total's interval is narrower than the sum of its parts' intervals.
      expect(q90 - q10).toBeLessThan(total('q90') - total('q10'))
      expect(q10 < q50 && q50 < q90).toBe(true)
    }
  })

  test('forecast panel by panel, each is what its own panel says; totals and shifts are of all', async () => {
    const published = await readPublished(shop.objects, 'm')
    const task = { published, madeOn: MADE_ON, champion: MADE_ON, baseline: 'TSB' }
    const rowsOf = (partVersion: string) => {
      const folders = [partFolder('fact_predictions', 'm', MADE_ON, partVersion)]
      const inputs = [{ table: 'made', columns: FACT_PREDICTIONS.columns, folders }]
      const sql = 'select * from made order by store_id, product_id, horizon'
      return shop.warehouse.ask({ sql, run: [], inputs }, { rows: 1_000, ms: 20_000 })
    }
    const totalsOf = async (partVersion: string) => {
      const sql = await sqlFile('forecast-totals')
      return readServedTotals(shop, 'm', { madeOn: MADE_ON, partVersion }, sql, 'all', '')
    }
    // As an attempt of another release would have left it that was cut off.
    await shop.objects.put(`${partFolder('fact_predictions', 'm', MADE_ON, 'apart')}part-9.parquet`, new Uint8Array(9))
    for (const [partVersion, mostSeries] of [
      ['whole', PRODUCTS],
      ['apart', 5],
    ] as const)
      expect(await shop.demandWith(mostSeries).forecast({ ...task, partVersion })).toEqual({
        rows: PRODUCTS * HORIZON_DAYS,
        model: MADE_ON,
      })
    const [whole, apart] = [await rowsOf('whole'), await rowsOf('apart')]
    const names = ({ product_id, horizon, segment, served_by }: WarehouseRow) => [
      product_id,
      horizon,
      segment,
      served_by,
    ]
    expect(apart.map(names)).toEqual(whole.map(names))
    const [total] = await totalsOf('apart')
    const first = apart.filter(({ horizon }) => Number(horizon) === 1)
    expect(total!.mean).toBeCloseTo(
      first.reduce((sum, { mean }) => sum + Number(mean), 0),
      6,
    )
    expect(await totalsOf('apart')).toHaveLength(HORIZON_DAYS)

    const part = { madeOn: MADE_ON, partVersion: 'apart' }
    const about = (await readServedAbout(shop.objects, 'm', part))!
    expect([about.series, about.firsts.length]).toEqual([PRODUCTS, 3])
    const watched = about.shifts!.map(({ feature }) => feature)
    expect(watched).toContain('mean_7')
    expect(watched.filter((feature) => /^(all|store|product|category)_/.test(feature))).toEqual([])
    const sql = await sqlFile('forecast-served-rows')
    for (const { product_id } of first) {
      const place = { store: 's', product: String(product_id) }
      const kept = await readServedRows(shop, 'm', part, about, sql, place)
      expect(kept.map((row) => [row.product_id, Number(row.horizon)])).toEqual(
        Array.from({ length: HORIZON_DAYS }, (_, k) => [product_id, k + 1]),
      )
    }
  })

  test('whoever runs the engine goes back, and forward again; the audit names both', async () => {
    const ports = {
      state: shop.engine.store,
      objects: shop.objects,
      clock: new FixedClock(1),
      ids: new CountingIdSource(),
    }
    expect(await rollBackModel(ports, BY)).not.toHaveProperty('champion')
    await expect(rollBackModel(ports, BY)).rejects.toThrow('no version of the demand model serves')
    ports.clock.set(2)
    const { baseline } = await champions()
    expect(await shop.predict(MORNING)).toMatchObject({ written: { rows: PRODUCTS * HORIZON_DAYS }, baseline })
    expect(new Set((await shop.predictions()).map(({ served_by }) => served_by))).toEqual(new Set([baseline]))
    await expect(promoteModel(ports, BY, '2020-01-01')).rejects.toThrow('there is no version 2020-01-01')
    expect(await promoteModel(ports, BY, MADE_ON)).toMatchObject({ champion: { version: MADE_ON } })
    const { items } = await changesIn(shop.engine.store, 'm', auditRange('m'), 10, { what: 'model' })
    expect(items.filter(({ who }) => who.id === 'owner').map(({ what, after }) => [what, after])).toEqual([
      ['model.promoted', { version: MADE_ON, baseline }],
      ['model.rolled-back', { version: null, baseline }],
    ])
  })

  test('a version whose files are spoilt does not serve: the baseline does, and it is said why', async () => {
    const [spoilt] = (await shop.objects.list(versionFolder('m', MADE_ON))).filter((name) => name.endsWith('.onnx'))
    const good = (await shop.objects.get(spoilt!))!
    await shop.objects.put(spoilt!, good.subarray(1))
    await rollBackModel({ state: shop.engine.store, clock: new FixedClock(1), ids: new CountingIdSource() }, BY)
    await shop.predict(MORNING)
    await promoteModel(
      { state: shop.engine.store, objects: shop.objects, clock: new FixedClock(1), ids: new CountingIdSource() },
      BY,
      MADE_ON,
    )
    const { written, baseline } = (await shop.predict(MORNING))!
    expect(written!.unusable).toContain('is not what it was when it was trained')
    expect(written).not.toHaveProperty('model')
    expect(
      new Set((await shop.predictions()).map(({ served_by, model_version }) => `${served_by} ${model_version}`)),
    ).toEqual(new Set([`${baseline} null`]))
    await shop.objects.put(spoilt!, good)
    // One of an engine that this one does not know.
    const manifest = `${versionFolder('m', MADE_ON)}${MANIFEST}`
    const told = (await shop.objects.get(manifest))!
    await shop.objects.put(manifest, new TextEncoder().encode('{}'))
    const work = { published: await readPublished(shop.objects, 'm'), madeOn: MADE_ON, champion: MADE_ON, baseline }
    expect(await shop.demand.forecast({ ...work, partVersion: 'unknown' })).toMatchObject({
      rows: PRODUCTS * HORIZON_DAYS,
      unusable: expect.stringContaining('manifest'),
    })
    await shop.objects.put(manifest, told)
  })

  test('a week later a challenger meets the champion on the week that neither knew', async () => {
    await shop.publishHolidayTrade(DAYS + 7)
    const later = addDays(MADE_ON, 7)
    const trained = await shop.train(`${later}T10:00:00Z`)
    const [, manifest] = await manifestsOf(shop.objects, 'm')
    expect(manifest!.champion).toMatchObject({ version: MADE_ON, folds: [MADE_ON] })
    const isBetter =
      manifest!.champion!.model!.weightedQuantileLoss! < manifest!.champion!.champion!.weightedQuantileLoss!
    if (!isBetter) expect(trained).toMatchObject({ isPromoted: false, champion: MADE_ON })
    expect(trained.isPromoted).toBe(manifest!.decision.isBetter)
    expect(trained.champion).toBe(trained.isPromoted ? later : MADE_ON)
    await shop.predict(`${later}T10:00:00Z`)
    const rows = await shop.predictions()
    expect(new Set(rows.map(({ made_on }) => made_on))).toEqual(new Set([MADE_ON, later]))
    expect(rows).toHaveLength(2 * PRODUCTS * HORIZON_DAYS)
  })
})

test('without a warehouse there is nothing to train on and nothing to forecast', async () => {
  const empty = new DemandShop()
  expect(await empty.train(MORNING)).toMatchObject({
    isPromoted: false,
    reason: 'there is no warehouse yet',
    champion: null,
  })
  expect(await empty.predict(MORNING)).toBeUndefined()
  await empty.close()
})

test('a short history trains nothing, and says how much is needed', async () => {
  const young = new DemandShop()
  await young.publishHolidayTrade(20)
  expect(await young.train(MORNING)).toMatchObject({
    isPromoted: false,
    reason: 'the warehouse has 20 days, and a model needs 63',
  })
  expect(await young.predict(MORNING)).toMatchObject({ rows: PRODUCTS * HORIZON_DAYS, isPublished: true })
  expect(new Set((await young.predictions()).map(({ segment, served_by }) => `${segment} ${served_by}`))).toEqual(
    new Set(['new category']),
  )
  await young.close()
})

test('the chains of a morning and of a week train and forecast, and say what came of it', async () => {
  const young = new DemandShop()
  await young.publishHolidayTrade(20)
  const week = await young.run('weekly', MORNING)
  expect(week).toMatchObject({ status: 'succeeded', chain: 'weekly' })
  expect(week.progress).toMatchObject([
    { name: 'train', about: { isPromoted: false, reason: 'the warehouse has 20 days, and a model needs 63' } },
    { name: 'check-drift', about: { reason: 'nothing was forecast yet' } },
  ])
  const morning = await young.run('forecasts', MORNING)
  expect(morning.progress).toMatchObject([
    { name: 'predict', rowsOut: PRODUCTS * HORIZON_DAYS, about: { madeOn: addDays(FIRST_DAY, 20) } },
    { name: 'propose-reorders', rowsOut: 0, about: { reason: expect.stringContaining('their days are over') } },
    { name: 'check-drift', about: { madeOn: addDays(FIRST_DAY, 20), isAlarm: false, features: null, weeks: 0 } },
  ])
  expect(morning.checks!.counts).toMatchObject({ failed: 0, passed: expect.any(Number) })
  expect(await young.predictions()).toHaveLength(PRODUCTS * HORIZON_DAYS)
  await young.close()
})
