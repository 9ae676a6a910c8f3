/** What was sold through which channel, and what was given back for which reason: over time, and for whom it may be seen. */
import { describe, expect, test } from 'vitest'
import type { Viewer } from '#core/ports.ts'
import { EngineInTest, type Happening } from '#test/fakes/engine-in-test.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const NOW = '2026-03-02T10:05:30Z'
const ZONES = { jaipur: 'Asia/Kolkata', york: 'Europe/London' }
const manager = (...stores: string[]): Viewer => ({ ...ownerOf('m'), role: 'store-manager', stores })

let papers = 0
const sale = (source: string, storeId: string, at: string, unitPriceMinor: number, productId = 'P'): Happening => ({
  type: 'sale.recorded',
  source,
  at,
  storeId,
  data: { orderId: `o${++papers}`, productId, quantity: 1, unitPriceMinor, currency: 'INR' },
})
const refund = (storeId: string, at: string, amountMinor: number, reason: string, productId = 'P'): Happening => ({
  type: 'sale.refunded',
  source: 'shopify',
  at,
  storeId,
  data: { refundId: `r${++papers}`, productId, quantity: 1, amountMinor, currency: 'INR', reason },
})

/** The day begins at 18:30 UTC in Jaipur, at midnight in York; the merchant's is Jaipur's where nobody says else. */
async function shop(...zones: (keyof typeof ZONES)[]) {
  const engine = new EngineInTest({ shards: 2, zones: ZONES })
  await engine.take({
    type: 'setting.changed',
    at: '2026-01-01T00:00:00Z',
    storeId: '-',
    data: { name: 'timeZone', value: 'Asia/Kolkata' },
  })
  for (const storeId of zones) {
    const data = { name: storeId, region: storeId === 'york' ? 'North' : 'South', timeZone: ZONES[storeId] }
    await engine.take({ type: 'store.listed', at: '2026-02-01T00:00:00Z', storeId, data })
  }
  const listed = { productId: 'P', title: 'Kurta', category: 'Kurtas' }
  await engine.take({ type: 'product.listed', at: '2026-02-01T00:00:00Z', storeId: '-', data: listed })
  const all = [
    sale('amazon', 'jaipur', '2026-03-01T18:00:00Z', 1),
    sale('amazon', 'jaipur', '2026-03-02T09:00:00Z', 10),
    sale('shopify', 'jaipur', '2026-03-02T09:00:00Z', 100, 'Q'),
    refund('jaipur', '2026-03-02T09:30:00Z', 7, 'defective'),
    refund('jaipur', '2026-03-02T09:40:00Z', 3, 'other', 'Q'),
    sale('amazon', 'york', '2026-03-02T10:02:00Z', 1000),
  ]
  await engine.take(...all.filter(({ storeId }) => zones.includes(storeId as keyof typeof ZONES)))
  const ports = portsInTest({ state: engine.store, log: new MemoryEventLog(2), clock: new FixedClock(NOW) })
  return async (search: string, viewer = ownerOf('m')) => {
    const query = Object.fromEntries(new URLSearchParams(search))
    const { status, body } = await ask(handler, ports, 'GET /metrics/series', { viewer, query })
    const lines = (body.series ?? []).map((line: { key: string; values: unknown[] }) => [line.key, ...line.values])
    return {
      status,
      field: body.problems?.[0].field,
      lines,
      starts: body.buckets?.map((it: { start: string }) => it.start),
    }
  }
}
const DAYS = 'by=channel&window=day&from=2026-03-01T00:00:00Z'

