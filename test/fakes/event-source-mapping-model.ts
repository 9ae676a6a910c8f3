/**
 * How Lambda hands a shard of Kinesis to a function, as far as ours may meet it, from the Lambda developer guide
 * (https://docs.aws.amazon.com/lambda/latest/dg/):
 * - services-kinesis-parameters.html: batches in order, of so many records at most.
 * - kinesis-on-failure-destination.html: a batch whose function fails comes again until its records are too old or the retries are
 *   used up; before that it is split in two, which uses up none of them. Then it is given up: a destination is told its shard, its
 *   first and last sequence number and how many they were, and the shard goes on.
 * - services-kinesis-batchfailurereporting.html: where the function names records that failed, what comes before the lowest of
 *   them is done, and the rest comes again; an empty list is success.
 */
import type { KinesisStreamBatchResponse } from 'aws-lambda'
import type { FixedClock } from './fixed-clock.ts'

export type MappingOptions = {
  readonly batchSize: number
  readonly retries: number
  readonly oldestMs: number
  /** Between one try and the next. */
  readonly waitMs: number
}
type ShardRecord = { readonly sequence: string; readonly arrivedMs: number }
export type GivenUp = {
  readonly requestContext: { readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded' }
  readonly KinesisBatchInfo: {
    readonly startSequenceNumber: string
    readonly endSequenceNumber: string
    readonly batchSize: number
  }
}

export class EventSourceMappingModel<R extends ShardRecord> {
  invocations = 0
  /** What the destination was told. */
  readonly givenUp: GivenUp[] = []
  private readonly options: MappingOptions
  private readonly clock: FixedClock
  private readonly invoke: (records: readonly R[]) => Promise<KinesisStreamBatchResponse>

  constructor(
    options: MappingOptions,
    clock: FixedClock,
    invoke: (records: readonly R[]) => Promise<KinesisStreamBatchResponse>,
  ) {
    this.options = options
    this.clock = clock
    this.invoke = invoke
  }

  /** Hands over all records of a shard. */
  async run(records: readonly R[]): Promise<void> {
    const { batchSize } = this.options
    for (let from = 0; from < records.length; from += batchSize)
      await this.handOver(records.slice(from, from + batchSize))
  }

  private async handOver(batch: readonly R[], triedBefore = 0): Promise<void> {
    const { retries, oldestMs, waitMs } = this.options
    let rest = batch
    for (let tries = triedBefore; rest.length > 0; tries++) {
      const young = rest.filter(({ arrivedMs }) => this.clock.now() - arrivedMs <= oldestMs)
      if (young.length < rest.length) {
        this.giveUp(rest.slice(0, rest.length - young.length), 'RecordAgeExceeded')
        rest = young
        if (rest.length === 0) return
      }
      if (tries > retries) return this.giveUp(rest, 'RetryAttemptsExhausted')
      const done = await this.outcomeOf(rest)
      if (done === 'failed' && rest.length > 1) {
        this.clock.advance(waitMs)
        const half = Math.ceil(rest.length / 2)
        await this.handOver(rest.slice(0, half), tries)
        return this.handOver(rest.slice(half), tries)
      }
      rest = done === 'failed' ? rest : rest.slice(done)
      if (rest.length > 0) this.clock.advance(waitMs)
    }
  }

  /** How many of them are done. */
  private async outcomeOf(records: readonly R[]): Promise<number | 'failed'> {
    this.invocations++
    try {
      const { batchItemFailures } = await this.invoke(records)
      const failed = batchItemFailures.map(({ itemIdentifier }) =>
        records.findIndex(({ sequence }) => sequence === itemIdentifier),
      )
      // Who names a record that is not there has failed.
      return failed.includes(-1) ? 'failed' : Math.min(records.length, ...failed)
    } catch {
      return 'failed'
    }
  }

  private giveUp(records: readonly R[], condition: GivenUp['requestContext']['condition']): void {
    this.givenUp.push({
      requestContext: { condition },
      KinesisBatchInfo: {
        startSequenceNumber: records[0]!.sequence,
        endSequenceNumber: records.at(-1)!.sequence,
        batchSize: records.length,
      },
    })
  }
}
