import { randomUUID } from 'node:crypto'
import {
  BatchGetItemCommand,
  type ConditionCheck,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import {
  type Condition,
  ConditionFailedError,
  type Query,
  type Row,
  type RowRef,
  type StateStore,
  type Write,
} from '#core/ports.ts'
import { compareKeys, isInRange } from '#core/row-key.ts'
import { DynamoGuardedCommits } from './guarded-commits.ts'
import { isConditionLost, PATIENCE, type Patience, patiently, pause } from './patience.ts'
import { bytesOf, type Item, itemOf, keyOfItem, rowOf } from './row-item.ts'
import { itemRangeOf } from './table-keys.ts'

export type DynamoStateStoreOptions = {
  readonly client: Pick<DynamoDBClient, 'send'>
  readonly tableName: string
  readonly patience?: Patience
}

const MAX_ITEMS = 100
const MAX_TRANSACTION_BYTES = 4 * 1024 * 1024
/** Keys of one BatchGetItem. */
const KEYS_AT_ONCE = 100
/** How often the rows of a commit's conditions may change under it. */
const MAX_JUDGEMENTS = 10
/** Rows that conditions are about are remembered, so that a checkpoint is not read before each commit. */
const MAX_REMEMBERED = 1_000

/** A row as it was found or written: its tag stands for its whole content. undefined: there was none. */
type Judged = { readonly row: Row; readonly tag: string } | undefined
/** Tag of a row that must be there as it was, undefined where there must be none; by the name of the item. */
type Expected = ReadonlyMap<string, string | undefined>

/**
 * Rows in one DynamoDB table (`table-keys.ts` says where). Reads are consistent, and both verbs of the port are durable.
 *
 * A condition on a field is judged here, and then asked of DynamoDB as the row's tag: it holds as long as the row is the one
 * that was judged. Whatever has a condition is a transaction, since a transaction alone may be sent again after a
 * silence: its token says that it is the same.
 */
export class DynamoStateStore implements StateStore {
  readonly maxItems = MAX_ITEMS
  readonly guarded: DynamoGuardedCommits
  private readonly client: Pick<DynamoDBClient, 'send'>
  private readonly TableName: string
  private readonly patience: Patience
  private readonly remembered = new Map<string, Judged>()

  constructor({ client, tableName, patience = PATIENCE }: DynamoStateStoreOptions) {
    this.client = client
    this.TableName = tableName
    this.patience = patience
    this.guarded = new DynamoGuardedCommits({
      client,
      tableName,
      patience,
      decide: (guard, item, condition) =>
        this.commitIf(new Map([[nameOf(guard), { ...toBeWritten(guard), item }]]), [condition]),
    })
  }

  async get(table: string, key: string): Promise<Row | undefined> {
    const { TableName } = this
    const command = new GetItemCommand({ TableName, Key: keyOfItem(table, key), ConsistentRead: true })
    const { Item: item } = await patiently(this.patience, () => this.client.send(command))
    return item === undefined ? undefined : rowOf(item).row
  }

  async getMany(refs: readonly RowRef[]): Promise<(Row | undefined)[]> {
    const items = await this.itemsOf(refs)
    return refs.map((ref) => {
      const item = items.get(nameOf(ref))
      return item === undefined ? undefined : rowOf(item).row
    })
  }

  async query({ table, range, limit = Number.POSITIVE_INFINITY, reverse = false }: Query) {
    const within = itemRangeOf(table, range)
    const found: { key: string; row: Row }[] = []
    let isAnyHashed = false
    let more = limit > 0 && within !== undefined
    let start: Item | undefined
    while (more) {
      const command = new QueryCommand({
        TableName: this.TableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': { S: within!.pk }, ':from': { S: within!.from }, ':to': { S: within!.to } },
        ScanIndexForward: !reverse,
        ...(Number.isFinite(limit) && { Limit: Math.max(1, limit - found.length) + 1 }), // the end of the range is not in it
        ...(start !== undefined && { ExclusiveStartKey: start }),
      })
      const { Items: items = [], LastEvaluatedKey } = await patiently(this.patience, () => this.client.send(command))
      let isLastHashed = false
      for (const item of items) {
        const each = rowOf(item)
        isLastHashed = item.key !== undefined
        isAnyHashed ||= isLastHashed
        if (isInRange(each.key, range)) found.push(each)
      }
      start = LastEvaluatedKey
      // Hashes of one beginning lie side by side in no order: they are put in order when all are there.
      more = start !== undefined && (found.length < limit || isLastHashed)
    }
    if (isAnyHashed) found.sort((a, b) => (reverse ? compareKeys(b.key, a.key) : compareKeys(a.key, b.key)))
    return Number.isFinite(limit) ? found.slice(0, limit) : found
  }

  commitDurable(writes: readonly Write[], conditions?: readonly Condition[]): Promise<void> {
    return this.commit(writes, conditions)
  }

  async commit(writes: readonly Write[], conditions: readonly Condition[] = []): Promise<void> {
    const items = new Map(writes.map((write) => [nameOf(write), toBeWritten(write)]))
    if (conditions.length > 0) return this.commitIf(items, conditions)
    if (items.size > 1) return this.transact([...items.values()].map((item) => this.transacted(item)))
    for (const item of items.values()) await this.writeAlone(item)
  }

  private async writeAlone({ item, key }: ToBeWritten): Promise<void> {
    const { TableName } = this
    await patiently(this.patience, () =>
      item === undefined
        ? this.client.send(new DeleteItemCommand({ TableName, Key: key }))
        : this.client.send(new PutItemCommand({ TableName, Item: item })),
    )
  }

  private async commitIf(items: ReadonlyMap<string, ToBeWritten>, conditions: readonly Condition[]): Promise<void> {
    let isFirst = true
    for (let judgement = 0; judgement < MAX_JUDGEMENTS; judgement++) {
      const expected = await this.judge(conditions, isFirst)
      isFirst = false
      if (items.size === 0) return
      try {
        await this.transact(this.transactionOf(items, conditions, expected))
      } catch (error) {
        if (!isConditionLost(error)) throw error
        for (const condition of conditions) this.remembered.delete(nameOf(condition))
        if (judgement > 0) await pause(this.patience, judgement)
        continue
      }
      for (const name of expected.keys()) {
        const written = items.get(name)
        if (written !== undefined) this.remember(name, written.judged)
      }
      return
    }
    throw new Error(
      `rows of ${conditions[0]!.table} changed ${MAX_JUDGEMENTS} times while they were judged: nothing was written`,
    )
  }

  /**
   * The rows of the conditions as they must still be at the commit. What is remembered may be old: it is believed when it
   * says that they hold, which DynamoDB then checks, and never when it says that they do not.
   * @throws ConditionFailedError
   */
  private async judge(conditions: readonly Condition[], mayRemember: boolean): Promise<Expected> {
    const rows = new Map<string, Judged>()
    const unknown: Condition[] = []
    for (const condition of conditions) {
      const name = nameOf(condition)
      if (mayRemember && this.remembered.has(name)) rows.set(name, this.remembered.get(name))
      else if (mayRemember && condition.field === undefined) rows.set(name, undefined)
      else unknown.push(condition)
    }
    const found = await this.itemsOf(unknown)
    for (const condition of unknown) rows.set(nameOf(condition), judgedOf(found.get(nameOf(condition))))
    const lost = conditions.find((condition) => !holds(condition, rows.get(nameOf(condition))?.row))
    if (lost === undefined) return new Map([...rows].map(([name, judged]) => [name, judged?.tag]))
    if (mayRemember && unknown.length < conditions.length) return this.judge(conditions, false)
    throw new ConditionFailedError(`${lost.table} ${JSON.stringify(lost.key)}`)
  }

  private transactionOf(
    items: ReadonlyMap<string, ToBeWritten>,
    conditions: readonly Condition[],
    expected: Expected,
  ): TransactWriteItem[] {
    const { TableName } = this
    const conditionOf = (name: string) => (expected.has(name) ? asked(expected.get(name)) : undefined)
    const checks = new Map(conditions.map((condition) => [nameOf(condition), condition]))
    return [
      ...[...items].map(([name, item]) => this.transacted(item, conditionOf(name))),
      ...[...checks]
        .filter(([name]) => !items.has(name))
        .map(([name, { table, key }]) => ({
          ConditionCheck: { TableName, Key: keyOfItem(table, key), ...asked(expected.get(name)) },
        })),
    ]
  }

  private transacted({ item, key }: ToBeWritten, condition?: Asked): TransactWriteItem {
    const { TableName } = this
    return item === undefined
      ? { Delete: { TableName, Key: key, ...condition } }
      : { Put: { TableName, Item: item, ...condition } }
  }

  private async transact(items: TransactWriteItem[]): Promise<void> {
    if (items.length > MAX_ITEMS) throw new Error(`a transaction of ${items.length} items, where ${MAX_ITEMS} may be`)
    const bytes = items.reduce((sum, { Put }) => sum + (Put === undefined ? 0 : bytesOf(Put.Item!)), 0)
    if (bytes > MAX_TRANSACTION_BYTES)
      throw new Error(`a transaction of ${bytes} bytes, where ${MAX_TRANSACTION_BYTES} may be: nothing was written`)
    const command = new TransactWriteItemsCommand({ TransactItems: items, ClientRequestToken: randomUUID() })
    await patiently(this.patience, () => this.client.send(command))
  }

  /** The items that there are, by name. */
  private async itemsOf(refs: readonly RowRef[]): Promise<Map<string, Item>> {
    const wanted = [...new Map(refs.map((ref) => [nameOf(ref), keyOfItem(ref.table, ref.key)])).values()]
    const found = new Map<string, Item>()
    const parts = Array.from({ length: Math.ceil(wanted.length / KEYS_AT_ONCE) }, (_, i) =>
      wanted.slice(i * KEYS_AT_ONCE, (i + 1) * KEYS_AT_ONCE),
    )
    const places = new Map(refs.map((ref) => [placeOf(keyOfItem(ref.table, ref.key)), nameOf(ref)]))
    await Promise.all(
      parts.map(async (keys) => {
        for (const item of await this.batchOf(keys)) found.set(places.get(placeOf(item))!, item)
      }),
    )
    return found
  }

  private async batchOf(keys: Item[]): Promise<Item[]> {
    const { TableName, patience } = this
    const items: Item[] = []
    let left = keys
    for (let attempt = 0; ; attempt++) {
      const command = new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: left, ConsistentRead: true } } })
      const { Responses, UnprocessedKeys } = await patiently(patience, () => this.client.send(command))
      items.push(...(Responses?.[TableName] ?? []))
      const rest = UnprocessedKeys?.[TableName]?.Keys ?? []
      if (rest.length === 0) return items
      // Too much for one answer is no throttle: as long as some come, the others are asked for at once.
      const isStuck = rest.length === left.length
      if (isStuck && attempt + 1 >= patience.attempts) throw new Error(`DynamoDB left ${rest.length} rows unread`)
      if (isStuck) await pause(patience, attempt)
      left = rest
    }
  }

  private remember(name: string, judged: Judged): void {
    this.remembered.delete(name)
    this.remembered.set(name, judged)
    if (this.remembered.size > MAX_REMEMBERED) this.remembered.delete(this.remembered.keys().next().value!)
  }
}

type ToBeWritten = { readonly key: Item; readonly item: Item | undefined; readonly judged: Judged }

function toBeWritten({ table, key, row }: Write): ToBeWritten {
  const item = row === undefined ? undefined : itemOf(table, key, row)
  const judged = row === undefined ? undefined : { row, tag: item!.tag!.S! }
  return { key: keyOfItem(table, key), item, judged }
}

const judgedOf = (item: Item | undefined): Judged =>
  item === undefined ? undefined : { row: rowOf(item).row, tag: item.tag!.S! }

function holds(condition: Condition, row: Row | undefined): boolean {
  if (condition.field === undefined) return row === undefined
  return (row as Record<string, unknown> | undefined)?.[condition.field] === condition.equals
}

type Asked = Pick<ConditionCheck, 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>
const asked = (tag: string | undefined): Asked =>
  tag === undefined
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: '#tag = :tag',
        ExpressionAttributeNames: { '#tag': 'tag' },
        ExpressionAttributeValues: { ':tag': { S: tag } },
      }

/** Of a row; no table's name has a space. */
const nameOf = ({ table, key }: RowRef): string => `${table} ${key}`
const placeOf = ({ pk, sk }: Item): string => `${pk!.S} ${sk!.S}`
