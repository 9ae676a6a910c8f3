/**
 * A table of the warehouse as one Parquet object for one viewer: the published version, the rows that they may see. What
 * was made for the same table, version and stores within the hour is given again.
 */
import { hash } from 'node:crypto'
import { type ExportWay, exportWay, storesAsText } from '#core/access/export-scope.ts'
import { EXPORTS, exportFolder, isExportOver } from '#core/lake/export-names.ts'
import { foldersOf, type Published } from '#core/lake/published.ts'
import type { WarehouseTable } from '#core/lake/warehouse-table.ts'
import { NIGHTLY_TABLES, WAREHOUSE_TABLES } from '#core/lake/warehouse-tables.ts'
import type { Viewer, Warehouse, WarehouseInput } from '#core/ports.ts'
import { HttpError } from './http-handler.ts'
import type { Ports } from './ports.ts'
import { readPublished } from './published-warehouse.ts'
import type { SqlFiles } from './warehouse-sql.ts'

type ExportPorts = Pick<Ports, 'objects' | 'clock'> & { readonly warehouse: Warehouse; readonly sql: SqlFiles }

/** What is asked for. `tag`: the same while the same rows would be answered, to a viewer with the same stores. */
export type Export = {
  readonly table: WarehouseTable
  readonly way: ExportWay
  readonly published: Published
  readonly tag: string
}

/** `file`: `fact_sales.parquet`. @throws HttpError 404 there is none of that name; 403 it is for those who see all stores. */
export async function findExport(objects: Ports['objects'], viewer: Viewer, file: string): Promise<Export> {
  const name = /^(\w+)\.parquet$/.exec(file)?.[1]
  const table = WAREHOUSE_TABLES.find((one) => one.name === name)
  if (table === undefined)
    throw new HttpError(404, `There is no ${file}: ${WAREHOUSE_TABLES.map((one) => `${one.name}.parquet`).join(', ')}`)
  const way = exportWay(viewer, table)
  if (way === undefined) throw new HttpError(403, `${table.name} is for those who see all stores`)
  const published = await readPublished(objects, viewer.merchantId)
  const stores = viewer.stores === undefined ? null : [...viewer.stores].sort()
  const columns = table.columns.map(({ name: column, type }) => [column, type])
  const parts = JSON.stringify([viewer.merchantId, table.name, columns, published.number, stores])
  return { table, way, published, tag: hash('sha256', parts, 'hex').slice(0, 32) }
}

/** The object's name; it is there for an hour at least. @throws WarehouseQueryError */
export async function makeExport(ports: ExportPorts, viewer: Viewer, found: Export): Promise<string> {
  const folder = exportFolder(ports.clock.now(), found.tag)
  const [made] = await ports.objects.list(folder)
  if (made !== undefined) return made
  const stores =
    viewer.stores === undefined ? [] : [{ name: 'stores', type: 'text' as const, value: storesAsText(viewer.stores) }]
  const inputs: WarehouseInput[] = []
  // What customers are made of is all of them.
  if (found.way !== 'customers-of-stores')
    inputs.push(inputOf('exported', found.table, foldersOf(found.published, found.table.name)))
  for (const table of FACTS_OF[found.way] ?? []) inputs.push(await factsIn(ports, viewer, table))
  const sql = await ports.sql(found.way === 'customers-of-stores' ? CUSTOMERS.sql : `export-${found.way}`)
  await ports.warehouse.write({ sql, run: stores, inputs }, folder, found.table.columns)
  const [name] = await ports.objects.list(folder)
  return name!
}

const inputOf = (table: string, { columns }: WarehouseTable, folders: readonly string[]): WarehouseInput => ({
  table,
  columns,
  folders,
})

const tablesOf = (name: string): string[] =>
  NIGHTLY_TABLES.find((table) => table.name === name)!.inputs.flatMap((input) => ('table' in input ? input.table : []))
const CUSTOMERS = NIGHTLY_TABLES.find(({ name }) => name === 'dim_customer')!

/** What the rows of some stores are told by: as much of these tables as the viewer may see. */
const FACTS_OF: Readonly<Partial<Record<ExportWay, readonly string[]>>> = {
  // As they would be if the viewer's stores were all that there are.
  'customers-of-stores': tablesOf('dim_customer'),
  'products-of-stores': tablesOf('dim_product'),
}

async function factsIn(ports: ExportPorts, viewer: Viewer, table: string): Promise<WarehouseInput> {
  const found = await findExport(ports.objects, viewer, `${table}.parquet`)
  const name = await makeExport(ports, viewer, found)
  return inputOf(table, found.table, [name.slice(0, name.lastIndexOf('/') + 1)])
}

/** Deletes what was made some time ago. */
export async function sweepExports({ objects, clock }: Pick<Ports, 'objects' | 'clock'>): Promise<void> {
  for (const name of await objects.list(EXPORTS)) if (isExportOver(name, clock.now())) await objects.delete(name)
}
