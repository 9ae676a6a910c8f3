/**
 * DynamoDB as far as `DynamoStateStore` branches on it, in memory, with the faults that no emulator shows and the units
 * that no emulator counts. What it does is what these pages of AWS say (read in November 2026):
 *
 * - TransactWriteItems, https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html:
 *   all or nothing; at most 100 items and 4 MB, none twice; TransactionCanceledException has a reason for each item, in
 *   order; a call with the token of one that succeeded in the last 10 minutes succeeds and changes nothing.
 * - Amazon DynamoDB Transactions: How it works, .../latest/developerguide/transaction-apis.html: TransactionConflict as a reason,
 *   and TransactionConflictException for a single write; a transaction writes each item twice, a ConditionCheck counts.
 * - Error handling with DynamoDB, .../latest/developerguide/Programming.Errors.html: which errors may be tried again.
 * - BatchGetItem, .../latest/APIReference/API_BatchGetItem.html: at most 100 keys, none twice; UnprocessedKeys beyond 16 MB or
 *   under a throttle.
 * - BatchWriteItem, .../latest/APIReference/API_BatchWriteItem.html: at most 25 puts and deletes, none of one item twice, each
 *   done or not by itself; UnprocessedItems under a throttle.
 * - Paginating table query results, .../latest/developerguide/Query.Pagination.html: 1 MB a page; LastEvaluatedKey may come with
 *   an empty page, and with the last one.
 * - DynamoDB read and write operations, .../latest/developerguide/read-write-operations.html: a write unit for each started KB,
 *   of the larger of the item before and after; a read unit for each started 4 KB.
 * - Quotas, .../latest/developerguide/Constraints.html: keys of 2,048 and 1,024 bytes, items of 400 KB.
 * - Backup and restore: how it works, .../latest/developerguide/backuprestore_HowItWorks.html: what is restored is the table as it
 *   was at a moment, in the middle of whatever was being done; between items no order is promised, and the skew is usually much
 *   less than a second. `copy` is the first; what was written later is a test's to put in.
 */
import { isDeepStrictEqual } from 'node:util'
import { bytesOf, type Item, MAX_ITEM_BYTES } from '#adapters/aws/row-item.ts'
import { compareKeys } from '#core/row-key.ts'

const KB = 1024
const PAGE_BYTES = KB * KB
const BATCH_BYTES = 16 * KB * KB
const TRANSACTION_BYTES = 4 * KB * KB
const MOST_ITEMS = 100
const MOST_WRITES = 25
/** Of the last ten minutes there. */
const TOKENS_KEPT = 1_000

/**
 * What the next call answers in place of the usual.
 *
 * - throttle, internal: nothing happened. silence: nothing happened and nothing is heard.
 * - lost-answer: it happened, and nothing is heard.
 * - conflict: another transaction has an item. in-progress: the same token is being worked on.
 * - unprocessed: of a batch none is read, or written, but the first `reads`.
 * - part: a page of a query ends after `reads` items.
 */
export type Fault =
  | { readonly is: 'throttle' | 'internal' | 'silence' | 'lost-answer' | 'conflict' | 'in-progress' }
  | { readonly is: 'unprocessed' | 'part'; readonly reads: number }

export type Call =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'PutItem'
  | 'DeleteItem'
  | 'TransactWriteItems'
  | 'BatchWriteItem'
  | 'UpdateItem'

type Condition = {
  readonly ConditionExpression?: string
  readonly ExpressionAttributeValues?: Readonly<Record<string, { readonly S?: string }>>
}
type Put = Condition & { readonly Item: Item }
type OfKey = Condition & { readonly Key: Item; readonly UpdateExpression?: string }
type WriteRequest = { readonly PutRequest?: { readonly Item: Item }; readonly DeleteRequest?: { readonly Key: Item } }
type WriteBatch = { readonly RequestItems: Readonly<Record<string, readonly WriteRequest[]>> }
type TransactItem = { readonly Put?: Put; readonly Delete?: OfKey; readonly ConditionCheck?: OfKey }
type Transaction = { readonly TransactItems: readonly TransactItem[]; readonly ClientRequestToken: string }
type Batch = { readonly RequestItems: Readonly<Record<string, { readonly Keys: readonly Item[] }>> }
type Query = {
  readonly ExpressionAttributeValues: Readonly<Record<':pk' | ':from' | ':to', { readonly S: string }>>
  readonly ScanIndexForward: boolean
  readonly Limit?: number
  readonly ExclusiveStartKey?: Item
}

