/** Tables of the warehouse, taken along: each viewer gets the rows that they may see, read back with DuckDB. */
import { afterAll, expect, test } from 'vitest'
import { DuckDbWarehouse } from '#adapters/embedded/duckdb-warehouse.ts'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import { WAREHOUSE_TABLES } from '#core/lake/warehouse-tables.ts'
import type { ObjectStore, Viewer, Warehouse, WarehouseRow } from '#core/ports.ts'
import { handler } from '#functions/export-table/handler.ts'
import { sweepExports } from '#runtime/export-table.ts'
import { OBJECT_HEADER } from '#runtime/object-reply.ts'
import type { Ports } from '#runtime/ports.ts'
import { ObjectLakeWriter } from '#runtime/write-stretch.ts'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { EngineInTest, type Happening } from '#test/fakes/engine-in-test.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { ask, portsInTest } from '#test/fakes/ports-in-test.ts'
import { runChain } from '#test/fakes/run-chain.ts'

const closing: (() => Promise<void>)[] = []
afterAll(() => Promise.all(closing.map((close) => close())))

const NOW = '2026-03-04T09:00:00Z'
const viewer = (more: Partial<Viewer> = {}): Viewer => ({ merchantId: 'm', subject: 'x', role: 'analyst', ...more })
const ofStores = (...stores: string[]) => viewer({ role: 'store-manager', stores })

async function newWarehouse(...happenings: Happening[]) {
  const engine = new EngineInTest({ shards: 2 })
  const folder = temporaryFolder()
  const objects = new FolderObjectStore(folder)
  const warehouse = new DuckDbWarehouse(folder)
  closing.push(() => warehouse.close())
  const asked = { write: 0 }
  const counting: Warehouse = {
    write: (...args) => {
      asked.write++
      return warehouse.write(...args)
    },
    ask: (...args) => warehouse.ask(...args),
  }
  const lake = new ObjectLakeWriter(objects)
  const night = (time = NOW) =>
    runChain('nightly', {
      log: Object.assign(new MemoryEventLog(2), engine.log),
      state: engine.store,
      lake,
      objects,
      warehouse,
      clock: new FixedClock(time),
    })
  if (happenings.length > 0) {
    await engine.take(...happenings)
    await night()
  }
  const clock = new FixedClock(NOW)
  const ports = portsInTest({ objects, exports: counting, clock })
  const get = (file: string, who: Viewer, headers = {}, given: Ports = ports) =>
    ask(handler, given, 'GET /export/{file}', { viewer: who, params: { file }, headers })
  /** Rows of an exported table. */
  const rowsOf = async (table: string, who: Viewer): Promise<readonly WarehouseRow[]> => {
    const { status, reply } = await get(`${table}.parquet`, who)
    expect(status).toBe(200)
    const name = String(reply.headers![OBJECT_HEADER])
    const { columns } = WAREHOUSE_TABLES.find((one) => one.name === table)!
    const input = { table: 'exported', columns, folders: [name.slice(0, name.lastIndexOf('/') + 1)] }
    return warehouse.ask({ sql: 'select * from exported', run: [], inputs: [input] }, { rows: 1_000, ms: 10_000 })
  }
  return { engine, objects, ports, clock, asked, night, get, rowsOf }
}

let orders = 0
const sale = (storeId: string, day: string, customer: string, merchantId = 'm'): Happening => {
  const id = `o${orders++}`
  const data = { orderId: id, productId: 'p', quantity: 1, unitPriceMinor: 250, currency: 'INR', customer }
  return { type: 'sale.recorded', id, storeId, merchantId, at: `2026-03-${day}T10:00:00Z`, data }
}
const listed: Happening = {
  type: 'product.listed',
  at: '2026-03-01T10:00:00Z',
  data: { productId: 'p', title: 'Lamp', unitCostMinor: 99, currency: 'INR', supplierId: 'maker' },
}
const placed: Happening = {
  type: 'purchase-order.placed',
  storeId: 'delhi',
  at: '2026-03-01T10:00:00Z',
  data: { purchaseOrderId: 'PO', supplierId: 'maker', productId: 'p', quantity: 5 },
}
const shop = () =>
  newWarehouse(
    listed,
    placed,
    sale('jaipur', '02', 'c_1'),
    sale('jaipur', '03', 'c_1'),
    sale('delhi', '02', 'c_1'),
    sale('delhi', '03', 'c_2'),
    sale('del', '03', 'c_3'),
    sale('jaipur', '03', 'c_4', 'n'),
  )
const counted = (rows: readonly WarehouseRow[], column: string) => {
  const counts: Record<string, number> = {}
  for (const row of rows) counts[String(row[column])] = (counts[String(row[column])] ?? 0) + 1
  return counts
}

