/** Which rows of stock a question finds, in which order, whatever the size of its pages. */
import { describe, expect, test } from 'vitest'
import type { Viewer } from '#core/ports.ts'
import { EngineInTest, type Happening } from '#test/fakes/engine-in-test.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const AT = '2026-03-02T09:00:00Z'
const listed = (productId: string, category: string): Happening => ({
  type: 'product.listed',
  at: AT,
  storeId: '-',
  data: { productId, title: `The ${productId}`, category },
})
const stocked = (storeId: string, productId: string, level: number): Happening => ({
  type: 'stock.counted',
  at: AT,
  storeId,
  data: { productId, level },
})
const sold = (storeId: string, productId: string, quantity: number): Happening => ({
  type: 'sale.recorded',
  at: AT,
  storeId,
  data: { orderId: `${storeId} ${productId}`, productId, quantity, unitPriceMinor: 1, currency: 'INR' },
})
const engine = new EngineInTest({ shards: 2 })
await engine.take(
  listed('cup', 'Kitchen'),
  listed('pan', 'Kitchen'),
  listed('lamp', 'Lighting'),
  ...['a', 'b', 'c'].flatMap((store) => ['cup', 'lamp', 'pan'].map((product) => stocked(store, product, 1000))),
  stocked('b', 'kite', 1000),
  sold('a', 'lamp', 1001),
  sold('c', 'cup', 1000),
  sold('b', 'cup', 900),
  sold('b', 'pan', 1002),
)
const ports = portsInTest({ state: engine.store, log: new MemoryEventLog(2) })
const some: Viewer = { ...ownerOf('m'), role: 'store-manager', stores: ['c', 'b'] }

async function found(query: Record<string, string>, viewer: Viewer, limit: number): Promise<string[]> {
  const places: string[] = []
  let next: string | null = null
  do {
    const more: Record<string, string> = next === null ? {} : { next }
    const asked = { viewer, query: { ...query, limit: String(limit), ...more } }
    const { status, body } = await ask(handler, ports, 'GET /stock', asked)
    expect(status, JSON.stringify(body)).toBe(200)
    places.push(...body.items.map(({ storeId, productId }: Record<string, string>) => `${storeId}/${productId}`))
    next = body.next
  } while (next !== null)
  return places
}

describe.each([1, 2, 3, 500])('in pages of %i', (limit) => {
  test.each<[Record<string, string>, Viewer, string]>([
    [{}, ownerOf('m'), 'a/cup a/lamp a/pan b/cup b/kite b/lamp b/pan c/cup c/lamp c/pan'],
    [{}, some, 'b/cup b/kite b/lamp b/pan c/cup c/lamp c/pan'],
    [{ store: 'b', product: 'pan' }, ownerOf('m'), 'b/pan'],
    [{ product: 'cup' }, some, 'b/cup c/cup'],
    [{ product: 'cup', category: 'Kitchen' }, some, 'b/cup c/cup'],
    [{ product: 'cup', category: 'Lighting' }, some, ''],
    [{ category: 'Kitchen' }, ownerOf('m'), 'a/cup b/cup c/cup a/pan b/pan c/pan'],
    [{ category: 'Kitchen' }, some, 'b/cup c/cup b/pan c/pan'],
    [{ category: 'Kitchen', store: 'c' }, ownerOf('m'), 'c/cup c/pan'],
    [{ category: 'Nothing' }, ownerOf('m'), ''],
    [{ risk: 'any' }, ownerOf('m'), 'a/lamp b/pan c/cup b/cup'],
    [{ risk: 'any' }, some, 'b/pan c/cup b/cup'],
    [{ risk: 'oversold' }, ownerOf('m'), 'a/lamp b/pan'],
    [{ risk: 'out' }, ownerOf('m'), 'c/cup'],
    [{ risk: 'critical' }, some, 'b/cup'],
    [{ risk: 'low' }, ownerOf('m'), ''],
    [{ risk: 'any', category: 'Kitchen' }, ownerOf('m'), 'b/pan c/cup b/cup'],
    [{ risk: 'any', product: 'cup', store: 'b' }, ownerOf('m'), 'b/cup'],
  ])('%j', async (query, viewer, expected) => {
    expect((await found(query, viewer, limit)).join(' ')).toBe(expected)
  })
})

test('a risk that is none is named', async () => {
  const { status, body } = await ask(handler, ports, 'GET /stock', { viewer: some, query: { risk: 'high' } })
  expect([status, body.problems[0].field]).toEqual([422, 'risk'])
})

test('rows say which category their product is listed in', async () => {
  const { body } = await ask(handler, ports, 'GET /stock', { viewer: some, query: { store: 'b' } })
  expect(body.items.map(({ category }: { category: string | null }) => category)).toEqual([
    'Kitchen',
    null,
    'Lighting',
    'Kitchen',
  ])
})

test.each<[Record<string, string>, string[]]>([
  [{ query: 'pan' }, ['pan']],
  [{ query: 'kitchen THE', limit: '1' }, ['cup']],
  [{ query: 'nothing' }, []],
])('products with %j', async (query, expected) => {
  const { body } = await ask(handler, ports, 'GET /products', { viewer: some, query })
  expect(body.items.map(({ productId }: { productId: string }) => productId)).toEqual(expected)
})