/** Items by their sort key. */
class Partition extends Map<string, Item> {
  private inOrder: readonly string[] | undefined

  /** Until a key comes or goes it is sorted once. */
  sorted(): readonly string[] {
    return (this.inOrder ??= [...this.keys()].sort(compareKeys))
  }

  override set(sk: string, item: Item): this {
    if (!this.has(sk)) this.inOrder = undefined
    return super.set(sk, item)
  }

  override delete(sk: string): boolean {
    this.inOrder = undefined
    return super.delete(sk)
  }
}

export class DynamoModel {
  /** Calls by name, and what they used. */
  readonly calls: Record<Call, number> = {
    GetItem: 0,
    BatchGetItem: 0,
    Query: 0,
    PutItem: 0,
    DeleteItem: 0,
    TransactWriteItems: 0,
    BatchWriteItem: 0,
    UpdateItem: 0,
  }
  writeUnits = 0
  readUnits = 0
  /** Bytes of the items that were written, each once. */
  writtenBytes = 0
  /** Called when a call has come and nothing has happened yet. */
  before: (call: Call) => Promise<void> | void = () => {}
  private readonly partitions = new Map<string, Partition>()
  private readonly faults: { readonly call: Call; readonly fault: Fault }[] = []
  private readonly tokens = new Map<string, Transaction>()

  /** How many it holds. */
  get items(): number {
    let items = 0
    for (const partition of this.partitions.values()) items += partition.size
    return items
  }

  /** What a restore to this moment gives: the items, and nothing of the calls. */
  copy(): DynamoModel {
    const model = new DynamoModel()
    for (const [pk, items] of this.partitions) model.partitions.set(pk, new Partition(items))
    return model
  }

  /** The next call of this name meets this fault; faults of one name come in their order. */
  willMeet(call: Call, ...faults: readonly Fault[]): void {
    this.faults.push(...faults.map((fault) => ({ call, fault })))
  }

  /** A client's: `command` is one of the AWS SDK's. */
  // biome-ignore lint/suspicious/noExplicitAny: the SDK's own type has a signature for each command
  send: any = async (command: { readonly input: object }): Promise<object> => {
    const call = command.constructor.name.replace(/Command$/, '') as Call
    if (!Object.hasOwn(this.calls, call)) throw new Error(`the model knows no ${call}`)
    await new Promise((done) => setImmediate(done))
    this.calls[call]++
    await this.before(call)
    const at = this.faults.findIndex((each) => each.call === call)
    const fault = at < 0 ? undefined : this.faults.splice(at, 1)[0]!.fault
    if (fault !== undefined && fault.is !== 'lost-answer') throwIfRefused(call, fault, command.input)
    const answer = this.answer(call, command.input, fault)
    if (fault?.is === 'lost-answer') throw awsError('TimeoutError')
    return answer
  }

  private answer(call: Call, input: object, fault: Fault | undefined): object {
    const reads = fault !== undefined && 'reads' in fault ? fault.reads : Number.POSITIVE_INFINITY
    switch (call) {
      case 'GetItem':
        return this.getItem(input as OfKey)
      case 'BatchGetItem':
        return this.batchGet(input as Batch, reads)
      case 'Query':
        return this.query(input as Query, reads)
      case 'PutItem':
        this.write((input as Put).Item, (input as Put).Item, 1)
        return {}
      case 'DeleteItem':
        this.write((input as OfKey).Key, undefined, 1)
        return {}
      case 'TransactWriteItems':
        return this.transact(input as Transaction)
      case 'BatchWriteItem':
        return this.batchWrite(input as WriteBatch, reads)
      case 'UpdateItem':
        return this.forget(input as OfKey)
    }
  }

