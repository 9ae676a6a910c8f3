/**
 * The warehouse on one machine: DuckDB reads the files of a `FolderObjectStore` where they lie. Its queries run on threads of
 * its own, so the engine's thread waits for none of them; their memory is bounded, and what does not fit goes to the disk.
 */
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import type { ColumnType } from '#core/lake/raw-columns.ts'
import { withoutCovered } from '#core/lake/raw-compaction.ts'
import { checkObjectName } from '#core/object-name.ts'
import {
  type RunColumn,
  type TableColumn,
  type Warehouse,
  type WarehouseInput,
  type WarehouseQuery,
  WarehouseQueryError,
  type WarehouseRow,
} from '#core/ports.ts'
import { UNFINISHED } from './folder-object-store.ts'

export type DuckDbLimits = {
  readonly memoryMb: number
  readonly threads: number
  /** Of one of several on the same folder: each has a place of its own for what does not fit into memory. */
  readonly name?: string
  /** Gives its memory back when nothing is asked: opening it again takes some milliseconds. */
  readonly closesWhenIdle?: true
}
/** Beside the engine on two cores: SQL takes one of them, and no more memory than the engine's own rows. */
const LIMITS: DuckDbLimits = { memoryMb: 1_024, threads: 1 }

const SQL_TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'VARCHAR',
  json: 'VARCHAR',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP',
  date: 'DATE',
}

const STOPPING = 'the engine stops: do it again when it runs'

/** The one file of a folder that it writes. */
const PART = 'part-0.parquet'

export class DuckDbWarehouse implements Warehouse {
  private readonly folder: string
  private readonly limits: DuckDbLimits
  /** Where queries put what does not fit into memory: beside the objects, on the same disk. */
  private readonly spill: string
  private opening: Promise<DuckDBInstance> | undefined
  private written = 0
  private users = 0
  private readonly active = new Set<DuckDBConnection>()
  private isStopped = false

  /** `folder`: the object store's. DuckDB is loaded at the first query. */
  constructor(folder: string, limits: DuckDbLimits = LIMITS) {
    this.folder = folder
    this.limits = limits
    this.spill = `${resolve(folder)}.spill${limits.name ?? ''}`
  }

  async write(query: WarehouseQuery, folder: string, columns: readonly TableColumn[]): Promise<{ rows: number }> {
    const into = this.pathOf(folder)
    const unfinished = join(this.folder, `${UNFINISHED}${process.pid}-${this.written++}.parquet`)
    return this.connected(query, async (connection) => {
      try {
        const copy = `copy (\n${query.sql}\n) to ${literal(unfinished)} (format parquet, compression zstd)`
        const [rows] = (await connection.runAndReadAll(copy)).getRowsJS()[0]!
        await checkColumns(connection, unfinished, columns)
        await sync(unfinished)
        await mkdir(into, { recursive: true })
        await rename(unfinished, join(into, PART))
        // Folders stay: somebody may be listing the objects.
        for (const name of await readdir(into)) if (name !== PART) await rm(join(into, name), { force: true })
        return { rows: Number(rows) }
      } catch (error) {
        await rm(unfinished, { force: true })
        throw error
      }
    })
  }

  async ask(query: WarehouseQuery, most: { rows: number; ms: number }): Promise<readonly WarehouseRow[]> {
    return this.connected(query, async (connection) => {
      let isLate = false
      const timer = setTimeout(() => {
        isLate = true
        connection.interrupt()
      }, most.ms)
      try {
        const found = await connection.streamAndReadUntil(query.sql, most.rows + 1)
        if (found.currentRowCount > most.rows) throw new WarehouseQueryError(`there are more than ${most.rows} rows`)
        const isDate = found.columnTypes().map((type) => String(type) === 'DATE')
        const names = found.columnNames()
        return found
          .getRowsJS()
          .map((row) => Object.fromEntries(row.map((value, i) => [names[i]!, plain(value, isDate[i]!)])))
      } catch (error) {
        throw isLate ? new WarehouseQueryError(`it took longer than ${most.ms} ms`) : error
      } finally {
        clearTimeout(timer)
      }
    })
  }

  /** Gives up what is being asked and written, and whatever is asked from now on: the program ends. */
  stop(): void {
    this.isStopped = true
    for (const connection of this.active) connection.interrupt()
  }

  /** Ends the engine; a query afterwards opens it again. */
  async close(): Promise<void> {
    const instance = await this.opening
    this.opening = undefined
    instance?.closeSync()
    await rm(this.spill, { recursive: true, force: true })
  }

  /** On a connection of its own that knows the query's tables. */
  private async connected<T>(query: WarehouseQuery, act: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    this.users++
    try {
      return await this.onConnection(query, act)
    } finally {
      this.users--
      // Before anything is awaited: whoever comes now opens another one.
      if (this.users === 0 && this.limits.closesWhenIdle) {
        const { opening } = this
        this.opening = undefined
        ;(await opening)?.closeSync()
      }
    }
  }

