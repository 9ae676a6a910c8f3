import type { ObjectStore, TableColumn, Warehouse, WarehouseQuery, WarehouseRow } from '#core/ports.ts'

/** Writes an object for each part and answers checks as if all were well. It counts what it is asked. */
export class WarehouseInTest implements Warehouse {
  readonly calls = { write: 0, ask: 0 }
  /** What every check that looks for rows that fail has found. */
  failing = 0
  private readonly objects: Pick<ObjectStore, 'put'>
  constructor(objects: Pick<ObjectStore, 'put'>) {
    this.objects = objects
  }

  async write(_query: WarehouseQuery, folder: string, _columns: readonly TableColumn[]): Promise<{ rows: number }> {
    this.calls.write++
    await this.objects.put(`${folder}part-0.parquet`, new Uint8Array(4))
    return { rows: 1 }
  }

  async ask({ sql }: WarehouseQuery): Promise<readonly WarehouseRow[]> {
    this.calls.ask++
    const columns = [...sql.matchAll(/^ {2}\((.*)\) as (c\d+),?$/gm)]
    const isCount = (select: string) => /^select count\(\*\) from \w+$/.test(select)
    return [Object.fromEntries(columns.map(([, select, name]) => [name, isCount(select!) ? 1_000 : this.failing]))]
  }
}
