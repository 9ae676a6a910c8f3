/** The two sets of real data of the demand bench, as `bench/demand/score.mjs` defines them. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { DemandPanel, DemandSeries } from '#core/demand/demand-panel.ts'
import { retailFile } from '../real-data/retail-data.ts'

const DAY_MS = 86_400_000
const days = new Map<string, number>()

/** Days since 1970-01-01 of a text that begins with a date. Half a million lines name few hundred days. */
function dayOf(text: string): number {
  const date = text.slice(0, 10)
  const known = days.get(date) ?? Date.parse(`${date}T00:00:00Z`) / DAY_MS
  days.set(date, known)
  return known
}

/** England's bank holidays of the span. */
const BANK_HOLIDAYS = ['2010-12-27', '2010-12-28', '2011-01-03', '2011-04-22', '2011-04-25', '2011-04-29', '2011-05-02', '2011-05-30', '2011-08-29', '2011-12-26', '2011-12-27'] // biome-ignore format: one list

function* rowsOf(path: string): Generator<string[]> {
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n')
  for (const line of lines.slice(1)) yield line.includes('"') ? quotedFields(line) : line.split(',')
}

function quotedFields(line: string): string[] {
  const fields: string[] = []
  for (const [, quoted, plain] of line.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/g))
    fields.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'))
  return fields
}

/** UCI Online Retail: the 200 products of the largest net revenue, one store; undefined where the data is absent. */
function onlineRetailPanel(): DemandPanel | undefined {
  const path = retailFile('online_retail.csv.gz')
  if (path === undefined) return undefined
  const firstDay = dayOf('2010-12-01')
  const days = dayOf('2011-12-09') - firstDay + 1
  const revenue = new Map<string, number>()
  const units = new Map<string, Float64Array>()
  const orders = new Map<string, Set<string>[]>()
  for (const [invoice, code, , quantity, time, price] of rowsOf(path) as Iterable<
    [string, string, string, string, string, string]
  >) {
    const product = code.toUpperCase()
    if (!/^\d{5}[A-Z]{0,2}$/.test(product)) continue
    revenue.set(product, (revenue.get(product) ?? 0) + Number(quantity) * Number(price))
    if (invoice.startsWith('C') || !(Number(quantity) > 0) || !(Number(price) > 0)) continue
    if (!units.has(product)) {
      units.set(product, new Float64Array(days))
      orders.set(
        product,
        Array.from({ length: days }, () => new Set()),
      )
    }
    orders.get(product)![dayOf(time) - firstDay]!.add(invoice)
    units.get(product)![dayOf(time) - firstDay]! += Number(quantity)
  }
  const holiday = new Float64Array(days)
  for (const date of BANK_HOLIDAYS) if (dayOf(date) - firstDay < days) holiday[dayOf(date) - firstDay] = 1
  const largest = [...revenue].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 200)
  const series = largest.map(([product]): DemandSeries => ({ id: product, product, store: 'online', categories: [], units: units.get(product)!, orders: Float64Array.from(orders.get(product)!, ({ size }) => size), holiday })) // biome-ignore format: one shape
  return { firstDay, days, series }
}

/** FreshRetailNet-50K, city 4: 1,141 series of 90 days, sales as recorded; undefined where the data is absent. */
function freshRetailPanel(): DemandPanel | undefined {
  const paths = ['freshretail_daily_city4.csv.gz', 'freshretail_products.csv.gz', 'freshretail_store_day.csv.gz'].map(
    retailFile,
  )
  const [daily, products, storeDays] = paths
  if (daily === undefined || products === undefined || storeDays === undefined) return undefined
  const categories = new Map<string, string[]>()
  for (const [product, ...levels] of rowsOf(products)) categories.set(product!, levels)
  const holidays = new Map<string, number>()
  for (const [store, date, flag] of rowsOf(storeDays)) holidays.set(`${store}|${date}`, Number(flag))
  const rows = [...rowsOf(daily)] as [string, string, string, string, string, string, string, string][]
  const firstDay = Math.min(...rows.map(([, , date]) => dayOf(date)))
  const days = Math.max(...rows.map(([, , date]) => dayOf(date))) - firstDay + 1
  const blank = () => new Float64Array(days).fill(Number.NaN)
  const series = new Map<string, Required<Omit<DemandSeries, 'orders' | 'price'>>>()
  for (const [store, product, date, units, discount, activity, hours] of rows) {
    const id = `${store}/${product}`
    if (!series.has(id)) series.set(id, { id, product, store, categories: categories.get(product)!, units: blank(), stockout: blank(), discount: blank(), activity: blank(), holiday: blank() }) // biome-ignore format: one shape
    const one = series.get(id)!
    const day = dayOf(date) - firstDay
    one.units[day] = Number(units)
    one.stockout[day] = Number(hours) / 16
    one.discount[day] = Number(discount)
    one.activity[day] = Number(activity)
    one.holiday[day] = holidays.get(`${store}|${date}`) ?? 0
  }
  return { firstDay, days, series: [...series.values()] }
}

/** Folds that choices are made on, and those that are scored: those before the last, and the last. */
export const DEMAND_SETS = {
  'online-retail': { read: onlineRetailPanel, folds: { choosing: 4, scored: 8 } },
  'freshretail-city4': { read: freshRetailPanel, folds: { choosing: 2, scored: 4 } },
} as const
export type DemandSetName = keyof typeof DEMAND_SETS
