/** Every row of an engine, by table: from LMDB, and from DynamoDB. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb'
import { rowOf } from '#adapters/aws/row-item.ts'
import { rowRefOf } from '#adapters/aws/table-keys.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { Engine } from '#local/engine.ts'

export type Rows = ReadonlyMap<string, ReadonlyMap<string, object>>

/** Tables that `docs/data-model.md` names, as a test holds it to. */
export function documentedTables(): string[] {
  const page = readFileSync(fileURLToPath(new URL('../../docs/data-model.md', import.meta.url)), 'utf8')
  return [...page.matchAll(/^\| `([a-z-]+)` \| (?:one|first part) \|/gm)].map(([, name]) => name!)
}

/** Of a data folder that no engine runs on. */
export async function rowsHere(data: string, tables: readonly string[]): Promise<Rows> {
  const onFatal = (error: unknown) => {
    throw error
  }
  const engine = await Engine.open({ data, log: () => {}, onFatal })
  try {
    await engine.settled()
    const found = new Map<string, Map<string, object>>()
    for (const table of tables) {
      const rows = await engine.ports.state.query({ table, range: EVERY_KEY })
      found.set(table, new Map(rows.map(({ key, row }) => [key, row])))
    }
    return found
  } finally {
    await engine.close()
  }
}

/** Of the deployed table, whole: nothing but a test scans it. */
export async function rowsInCloud(tableName: string): Promise<Rows> {
  const client = new DynamoDBClient({})
  const found = new Map<string, Map<string, object>>()
  for await (const { Items = [] } of paginateScan({ client }, { TableName: tableName, ConsistentRead: true })) {
    for (const item of Items) {
      if (item.row === undefined) continue // a journal's mark on a guard
      const { table } = rowRefOf({ pk: item.pk!.S!, sk: item.sk!.S! })
      const { key, row } = rowOf(item)
      const rows = found.get(table) ?? new Map<string, object>()
      found.set(table, rows.set(key, row))
    }
  }
  client.destroy()
  return found
}
