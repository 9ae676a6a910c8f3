/**
 * DuckDB inside a function, over objects that lie elsewhere: what a query reads is fetched to the function's own disk first,
 * and what it writes is put from there. It ends where that disk, memory or the function's time does: AthenaWarehouse goes on.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { withoutCovered } from '#core/lake/raw-compaction.ts'
import type { ObjectStore, TableColumn, Warehouse, WarehouseInput, WarehouseQuery, WarehouseRow } from '#core/ports.ts'
import { type DuckDbLimits, DuckDbWarehouse } from '../embedded/duckdb-warehouse.ts'
import { replaceFolder } from './replace-folder.ts'

/** Objects that are fetched at the same time. */
const FETCHED_AT_ONCE = 16
/** Small raw objects become a larger one now and then: what was listed may be gone when it is fetched. */
const LISTINGS = 3

export class StagedDuckDbWarehouse implements Warehouse {
  private readonly objects: ObjectStore
  private readonly limits: DuckDbLimits
  private readonly disk: string

  /** `disk`: a folder on it. */
  constructor(objects: ObjectStore, limits: DuckDbLimits, disk = tmpdir()) {
    this.objects = objects
    this.limits = limits
    this.disk = disk
  }

  write(query: WarehouseQuery, folder: string, columns: readonly TableColumn[]): Promise<{ readonly rows: number }> {
    return this.staged(query, async (warehouse, at) => {
      const made = await warehouse.write(query, WRITTEN, columns)
      const bytes = await readFile(join(at, WRITTEN, 'part-0.parquet'))
      await replaceFolder(this.objects, folder, new Map([['part-0.parquet', bytes]]))
      return made
    })
  }

  ask(query: WarehouseQuery, most: { readonly rows: number; readonly ms: number }): Promise<readonly WarehouseRow[]> {
    return this.staged(query, (warehouse) => warehouse.ask(query, most))
  }

  /** With a folder and an engine of the query's own, both gone afterwards. */
  private async staged<T>(
    query: WarehouseQuery,
    act: (warehouse: DuckDbWarehouse, at: string) => Promise<T>,
  ): Promise<T> {
    await sweptOnce(this.disk)
    const at = await mkdtemp(join(this.disk, `${FOLDER}${process.pid}-`))
    const warehouse = new DuckDbWarehouse(at, this.limits)
    try {
      for (const input of query.inputs) await this.fetchInput(input, at)
      return await act(warehouse, at)
    } finally {
      await warehouse.close()
      await rm(at, { recursive: true, force: true })
    }
  }

  private async fetchInput(input: WarehouseInput, at: string): Promise<void> {
    const there = new Set<string>()
    for (let listing = 1; ; listing++) {
      const names = await objectsOf(this.objects, input)
      const gone = await this.fetchAll(
        names.filter((name) => !there.has(name)),
        at,
        there,
      )
      if (gone === undefined) return
      if (listing === LISTINGS) throw new Error(`${gone} was listed and is not there`)
    }
  }

  /** The name of one that is not there. What lies here beside what covers it is left out by whoever reads it. */
  private async fetchAll(names: readonly string[], at: string, there: Set<string>): Promise<string | undefined> {
    const waiting = [...names]
    let gone: string | undefined
    const fetchSome = async (): Promise<void> => {
      for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
        const bytes = await this.objects.get(name)
        if (bytes === undefined) gone = name
        else {
          await mkdir(dirname(join(at, name)), { recursive: true })
          await writeFile(join(at, name), bytes)
          there.add(name)
        }
      }
    }
    await Promise.all(Array.from({ length: FETCHED_AT_ONCE }, fetchSome))
    return gone
  }
}

/** Of a query; behind it the process that made it, and letters by chance. */
const FOLDER = 'counterflow-sql-'

/** By disk: of this process, what lies there afterwards is its own. */
const swept = new Map<string, Promise<void>>()

function sweptOnce(disk: string): Promise<void> {
  let sweeping = swept.get(disk)
  if (sweeping !== undefined) return sweeping
  sweeping = sweepLeftBehind(disk).catch((error) => {
    swept.delete(disk)
    throw error
  })
  swept.set(disk, sweeping)
  return sweeping
}

/**
 * Deletes what processes that are gone have left behind: a function that is ended in the middle of a query begins again on the
 * same disk, and may have the same number.
 */
async function sweepLeftBehind(disk: string): Promise<void> {
  for (const name of await readdir(disk)) {
    const [, pid] = name.startsWith(FOLDER) ? (/^(\d+)-/.exec(name.slice(FOLDER.length)) ?? []) : []
    if (pid === undefined || (Number(pid) !== process.pid && isAlive(Number(pid)))) continue
    await rm(join(disk, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Somebody else's lives.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Where a result lies until it is put. */
const WRITTEN = 'written-here/'

/** The Parquet objects of an input, each row in one of them. */
export async function objectsOf(objects: Pick<ObjectStore, 'list'>, { folders }: WarehouseInput): Promise<string[]> {
  const found = await Promise.all(folders.map((folder) => listFolder(objects, folder)))
  return [...withoutCovered(found.flat())]
}

async function listFolder(objects: Pick<ObjectStore, 'list'>, folder: string): Promise<string[]> {
  if (!folder.endsWith('/')) throw new RangeError(`${folder} is no folder: it ends without /`)
  return (await objects.list(folder)).filter((name) => name.endsWith('.parquet'))
}