  private async onConnection<T>(
    { run, inputs }: WarehouseQuery,
    act: (connection: DuckDBConnection) => Promise<T>,
  ): Promise<T> {
    const instance = await (this.opening ??= this.start())
    const connection = await instance.connect()
    this.active.add(connection)
    try {
      if (this.isStopped) throw new Error(STOPPING)
      await giveRun(connection, run)
      for (const input of inputs) await connection.run(viewOf(input, await this.filesOf(input)))
      return await act(connection)
    } catch (error) {
      if (this.isStopped) throw new Error(STOPPING)
      if (error instanceof WarehouseQueryError || !isRefusal(error)) throw error
      throw new WarehouseQueryError((error as Error).message, { cause: error })
    } finally {
      this.active.delete(connection)
      connection.closeSync()
    }
  }

  private async start(): Promise<DuckDBInstance> {
    const { DuckDBInstance } = await import('@duckdb/node-api')
    await mkdir(this.folder, { recursive: true })
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: `${this.limits.memoryMb}MB`,
      threads: String(this.limits.threads),
      temp_directory: this.spill,
      preserve_insertion_order: 'false',
    })
    const connection = await instance.connect()
    // As Trino has it; and no query reaches beyond the objects, or changes these.
    for (const setting of [
      "timezone = 'UTC'",
      'integer_division = true',
      `allowed_directories = [${literal(this.folder)}]`,
      'enable_external_access = false',
      'lock_configuration = true',
    ])
      await connection.run(`set global ${setting}`)
    connection.closeSync()
    return instance
  }

  private async filesOf({ folders }: WarehouseInput): Promise<string[]> {
    const found = await Promise.all(folders.map(async (folder) => parquetFilesIn(this.pathOf(folder))))
    return [...withoutCovered(found.flat())]
  }

  private pathOf(folder: string): string {
    if (!folder.endsWith('/')) throw new RangeError(`${folder} is no folder: it ends without /`)
    checkObjectName(folder.slice(0, -1))
    return join(this.folder, folder)
  }
}

async function parquetFilesIn(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.parquet'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** The columns that are asked for, by their types, whatever the files have. */
function viewOf({ table, columns }: WarehouseInput, files: readonly string[]): string {
  const typed = (value: (name: string) => string) =>
    columns.map(({ name, type }) => `cast(${value(quoted(name))} as ${SQL_TYPES[type]}) as ${quoted(name)}`).join(', ')
  const none = `select ${typed(() => 'null')} where false`
  if (files.length === 0) return `create temp view ${quoted(table)} as ${none}`
  const list = files.map(literal).join(', ')
  const some = `select * from read_parquet([${list}], union_by_name = true, hive_partitioning = false)`
  return `create temp view ${quoted(table)} as select ${typed((name) => name)} from (${none} union all by name ${some})`
}

async function giveRun(connection: DuckDBConnection, run: readonly RunColumn[]): Promise<void> {
  if (run.length === 0) return
  const columns = run.map(({ name, type }) => `${quoted(name)} ${SQL_TYPES[type]}`)
  await connection.run(`create temp table run (${columns.join(', ')})`)
  const values = run.map(({ type }, i) => `cast($${i + 1} as ${SQL_TYPES[type]})`)
  await connection.run(
    `insert into run values (${values.join(', ')})`,
    run.map(({ value }) => (typeof value === 'number' ? String(value) : value)),
  )
}

/** As they came out: a sum that was not cast is a DOUBLE there. */
async function checkColumns(
  connection: DuckDBConnection,
  file: string,
  columns: readonly TableColumn[],
): Promise<void> {
  const described = (await connection.runAndReadAll(`describe select * from ${literal(file)}`)).getRowsJS()
  const made = described.map(([name, type]) => `${name} ${type}`).join(', ')
  const wanted = columns.map(({ name, type }) => `${name} ${SQL_TYPES[type]}`).join(', ')
  if (made !== wanted) throw new WarehouseQueryError(`the SELECT makes ${made}; declared are ${wanted}`)
}

function plain(value: unknown, isDate: boolean): WarehouseRow[string] {
  if (typeof value === 'bigint') {
    if (Number.isSafeInteger(Number(value))) return Number(value)
    throw new WarehouseQueryError(`${value} is more than a number holds exactly`)
  }
  if (value instanceof Date) return isDate ? value.toISOString().slice(0, 10) : value.toISOString()
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  throw new WarehouseQueryError(`a column holds ${Object.prototype.toString.call(value)}: cast it to a plain type`)
}

/** The engine's own words, as against a disk that fails. */
const isRefusal = (error: unknown): boolean =>
  /^(Binder|Catalog|Conversion|Constraint|Invalid Input|Not implemented|Out of Memory|Out of Range|Parser|Permission|INTERRUPT|Interrupt) ?\w* ?Error/i.test(
    (error as Error).message,
  )

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.datasync()
  } finally {
    await file.close()
  }
}
