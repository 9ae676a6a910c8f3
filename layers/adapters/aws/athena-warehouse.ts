/**
 * The warehouse on Athena, for merchants whose nights outgrow a function. A query's inputs are copied, within S3, to a place
 * of its own, so that a table over that place holds exactly the objects that count; both are gone when it is over. What it
 * finds comes back in pages and is put as Parquet by whoever asked: Athena writes where it likes, and not in place of anything.
 */
import type { GlueClient } from '@aws-sdk/client-glue'
import {
  type IdSource,
  type ObjectStore,
  type TableColumn,
  type Warehouse,
  type WarehouseInput,
  type WarehouseQuery,
  WarehouseQueryError,
  type WarehouseRow,
} from '#core/ports.ts'
import { type AthenaPage, AthenaQueries, type AthenaQueriesOptions } from './athena-queries.ts'
import { checkColumns, plainValue } from './athena-rows.ts'
import { withRelations } from './athena-sql.ts'
import { GlueTables } from './glue-tables.ts'
import { replaceFolder } from './replace-folder.ts'
import { objectsOf } from './staged-duckdb-warehouse.ts'

/** Makes a Parquet file part by part; rows in the order of its columns. */
export type NewParquet = (columns: readonly TableColumn[]) => {
  add(rows: readonly (readonly unknown[])[]): void
  file(): Uint8Array
}
export type AthenaWarehouseOptions = AthenaQueriesOptions & {
  readonly objects: ObjectStore & { copy(from: string, to: string): Promise<boolean> }
  readonly glue: Pick<GlueClient, 'send'>
  readonly bucket: string
  readonly ids: IdSource
  readonly newParquet: NewParquet
  /** Until whoever asks is ended: what is not done some seconds before that is given up, and cleared away. */
  readonly remainingMs: () => number
}

/** Below it lies nothing that outlives a query: the bucket deletes after a day what one that was killed has left. */
export const ATHENA_FOLDER = 'athena/'
/** To clear away, and to put or tell what was found. */
const CLEARING_MS = 5_000
const COPIES_AT_ONCE = 16
const LISTINGS = 3
/** One row group of what is written. */
const ROWS_AT_ONCE = 50_000

export class AthenaWarehouse implements Warehouse {
  private readonly options: AthenaWarehouseOptions
  private readonly queries: AthenaQueries
  private readonly tables: GlueTables

  constructor(options: AthenaWarehouseOptions) {
    this.options = options
    this.queries = new AthenaQueries(options)
    this.tables = new GlueTables(options.glue, options.database)
  }

  write(query: WarehouseQuery, folder: string, columns: readonly TableColumn[]): Promise<{ readonly rows: number }> {
    return this.answered(query, Number.POSITIVE_INFINITY, async (pages) => {
      const parquet = this.options.newParquet(columns)
      let [rows, waiting]: [number, unknown[][]] = [0, []]
      for await (const page of pages) {
        checkColumns(page.columns, columns)
        rows += page.rows.length
        waiting.push(...page.rows.map((row) => row.map((text, i) => plainValue(page.columns[i]!, text))))
        if (waiting.length >= ROWS_AT_ONCE) parquet.add(waiting.splice(0))
      }
      parquet.add(waiting)
      await replaceFolder(this.options.objects, folder, new Map([['part-0.parquet', parquet.file()]]))
      return { rows }
    })
  }

  ask(query: WarehouseQuery, most: { readonly rows: number; readonly ms: number }): Promise<readonly WarehouseRow[]> {
    return this.answered(query, most.ms, async (pages) => {
      const found: WarehouseRow[] = []
      for await (const { columns, rows } of pages) {
        for (const row of rows)
          found.push(Object.fromEntries(row.map((text, i) => [columns[i]!.Name!, plainValue(columns[i]!, text)])))
        if (found.length > most.rows) throw new WarehouseQueryError(`there are more than ${most.rows} rows`)
      }
      return found
    })
  }

  private async answered<T>(
    { sql, run, inputs }: WarehouseQuery,
    mostMs: number,
    read: (pages: AsyncGenerator<AthenaPage>) => Promise<T>,
  ): Promise<T> {
    const { bucket, ids, remainingMs, now = Date.now } = this.options
    const ms = Math.max(0, Math.min(mostMs, remainingMs() - CLEARING_MS))
    const endsAt = now() + ms
    const left = (): number => {
      if (now() < endsAt) return endsAt - now()
      throw new WarehouseQueryError(`it took longer than ${ms} ms`)
    }
    const id = `q_${ids
      .next()
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, '')}`
    const own = `${ATHENA_FOLDER}${id}/`
    const named = inputs.map((input, i) => ({ input, name: `${id}_${i}`, folder: `${own}${i}/` }))
    try {
      const made = named.map(async ({ input, name, folder }) => {
        await this.copyInput(input, folder, left)
        await this.tables.create(name, input.columns, `s3://${bucket}/${folder}`)
      })
      // None is being made any more when they are deleted.
      await Promise.allSettled(made)
      await Promise.all(made)
      left()
      const found = await this.queries.run(withRelations(sql, named, run), ms, endsAt)
      return await read(inTime(this.queries.pages(found), left))
    } finally {
      await this.tables.delete(named.map(({ name }) => name))
      await this.deleteUnder(own)
    }
  }

  /** Exactly what counts. Small raw objects become a larger one now and then: then they are listed anew. */
  private async copyInput(input: WarehouseInput, folder: string, left: () => number): Promise<void> {
    for (let listing = 1; ; listing++) {
      const waiting = [...(await objectsOf(this.options.objects, input)).entries()]
      let gone: string | undefined
      const copySome = async (): Promise<void> => {
        for (let next = waiting.pop(); next !== undefined && gone === undefined; next = waiting.pop()) {
          left()
          const [i, name] = next
          if (!(await this.options.objects.copy(name, `${folder}${i}.parquet`))) gone = name
        }
      }
      const copiers = await Promise.allSettled(Array.from({ length: COPIES_AT_ONCE }, copySome))
      for (const copier of copiers) if (copier.status === 'rejected') throw copier.reason
      // Every column is in one object at least, whatever the others lack.
      if (gone === undefined) return this.options.objects.put(`${folder}columns.parquet`, this.emptyOf(input))
      if (listing === LISTINGS) throw new Error(`${gone} was listed and is not there`)
      await this.deleteUnder(folder)
    }
  }

  private emptyOf({ columns }: WarehouseInput): Uint8Array {
    const parquet = this.options.newParquet(columns)
    parquet.add([])
    return parquet.file()
  }

  private async deleteUnder(folder: string): Promise<void> {
    const { objects } = this.options
    for (const name of await objects.list(folder)) await objects.delete(name)
  }
}

async function* inTime(pages: AsyncGenerator<AthenaPage>, left: () => number): AsyncGenerator<AthenaPage> {
  for await (const page of pages) {
    left()
    yield page
  }
}
