import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { KinesisClient, type KinesisClientConfig } from '@aws-sdk/client-kinesis'

/** How long a call waits for an answer: a shard that says nothing for so long is asked again. */
const PATIENCE_MS = 3_000

/**
 * A client by HTTP/1.1, as the other clients are: by HTTP/2, its own choice, it would hold connections beside theirs, and
 * the emulator cuts its answers off at 64 KiB.
 */
export function newKinesisClient(): KinesisClient {
  const { requestHandler } = new DynamoDBClient({ requestHandler: { requestTimeout: PATIENCE_MS } }).config
  return new KinesisClient({ requestHandler: requestHandler as NonNullable<KinesisClientConfig['requestHandler']> })
}