test('facts and stores are of the stores that one may see, and of no other merchant', async () => {
  const { rowsOf } = await shop()
  expect(counted(await rowsOf('fact_sales', viewer()), 'store_id')).toEqual({ jaipur: 2, delhi: 2, del: 1 })
  expect(counted(await rowsOf('fact_sales', ofStores('jaipur')), 'store_id')).toEqual({ jaipur: 2 })
  expect(counted(await rowsOf('fact_sales', ofStores('delhi', 'jaipur')), 'store_id')).toEqual({ jaipur: 2, delhi: 2 })
  expect(await rowsOf('fact_sales', ofStores('elsewhere', 'jaipur,delhi', 'ja%'))).toEqual([])
  expect(await rowsOf('fact_sales', ofStores())).toEqual([])
  expect(counted(await rowsOf('dim_store', ofStores('delhi')), 'store_id')).toEqual({ delhi: 1 })
  expect((await rowsOf('fact_inventory', ofStores('del'))).every((row) => row.store_id === 'del')).toBe(true)
  expect(await rowsOf('fact_sales', viewer({ merchantId: 'n' }))).toEqual([])
})

test('customers are as if there were no other stores', async () => {
  const { rowsOf } = await shop()
  const of = async (who: Viewer) =>
    Object.fromEntries((await rowsOf('dim_customer', who)).map((row) => [row.customer, [row.orders, row.stores]]))
  expect(await of(viewer())).toEqual({ c_1: [3, 2], c_2: [1, 1], c_3: [1, 1] })
  expect(await of(ofStores('jaipur'))).toEqual({ c_1: [2, 1] })
  expect(await of(ofStores('delhi'))).toEqual({ c_1: [1, 1], c_2: [1, 1] })
})

test('what is the whole merchant’s is left out: costs, and what was ordered', async () => {
  const { rowsOf } = await shop()
  const cost = async (who: Viewer) => (await rowsOf('dim_product', who)).map((row) => [row.title, row.unit_cost_minor])
  const supplier = async (who: Viewer) =>
    (await rowsOf('dim_supplier', who)).map((row) => [row.supplier_id, row.ordered_units])
  expect([await cost(viewer()), await supplier(viewer())]).toEqual([[['Lamp', 99]], [['maker', 5]]])
  expect([await cost(ofStores('del')), await supplier(ofStores('del'))]).toEqual([[['Lamp', null]], [['maker', null]]])
})

test('every table is there for everybody, without rows before the first night', async () => {
  const { rowsOf } = await newWarehouse()
  for (const { name } of WAREHOUSE_TABLES)
    for (const who of [viewer(), ofStores('jaipur')]) expect(await rowsOf(name, who)).toEqual([])
})

test('the tag stays until another night is published, and differs by stores; nothing is made twice', async () => {
  const { engine, asked, night, get } = await shop()
  const tagOf = async (who: Viewer) => String((await get('fact_sales.parquet', who)).reply.headers!.etag)
  const tag = await tagOf(viewer())
  expect(await tagOf(viewer({ role: 'owner', subject: 'y' }))).toBe(tag)
  expect(asked.write).toBe(1)
  expect(await tagOf(ofStores('del', 'jaipur'))).toBe(await tagOf(ofStores('jaipur', 'del')))
  expect(asked.write).toBe(2)
  expect(await tagOf(ofStores('jaipur'))).not.toBe(await tagOf(ofStores('delhi')))
  const writes = asked.write
  expect((await get('fact_sales.parquet', viewer(), { 'if-none-match': tag })).status).toBe(304)
  expect((await get('fact_sales.parquet', ofStores('jaipur'), { 'if-none-match': tag })).status).toBe(200)
  expect(asked.write).toBe(writes)
  await engine.take(sale('jaipur', '04', 'c_1'))
  await night('2026-03-05T09:00:00Z')
  expect(await tagOf(viewer())).not.toBe(tag)
})

test('what was made is deleted when its hour and the next are over', async () => {
  const { objects, ports, clock, get } = await shop()
  await get('fact_sales.parquet', viewer())
  clock.set('2026-03-04T10:59:59Z')
  await sweepExports(ports)
  expect(await objects.list('exports/')).toHaveLength(1)
  clock.set('2026-03-04T11:00:00Z')
  await sweepExports(ports)
  expect(await objects.list('exports/')).toEqual([])
})

test('where objects have links, one is answered; where nothing makes a warehouse, that', async () => {
  const { ports, objects, get } = await shop()
  const linked: ObjectStore = Object.assign(Object.create(objects), {
    link: async (name: string, { fileName, seconds }: { fileName: string; seconds: number }) =>
      `https://objects.example/${name}?for=${seconds}&as=${fileName}`,
  })
  const { status, reply } = await get('fact_sales.parquet', viewer(), {}, { ...ports, objects: linked })
  expect([status, reply.headers!.location, reply.headers![OBJECT_HEADER]]).toEqual([
    303,
    expect.stringMatching(/^https:\/\/objects.example\/exports\/.*\?for=300&as=fact_sales.parquet$/),
    undefined,
  ])
  expect((await get('fact_sales.parquet', viewer(), {}, { ...ports, exports: undefined })).status).toBe(404)
  expect((await get('published.parquet', viewer())).status).toBe(404)
  expect((await get('..', viewer())).status).toBe(404)
})
