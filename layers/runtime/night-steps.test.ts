/** Steps by themselves: what is made twice, left behind by nights that were given up, or replaced while somebody reads it. */
import { describe, expect, test } from 'vitest'
import { withPart } from '#core/lake/published.ts'
import { NIGHTLY_TABLES, nightlyTable } from '#core/lake/warehouse-tables.ts'
import { DAY_MS } from '#core/metrics/business-time.ts'
import { CountingIdSource } from '#test/fakes/counting-id-source.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryObjectStore } from '#test/fakes/memory-object-store.ts'
import { portsInTest } from '#test/fakes/ports-in-test.ts'
import { WarehouseInTest } from '#test/fakes/warehouse-in-test.ts'
import { partsAtOnce, partsOf, type WarehouseRun } from './make-part.ts'
import { NIGHT_STEPS } from './night-steps.ts'
import { publishWarehouse, readPublished } from './published-warehouse.ts'

type Tables = readonly { readonly table: string; readonly days: readonly string[] }[]

function start() {
  const objects = new MemoryObjectStore()
  const warehouse = new WarehouseInTest(objects)
  const clock = new FixedClock('2026-03-02T08:00:00Z')
  const ports = {
    ...portsInTest({ objects, clock, ids: new CountingIdSource() }),
    warehouse,
    sql: async () => 'select 1',
  }
  const step = (state: string, more: object = {}, date = '2026-03-01') =>
    NIGHT_STEPS[state]!(ports, { state, run: `nightly-${date}`, merchantId: 'm', date, ...more })
  const plan = async (date?: string, remake = false) => {
    const planned = await step('plan', { known: [''], remake }, date)
    return planned as { version: string; tables: Tables }
  }
  const make = async ({ version, tables }: { version: string; tables: Tables }) => {
    for (const { table, days } of tables) for (const day of days) await step('make-part', { table, day, version })
  }
  /** Answers the plan. */
  const night = async (date?: string, remake = false) => {
    const planned = await plan(date, remake)
    const { version } = planned
    await make(planned)
    await step('load', { version })
    for (const { table, days } of planned.tables) await step('check-table', { table, days, version })
    await step('judge')
    await step('refresh', { version })
    return planned
  }
  const parts = async () => (await objects.list('warehouse/')).filter((name) => /\/merchant=m\/.*parquet/.test(name))
  return { objects, warehouse, clock, step, plan, make, night, parts, published: () => readPublished(objects, 'm') }
}

describe('a step', () => {
  test('that begins with what the day before ended with is refused until that is made', async () => {
    const { night, plan, step } = start()
    await night()
    const { version, tables } = await plan('2026-03-04')
    const [first, second] = tables.find(({ table }) => table === 'fact_inventory')!.days
    const makeDay = (day: string | undefined) => step('make-part', { table: 'fact_inventory', day, version })
    await expect(makeDay(second)).rejects.toThrow(`fact_inventory of ${first} was not made`)
    await makeDay(first)
    expect(await makeDay(second)).toMatchObject({ rowsOut: 1 })
  })

  test('publishes every table at once, and only once', async () => {
    const { night, step, warehouse, published } = start()
    const { version } = await night()
    expect(Object.keys((await published()).tables)).toHaveLength(NIGHTLY_TABLES.length)
    const { write } = warehouse.calls
    await step('refresh', { version })
    expect(await step('make-part', { table: 'dim_store', day: '', version })).toEqual({ rowsOut: 1 })
    expect([warehouse.calls.write, (await published()).number]).toEqual([write, 1])
  })

  test('leaves what others have published while it was checked', async () => {
    const { plan, make, step, objects, published } = start()
    const planned = await plan()
    await make(planned)
    await step('load', planned)
    for (const { table, days } of planned.tables) await step('check-table', { table, days, version: planned.version })
    const before = await published()
    const made = { table: 'fact_other', day: '2026-03-02', version: 'made-1', rows: 3 }
    await publishWarehouse(objects, before, withPart(before, made), 0)
    await step('refresh', planned)
    const { tables, number } = await published()
    expect([tables.fact_other!['2026-03-02'], number]).toEqual([{ version: 'made-1', rows: 3 }, 2])
    expect(Object.keys(tables)).toHaveLength(NIGHTLY_TABLES.length + 1)
  })

  test('puts nothing together while a part is missing', async () => {
    const { plan, make, step, published } = start()
    const planned = await plan()
    const tables = planned.tables.filter(({ table }) => table !== 'dim_store')
    await make({ ...planned, tables })
    await expect(step('load', { version: planned.version })).rejects.toThrow('dim_store of 2026-03-01 was not made')
    expect((await published()).number).toBe(0)
  })

  test('with a hard check that fails stops the night, and says which', async () => {
    const { plan, make, step, warehouse, published } = start()
    const planned = await plan()
    await make(planned)
    await step('load', planned)
    warehouse.failing = 1
    const { about } = await step('check-table', { table: 'fact_sales', days: ['2026-03-01'], version: planned.version })
    expect(about).toMatchObject({ passed: 2, failed: expect.any(Number) })
    await expect(step('judge')).rejects.toThrow(/^fact_sales of 2026-03-01, .*: 1, against 0; .*; and \d+ more$/)
    expect((await published()).number).toBe(0)
  })

  test('sweeps what a night that was given up has written, and no more goes on with that one', async () => {
    const { plan, make, night, step, parts, objects } = start()
    const given = await plan()
    await make(given)
    await step('load', { version: given.version })
    const left = await parts()
    const { version } = await night(undefined, true)
    expect(left.length).toBe(NIGHTLY_TABLES.length)
    expect((await parts()).filter((name) => left.includes(name))).toEqual([])
    expect(await objects.list('warehouse/drafts/')).toEqual([`warehouse/drafts/merchant=m/${version}.json`])
    await expect(step('refresh', { version: given.version })).rejects.toThrow('a later night has begun')
  })

  test('leaves what it replaces to its readers for a day', async () => {
    const { night, clock, parts } = start()
    const { version } = await night()
    const replaced = `warehouse/dim_store/merchant=m/version=${version}/part-0.parquet`
    clock.advance(1_000)
    await night('2026-03-02')
    expect(await parts()).toContain(replaced)
    clock.advance(DAY_MS)
    await night('2026-03-03')
    expect(await parts()).not.toContain(replaced)
    expect(await parts()).toContain(`warehouse/fact_sales/merchant=m/day=2026-03-01/version=${version}/part-0.parquet`)
  })
})

test('a day that is opened again opens the stock of all days after it, one after the other', () => {
  const run: WarehouseRun = {
    merchantId: 'm',
    settings: { values: {}, categories: {} },
    version: 'v',
    date: '2026-03-04',
    days: ['2026-03-02', '2026-03-04'],
    firstDate: '2026-03-01',
  }
  const parts = (name: string) => [partsOf(nightlyTable(name), run), partsAtOnce(nightlyTable(name))]
  expect(parts('fact_sales')).toEqual([['2026-03-02', '2026-03-04'], 2])
  expect(parts('fact_inventory')).toEqual([['2026-03-02', '2026-03-03', '2026-03-04'], 1])
  expect(parts('dim_product')).toEqual([[''], 1])
})
