/** Reads one logical shard out of the stream: from the stream's shards that held it one after the other. */
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
  type Shard,
} from '@aws-sdk/client-kinesis'
import { hashKeyOf, partitionKeyOf } from '#core/logical-shard.ts'
import type { Clock, LogRecord } from '#core/ports.ts'
import { framedSequence, partsOfSequence, recordsOfFrame } from '#core/record-frame.ts'

export type ShardReaderOptions = {
  readonly client: Pick<KinesisClient, 'send'>
  readonly streamName: string
  readonly shards: number
  readonly clock: Clock
  /** How long one read looks for records, ms. */
  readonly patienceMs: number
  readonly sleep: (ms: number) => Promise<void>
}

/** The stream's shards are asked for anew after so long: they change when somebody splits or merges them. */
const KNOWN_MS = 10_000
const MOST_AT_ONCE = 1_000
/** A shard answers five requests a second to all who read it. */
const BUSY_WAIT_MS = 250

export class ShardReader {
  private readonly options: ShardReaderOptions
  private known: { readonly atMs: number; readonly shards: readonly Shard[] } | undefined

  constructor(options: ShardReaderOptions) {
    this.options = options
  }

  /** Up to `limit` records from `from` on. Where more lie far behind a stretch of other shards’ records, it may answer less. */
  async read(shard: number, from: string | undefined, limit: number): Promise<readonly LogRecord[]> {
    if (limit <= 0) return []
    const start = from === undefined ? undefined : partsOfSequence(from)
    const first = start === undefined ? '' : framedSequence(start.number, start.index)
    const endsAt = this.options.clock.now() + this.options.patienceMs
    const records: LogRecord[] = []
    for (const { ShardId, SequenceNumberRange } of await this.shardsOf(shard)) {
      const { StartingSequenceNumber = '0', EndingSequenceNumber } = SequenceNumberRange ?? {}
      if (
        start !== undefined &&
        EndingSequenceNumber !== undefined &&
        BigInt(start.number) > BigInt(EndingSequenceNumber)
      )
        continue
      const isWithin = start !== undefined && BigInt(start.number) >= BigInt(StartingSequenceNumber)
      let iterator = await this.iteratorOf(ShardId!, isWithin ? start.number : undefined)
      while (iterator !== undefined) {
        const page = await this.page(iterator, Math.min(MOST_AT_ONCE, limit * this.options.shards), endsAt)
        for (const { SequenceNumber, PartitionKey, Data } of page.Records ?? []) {
          if (PartitionKey !== partitionKeyOf(shard)) continue
          for (const record of recordsOfFrame(SequenceNumber!, Data!)) {
            if (record.sequence < first) continue
            records.push(record)
            if (records.length === limit) return records
          }
        }
        if ((page.Records ?? []).length === 0 && (page.MillisBehindLatest ?? 0) === 0) break
        if (this.options.clock.now() > endsAt) return records
        iterator = page.NextShardIterator
      }
    }
    return records
  }

  /** The stream's shards whose part of the hash keys holds this one's, parents before children. */
  private async shardsOf(shard: number): Promise<readonly Shard[]> {
    const key = hashKeyOf(shard, this.options.shards)
    return (await this.list())
      .filter(({ HashKeyRange }) => {
        const { StartingHashKey = '0', EndingHashKey = '0' } = HashKeyRange ?? {}
        return BigInt(StartingHashKey) <= key && key <= BigInt(EndingHashKey)
      })
      .toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : 1))
  }

  private async list(): Promise<readonly Shard[]> {
    const { client, streamName, clock } = this.options
    const nowMs = clock.now()
    if (this.known !== undefined && nowMs - this.known.atMs < KNOWN_MS) return this.known.shards
    const shards: Shard[] = []
    let NextToken: string | undefined
    do {
      const page = await client.send(
        new ListShardsCommand(NextToken === undefined ? { StreamName: streamName } : { NextToken }),
      )
      shards.push(...(page.Shards ?? []))
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    this.known = { atMs: nowMs, shards }
    return shards
  }

  private async iteratorOf(shardId: string, number: string | undefined): Promise<string | undefined> {
    const { client, streamName } = this.options
    const place = { StreamName: streamName, ShardId: shardId }
    const from =
      number === undefined
        ? ({ ShardIteratorType: 'TRIM_HORIZON' } as const)
        : ({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: number } as const)
    return (await client.send(new GetShardIteratorCommand({ ...place, ...from }))).ShardIterator
  }

  private async page(iterator: string, Limit: number, endsAt: number) {
    const { client, clock, sleep } = this.options
    while (true) {
      try {
        return await client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit }))
      } catch (error) {
        const isBusy = (error as Error).name === 'ProvisionedThroughputExceededException'
        if (!isBusy || clock.now() > endsAt) throw error
        await sleep(BUSY_WAIT_MS)
      }
    }
  }
}

const startOf = ({ SequenceNumberRange }: Shard): bigint => BigInt(SequenceNumberRange?.StartingSequenceNumber ?? '0')
