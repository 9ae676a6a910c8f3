/** A slice of Online Retail through lake, warehouse, panel and training to forecasts: each figure against the file's own lines. */
import { expect, test } from 'vitest'
import { HORIZON_DAYS, isoDay } from '#core/demand/demand-panel.ts'
import { versionFolder } from '#core/demand/model-names.ts'
import { addDays } from '#core/metrics/business-time.ts'
import type { ObjectStore } from '#core/ports.ts'
import { ONLINE_RETAIL_STORE } from '#core/sources/online-retail.ts'
import { DemandShop } from '../golden/demand-shop.ts'
import { mostSold, salesIn } from './online-retail-events.ts'
import { retailFile } from './retail-data.ts'

const path = retailFile('online_retail.csv.gz')
const [FROM, UNTIL] = ['2011-09-05', '2011-12-04']
/** The first day that the warehouse does not know. */
const MADE_ON = addDays(UNTIL, 1)
const MORNING = `${MADE_ON}T10:00:00Z`
const PRODUCTS = 30

test.skipIf(path === undefined)(
  'each figure is the file’s; killed at any write and begun again, it is the same',
  async () => {
    const events = mostSold(path!, FROM, UNTIL, PRODUCTS)
    const sold = salesIn(events)
    const shop = new DemandShop()
    try {
      await shop.engine.take(...events)
      expect(await shop.night(`${MADE_ON}T08:00:00Z`)).toMatchObject({ status: 'succeeded', date: UNTIL })

      const { panel, known, leftOut } = (await shop.panel())!
      expect([isoDay(panel, known), known, leftOut]).toEqual([MADE_ON, 91, 0])
      expect(panel.series.map(({ store }) => store)).toEqual(Array(PRODUCTS).fill(ONLINE_RETAIL_STORE))
      for (const { product, units, orders } of panel.series)
        for (let day = 0; day < known; day++) {
          const ofDay = sold.filter((one) => one.product === product && one.day === addDays(FROM, day))
          expect(units[day], `${product} on day ${day}`).toBe(ofDay.reduce((sum, one) => sum + one.units, 0))
          expect(orders![day]).toBe(new Set(ofDay.map(({ order }) => order)).size)
        }

      let puts = 0
      const { objects } = shop
      const dying: ObjectStore = {
        put: (name, bytes) => (++puts > 17 ? Promise.reject(new Error('killed')) : objects.put(name, bytes)),
        get: (name) => objects.get(name),
        list: (prefix) => objects.list(prefix),
        delete: (name) => objects.delete(name),
      }
      await expect(shop.train(MORNING, dying)).rejects.toThrow('killed')
      const trained = await shop.train(MORNING)
      expect(trained.version).toBe(MADE_ON)
      const filesOf = async () => {
        const names = await objects.list(versionFolder('m', MADE_ON))
        return Promise.all(
          names.map(async (name) => [name, Buffer.from((await objects.get(name))!).toString('base64')]),
        )
      }
      const files = await filesOf()
      for (const [name] of files) await objects.delete(name!)
      shop.engine.store.commit([{ table: 'demand-champions', key: 'm', row: undefined }])
      expect(await shop.train(MORNING)).toEqual(trained)
      expect(await filesOf()).toEqual(files)

      expect(await shop.predict(MORNING)).toMatchObject({
        isPublished: true,
        madeOn: MADE_ON,
        rows: PRODUCTS * HORIZON_DAYS,
      })
      const rows = await shop.predictions()
      const keys = panel.series.flatMap(({ product }) =>
        Array.from({ length: HORIZON_DAYS }, (_, k) => `${product} ${addDays(MADE_ON, k)} ${k + 1}`),
      )
      expect(rows.map(({ product_id, day, horizon }) => `${product_id} ${day} ${horizon}`)).toEqual(keys.toSorted())
      for (const row of rows) {
        const quantiles = [10, 20, 30, 40, 50, 60, 70, 80, 90].map((percent) => Number(row[`q${percent}`]))
        expect(quantiles).toEqual(quantiles.toSorted((a, b) => a - b))
        expect(quantiles[0]).toBeGreaterThanOrEqual(0)
        expect(row.model_version).toBe(trained.champion)
      }
    } finally {
      await shop.close()
    }
  },
)
