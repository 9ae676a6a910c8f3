/** What a merchant asks and decides, through the API of a running engine. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from './engine-api.ts'
import { RunningEngine } from './running-engine.ts'

let data: string
let engine: RunningEngine
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'counterflow-questions-'))
  engine = await RunningEngine.start(data)
})
afterAll(async () => {
  await engine.kill()
  rmSync(data, { recursive: true, force: true })
})

const MINUTE = 60_000
const ago = (ms: number) => new Date(Date.now() - ms).toISOString()
const sale = (
  storeId: string,
  productId: string,
  more: { at?: string; id?: string; quantity?: number; price?: number } = {},
) => {
  const { at, id, quantity = 1, price = 500 } = more
  const line = { orderId: id ?? `order of ${productId}`, productId, quantity, unitPriceMinor: price, currency: 'EUR' }
  return {
    type: 'sale.recorded',
    storeId,
    ...(id !== undefined && { id }),
    ...(at !== undefined && { occurredAt: at }),
    data: line,
  }
}
const collect = async (...events: object[]) => {
  const answer = await engine.post('/collect', { events })
  expect(answer.status).toBe(202)
  await engine.settled()
  return answer.body.results as { status: string; eventIds: string[] }[]
}

describe('documents that were set aside', () => {
  const tooEarly = (id: string) => sale('aside', 'lamp', { id, at: new Date(Date.now() + 60 * MINUTE).toISOString() })
  const held = async (id: string) => {
    await collect(tooEarly(id))
    const { items } = (await engine.get('/quarantine')).body
    return items.at(-1) as {
      id: string
      status: string
      attempts: number
      problems: { field: string; message: string }[]
    }
  }
  const onHand = async () => (await engine.get('/stock?store=aside')).body.items[0]?.onHand ?? 0

  test('are listed with the reason and shown whole', async () => {
    const item = await held('a1')
    expect(item).toMatchObject({
      status: 'held',
      attempts: 0,
      problems: [{ field: 'occurredAt', message: expect.stringContaining('minutes ahead of our clock') }],
    })
    const { body } = await engine.get(`/quarantine/${item.id}`)
    expect(body).toMatchObject({ id: item.id, encoding: 'utf-8' })
    expect(JSON.parse(body.document)).toMatchObject({
      type: 'sale.recorded',
      storeId: 'aside',
      data: { productId: 'lamp' },
    })
    expect(await onHand()).toBe(0)
    expect((await engine.get('/quality')).body.balanced).toBe(true)
  })

  test('are tried again as they are, and stay while they cannot be applied', async () => {
    const item = await held('a2')
    expect((await engine.post(`/quarantine/${item.id}/replay`)).status).toBe(202)
    await engine.settled()
    const { body } = await engine.get(`/quarantine/${item.id}`)
    expect(body).toMatchObject({ status: 'held', attempts: 1 })
  })

  test('are applied once they are mended, once', async () => {
    const item = await held('a3')
    const before = await onHand()
    const shown = JSON.parse((await engine.get(`/quarantine/${item.id}`)).body.document)
    const document = JSON.stringify({ ...shown, occurredAt: ago(0) })
    const [first, second] = await Promise.all([
      engine.post(`/quarantine/${item.id}/replay`, { document }),
      engine.post(`/quarantine/${item.id}/replay`, { document }),
    ])
    // Of two at once one is told.
    expect([first!.status, second!.status].sort()).toEqual([202, 409])
    await engine.settled()
    expect(await onHand()).toBe(before - 1)
    expect((await engine.get(`/quarantine/${item.id}`)).body).toMatchObject({ status: 'replayed', attempts: 1 })
    expect((await engine.post(`/quarantine/${item.id}/replay`)).status).toBe(409)
    expect((await engine.get('/quarantine?status=replayed')).body.items.map(({ id }: { id: string }) => id)).toContain(
      item.id,
    )
    expect((await engine.get('/quality')).body.balanced).toBe(true)
  })

  test('are given up, once', async () => {
    const item = await held('a4')
    const discarded = async () =>
      (await engine.get('/quality')).body.ledger.reduce(
        (sum: number, line: { discarded: number }) => sum + line.discarded,
        0,
      )
    const before = await discarded()
    await Promise.all([1, 2].map(() => engine.post(`/quarantine/${item.id}/discard`)))
    await engine.settled()
    expect(await discarded()).toBe(before + 1)
    expect((await engine.post(`/quarantine/${item.id}/discard`)).status).toBe(409)
    expect((await engine.get(`/quarantine/${item.id}`)).body.status).toBe('discarded')
    expect((await engine.get('/quality')).body.balanced).toBe(true)
  })
})

describe('alerts', () => {
  const alertsOf = async (store: string, state = 'open') =>
    (await engine.get(`/alerts?store=${store}&state=${state}`)).body.items

  test('are acknowledged once, by whom and when, and are over when the shelf is full', async () => {
    await collect(
      { type: 'stock.received', storeId: 'alerts', data: { productId: 'lamp', quantity: 1 } },
      sale('alerts', 'lamp', { id: 'x1' }),
    )
    const [alert] = await alertsOf('alerts')
    expect(alert).toMatchObject({ kind: 'OUT_OF_STOCK', severity: 'CRITICAL', state: 'open', acknowledgedAt: null })
    const listener = await engine.listen()
    const path = `/alerts/${encodeURIComponent(alert.id)}/acknowledge`
    expect((await engine.post(path)).status).toBe(202)
    await engine.settled()
    expect((await alertsOf('alerts'))[0]).toMatchObject({
      id: alert.id,
      state: 'acknowledged',
      acknowledgedBy: 'owner',
    })
    await until(
      () => listener.messages('alert').some((message) => message.data.state === 'acknowledged'),
      2_000,
      'the message',
    )
    expect((await engine.post(path)).body).toEqual({ eventIds: [], repeat: true })

    await collect({ type: 'stock.received', storeId: 'alerts', data: { productId: 'lamp', quantity: 500 } })
    expect(await alertsOf('alerts')).toEqual([])
    await until(
      () => listener.messages('alert').some((message) => message.data.state === 'resolved'),
      2_000,
      'the message',
    )
    expect((await engine.post(path)).status).toBe(404)
    expect(await alertsOf('alerts', 'resolved')).toMatchObject([
      { id: alert.id, state: 'resolved', acknowledgedBy: 'owner' },
    ])
  })

  test('that are over are found when their rows have been written down', async () => {
    await collect(sale('a shop with a name of some length', 'lamp', { id: 'long1' }), {
      type: 'stock.counted',
      storeId: 'a shop with a name of some length',
      data: { productId: 'lamp', level: 900 },
    })
    const store = encodeURIComponent('a shop with a name of some length')
    const found = async () => [
      (await alertsOf(store, 'resolved')).length,
      (await engine.get(`/transactions?store=${store}`)).body.items.length,
    ]
    expect(await found()).toEqual([1, 1])
    // A flush comes within the second: from then on the rows are read from the disk.
    await new Promise((done) => setTimeout(done, 1_500))
    expect(await found()).toEqual([1, 1])
  })

  test('follow the settings from then on', async () => {
    const settings = async () => {
      const { body } = await engine.get('/settings')
      return Object.fromEntries(body.settings.map((it: { name: string; value: unknown }) => [it.name, it.value]))
    }
    expect(await settings()).toMatchObject({ lowStockWarningDays: 3, lowStockCriticalDays: 1 })
    // Nine units last for two days and a bit: a warning by the default of three days.
    const stocked = (storeId: string) => [
      { type: 'stock.received', storeId, data: { productId: 'cup', quantity: 10 } },
      sale(storeId, 'cup', { id: `sold in ${storeId}` }),
    ]
    await collect(...stocked('before'))
    expect(await alertsOf('before')).toMatchObject([{ kind: 'LOW_STOCK', severity: 'WARNING' }])
    expect((await engine.post('/settings', { name: 'lowStockWarningDays', value: 1.5 })).status).toBe(202)
    await engine.settled()
    expect(await settings()).toMatchObject({ lowStockWarningDays: 1.5 })
    await collect(...stocked('after'))
    expect(await alertsOf('after')).toEqual([])
    // What was said before stays said, until something moves there.
    expect((await alertsOf('before')).length).toBe(1)
    await collect({ type: 'stock.received', storeId: 'before', data: { productId: 'cup', quantity: 1 } })
    expect(await alertsOf('before')).toEqual([])
    // Back to the default.
    expect((await engine.post('/settings', { name: 'lowStockWarningDays' })).status).toBe(202)
    await engine.settled()
    expect(await settings()).toMatchObject({ lowStockWarningDays: 3 })
  })

  test.each([
    [{ name: 'nonsense', value: 1 }, 'name'],
    [{ name: 'lowStockWarningDays', value: 'three' }, 'value'],
    [{ name: 'lowStockWarningDays', value: -1 }, 'value'],
    [{ name: 'timeZone', value: 'Mars/Base' }, 'value'],
    [{ name: 'currency', value: 'XXX' }, 'value'],
    [{ name: 'noticeWebhookUrl', value: 'file:///etc/passwd' }, 'value'],
    [{ name: 'timeZone', value: 'UTC', category: 'light' }, 'category'],
    [{ name: 'timeZone', value: 'UTC', productId: 'lamp' }, 'productId'],
    [{ name: 'timeZone', value: 'UTC', more: 1 }, 'more'],
    [{ value: 1 }, 'name'],
  ])('a setting that makes no sense changes nothing: %j', async (change, field) => {
    const answer = await engine.post('/settings', change)
    expect([answer.status, answer.body.problems[0].field]).toEqual([422, field])
  })
})

describe('transactions', () => {
  test('page by page they are all of them, newest first, each once', async () => {
    const events = Array.from({ length: 61 }, (_, n) =>
      sale(`paged ${n % 3}`, 'lamp', { id: `paged ${n}`, at: ago((n % 20) * MINUTE) }),
    )
    await collect(...events)
    const whole = (await engine.get('/transactions?limit=500')).body.items.filter(({ storeId }: { storeId: string }) =>
      storeId.startsWith('paged'),
    )
    expect(whole.length).toBe(61)
    const times = whole.map(({ occurredAt }: { occurredAt: string }) => occurredAt)
    expect(times).toEqual(times.toSorted().toReversed())
    const ids: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const { body }: { body: { items: { id: string; storeId: string }[]; next: string | null } } = await engine.get(
        `/transactions?limit=7${next === '' ? '' : `&next=${next}`}`,
      )
      expect(body.items.length).toBeLessThanOrEqual(7)
      ids.push(...body.items.filter(({ storeId }) => storeId.startsWith('paged')).map(({ id }) => id))
      next = body.next
    }
    expect(ids).toEqual(whole.map(({ id }: { id: string }) => id))
    const { body: store } = await engine.get('/transactions?store=paged%201&limit=500')
    expect(store.items.length).toBe(20)
    expect((await engine.get('/transactions')).body.items.length).toBe(50)
    expect((await engine.get('/transactions?next=nonsense!')).status).toBe(422)
    expect((await engine.get('/transactions?limit=0')).status).toBe(422)
  })
})

describe('series', () => {
  test('add up to the figures, bucket by bucket, and say which are still filling', async () => {
    const times = [0, 1, 3, 3, 8, 20].map((minutes) => ago(minutes * MINUTE))
    await collect(...times.map((at, n) => sale('series', `p${n % 2}`, { id: `series ${n}`, at, price: 100 })))
    const { body: minutes } = await engine.get('/metrics/series?measure=units&window=minute&store=series')
    expect(minutes).toMatchObject({ measure: 'units', by: 'total', bucket: 'minute', currency: null })
    expect(minutes.series.length).toBe(1)
    const values: number[] = minutes.series[0].values
    expect(values.length).toBe(minutes.buckets.length)
    expect(values.reduce((a, b) => a + b, 0)).toBe(6)
    for (const at of times) {
      const bucket = minutes.buckets.findIndex(
        ({ start, end }: { start: string; end: string }) => start <= at && at < end,
      )
      expect(values[bucket]).toBeGreaterThanOrEqual(1)
    }
    const statuses = minutes.buckets.map(({ status }: { status: string }) => status)
    expect(statuses.at(-1)).toBe('filling')
    expect(statuses.filter((status: string) => status === 'filling').length).toBe(1)
    expect(statuses[0]).toBe('final')
    expect(statuses).toContain('provisional')

    const { body: byProduct } = await engine.get(
      '/metrics/series?measure=grossRevenue&window=hour&by=product&currency=EUR',
    )
    const sums = Object.fromEntries(
      byProduct.series.map(({ key, values: its }: { key: string; values: number[] }) => [
        key,
        its.reduce((a, b) => a + b, 0),
      ]),
    )
    expect([sums.p0, sums.p1]).toEqual([300, 300])
    const { body: metrics } = await engine.get('/metrics?store=series')
    expect(metrics.counts.units.value).toBeLessThanOrEqual(6)
    const since = encodeURIComponent(ago(60 * MINUTE))
    expect((await engine.get(`/metrics?store=series&from=${since}`)).body.counts.units.value).toBe(6)
  })

  test.each([
    'measure=nonsense',
    'by=nonsense',
    'window=nonsense',
    'from=nonsense',
    'from=1971-01-02T00:00:00Z&window=minute',
  ])('cannot be of anything: %s', async (query) => {
    const startedAt = Date.now()
    expect((await engine.get(`/metrics/series?${query}`)).status).toBe(422)
    expect(Date.now() - startedAt).toBeLessThan(1_000)
  })
})

describe('what the API says of itself', () => {
  test('is every route that there is', async () => {
    const { body } = await engine.get('/openapi.json')
    expect(body.openapi).toBe('3.1.0')
    expect(Object.keys(body.paths)).toContain('/quarantine/{id}/replay')
    const startedAt = Date.now()
    await Promise.all(Array.from({ length: 20 }, () => engine.get('/openapi.json')))
    expect(Date.now() - startedAt).toBeLessThan(1_500)
  })

  test('nobody else is told of what is stored', async () => {
    const { body, headers } = await engine.ask('GET', '/healthz', { asStranger: true })
    expect(Object.keys(body).toSorted()).toEqual(['asOf', 'lagMs', 'status'])
    expect(headers.get('cache-control')).toBe('no-store')
  })
})
