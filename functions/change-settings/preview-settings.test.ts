import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '#core/ports.ts'
import { EngineInTest, type Happening } from '#test/fakes/engine-in-test.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const AT = '2026-03-02T09:00:00Z'
const LATER = '2026-03-02T09:30:00Z'

/** Sold in the first half hour it is taken for four times as many a day: 10 left last 10 / (4 * sold) days. */
function sold(storeId: string, productId: string, units: number): Happening[] {
  const line = { orderId: `${storeId} ${productId}`, productId, quantity: units, unitPriceMinor: 1, currency: 'INR' }
  return [
    { type: 'stock.received', at: AT, storeId, data: { productId, quantity: 10 + units } },
    { type: 'sale.recorded', at: LATER, storeId, data: line },
  ]
}

describe('a preview', () => {
  const engine = new EngineInTest({ shards: 2 })
  const log = new MemoryEventLog(2)
  const ports = portsInTest({ state: engine.store, log })

  beforeAll(async () => {
    const listing = (productId: string, category: string): Happening => ({
      type: 'product.listed',
      at: AT,
      data: { productId, title: `Title of ${productId}`, category },
    })
    await engine.take(listing('pen', 'pens'), listing('lamp', 'lamps'))
    // Pens last 0.5 days in one store and 1.25 in the other; lamps 2.5.
    await engine.take(...sold('jaipur', 'pen', 5), ...sold('delhi', 'pen', 2), ...sold('delhi', 'lamp', 1))
  })

  const asked = async (body: object, viewer: Viewer = ownerOf('m')) =>
    (await ask(handler, ports, 'POST /settings/preview', { viewer, body })).body
  const counts = ({ opens, worsens, eases, resolves }: Awaited<ReturnType<typeof asked>>) =>
    [opens, worsens, eases, resolves].map(({ count }) => count)

  it('says of every row of stock what would become of its alert, and changes nothing', async () => {
    const answer = await asked({ name: 'lowStockCriticalDays', value: 2 })
    expect(answer).toMatchObject({ looked: 3, next: null })
    expect(counts(answer)).toEqual([0, 1, 0, 0])
    const [item] = answer.worsens.items
    expect(item).toMatchObject({
      storeId: 'delhi',
      productId: 'pen',
      title: 'Title of pen',
      onHand: 10,
      unitsPerDay: 8,
    })
    expect(item).toMatchObject({ daysOfCover: 1.25, before: { severity: 'WARNING' }, after: { severity: 'CRITICAL' } })
    expect(log.calls.append).toBe(0)
    expect(counts(await asked({ name: 'lowStockWarningDays', value: 0.1 }))).toEqual([0, 0, 0, 2])
  })

  it('is of one category or one product where it says so', async () => {
    const change = { name: 'lowStockCriticalDays', value: 5 }
    expect(counts(await asked(change))).toEqual([0, 2, 0, 0])
    expect(counts(await asked({ ...change, category: 'lamps' }))).toEqual([0, 1, 0, 0])
    expect(counts(await asked({ ...change, productId: 'pen' }))).toEqual([0, 1, 0, 0])
    expect(await asked({ ...change, category: 'none such' })).toMatchObject({ looked: 0, next: null })
  })

  it('shows a person with some stores these alone', async () => {
    const viewer: Viewer = { ...ownerOf('m'), role: 'executive', stores: ['jaipur'] }
    const answer = await asked({ name: 'lowStockCriticalDays', value: 5 }, viewer)
    expect(answer.looked).toBe(1)
    expect(JSON.stringify(answer)).not.toContain('delhi')
    expect((await asked({ name: 'lowStockCriticalDays', value: 5, category: 'lamps' }, viewer)).looked).toBe(0)
  })

  it('is refused to those who may read settings and see no figures', async () => {
    const viewer: Viewer = { ...ownerOf('m'), role: 'integrator' }
    expect(await asked({ name: 'lowStockCriticalDays', value: 5 }, viewer)).toMatchObject({ status: 403 })
  })

  it.each([
    [{ name: 'currency', value: 5 }, ['name']],
    [{ name: 'lowStockWarningDays', value: 366 }, ['value']],
    [{ name: 'lowStockWarningDays', value: '3' }, ['value']],
    [{ name: 'alertHysteresis', value: 1, category: 'pens' }, ['category']],
    [{ name: 'lowStockWarningDays', value: 1, category: 'pens', productId: 'pen' }, ['category']],
    [{ name: 'lowStockWarningDays', value: 1, next: '!' }, ['next']],
  ])('of %j is refused at its field', async (body, fields) => {
    const answer = await asked(body)
    expect(answer).toMatchObject({ status: 422 })
    expect(answer.problems.map(({ field }: { field: string }) => field)).toEqual(fields)
  })
})

it('a preview of more stock than one request may look at goes on where it stopped', async () => {
  const engine = new EngineInTest()
  const products = Array.from({ length: 2_001 }, (_, n) => `P${n}`)
  await engine.take(
    ...products.map((productId): Happening => ({ type: 'stock.received', at: AT, data: { productId, quantity: 1 } })),
  )
  const ports = portsInTest({ state: engine.store })
  const body = { name: 'lowStockWarningDays', value: 5 }
  const first = await ask(handler, ports, 'POST /settings/preview', { viewer: ownerOf('m'), body })
  expect(first.body.looked).toBe(2_000)
  const more = { ...body, next: first.body.next }
  const rest = await ask(handler, ports, 'POST /settings/preview', { viewer: ownerOf('m'), body: more })
  expect(rest.body).toMatchObject({ looked: 1, next: null })
})

it('what is decided of single products is listed, and not what went back to its default', async () => {
  const engine = new EngineInTest({ shards: 2 })
  const decided = (productId: string, value?: number): Happening => ({
    type: 'setting.changed',
    at: AT,
    storeId: '-',
    data: { name: 'lowStockWarningDays', productId, ...(value !== undefined && { value }) },
  })
  await engine.take(
    { type: 'product.listed', at: AT, data: { productId: 'B', title: 'Bowl', category: 'Kitchen' } },
    ...[decided('A', 4), decided('B', 5), decided('C', 6), decided('A')],
    { ...decided('theirs', 9), merchantId: 'other' },
  )
  const ports = portsInTest({ state: engine.store })
  const page = async (query: Record<string, string>) =>
    (await ask(handler, ports, 'GET /settings/products', { viewer: ownerOf('m'), query })).body
  const { items, next } = await page({ limit: '2' })
  expect(items).toEqual([{ productId: 'B', title: 'Bowl', category: 'Kitchen', values: { lowStockWarningDays: 5 } }])
  expect(await page({ limit: '2', next })).toMatchObject({ items: [{ productId: 'C', title: null }], next: null })
})
