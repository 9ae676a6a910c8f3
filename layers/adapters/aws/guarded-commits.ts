/**
 * Commits of one writer that are larger than a transaction, and half as dear.
 *
 *   1. the writes go down as a journal, deflated, under a name that nobody else has
 *   2. the guard's new row is put under its condition, and names the journal: now the commit is decided
 *   3. the rows are written, none in a transaction, and the guard forgets the journal
 *
 * Cut off before 2 nothing has happened; cut off after it, whoever opens the guard next does 3 again from the journal before it
 * reads anything. Rows are written whole, so doing it again changes nothing. Two who hold one guard cannot both decide;
 * nobody decides while something of theirs is still on its way.
 */
import { randomUUID } from 'node:crypto'
import { deserialize, serialize } from 'node:v8'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import {
  BatchWriteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb'
import type { Condition, GuardedCommits, Row, RowRef, Write } from '#core/ports.ts'
import { rowKey } from '#core/row-key.ts'
import { type Patience, patiently, pause } from './patience.ts'
import { type Item, itemOf, keyOfItem, rowOf } from './row-item.ts'

export const JOURNALS = 'journals'
type JournalRow = { readonly at: number; readonly part: Uint8Array }

/** Of a journal in one item, whose other attributes are small. */
const PART_BYTES = 390 * 1024
const WRITES_AT_ONCE = 25
const REQUESTS_AT_ONCE = 8
const MAX_ITEMS = 5_000

export type GuardedCommitsOptions = {
  readonly client: Pick<DynamoDBClient, 'send'>
  readonly tableName: string
  readonly patience: Patience
  /** Puts the guard's item where its condition holds. @throws ConditionFailedError */
  readonly decide: (guard: Write, item: Item, condition: Condition) => Promise<void>
}

export class DynamoGuardedCommits implements GuardedCommits {
  readonly maxItems = MAX_ITEMS
  private readonly options: GuardedCommitsOptions

  constructor(options: GuardedCommitsOptions) {
    this.options = options
  }

  async open(guard: RowRef): Promise<Row | undefined> {
    const { client, tableName: TableName, patience } = this.options
    const command = new GetItemCommand({ TableName, Key: keyOfItem(guard.table, guard.key), ConsistentRead: true })
    const { Item: item } = await patiently(patience, () => client.send(command))
    if (item === undefined) return undefined
    const journal = item.journal?.S
    if (journal !== undefined) await this.finish(guard, journal, await this.read(journal))
    return rowOf(item).row
  }

  /** @throws ConditionFailedError: nothing was written. Any other error: it may have been decided, and `open` finishes it. */
  async commit(guard: Write & { readonly row: Row }, writes: readonly Write[], condition: Condition): Promise<void> {
    // What cannot be written is refused before anything is decided.
    for (const { table, key, row } of writes) if (row !== undefined) itemOf(table, key, row)
    const journal = await this.note(writes)
    const item = { ...itemOf(guard.table, guard.key, guard.row), journal: { S: journal } }
    await this.options.decide(guard, item, condition)
    await this.finish(guard, journal, writes)
  }

  /** The journal's name: its id and how many parts it has. */
  private async note(writes: readonly Write[]): Promise<string> {
    const { client, tableName: TableName, patience } = this.options
    const bytes = deflateRawSync(serialize(writes))
    const parts = Math.ceil(bytes.length / PART_BYTES)
    const name = rowKey(randomUUID(), String(parts))
    for (let i = 0; i < parts; i++) {
      const part = bytes.subarray(i * PART_BYTES, (i + 1) * PART_BYTES)
      const Item = itemOf(JOURNALS, rowKey(name, String(i)), { at: Date.now(), part } satisfies JournalRow)
      await patiently(patience, () => client.send(new PutItemCommand({ TableName, Item })))
    }
    return name
  }

  private async read(name: string): Promise<readonly Write[]> {
    const { client, tableName: TableName, patience } = this.options
    const parts: Uint8Array[] = []
    for (let i = 0; i < Number(name.split(rowKey('', ''))[1]); i++) {
      const Key = keyOfItem(JOURNALS, rowKey(name, String(i)))
      const { Item } = await patiently(patience, () =>
        client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true })),
      )
      if (Item === undefined)
        throw new Error(`part ${i} of journal ${name} is gone: restore the table, or rebuild the rows`)
      parts.push((rowOf(Item).row as JournalRow).part)
    }
    return deserialize(inflateRawSync(Buffer.concat(parts))) as readonly Write[]
  }

  private async finish(guard: RowRef, journal: string, writes: readonly Write[]): Promise<void> {
    const { client, tableName: TableName, patience } = this.options
    await this.write(writes)
    const command = new UpdateItemCommand({
      TableName,
      Key: keyOfItem(guard.table, guard.key),
      UpdateExpression: 'REMOVE #journal',
      ConditionExpression: '#journal = :journal',
      ExpressionAttributeNames: { '#journal': 'journal' },
      ExpressionAttributeValues: { ':journal': { S: journal } },
    })
    try {
      await patiently(patience, () => client.send(command))
    } catch (error) {
      // Somebody finished it too, or an answer was lost.
      if ((error as Error).name !== 'ConditionalCheckFailedException') throw error
    }
  }

  private async write(writes: readonly Write[]): Promise<void> {
    const requests = [...new Map(writes.map((write) => [`${write.table} ${write.key}`, requestOf(write)])).values()]
    let next = 0
    const work = async () => {
      while (next < requests.length) {
        const from = next
        next += WRITES_AT_ONCE
        await this.writeBatch(requests.slice(from, next))
      }
    }
    // Nothing may be on its way when this ends, well or badly: it would come after what is written next.
    const ends = await Promise.allSettled(Array.from({ length: REQUESTS_AT_ONCE }, work))
    for (const end of ends) if (end.status === 'rejected') throw end.reason
  }

  private async writeBatch(requests: WriteRequest[]): Promise<void> {
    const { client, tableName, patience } = this.options
    let left = requests
    for (let attempt = 0; left.length > 0; attempt++) {
      if (attempt > 0) await pause(patience, attempt)
      if (attempt >= patience.attempts)
        throw new Error(`DynamoDB left ${left.length} rows unwritten: they are in a journal`)
      const command = new BatchWriteItemCommand({ RequestItems: { [tableName]: left } })
      const { UnprocessedItems } = await patiently(patience, () => client.send(command))
      left = UnprocessedItems?.[tableName] ?? []
    }
  }
}

const requestOf = ({ table, key, row }: Write): WriteRequest =>
  row === undefined
    ? { DeleteRequest: { Key: keyOfItem(table, key) } }
    : { PutRequest: { Item: itemOf(table, key, row) } }