  private at({ pk, sk }: Item): Item | undefined {
    return this.partitions.get(pk!.S!)?.get(sk!.S!)
  }

  private getItem({ Key }: OfKey): object {
    const Item = this.at(Key)
    this.readUnits += readUnitsOf(Item === undefined ? 0 : bytesOf(Item))
    return Item === undefined ? {} : { Item }
  }

  private batchGet({ RequestItems }: Batch, reads: number): object {
    const [[table, { Keys }]] = Object.entries(RequestItems) as [[string, { readonly Keys: readonly Item[] }]]
    refuseTwice(Keys)
    const found: Item[] = []
    let bytes = 0
    let read = 0
    while (read < Keys.length && read < reads && bytes <= BATCH_BYTES) {
      const item = this.at(Keys[read++]!)
      const size = item === undefined ? 0 : bytesOf(item)
      this.readUnits += readUnitsOf(size)
      bytes += size
      if (item !== undefined) found.push(item)
    }
    const rest = Keys.slice(read)
    // In no order, as DynamoDB says.
    return {
      Responses: { [table]: found.reverse() },
      UnprocessedKeys: rest.length === 0 ? {} : { [table]: { Keys: rest } },
    }
  }

  private batchWrite({ RequestItems }: WriteBatch, most: number): object {
    const [[table, requests]] = Object.entries(RequestItems) as [[string, readonly WriteRequest[]]]
    const keys = requests.map(({ PutRequest, DeleteRequest }) => (PutRequest?.Item ?? DeleteRequest?.Key)!)
    refuseTwice(keys)
    if (requests.length > MOST_WRITES) throw awsError('ValidationException')
    requests.slice(0, most).forEach(({ PutRequest }, i) => {
      this.write(keys[i]!, PutRequest?.Item, 1)
    })
    const rest = requests.slice(most)
    return { UnprocessedItems: rest.length === 0 ? {} : { [table]: rest } }
  }

  /** The one update that is known: the attribute `journal` goes, where it has the value that is asked for. */
  private forget({ Key, UpdateExpression, ConditionExpression, ExpressionAttributeValues }: OfKey): object {
    if (UpdateExpression !== 'REMOVE #journal' || ConditionExpression !== '#journal = :journal')
      throw new Error(`the model does not know the update ${UpdateExpression}`)
    const item = this.at(Key)
    if (item?.journal?.S !== ExpressionAttributeValues![':journal']!.S)
      throw awsError('ConditionalCheckFailedException')
    const { journal: _, ...rest } = item!
    this.write(Key, rest, 1)
    return {}
  }

  private query(
    { ExpressionAttributeValues: values, ScanIndexForward, Limit, ExclusiveStartKey }: Query,
    reads: number,
  ) {
    const rows = this.partitions.get(values[':pk'].S) ?? new Partition()
    const [from, to] = [values[':from'].S, values[':to'].S]
    const keys = [...rows.keys()]
      .filter((sk) => compareKeys(sk, from) >= 0 && compareKeys(sk, to) <= 0)
      .sort(compareKeys)
    if (!ScanIndexForward) keys.reverse()
    const start = ExclusiveStartKey === undefined ? 0 : keys.indexOf(ExclusiveStartKey.sk!.S!) + 1
    const most = Math.min(Limit ?? Number.POSITIVE_INFINITY, reads)
    const page: Item[] = []
    let bytes = 0
    for (let i = start; i < keys.length && page.length < most && bytes < PAGE_BYTES; i++) {
      const item = rows.get(keys[i]!)!
      bytes += bytesOf(item)
      page.push(item)
    }
    this.readUnits += readUnitsOf(bytes)
    const last = page.at(-1)
    const isCut = page.length >= most || bytes >= PAGE_BYTES
    if (!isCut) return { Items: page }
    const LastEvaluatedKey = last === undefined ? ExclusiveStartKey : { pk: last.pk!, sk: last.sk! }
    return { Items: page, LastEvaluatedKey }
  }

