/** What a person with some of the stores is answered: theirs, a sum over theirs, or why there is none. */
import { describe, expect, test } from 'vitest'
import type { Clock, Viewer } from '#core/ports.ts'
import { EngineInTest, type Happening } from '#test/fakes/engine-in-test.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const NOW = '2026-03-02T10:05:30Z'
const ZONES = { jaipur: 'Asia/Kolkata', delhi: 'Asia/Kolkata', york: 'Europe/London', hull: 'Europe/London' }
const manager = (...stores: string[]): Viewer => ({ ...ownerOf('m'), role: 'store-manager', stores })

const sale = (storeId: string, at: string, price: number, customer: string): Happening => ({
  type: 'sale.recorded',
  at,
  storeId,
  data: { orderId: `${storeId} ${at}`, productId: 'P', quantity: 1, unitPriceMinor: price, currency: 'INR', customer },
})

async function shop(clock: Clock = new FixedClock(NOW)) {
  const engine = new EngineInTest({ shards: 2, zones: ZONES })
  for (const [storeId, timeZone] of Object.entries(ZONES)) {
    const region = storeId === 'york' || storeId === 'delhi' ? 'North' : 'South'
    await engine.take({
      type: 'store.listed',
      at: '2026-02-01T00:00:00Z',
      storeId,
      data: { name: storeId, region, timeZone },
    })
  }
  await engine.take(
    {
      type: 'product.listed',
      at: '2026-02-01T00:00:00Z',
      storeId: '-',
      data: { productId: 'P', title: 'Kurta', category: 'Kurtas', brand: 'Asha' },
    },
    // The day begins at 18:30 UTC in Jaipur.
    sale('jaipur', '2026-03-01T18:00:00Z', 1, 'ann'),
    sale('jaipur', '2026-03-01T19:00:00Z', 10, 'ann'),
    sale('delhi', '2026-03-02T10:01:00Z', 100, 'ann'),
    sale('york', '2026-03-02T09:00:00Z', 1000, 'bob'),
    sale('hull', '2026-03-02T10:02:00Z', 10_000, 'bob'),
  )
  const ports = portsInTest({ state: engine.store, log: new MemoryEventLog(2), clock })
  return async (path: string, viewer: Viewer) => {
    const [route, search = ''] = path.split('?') as [string, string?]
    const query = Object.fromEntries(new URLSearchParams(search))
    const id = /^\/item\/(.+)$/.exec(route)?.[1]
    const pattern = id === undefined ? route : '/item/{id}'
    return ask(handler, ports, `GET ${pattern}`, { viewer, query, params: id === undefined ? {} : { id } })
  }
}
const grossOf = ({ body }: { body: { money: { INR: { grossRevenue: { value: number } } } } }) =>
  body.money.INR.grossRevenue.value

describe('a sum', () => {
  test.each([
    ['/metrics', ['jaipur', 'delhi'], 110],
    ['/metrics', ['york'], 1000],
    ['/metrics', ['york', 'delhi'], 1100],
    ['/metrics', [], 0],
    ['/metrics?store=delhi', ['jaipur', 'delhi'], 100],
    ['/metrics?region=North', ['jaipur', 'delhi'], 100],
    ['/metrics?region=North', ['jaipur'], 0],
    ['/metrics?product=P', ['jaipur', 'delhi'], 110],
    ['/metrics?category=Kurtas', ['jaipur', 'delhi'], 110],
    ['/metrics?brand=Asha', ['hull', 'york'], 11_000],
    ['/metrics?product=P&from=2026-03-02T10:00:00Z', ['york', 'hull'], 10_000],
    ['/metrics?product=P&from=2026-03-02T10:00:00Z', ['york', 'delhi'], 100],
    ['/metrics?from=2026-03-01T00:00:00Z', ['jaipur', 'delhi'], 111],
  ])('%s of %j is %i', async (path, stores, expected) => {
    const answer = await (await shop())(path, manager(...stores))
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    expect(grossOf(answer)).toBe(expected)
  })

  test('is by the days that their stores have in common', async () => {
    const { body } = await (await shop())('/metrics', manager('jaipur', 'delhi'))
    expect(body.window).toEqual({
      from: '2026-03-01T18:30:00.000Z',
      to: '2026-03-02T10:05:30.000Z',
      timeZone: 'Asia/Kolkata',
    })
  })

  test('counts each customer once, and says null of a product', async () => {
    const get = await shop()
    expect((await get('/metrics', manager('jaipur', 'delhi'))).body.counts.activeCustomers.value).toBe(1)
    const { counts, activeCustomersExact } = (await get('/metrics?product=P', manager('jaipur'))).body
    const unknown = ['orders', 'activeCustomers', 'newCustomers', 'views', 'clicks', 'stockOuts', 'late'] as const
    for (const measure of unknown) expect([measure, counts[measure].value]).toEqual([measure, null])
    expect([counts.units.value, counts.units.dayEarlier, activeCustomersExact]).toEqual([1, null, null])
  })
})

