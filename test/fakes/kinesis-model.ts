/**
 * Kinesis as far as our log branches on it, from the API reference of Amazon Kinesis Data Streams
 * (https://docs.aws.amazon.com/kinesis/latest/APIReference/):
 * - PutRecords, API_PutRecords.html: each record succeeds or fails by itself, with ErrorCode `ProvisionedThroughputExceededException` or
 *   `InternalFailure`; an explicit hash key decides the shard.
 * - SplitShard, API_SplitShard.html: the parent is closed and stays readable, two children take its hash keys.
 * - GetRecords, API_GetRecords.html: a closed shard that has been read has no next iterator.
 */
/** A command of the SDK, by its class's name. */
type Command<Input> = { readonly constructor: { readonly name: string }; readonly input: Input }
type Entry = { readonly Data: Uint8Array; readonly PartitionKey: string; readonly ExplicitHashKey: string }
type Inputs = {
  readonly Records: readonly Entry[]
  readonly ShardId: string
  readonly StartingSequenceNumber?: string
  readonly ShardIterator: string
  readonly Limit: number
}

type Kept = { readonly SequenceNumber: string; readonly PartitionKey: string; readonly Data: Uint8Array }
type ModelShard = {
  readonly id: string
  readonly from: bigint
  readonly to: bigint
  readonly starts: string
  ends: string | undefined
  readonly records: Kept[]
}
/** What becomes of the next request to put, or of one record of it. silent: it was taken, and nobody is told. */
export type Trouble = 'busy' | 'away' | 'silent' | 'forbidden' | { readonly failing: readonly number[] }

export class KinesisModel {
  readonly shards: ModelShard[] = []
  /** One for each request to put, until there are no more. */
  readonly troubles: Trouble[] = []
  readonly calls = { put: 0 }
  private last = 49590338271490256608559692538361571095921575989136588000n

  constructor() {
    this.addShard(0n, (1n << 128n) - 1n)
  }

  /** For the SDK's client; its overloads are nothing that a model can say. */
  readonly client = { send: (command: unknown) => this.answer(command as Command<Inputs>) } as never

  split(index: number, at: bigint): void {
    const parent = this.shards[index]!
    parent.ends = this.number()
    this.addShard(parent.from, at - 1n)
    this.addShard(at, parent.to)
  }

  private addShard(from: bigint, to: bigint): void {
    const id = `shardId-${String(this.shards.length).padStart(12, '0')}`
    this.shards.push({ id, from, to, starts: this.number(), ends: undefined, records: [] })
  }

  private number(): string {
    this.last += 3n
    return String(this.last)
  }

  private async answer({ constructor: { name }, input }: Command<Inputs>): Promise<object> {
    if (name === 'PutRecordsCommand') return this.put(input.Records)
    if (name === 'ListShardsCommand') return { Shards: this.shards.map(described) }
    if (name === 'GetShardIteratorCommand') {
      const { ShardId, StartingSequenceNumber = '0' } = input
      const { records } = this.shards.find(({ id }) => id === ShardId)!
      const at = records.findIndex(({ SequenceNumber }) => BigInt(SequenceNumber) >= BigInt(StartingSequenceNumber))
      return { ShardIterator: `${ShardId} ${at < 0 ? records.length : at}` }
    }
    if (name === 'GetRecordsCommand') return this.page(input)
    throw new Error(`the model knows no ${name}`)
  }

  private page({ ShardIterator, Limit }: Inputs): object {
    const [shardId, at] = ShardIterator.split(' ') as [string, string]
    const { records, ends } = this.shards.find(({ id }) => id === shardId)!
    const Records = records.slice(Number(at), Number(at) + Limit)
    const next = Number(at) + Records.length
    const isOver = next === records.length && ends !== undefined
    return {
      Records,
      MillisBehindLatest: next < records.length ? 1 : 0,
      ...(!isOver && { NextShardIterator: `${shardId} ${next}` }),
    }
  }

  private put(entries: readonly Entry[]): object {
    this.calls.put++
    const trouble = this.troubles.shift()
    if (trouble === 'busy') throw refusal('ProvisionedThroughputExceededException', 'client')
    if (trouble === 'forbidden') throw refusal('AccessDeniedException', 'client')
    if (trouble === 'away') throw new Error('connect ECONNREFUSED')
    const Records = entries.map(({ Data, PartitionKey, ExplicitHashKey }, i) => {
      if (typeof trouble === 'object' && trouble.failing.includes(i))
        return { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: 'Rate exceeded' }
      const key = BigInt(ExplicitHashKey)
      const shard = this.shards.find(({ from, to, ends }) => ends === undefined && from <= key && key <= to)!
      const SequenceNumber = this.number()
      shard.records.push({ SequenceNumber, PartitionKey, Data })
      return { SequenceNumber, ShardId: shard.id }
    })
    if (trouble === 'silent') throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' })
    return { FailedRecordCount: Records.filter(({ ErrorCode }) => ErrorCode !== undefined).length, Records }
  }
}

const refusal = (name: string, $fault: 'client' | 'server'): Error => Object.assign(new Error(name), { name, $fault })

const described = ({ id, from, to, starts, ends }: ModelShard): object => ({
  ShardId: id,
  HashKeyRange: { StartingHashKey: String(from), EndingHashKey: String(to) },
  SequenceNumberRange: { StartingSequenceNumber: starts, EndingSequenceNumber: ends },
})
