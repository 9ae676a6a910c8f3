import type { Stream } from 'aws-cdk-lib/aws-kinesis'
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { allowConsuming, allowDeadBatches } from '../grants.ts'
import type { HouseFunction } from './house-function.ts'

/** Ten tries with halving find one record among 500; each is waited for at most this long. */
const RETRIES = 10
const OLDEST_SECONDS = 6 * 3600

export type StreamConsumerProps = {
  readonly runs: HouseFunction
  readonly stream: Stream
  readonly batch: number
  readonly waitMs: number
  /** Batches that could not be applied are told of here, under `aws/lambda/`. */
  readonly deadBatches: Bucket
}

/** Runs a function on a stream, one batch of a shard after another: order is kept, and a fault does not stop a shard for ever. */
export class StreamConsumer extends Construct {
  readonly mapping: CfnEventSourceMapping

  constructor(scope: Construct, id: string, { runs, stream, batch, waitMs, deadBatches }: StreamConsumerProps) {
    super(scope, id)
    this.mapping = new CfnEventSourceMapping(this, 'Mapping', {
      functionName: runs.invoked.functionArn,
      eventSourceArn: stream.streamArn,
      startingPosition: 'TRIM_HORIZON',
      batchSize: batch,
      // Whole seconds alone: what is shorter is no wait.
      maximumBatchingWindowInSeconds: Math.floor(waitMs / 1000),
      parallelizationFactor: 1,
      maximumRetryAttempts: RETRIES,
      maximumRecordAgeInSeconds: OLDEST_SECONDS,
      bisectBatchOnFunctionError: true,
      functionResponseTypes: ['ReportBatchItemFailures'],
      destinationConfig: { onFailure: { destination: deadBatches.bucketArn } },
      metricsConfig: { metrics: ['EventCount'] },
    })
    this.mapping.node.addDependency(runs.allow('Consuming', [allowConsuming(stream), ...allowDeadBatches(deadBatches)]))
  }
}
