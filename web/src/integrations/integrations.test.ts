import { describe, expect, it, test } from 'vitest'
import type { ActivityHour, ConnectionItem, DeliveryItem } from '#core/api/connections.ts'
import { prepareActivity } from './prepare-activity.ts'
import { isLocal, prepareConnections } from './prepare-connections.ts'
import { mayGoAgain, prepareDeliveries, readable, reasonIn } from './prepare-deliveries.ts'

const item: ConnectionItem = {
  ...{ id: 'c1', source: 'shopify', proof: 'shopify', path: '/integrations/shopify/webhook/c1', storeId: 'leeds' },
  ...{ label: 'our shop', status: 'active', createdAt: '2026-03-01T10:00:00Z', acceptedAt: '2026-03-02T09:00:00Z' },
  ...{ ratePerSecond: 1200, version: 1 },
}
const around = {
  ...{ origin: 'https://shop.example', nowMs: Date.parse('2026-03-02T10:00:00Z'), timeZone: 'UTC', locale: 'en' },
  storeNames: new Map([['leeds', 'Leeds']]),
}

describe('connections', () => {
  it('are told with their whole address, store and rate', () => {
    expect(prepareConnections([item], around)).toMatchObject([
      {
        ...{ source: 'Shopify', store: 'Leeds', state: 'Active', first: '09:00:00', rate: '1,200, in the long run' },
        ...{ address: 'https://shop.example/integrations/shopify/webhook/c1', isProvider: true, hasSecret: true },
      },
    ])
  })

  it('that wait come first', () => {
    const waiting = { ...item, id: 'c2', status: 'waiting' as const, acceptedAt: null, storeId: null }
    const [first] = prepareConnections([item, waiting], around)
    expect(first).toMatchObject({ id: 'c2', first: 'none yet', store: 'the source’s own' })
  })

  it('of our own doors have no secret, and no test where they are no provider’s', () => {
    const door = { ...item, source: 'import:csv', proof: 'none' as const, ratePerSecond: 1e9 }
    expect(prepareConnections([door], around)).toMatchObject([
      { source: 'import:csv', isProvider: false, hasSecret: false, rate: 'no limit' },
    ])
  })

  test.each([
    ['http://127.0.0.1:4310/x', true],
    ['http://localhost/x', true],
    ['https://shop.example/x', false],
  ])('%s is of this machine alone: %s', (address, local) => expect(isLocal(address)).toBe(local))
})

describe('activity', () => {
  const NONE = { taken: 0, repeated: 0, unproved: 0, unreadable: 0, turnedAway: 0, tookMs: 0 }
  const of = (...hours: ActivityHour[]) => prepareActivity({ asOf: '2026-03-08T10:30:00Z', hours }, 'UTC', 'en')

  it('is counted, with every hour of the week in the charts, the last one unfinished', () => {
    const told = of(
      { ...NONE, start: '2026-03-08T09:00:00Z', taken: 1500, tookMs: 3000 },
      { ...NONE, start: '2026-03-08T10:00:00Z', taken: 498, repeated: 1, unproved: 1, tookMs: 1000 },
    )
    expect(told).toMatchObject({ all: '2,000', taken: '1,998', refused: '1', share: '0.1%', took: '2 ms' })
    const { buckets, series } = told.rates!
    expect([buckets.length, buckets[0]!.start, buckets.at(-1)!.state]).toEqual([
      168,
      '2026-03-01T11:00:00.000Z',
      'filling',
    ])
    expect(series.map(({ key, values }) => [key, values.slice(-2)])).toEqual([
      ['taken', [1500, 498]],
      ['repeated', [0, 1]],
    ])
    expect(told.errors!.series.map(({ key }) => key)).toEqual(['unproved'])
  })

  it('without any has no charts, and of a good week none of errors', () => {
    expect(of()).toMatchObject({ all: '0', share: '', took: '', rates: null, errors: null })
    expect(of({ ...NONE, start: '2026-03-08T09:00:00Z', taken: 1 }).errors).toBeNull()
  })
})

describe('deliveries', () => {
  const delivery: DeliveryItem = {
    ...{
      number: 7,
      at: '2026-03-09T09:30:00.000Z',
      status: 202,
      proof: 'proved',
      durationMs: 3,
      answer: '{}',
      way: 'delivery',
    },
  }
  it.each([
    [202, 'taken', '202 taken'],
    [200, 'none', '200 nothing new'],
    [422, 'refused', '422 not understood'],
    [418, 'refused', '418 refused'],
  ])('%d is %s', (status, fate, answer) => {
    const at = Date.parse(delivery.at)
    expect(prepareDeliveries([{ ...delivery, status }], around.nowMs, 'UTC')).toMatchObject([{ at, fate, answer }])
  })

  it.each([
    ['proved', 202, null, true],
    ['proved', 422, null, false],
    ['proved', 422, '{}', true],
    ['wrong', 401, '{}', false],
  ] as const)('%s, answered %d, body %s: may go again is %s', (proof, status, body, may) => {
    expect(mayGoAgain({ ...delivery, proof, status }, body)).toBe(may)
  })

  it('are read as JSON where they are some', () => {
    expect(readable('{"a":1}')).toBe('{\n  "a": 1\n}')
    expect(readable('nothing')).toBe('nothing')
    expect(reasonIn('{"title":"No","problems":[{"field":"a","message":"is wrong"}]}')).toBe('No; a is wrong')
    expect(reasonIn('gone')).toBe('gone')
  })
})