describe('no sum over other stores stands in for one that is not kept', () => {
  test.each([
    ['/metrics?product=P&from=2026-02-27T00:00:00Z', ['jaipur'], 'from', '2026-03-01T18:30:00.000Z'],
    [
      '/metrics?product=P&from=2026-03-01T18:30:00Z&to=2026-03-02T00:00:00Z',
      ['jaipur'],
      'from',
      '2026-03-02T10:00:00.000Z',
    ],
    ['/metrics?category=Kurtas', ['jaipur', 'york'], 'from', '2026-03-02T10:00:00.000Z'],
    ['/metrics/series?by=product&window=hour', ['jaipur'], 'window', 'day or quarter'],
    ['/metrics/series?by=brand&window=day&to=2026-03-01T00:00:00Z', ['jaipur'], 'window', 'reach the present'],
    ['/metrics/series?by=product&window=day', ['jaipur', 'york'], 'window', 'must be quarter'],
  ])('%s of %j', async (path, stores, field, what) => {
    const { status, body } = await (await shop())(path, manager(...stores))
    expect([status, body.problems[0].field]).toEqual([422, field])
    expect(body.problems[0].message).toContain(what)
  })
})

test('a series of products knows the day so far, and no day before', async () => {
  const get = await shop()
  const { body } = await get(
    '/metrics/series?by=product&window=day&from=2026-02-28T18:30:00Z',
    manager('jaipur', 'delhi'),
  )
  expect(body.series).toEqual([{ key: 'P', label: 'Kurta', values: [null, 110] }])
  expect(body.knownFrom).toBe('2026-03-01T18:30:00.000Z')
  const quarters = await get(
    '/metrics/series?by=category&window=quarter&from=2026-03-02T09:45:00Z',
    manager('york', 'delhi'),
  )
  expect(quarters.body.series).toEqual([{ key: 'Kurtas', label: 'Kurtas', values: [null, 100] }])
  expect(quarters.body.knownFrom).toBe('2026-03-02T10:00:00.000Z')
  const whole = '/metrics/series?by=product&window=day&from=2026-02-28T18:30:00Z'
  expect((await get(whole, ownerOf('m'))).body.knownFrom).toBeNull()
})

test('a series of stores or regions is of theirs', async () => {
  const get = await shop()
  const from = 'from=2026-03-02T10:00:00Z&window=quarter'
  const stores = (await get(`/metrics/series?by=store&${from}`, manager('york', 'delhi'))).body.series
  expect(stores.map(({ key }: { key: string }) => key)).toEqual(['delhi'])
  const regions = (await get(`/metrics/series?by=region&${from}`, manager('hull', 'york'))).body.series
  expect(regions).toEqual([{ key: 'South', label: 'South', values: [10_000] }])
})

test.each(['/metrics', '/metrics/series', '/stock', '/alerts', '/transactions', '/refunds'])(
  'of a store that is none of theirs %s says nothing, not even whether there is one',
  async (path) => {
    const get = await shop()
    for (const store of ['york', 'nowhere']) {
      const { status, body } = await get(`${path}?store=${store}`, manager('jaipur'))
      expect([status, body.title]).toEqual([404, `Among your stores there is no ${store}`])
    }
    expect((await get(`${path}?store=york`, ownerOf('m'))).status).toBe(200)
  },
)

test('an item is of one moment, though time goes by while it is put together', async () => {
  let ms = Date.parse(NOW)
  const get = await shop({ now: () => ms++ })
  const { status, body } = await get('/item/P', manager('jaipur'))
  expect([status, body.windows.today.money.INR.grossRevenue.value]).toEqual([200, 10])
  expect(grossOf(await get('/metrics?product=P', manager('jaipur')))).toBe(10)
})

test('an item has their stock, alerts, figures and events', async () => {
  const get = await shop()
  const { body } = await get('/item/P', manager('jaipur'))
  expect([body.stores, body.onHand, body.stock.length]).toEqual([1, -2, 1])
  expect(body.windows.today.money.INR.grossRevenue.value).toBe(10)
  expect(body.windows.lastMinutes.money.INR.grossRevenue.value).toBe(0)
  expect(body.windows.sevenDays).toBeNull()
  expect(new Set(body.recent.map(({ storeId }: { storeId: string }) => storeId))).toEqual(new Set(['jaipur']))
  expect((await get('/item/P', manager('jaipur', 'york'))).body.windows.today).toBeNull()
  const owned = (await get('/item/P', ownerOf('m'))).body
  expect(owned.windows.sevenDays.money.INR.grossRevenue.value).toBe(11_111)
  expect(owned.windows.lastMinutes.money.INR.grossRevenue.value).toBe(10_100)
})
