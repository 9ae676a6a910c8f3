import { describe, expect, test } from 'vitest'
import type { Viewer } from '#core/ports.ts'
import { addMerchant, setMerchantStatus } from '#runtime/merchants.ts'
import { EngineInTest } from '#test/fakes/engine-in-test.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { ShopInTest } from '#test/golden/shop-in-test.ts'
import { handler } from './handler.ts'

const AT = '2026-03-02T10:00:00Z'
const broken = { type: 'stock.adjusted', storeId: 'jaipur', productId: 'P', quantity: -2, reason: 'damaged' }
const manager = (...stores: string[]): Viewer => ({ ...ownerOf('m'), role: 'store-manager', stores })

async function shop() {
  const engine = new EngineInTest({ shards: 2 })
  for (const storeId of ['jaipur', 'delhi'])
    await engine.take({ type: 'stock.received', at: AT, storeId, data: { productId: 'P', quantity: 9 } })
  const log = new MemoryEventLog(2)
  const ports = portsInTest({ state: engine.store, log })
  await addMerchant(ports, { id: 'm', name: 'M' })
  const change = (viewer: Viewer, body: object, headers?: Record<string, string>) =>
    ask(handler, ports, 'POST /stock/changes', { viewer, body, headers })
  return { ports, log, change }
}

describe('a change of stock by a person', () => {
  test('is an event of the store with the level as it was known, and a row in the audit', async () => {
    const { ports, log, change } = await shop()
    const { status, body } = await change(manager('jaipur'), { ...broken, note: 'a box fell' })
    expect([status, body]).toEqual([202, { eventIds: [expect.any(String)], repeat: false, before: 9, after: 7 }])
    expect(log.calls.append).toBe(1)
    const { AUDIT } = await import('#runtime/audit.ts')
    const [written] = await ports.state.query({ table: AUDIT, range: { from: 'm', to: 'n' } })
    expect(written?.row).toMatchObject({
      what: 'stock.adjusted',
      subject: 'P in jaipur',
      before: { onHand: 9 },
      after: { onHand: 7, reason: 'damaged', note: 'a box fell' },
    })
  })

  test('is not taken from a merchant who is suspended', async () => {
    const { ports, log, change } = await shop()
    await setMerchantStatus(ports.state, 'm', 'suspended')
    expect((await change(ownerOf('m'), broken)).status).toBe(403)
    expect(log.calls.append).toBe(0)
  })

  test('is done once under one key', async () => {
    const { log, change } = await shop()
    const key = { 'idempotency-key': 'k' }
    const answers = [await change(ownerOf('m'), broken, key), await change(ownerOf('m'), broken, key)]
    expect(answers[0]!.body).toEqual(answers[1]!.body)
    expect(log.calls.append).toBe(1)
  })

  test.each<[string, Viewer, object, number]>([
    ['another’s store', manager('delhi'), broken, 404],
    ['a store that is not there', ownerOf('m'), { ...broken, storeId: 'mumbai' }, 404],
    ['a product that nobody knows', ownerOf('m'), { ...broken, productId: 'Q' }, 422],
    ['a reason that is none', ownerOf('m'), { ...broken, reason: 'because' }, 422],
    ['nothing', ownerOf('m'), { ...broken, quantity: 0 }, 422],
    ['less than nothing received', ownerOf('m'), { ...broken, type: 'stock.received' }, 422],
    ['a role that may not', { ...ownerOf('m'), role: 'analyst' }, broken, 403],
  ])('%s: nothing is changed', async (_, viewer, body, expected) => {
    const { log, change } = await shop()
    const { status, body: said } = await change(viewer, body)
    expect(status).toBe(expected)
    if (status === 422) expect(said.problems.length).toBeGreaterThan(0)
    expect(log.calls.append).toBe(0)
  })
})

test('the opposite entry takes it back, and both are in what happened to the product', async () => {
  const shopHere = new ShopInTest()
  const store = { at: AT, POST: '/collect', body: { events: [RECEIVED] } }
  await shopHere.send(store)
  const change = (quantity: number, reason: string) =>
    shopHere.send({ at: AT, POST: '/stock/changes', body: { ...broken, quantity, reason } })
  await change(-2, 'damaged')
  const { body } = await change(2, 'correction')
  expect(body).toMatchObject({ before: 7, after: 9 })
  const { body: item } = await shopHere.send({ at: AT, GET: '/item/P' })
  expect(item.onHand).toBe(9)
  expect(item.recent.map(({ type, quantity, reason }: Record<string, unknown>) => [type, quantity, reason])).toEqual([
    ['stock.adjusted', 2, 'correction'],
    ['stock.adjusted', -2, 'damaged'],
    ['stock.received', 9, null],
  ])
})
const RECEIVED = { type: 'stock.received', storeId: 'jaipur', data: { productId: 'P', quantity: 9 } }
