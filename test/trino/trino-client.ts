/** Statements to a Trino, by its REST protocol (https://trino.io/docs/current/develop/client-protocol.html). */
import type { ColumnType } from '#core/lake/raw-columns.ts'
import type { TableColumn, WarehouseRow } from '#core/ports.ts'

const TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'varchar',
  json: 'varchar',
  bigint: 'bigint',
  double: 'double',
  boolean: 'boolean',
  timestamp: 'timestamp(3)',
  date: 'date',
}

type Answer = {
  readonly nextUri?: string
  readonly columns?: readonly { readonly name: string; readonly type: string }[]
  readonly data?: readonly (readonly unknown[])[]
  readonly error?: { readonly message: string }
}

export class Trino {
  private readonly url: string
  constructor(url: string) {
    this.url = url
  }

  /** Rows as the `Warehouse` port has them. @throws Error with Trino's words. */
  async ask(sql: string, schema = 'default'): Promise<WarehouseRow[]> {
    const rows: WarehouseRow[] = []
    const headers = {
      'x-trino-user': 'test',
      'x-trino-time-zone': 'UTC',
      'x-trino-catalog': 'hive',
      'x-trino-schema': schema,
    }
    let answer = (await (
      await fetch(`${this.url}/v1/statement`, { method: 'POST', body: sql, headers })
    ).json()) as Answer
    for (;;) {
      if (answer.error !== undefined) throw new Error(`${answer.error.message}\n${sql}`)
      const { columns = [], data = [] } = answer
      for (const row of data)
        rows.push(Object.fromEntries(columns.map(({ name, type }, i) => [name, plain(row[i], type)])))
      if (answer.nextUri === undefined) return rows
      answer = (await (await fetch(answer.nextUri)).json()) as Answer
    }
  }

  /** Files of a folder of this machine as a table. */
  async addTable(schema: string, table: string, columns: readonly TableColumn[], folder: string): Promise<void> {
    const typed = columns.map(({ name, type }) => `"${name}" ${TYPES[type]}`).join(', ')
    await this.ask(
      `create table hive."${schema}"."${table}" (${typed}) with (external_location = 'file://${folder}', format = 'PARQUET')`,
    )
  }
}

function plain(value: unknown, type: string): WarehouseRow[string] {
  if (type.startsWith('timestamp') && typeof value === 'string')
    return new Date(`${value.replace(' ', 'T')}Z`).toISOString()
  return value as WarehouseRow[string]
}
