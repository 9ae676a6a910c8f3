/** Which span of time each list says that it is about: exactly, also where it is not asked for one. */
import { describe, expect, test } from 'vitest'
import type { Viewer } from '#core/ports.ts'
import { manifest } from '#functions/manifest.ts'
import { ask, ownerOf } from '#test/fakes/ports-in-test.ts'
import { ShopInTest } from './shop-in-test.ts'

const NOW = '2026-03-02T10:00:00.000Z'
const TZ = 'UTC'
const weekAgo = '2026-02-23T10:00:00.000Z'
const begun = { from: '2026-03-01T00:00:00.000Z', to: NOW, timeZone: TZ }
const all = { from: null, to: NOW, timeZone: TZ }
const FROM = 'from=2026-03-01T00:00:00Z'

/** A shop of a store with days of its own, and a way in. */
async function shop(): Promise<ShopInTest> {
  const made = new ShopInTest()
  const listed = (storeId: string, timeZone: string) => ({
    type: 'store.listed',
    storeId,
    data: { name: storeId, timeZone },
  })
  const events = [listed('jaipur', 'Asia/Kolkata'), listed('bath', 'Europe/London')]
  await made.send({ at: NOW, POST: '/collect', body: { events } })
  await made.send({ at: NOW, POST: '/integrations', body: { source: 'generic', label: 'bridge' } })
  return made
}

const asked = async (
  { ports }: ShopInTest,
  route: string,
  search: string,
  viewer: Viewer = ownerOf('demo'),
  id = '',
) => {
  const { runs } = manifest.routes.find(({ method, path }) => `${method} ${path}` === route)!
  const { handler } = await import(`#functions/${runs}/handler.ts`)
  const query = Object.fromEntries(new URLSearchParams(search))
  const { status, body } = await ask(handler, ports, route, { viewer, query, params: { id } })
  return [status, body.window]
}

describe('of a list', () => {
  test.each([
    ['GET /transactions', '', all],
    ['GET /transactions', FROM, begun],
    ['GET /transactions', `${FROM}&to=2026-03-02T00:00:00Z`, { ...begun, to: '2026-03-02T00:00:00.000Z' }],
    ['GET /transactions', 'to=2026-03-02T00:00:00Z', { ...all, to: '2026-03-02T00:00:00.000Z' }],
    ['GET /transactions', 'store=jaipur', { ...all, timeZone: 'Asia/Kolkata' }],
    ['GET /transactions', 'customer=nobody', all],
    ['GET /audit', '', all],
    ['GET /audit', FROM, begun],
    ['GET /alerts', '', null],
    ['GET /alerts', 'state=resolved', { ...all, from: '2025-01-26T10:00:00.000Z' }],
    [
      'GET /alerts',
      'state=resolved&store=jaipur',
      { from: '2025-01-26T10:00:00.000Z', to: NOW, timeZone: 'Asia/Kolkata' },
    ],
    ['GET /integrations/{id}/deliveries', '', { ...all, from: weekAgo }],
    ['GET /integrations/{id}/activity', '', { ...all, from: weekAgo }],
    ['GET /notices/deliveries', '', { ...all, from: weekAgo }],
    ['GET /imports', '', all],
    ['GET /runs', '', all],
    ['GET /quality/checks', '', all],
  ])('%s?%s', async (route, search, window) => {
    const made = await shop()
    const { body } = await made.send({ at: NOW, GET: '/integrations' })
    expect(await asked(made, route, search, ownerOf('demo'), body.items[0].id)).toEqual([200, window])
  })
})

test('of a person with some stores it is by the days that these have in common', async () => {
  const made = await shop()
  const seeing = (...stores: string[]): Viewer => ({ merchantId: 'demo', subject: 'bo', role: 'store-manager', stores })
  expect(await asked(made, 'GET /transactions', '', seeing('jaipur'))).toEqual([
    200,
    { ...all, timeZone: 'Asia/Kolkata' },
  ])
  expect(await asked(made, 'GET /transactions', '', seeing('jaipur', 'bath'))).toEqual([200, all])
})

test('an alert that was over before the window is in none, though it lies there still', async () => {
  const made = new ShopInTest()
  const stock = (at: string, quantity: number) => ({
    at,
    POST: '/integrations/amazon/webhook',
    body: { eventType: 'STOCK_UPDATED', asin: 'LAMP', region: 'IN', quantity },
  })
  await made.send(stock('2025-01-20T10:00:00Z', 0))
  await made.send(stock('2025-01-26T09:59:59Z', 9))
  await made.send(stock('2025-01-26T11:00:00Z', 0))
  await made.send(stock('2025-01-26T12:00:00Z', 9))
  const over = async (at: string) => (await made.send({ at, GET: '/alerts?state=resolved' })).body.items.length
  expect([await over('2025-03-01T00:00:00Z'), await over(NOW)]).toEqual([2, 1])
})
