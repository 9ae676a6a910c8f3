/** What an engine says of a shop, without what differs from run to run: ids, versions, the time of the answer. */
import type { Answer, EngineApi } from '../e2e/engine-api.ts'

const DAY_MS = 24 * 60 * 60 * 1000

// biome-ignore lint/suspicious/noExplicitAny: it reads answers of many shapes
type Json = any

async function asked(engine: EngineApi, path: string): Promise<Json> {
  const { status, body, text }: Answer = await engine.get(path)
  if (status !== 200) throw new Error(`${path} was answered ${status}: ${text.slice(0, 500)}`)
  return body
}

/** Every figure that the small shop has, by question. `now`: the moment that its trade was made up around. */
export async function figuresOf(engine: EngineApi, now: number): Promise<Record<string, Json>> {
  const days = [1, 2, 3, 4, 5].map((ago) => new Date(now - ago * DAY_MS).toISOString().slice(0, 10))
  const byDay: Record<string, Json> = {}
  for (const day of days) {
    const to = new Date(Date.parse(day) + DAY_MS).toISOString()
    const { money, counts } = await asked(engine, `/metrics?from=${day}T00:00:00Z&to=${to}`)
    byDay[day] = { money: valuesIn(money), counts: valuesOf(counts) }
  }
  const span = `window=span&from=${days.at(-1)}T00:00:00Z&to=${new Date(now).toISOString().slice(0, 10)}T00:00:00Z`
  const series = async (by: string) =>
    (await asked(engine, `/metrics/series?measure=netRevenue&by=${by}&${span}&currency=INR`)).series.map(
      ({ key, values }: Json) => [key, values],
    )
  const stock = await engine.all('/stock?limit=500')
  const alerts = await engine.all('/alerts?limit=500')
  const refunds = await engine.all('/refunds?limit=500')
  const quarantine = await engine.all('/quarantine?status=held')
  const { ledger } = await asked(engine, '/quality')
  const sumOf = (name: string) => ledger.reduce((sum: number, shard: Json) => sum + shard[name], 0)
  return {
    byDay,
    byStore: sorted(await series('store')),
    byCategory: sorted(await series('category')),
    byProduct: sorted(await series('product')),
    stock: sorted(stock.map(({ storeId, productId, onHand }: Json) => [storeId, productId, onHand])),
    alerts: sorted(
      alerts.map(({ storeId, productId, kind, severity, figures }: Json) => [
        storeId,
        productId,
        kind,
        severity,
        figures,
      ]),
    ),
    refunds: sorted(
      refunds.map(({ storeId, productId, reason, amountMinor, quantity, sale }: Json) => [
        storeId,
        productId,
        reason,
        amountMinor,
        quantity,
        sale?.betweenMs,
      ]),
    ),
    held: quarantine.length,
    ledger: {
      held: sumOf('held'),
      discarded: sumOf('discarded'),
      duplicate: sumOf('duplicate'),
      pending: sumOf('pending'),
    },
  }
}

const SHOP_DAYS = 'from=2010-12-01T00:00:00Z&to=2010-12-08T00:00:00Z'

/** What the shop of the real data has, of the days that the slice may be of. */
export async function figuresOfSlice(engine: EngineApi): Promise<Record<string, Json>> {
  const { money, counts } = await asked(engine, `/metrics?${SHOP_DAYS}`)
  const { series } = await asked(
    engine,
    `/metrics/series?measure=netRevenue&by=product&window=span&limit=500&currency=GBP&${SHOP_DAYS}`,
  )
  const stock = await engine.all('/stock?store=online-retail&limit=500')
  return {
    money: valuesIn(money),
    counts: valuesOf(counts),
    byProduct: sorted(series.map(({ key, values }: Json) => [key, values])),
    stock: sorted(stock.map(({ productId, onHand }: Json) => [productId, onHand])),
    titles: sorted(stock.map(({ productId, title }: Json) => [productId, title])),
  }
}

const valuesOf = (measures: Json) =>
  Object.fromEntries(Object.entries<Json>(measures).map(([k, { value }]) => [k, value]))
const valuesIn = (money: Json) =>
  Object.fromEntries(Object.entries(money).map(([currency, it]) => [currency, valuesOf(it)]))
const sorted = (rows: Json[]) => rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