describe('by channel', () => {
  test('adds up what each door brought, by the day', async () => {
    const { lines, starts } = await (await shop('jaipur'))(DAYS)
    expect(starts).toEqual(['2026-02-28T18:30:00.000Z', '2026-03-01T18:30:00.000Z'])
    expect(lines).toEqual([
      ['shopify', 0, 90],
      ['amazon', 1, 10],
    ])
  })

  test('of some stores is of theirs alone', async () => {
    const get = await shop('jaipur', 'york')
    expect((await get(DAYS, manager('york'))).lines).toEqual([['amazon', 0, 1000]])
    expect((await get(`${DAYS}&store=york`)).lines).toEqual([['amazon', 0, 1000]])
    expect((await get(`${DAYS}&region=South`)).lines).toEqual([
      ['shopify', 0, 90],
      ['amazon', 1, 10],
    ])
    expect((await get(`${DAYS}&store=york`, manager('jaipur'))).status).toBe(404)
    expect((await get(`${DAYS}&region=North`, manager('jaipur'))).lines).toEqual([])
  })

  test('is by the dates of each store, whose days begin when they do there', async () => {
    const { lines } = await (await shop('jaipur', 'york'))(DAYS)
    expect(lines).toEqual([
      ['amazon', 1, 1010],
      ['shopify', 0, 90],
    ])
  })

  test('says nothing of who bought, nor of an hour', async () => {
    const get = await shop('jaipur')
    expect((await get(`${DAYS}&measure=activeCustomers`)).lines).toEqual([
      ['amazon', null, null],
      ['shopify', null, null],
    ])
    expect(await get('by=channel&window=hour')).toMatchObject({ status: 422, field: 'window' })
  })
})

describe('how many groups', () => {
  const SPAN = 'by=store&window=span&from=2026-03-01T18:30:00Z'

  test('the largest by themselves, the rest as one', async () => {
    const get = await shop('jaipur', 'york')
    expect((await get(SPAN)).lines).toEqual([
      ['york', 1000],
      ['jaipur', 100],
    ])
    expect((await get(`${SPAN}&limit=1`)).lines).toEqual([
      ['york', 1000],
      ['other', 100],
    ])
    expect(await get(`${SPAN}&limit=501`)).toMatchObject({ status: 422, field: 'limit' })
  })
})

describe('by reason', () => {
  const REASONS = 'by=reason&measure=refundAmount&window=hour&from=2026-03-02T08:30:00Z'

  test.each([
    [
      REASONS,
      [
        ['defective', 0, 7],
        ['other', 0, 3],
      ],
    ],
    [`${REASONS}&category=Kurtas`, [['defective', 0, 7]]],
    [
      `${REASONS}&store=jaipur`,
      [
        ['defective', 0, 7],
        ['other', 0, 3],
      ],
    ],
    [
      `${REASONS}&currency=INR`,
      [
        ['defective', 0, 7],
        ['other', 0, 3],
      ],
    ],
    [
      'by=reason&measure=refunds&window=day&from=2026-03-02T00:00:00Z',
      [
        ['defective', 1],
        ['other', 1],
      ],
    ],
  ])('%s', async (search, expected) => {
    expect((await (await shop('jaipur'))(search)).lines).toEqual(expected)
  })
})

describe('of the whole span at once', () => {
  const SPAN = 'window=span&from=2026-03-01T17:30:00Z&to=2026-03-02T09:35:00Z'
  test.each([
    [`${SPAN}`, [['total', 104]]],
    [`${SPAN}&currency=INR`, [['total', 104]]],
    [
      `${SPAN}&by=product`,
      [
        ['Q', 100],
        ['P', 4],
      ],
    ],
    ['by=channel&window=span&from=2026-02-28T18:30:00Z&to=2026-03-01T18:30:00Z', [['amazon', 1]]],
    [`${SPAN}&by=channel`, []],
  ])('%s', async (search, expected) => {
    expect((await (await shop('jaipur'))(search)).lines).toEqual(expected)
  })
})

describe('of one store, region or category', () => {
  test.each([
    ['window=day&from=2026-03-02T00:00:00Z&store=jaipur', [['total', 100]]],
    ['window=day&from=2026-03-02T00:00:00Z&region=South', [['total', 100]]],
    ['window=day&from=2026-03-02T00:00:00Z&category=Kurtas', [['total', 3]]],
    ['window=day&from=2026-03-02T00:00:00Z&product=Q', [['total', 97]]],
    ['window=day&from=2026-03-02T00:00:00Z&by=product&category=Kurtas', [['P', 3]]],
    [
      'window=day&from=2026-03-02T00:00:00Z&by=product&store=jaipur',
      [
        ['Q', 97],
        ['P', 3],
      ],
    ],
    ['window=day&from=2026-03-02T00:00:00Z&by=store&region=South', [['jaipur', 100]]],
  ])('%s', async (search, expected) => {
    expect((await (await shop('jaipur'))(search)).lines).toEqual(expected)
  })
})
