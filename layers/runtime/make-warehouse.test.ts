import { describe, expect, test } from 'vitest'
import { daysOf } from '#core/lake/published.ts'
import { NIGHTLY_TABLES } from '#core/lake/warehouse-tables.ts'
import { DAY_MS } from '#core/metrics/business-time.ts'
import { MemoryObjectStore } from '#test/fakes/memory-object-store.ts'
import { WarehouseInTest } from '#test/fakes/warehouse-in-test.ts'
import { MissingDayError, makeWarehouse, type WarehouseRun } from './make-warehouse.ts'
import { readPublished } from './published-warehouse.ts'

const NIGHT: WarehouseRun = {
  merchantId: 'm',
  settings: { values: {}, categories: {} },
  version: 'a',
  date: '2026-03-01',
}
const sql = async () => 'select 1'

function start() {
  const objects = new MemoryObjectStore()
  const warehouse = new WarehouseInTest(objects)
  const make = (run: Partial<WarehouseRun> = {}, now = 0) =>
    makeWarehouse({ objects, warehouse, sql }, { ...NIGHT, ...run }, now)
  const parts = async () => (await objects.list('warehouse/')).filter((name) => name.includes('/merchant=m/'))
  return { objects, warehouse, make, parts, published: () => readPublished(objects, 'm') }
}

describe('a night', () => {
  test('publishes every table at once, and only once', async () => {
    const { make, warehouse, published } = start()
    expect(await make()).toMatchObject({ isPublished: true })
    expect(Object.keys((await published()).tables)).toEqual(NIGHTLY_TABLES.map(({ name }) => name))
    const { write } = warehouse.calls
    expect(await make()).toEqual({ isPublished: true, parts: [], checks: [] })
    expect([warehouse.calls.write, (await published()).number]).toEqual([write, 1])
  })

  test.each([...NIGHTLY_TABLES.keys()])(
    'killed after write %i it publishes nothing, and does all of it again',
    async (n) => {
      const { objects, warehouse, make, parts, published } = start()
      await make({ version: 'before', date: '2026-02-28' })
      const before = await published()
      const dying = new WarehouseInTest(objects)
      dying.write = async (...all) => {
        const written = await warehouse.write(...all)
        if (dying.calls.write++ === n) throw new Error('killed')
        return written
      }
      await expect(makeWarehouse({ objects, warehouse: dying, sql }, NIGHT, 0)).rejects.toThrow('killed')
      expect(await published()).toEqual(before)
      expect((await make()).isPublished).toBe(true)
      const undisturbed = start()
      await undisturbed.make({ version: 'before', date: '2026-02-28' })
      await undisturbed.make()
      expect(await published()).toEqual(await undisturbed.published())
      expect(await parts()).toEqual(await undisturbed.parts())
    },
  )

  test('with a hard check that fails publishes nothing', async () => {
    const { warehouse, make, published } = start()
    warehouse.failing = 1
    const { isPublished, checks } = await make()
    expect([isPublished, (await published()).number]).toEqual([false, 0])
    const severities = (outcome: string) =>
      new Set(checks.filter((one) => one.outcome === outcome).map((one) => one.severity))
    expect([severities('failed'), severities('warned')]).toEqual([new Set(['hard']), new Set(['soft'])])
  })

  test('opens days that something late has changed, and makes the stock of all days after them', async () => {
    const { make } = start()
    for (const date of ['2026-03-01', '2026-03-02', '2026-03-03']) await make({ version: date, date })
    const { parts } = await make({ version: 'late', date: '2026-03-04', reopened: ['2026-03-02', '2026-03-09'] })
    const days = (name: string) => parts.filter(({ table }) => table === name).map(({ day }) => day)
    expect(days('fact_sales')).toEqual(['2026-03-02', '2026-03-04'])
    expect(days('fact_inventory')).toEqual(['2026-03-02', '2026-03-03', '2026-03-04'])
    expect(days('dim_product')).toEqual([''])
  })

  test('names a day that was left out, since the stock after it would lack it', async () => {
    const { make, published } = start()
    await make()
    await expect(make({ version: 'b', date: '2026-03-04' })).rejects.toThrow(MissingDayError)
    await make({ version: 'b', date: '2026-03-04', reopened: ['2026-03-02', '2026-03-03'] })
    expect(daysOf(await published(), 'fact_sales')).toHaveLength(4)
  })

  test('leaves what it replaces to its readers for a day', async () => {
    const { make, parts } = start()
    await make()
    const replaced = 'warehouse/dim_store/merchant=m/version=a/part-0.parquet'
    await make({ version: 'b', date: '2026-03-02' }, 1_000)
    expect(await parts()).toContain(replaced)
    await make({ version: 'c', date: '2026-03-03' }, 1_000 + DAY_MS)
    expect(await parts()).not.toContain(replaced)
    expect(await parts()).toContain('warehouse/fact_sales/merchant=m/day=2026-03-01/version=a/part-0.parquet')
  })

  test('refuses a name that is none', async () => {
    await expect(start().make({ version: '../x' })).rejects.toThrow(RangeError)
  })
})
