/** What every `Warehouse` promises. */
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  type ObjectStore,
  type TableColumn,
  type Warehouse,
  type WarehouseInput,
  WarehouseQueryError,
} from '#core/ports.ts'
import { type ParquetRow, parquetFile } from '#runtime/parquet.ts'

export type OpenWarehouse = {
  readonly warehouse: Warehouse
  readonly objects: ObjectStore
  readonly close: () => Promise<void>
}
export type WarehouseImplementation = { readonly name: string; readonly open: () => Promise<OpenWarehouse> }

const COLUMNS: readonly TableColumn[] = [
  { name: 'name', type: 'text' },
  { name: 'units', type: 'bigint' },
  { name: 'share', type: 'double' },
  { name: 'is_new', type: 'boolean' },
  { name: 'at', type: 'timestamp' },
  { name: 'day', type: 'date' },
]
const A: ParquetRow = ['é', 5, 0.5, true, '2026-03-02T10:00:00.123Z', '2026-03-02']
const NOTHING: ParquetRow = [null, null, null, null, null, null]
const MOST = { rows: 10, ms: 30_000 }

const input = (...folders: string[]): WarehouseInput => ({ table: 't', columns: COLUMNS, folders })

export function warehouseContract({ name, open }: WarehouseImplementation): void {
  const start = async () => {
    const opened = await open()
    onTestFinished(() => opened.close())
    const put = (object: string, rows: readonly ParquetRow[], columns = COLUMNS) =>
      opened.objects.put(object, parquetFile(columns, rows))
    const ask = (sql: string, ...folders: string[]) =>
      opened.warehouse.ask({ sql, run: [], inputs: [input(...folders)] }, MOST)
    return { ...opened, put, ask }
  }

  describe(`${name} is a warehouse`, () => {
    test('asks every object of the folders, each type as plain values', async () => {
      const { put, ask } = await start()
      await put('in/x/1.parquet', [A])
      await put('in/y/deep/2.parquet', [NOTHING])
      await put('elsewhere/3.parquet', [A, A])
      const rows = await ask('select * from t', 'in/x/', 'in/y/')
      const plain = (row: ParquetRow) => Object.fromEntries(COLUMNS.map((column, i) => [column.name, row[i]]))
      expect(rows).toHaveLength(2)
      expect(rows).toEqual(expect.arrayContaining([plain(A), plain(NOTHING)]))
    })

    test('a table without objects has no rows; a column that an older object lacks is null there', async () => {
      const { put, ask } = await start()
      expect(await ask('select * from t', 'none/')).toEqual([])
      expect(await ask('select count(*) as n from t')).toEqual([{ n: 0 }])
      await put('in/old.parquet', [['old']], COLUMNS.slice(0, 1))
      await put('in/new.parquet', [A])
      expect(await ask('select name, units from t order by 2', 'in/')).toEqual([
        { name: 'é', units: 5 },
        { name: 'old', units: null },
      ])
    })

    test('parameters are columns of run, whatever they hold', async () => {
      const { warehouse } = await start()
      const values = ["'); drop table run; --", -5, 0.1, false, '2026-03-02T10:00:00.123Z', '2026-03-02'] as const
      const run = COLUMNS.map((column, i) => ({ ...column, value: values[i]! }))
      const query = { sql: 'select * from run', run, inputs: [] }
      expect(await warehouse.ask(query, MOST)).toEqual([
        Object.fromEntries(run.map(({ name, value }) => [name, value])),
      ])
      const none = run.map((column) => ({ ...column, value: null }))
      expect(await warehouse.ask({ ...query, run: none }, MOST)).toEqual([
        Object.fromEntries(run.map(({ name }) => [name, null])),
      ])
    })

    test('writes what a SELECT makes, in place of what was there', async () => {
      const { warehouse, put, ask } = await start()
      await put('in/1.parquet', [A, NOTHING, A])
      const write = (sql: string) => warehouse.write({ sql, run: [], inputs: [input('in/')] }, 'out/', COLUMNS)
      expect(await write('select * from t')).toEqual({ rows: 3 })
      expect(await write('select * from t where units = 5')).toEqual({ rows: 2 })
      expect(await ask('select count(*) as n from t', 'out/')).toEqual([{ n: 2 }])
      expect(await write('select * from t where units = 6')).toEqual({ rows: 0 })
      expect(await ask('select * from t', 'out/')).toEqual([])
    })

    test.each([
      ['a column too few', 'select name, units, share, is_new, at from t'],
      ['another name', 'select name as title, units, share, is_new, at, day from t'],
      ['another type', 'select name, cast(units as double) as units, share, is_new, at, day from t'],
      ['another order', 'select units, name, share, is_new, at, day from t'],
      ['no SQL', 'select from where'],
      ['an unknown table', 'select * from nowhere'],
      ['a value that is none of its type', "select name, cast('x' as bigint) as units, share, is_new, at, day from t"],
    ])('refuses %s, and leaves what was there', async (_, sql) => {
      const { warehouse, put, ask, objects } = await start()
      await put('in/1.parquet', [A])
      const write = (text: string) => warehouse.write({ sql: text, run: [], inputs: [input('in/')] }, 'out/', COLUMNS)
      await write('select * from t')
      await expect(write(sql)).rejects.toThrow(WarehouseQueryError)
      expect(await ask('select name from t', 'out/')).toEqual([{ name: 'é' }])
      expect(await objects.list('')).toHaveLength(2)
    })

    test('answers as many rows as may be, and no more', async () => {
      const { warehouse, put } = await start()
      await put('in/1.parquet', [A, A, A])
      const query = { sql: 'select units from t', run: [], inputs: [input('in/')] }
      expect(await warehouse.ask(query, { rows: 3, ms: 30_000 })).toHaveLength(3)
      await expect(warehouse.ask(query, { rows: 2, ms: 30_000 })).rejects.toThrow(WarehouseQueryError)
    })

    test('gives up what takes too long, and answers the next', async () => {
      const { warehouse, put, ask } = await start()
      await put(
        'in/1.parquet',
        Array.from({ length: 3_000 }, () => A),
      )
      const sql = 'select count(*) as n from t a cross join t b cross join t c where a.units + b.units + c.units > 15'
      await expect(warehouse.ask({ sql, run: [], inputs: [input('in/')] }, { rows: 1, ms: 50 })).rejects.toThrow(
        /50 ms/,
      )
      expect(await ask('select count(*) as n from t', 'in/')).toEqual([{ n: 3_000 }])
    })

    test('a number that no number holds exactly is refused, not rounded', async () => {
      const { ask } = await start()
      await expect(ask('select cast(9007199254740993 as bigint) as n')).rejects.toThrow(WarehouseQueryError)
    })

    test('several at once do not see each other', async () => {
      const { warehouse, put } = await start()
      for (const n of [1, 2, 3, 4])
        await put(
          `in/${n}/1.parquet`,
          Array.from({ length: n }, () => A),
        )
      const run = (n: number) => [{ name: 'n', type: 'bigint' as const, value: n }]
      const sql = 'select max(n) as n, count(*) as rows from t cross join run'
      const answers = await Promise.all(
        [1, 2, 3, 4].map((n) => warehouse.ask({ sql, run: run(n), inputs: [input(`in/${n}/`)] }, MOST)),
      )
      expect(answers).toEqual([1, 2, 3, 4].map((n) => [{ n, rows: n }]))
    })
  })
}