  private transact(input: Transaction): object {
    const known = this.tokens.get(input.ClientRequestToken)
    if (known !== undefined) {
      if (isDeepStrictEqual(known, input)) return {}
      throw awsError('IdempotentParameterMismatchException')
    }
    const items = input.TransactItems
    refuseTwice(items.map(keyIn))
    const bytes = items.reduce((sum, { Put }) => sum + (Put === undefined ? 0 : bytesOf(Put.Item)), 0)
    if (bytes > TRANSACTION_BYTES) throw awsError('ValidationException')
    const reasons = items.map((item) => (this.isMet(item) ? 'None' : 'ConditionalCheckFailed'))
    if (reasons.some((reason) => reason !== 'None')) throw cancelled(reasons)
    for (const item of items) {
      if (item.ConditionCheck === undefined) this.write(keyIn(item), item.Put?.Item, 2)
      else this.writeUnits += 2 * writeUnitsOf(this.at(item.ConditionCheck.Key))
    }
    this.tokens.set(input.ClientRequestToken, input)
    if (this.tokens.size > TOKENS_KEPT) this.tokens.delete(this.tokens.keys().next().value!)
    return {}
  }

  private isMet(item: TransactItem): boolean {
    const { ConditionExpression, ExpressionAttributeValues } = (item.Put ?? item.Delete ?? item.ConditionCheck)!
    if (ConditionExpression === undefined) return true
    const found = this.at(keyIn(item))
    if (ConditionExpression === 'attribute_not_exists(pk)') return found === undefined
    if (ConditionExpression === '#tag = :tag') return found?.tag?.S === ExpressionAttributeValues![':tag']!.S
    throw new Error(`the model does not know the condition ${ConditionExpression}`)
  }

  private write(key: Item, item: Item | undefined, times: number): void {
    if (Buffer.byteLength(key.pk!.S!) > 2 * KB || Buffer.byteLength(key.sk!.S!) > KB)
      throw awsError('ValidationException')
    if (item !== undefined && bytesOf(item) > MAX_ITEM_BYTES) throw awsError('ValidationException')
    this.writeUnits += times * Math.max(writeUnitsOf(this.at(key)), writeUnitsOf(item))
    let rows = this.partitions.get(key.pk!.S!)
    if (rows === undefined) this.partitions.set(key.pk!.S!, (rows = new Partition()))
    if (item === undefined) rows.delete(key.sk!.S!)
    else rows.set(key.sk!.S!, item)
    this.writtenBytes += item === undefined ? 0 : bytesOf(item)
  }
}

const writeUnitsOf = (item: Item | undefined): number => (item === undefined ? 1 : Math.ceil(bytesOf(item) / KB))
const readUnitsOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / (4 * KB)))
const keyIn = (item: TransactItem): Item => item.Put?.Item ?? (item.Delete ?? item.ConditionCheck)!.Key

function refuseTwice(keys: readonly Item[]): void {
  const names = new Set(keys.map(({ pk, sk }) => JSON.stringify([pk!.S, sk!.S])))
  if (names.size < keys.length || keys.length > MOST_ITEMS || keys.length === 0) throw awsError('ValidationException')
}

function throwIfRefused(call: Call, { is }: Fault, input: object): void {
  const items = (input as Partial<Transaction>).TransactItems
  if (is === 'silence') throw awsError('TimeoutError')
  if (is === 'internal') throw awsError('InternalServerError', 500)
  if (is === 'in-progress') throw awsError('TransactionInProgressException')
  if (is === 'conflict' && items === undefined) throw awsError('TransactionConflictException')
  if (is === 'throttle' && call !== 'TransactWriteItems') throw awsError('ProvisionedThroughputExceededException')
  const reason = { conflict: 'TransactionConflict', throttle: 'ThrottlingError' }[is as string]
  if (reason !== undefined) throw cancelled(items!.map((_, i) => (i === items!.length - 1 ? reason : 'None')))
}

const awsError = (name: string, httpStatusCode = 400): Error =>
  Object.assign(new Error(name), { name, ...(name !== 'TimeoutError' && { $metadata: { httpStatusCode } }) })

const cancelled = (reasons: readonly string[]): Error =>
  Object.assign(awsError('TransactionCanceledException'), { CancellationReasons: reasons.map((Code) => ({ Code })) })
