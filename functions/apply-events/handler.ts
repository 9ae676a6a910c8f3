import type { Context, KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda'
import { LiveFeed } from '#runtime/live-feed.ts'
import { type Ports, portsOf } from '#runtime/ports.ts'
import { retailEngine } from '#runtime/retail-engine.ts'
import type { BatchRunner } from '#runtime/run-batch.ts'

/** Kinesis numbers its records with up to 129 digits; as texts they sort when they are equally long. */
const SEQUENCE_DIGITS = 129

/** They live as long as the process: what an engine knows by heart, and who has heard what. */
type Parts = { readonly engine: BatchRunner; readonly feed: LiveFeed }
const parts = new WeakMap<Ports, Parts>()

function partsOf(ports: Ports): Parts {
  let known = parts.get(ports)
  if (known === undefined) {
    known = { engine: retailEngine(ports.state, ports.objects), feed: new LiveFeed(ports, { seesAllShards: false }) }
    parts.set(ports, known)
  }
  return known
}

/** A batch of one shard of the stream: the same engine as on one machine, a decode away. */
export async function handler(event: KinesisStreamEvent, context: Context): Promise<KinesisStreamBatchResponse> {
  const ports = portsOf(context)
  const first = event.Records[0]
  if (first === undefined) return { batchItemFailures: [] }
  const { engine, feed } = partsOf(ports)
  const records = event.Records.map(({ kinesis }) => ({
    sequence: kinesis.sequenceNumber.padStart(SEQUENCE_DIGITS, '0'),
    bytes: Buffer.from(kinesis.data, 'base64'),
  }))
  feed.offer(await engine.run(shardNumber(first.eventID), records))
  await feed.send()
  return { batchItemFailures: [] }
}

/** `shardId-000000000002:4959...` is shard 2. */
const shardNumber = (eventId: string): number => Number(/^shardId-(\d+):/.exec(eventId)![1])
