/** No question, however it is put, answers with another merchant's rows. */
import { describe, expect, test } from 'vitest'
import { cursorOf } from '#runtime/query-parameters.ts'
import { EngineInTest, type Happening } from '#test/fakes/engine-in-test.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const AT = '2026-03-02T09:59:00Z'
const MERCHANTS = ['a', 'm', 'm2', 'z']

async function portsWithTrade() {
  const engine = new EngineInTest()
  for (const merchantId of MERCHANTS) {
    const place = { at: AT, merchantId, storeId: `store of ${merchantId}` }
    const line = { productId: `product of ${merchantId}`, quantity: 1, unitPriceMinor: 5, currency: 'INR' }
    const happenings: Happening[] = [
      { ...place, type: 'store.listed', data: { name: `name of ${merchantId}` } },
      { ...place, type: 'product.listed', data: { productId: line.productId, title: `title of ${merchantId}` } },
      { ...place, type: 'sale.recorded', data: { ...line, orderId: 'o' } },
      { ...place, type: 'stock.received', data: { productId: line.productId, quantity: 9 } },
      { ...place, type: 'sale.recorded', data: { ...line, orderId: 'o2', productId: `second of ${merchantId}` } },
    ]
    await engine.take(...happenings)
  }
  return portsInTest({ state: engine.store, objects: engine.objects, log: new MemoryEventLog(1) })
}

const keys = ['', ' ', '!', 'a', 'l', 'm', 'm\u0001', 'm\u0001\u0000', 'm2', 'z', '\u0000', '\u0001', '\uffff']
const nexts = keys.flatMap((key) => (key === '' ? [] : [cursorOf(key)]))

describe.each([
  'GET /stock',
  'GET /alerts',
  'GET /alerts?state=resolved',
  'GET /transactions',
  'GET /products',
  'GET /stores',
  'GET /metrics',
  'GET /metrics/series?by=product',
  'GET /metrics/series?by=store',
])('%s', (question) => {
  const [route, search = ''] = question.split('?') as [string, string?]
  const query = Object.fromEntries(new URLSearchParams(search))

  test('answers with one’s own', async () => {
    const ports = await portsWithTrade()
    const { status, body } = await ask(handler, ports, route, { viewer: ownerOf('m'), query })
    expect(status).toBe(200)
    for (const other of MERCHANTS.filter((it) => it !== 'm')) expect(JSON.stringify(body)).not.toContain(`of ${other}"`)
    if (!['GET /metrics', 'GET /alerts?state=resolved'].includes(question))
      expect(JSON.stringify(body)).toContain('of m"')
  })

  test('wherever a page is said to begin', async () => {
    const ports = await portsWithTrade()
    for (const next of nexts) {
      const { status, body } = await ask(handler, ports, route, { viewer: ownerOf('m'), query: { ...query, next } })
      expect(status).toBe(200)
      for (const other of MERCHANTS.filter((it) => it !== 'm'))
        expect(JSON.stringify(body)).not.toContain(`of ${other}"`)
    }
  })

  test('whatever store or product is named', async () => {
    const ports = await portsWithTrade()
    const names = [...keys, 'store of a', 'product of a', '\u0001a', 'm\u0001store of a', '../a']
    for (const field of ['store', 'product', 'region', 'category', 'brand']) {
      for (const name of names) {
        const { body } = await ask(handler, ports, route, { viewer: ownerOf('m'), query: { ...query, [field]: name } })
        const { scope: _asked, ...answer } = body
        for (const other of MERCHANTS.filter((it) => it !== 'm')) {
          expect(JSON.stringify(answer)).not.toContain(`of ${other}"`)
          expect(JSON.stringify(answer)).not.toContain('"value":1')
        }
      }
    }
  })
})

test('an item is one’s own', async () => {
  const ports = await portsWithTrade()
  for (const id of [...keys, 'product of a', '\u0001a\u0001product of a']) {
    const { status } = await ask(handler, ports, 'GET /item/{id}', { viewer: ownerOf('m'), params: { id } })
    expect(status).toBe(404)
  }
  const own = await ask(handler, ports, 'GET /item/{id}', { viewer: ownerOf('m'), params: { id: 'product of m' } })
  expect(own.body).toMatchObject({ stock: [{ storeId: 'store of m', onHand: 8 }] })
})
