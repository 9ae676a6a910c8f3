/** A figure over several currencies says so, or rests on dated rates and names them. */
import { describe, expect, test } from 'vitest'
import { EngineInTest, type Happening } from '#test/fakes/engine-in-test.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const NOW = '2026-03-02T10:00:30Z'
const sale = (at: string, orderId: string, unitPriceMinor: number, currency: string, productId = 'P'): Happening => ({
  type: 'sale.recorded',
  at,
  data: { orderId, productId, quantity: 1, unitPriceMinor, currency },
})
const rateOf = (date: string, rate: string, more: object = {}): Happening => ({
  type: 'rate.recorded',
  at: '2026-03-02T09:00:00Z',
  storeId: '-',
  data: { currency: 'USD', per: 'EUR', date, rate, source: 'ECB', ...more },
})
const SALES = [
  sale('2026-02-27T09:00:00Z', 'o1', 1000, 'USD'),
  sale('2026-02-28T09:00:00Z', 'o2', 1000, 'USD'),
  sale('2026-03-02T09:00:00Z', 'o3', 1000, 'USD'),
  sale('2026-03-02T09:30:00Z', 'o4', 500, 'EUR'),
  sale('2026-03-02T09:40:00Z', 'o5', 300, 'JPY', 'Q'),
]

async function asked(path: string, ...more: readonly Happening[]) {
  const engine = new EngineInTest({ shards: 2 })
  await engine.take(...SALES, ...more)
  const ports = portsInTest({ state: engine.store, log: new MemoryEventLog(2), clock: new FixedClock(NOW) })
  const [route, search = ''] = path.split('?') as [string, string?]
  const query = Object.fromEntries(new URLSearchParams(search))
  const { status, body } = await ask(handler, ports, `GET ${route}`, { viewer: ownerOf('m'), query })
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}

describe('/metrics', () => {
  test('stays by currency unless one is asked for', async () => {
    const { money, reporting } = await asked('/metrics', rateOf('2026-03-01', '2'))
    expect(reporting).toBeNull()
    expect([money.EUR.netRevenue.value, money.USD.netRevenue.value, money.JPY.netRevenue.value]).toEqual([
      500, 1000, 300,
    ])
  })

  test('is put together with the latest rate on or before the day, which is named', async () => {
    const { money, reporting } = await asked(
      '/metrics?currency=EUR',
      rateOf('2026-03-01', '2'),
      rateOf('2026-03-03', '9'),
    )
    expect(reporting.money.netRevenue.value).toBe(1000)
    expect(reporting.rates).toEqual([{ currency: 'USD', per: 'EUR', date: '2026-03-01', rate: '2', source: 'ECB' }])
    expect(reporting.unconverted).toEqual([{ currency: 'JPY', from: '2026-03-02', to: '2026-03-02', netRevenue: 300 }])
    expect(money.USD.netRevenue.value).toBe(1000)
    expect(reporting.money.averageOrderValue.value).toBeNull()
  })

  test('without a rate nothing is converted, and that is said', async () => {
    const { reporting } = await asked('/metrics?currency=EUR', rateOf('2026-03-03', '2'))
    expect(reporting.money.netRevenue.value).toBe(500)
    expect(reporting.rates).toEqual([])
    expect(reporting.unconverted.map(({ currency }: { currency: string }) => currency)).toEqual(['JPY', 'USD'])
  })

  test('each day is at its own rate, in either direction', async () => {
    const rates = [rateOf('2026-02-27', '4'), rateOf('2026-02-28', '5'), rateOf('2026-03-02', '2')]
    const path = '/metrics?currency=EUR&from=2026-02-27T00:00:00Z'
    const { reporting } = await asked(path, ...rates, rateOf('2026-02-01', '100', { currency: 'JPY' }))
    // 10 USD at 4, at 5 and at 2, 5 EUR, 300 JPY at 100
    expect(reporting.money.netRevenue.value).toBe(250 + 200 + 500 + 500 + 300)
    expect(reporting.unconverted).toEqual([])
    const inverse = await asked('/metrics?currency=USD&product=P', ...rates)
    expect(inverse.reporting.money.netRevenue.value).toBe(1000 + 1000)
  })

  test('is not compared with an earlier span of which a part has no rate', async () => {
    const rates = [rateOf('2026-03-02', '2')]
    const { reporting } = await asked('/metrics?currency=EUR&from=2026-03-01T00:00:00Z', ...rates)
    expect(reporting.money.grossRevenue.value).toBe(1000)
    expect(reporting.money.grossRevenue.dayEarlier).toBeNull()
    expect(reporting.money.grossRevenue.weekEarlier).toBe(0)
  })
})

describe('/metrics/series', () => {
  const DAYS = '/metrics/series?window=day&from=2026-02-27T00:00:00Z'
  test('converts each bucket by its day, and a month by its days', async () => {
    const rates = [rateOf('2026-02-27', '4'), rateOf('2026-02-28', '5'), rateOf('2026-03-02', '2')]
    const days = await asked(`${DAYS}&currency=EUR`, ...rates)
    expect(days.series[0].values).toEqual([250, 200, 0, 1000])
    expect(days.conversion.rates.map(({ date }: { date: string }) => date)).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-02',
    ])
    expect(days.conversion.unconverted).toEqual([
      { currency: 'JPY', from: '2026-03-02', to: '2026-03-02', netRevenue: 300 },
    ])
    const months = await asked('/metrics/series?window=month&from=2026-02-01T00:00:00Z&currency=EUR', ...rates)
    expect(months.series[0].values).toEqual([450, 1000])
    const products = await asked(`${DAYS}&currency=EUR&by=product`, ...rates)
    expect(products.series.map(({ key, values }: { key: string; values: number[] }) => [key, values])).toEqual([
      ['P', [250, 200, 0, 1000]],
      ['Q', [0, 0, 0, 0]],
    ])
  })

  test('names what it leaves out where no currency is asked for', async () => {
    const { currency, conversion } = await asked(DAYS)
    expect(currency).toBe('USD')
    expect(conversion).toEqual({
      rates: [],
      unconverted: [
        { currency: 'EUR', from: '2026-03-02', to: '2026-03-02', netRevenue: 500 },
        { currency: 'JPY', from: '2026-03-02', to: '2026-03-02', netRevenue: 300 },
      ],
    })
    expect((await asked(`${DAYS}&measure=units`)).conversion).toBeNull()
  })
})
