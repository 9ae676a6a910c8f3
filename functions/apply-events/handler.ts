import type { Context, KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda'
import { HELD_LINE } from '#core/held-line.ts'
import { logicalShardOf } from '#core/logical-shard.ts'
import type { LogRecord } from '#core/ports.ts'
import { recordsOfFrame } from '#core/record-frame.ts'
import { LiveFeed } from '#runtime/live-feed.ts'
import { type Ports, portsOf } from '#runtime/ports.ts'
import { retailEngine } from '#runtime/retail-engine.ts'
import type { BatchRunner } from '#runtime/run-batch.ts'

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

/** A batch of one shard of the stream: for each logical shard in it the same engine as on one machine, a decode away. */
export async function handler(event: KinesisStreamEvent, context: Context): Promise<KinesisStreamBatchResponse> {
  const ports = portsOf(context)
  const { engine, feed } = partsOf(ports)
  let held = 0
  for (const [shard, records] of byLogicalShard(event, ports.log.shards)) {
    const result = await engine.run(shard, records)
    feed.offer(result)
    held += result.held
  }
  if (held > 0) console.log(JSON.stringify({ message: HELD_LINE, held }))
  // What was applied stays so: a screen that could not be told asks for the present state when it comes back.
  await feed.send().catch((error) => console.error(error))
  return { batchItemFailures: [] }
}

function byLogicalShard({ Records }: KinesisStreamEvent, shards: number): ReadonlyMap<number, readonly LogRecord[]> {
  const found = new Map<number, LogRecord[]>()
  for (const { eventID, kinesis } of Records) {
    // What we did not write is set aside, on a ledger of its own: its numbers say nothing about the order of ours.
    const shard = logicalShardOf(kinesis.partitionKey, shards) ?? shards + streamShardOf(eventID)
    const records = recordsOfFrame(kinesis.sequenceNumber, Buffer.from(kinesis.data, 'base64'))
    const known = found.get(shard)
    if (known === undefined) found.set(shard, records)
    else for (const record of records) known.push(record)
  }
  return found
}

/** `shardId-000000000002:4959...` is shard 2. */
const streamShardOf = (eventId: string): number => Number(/^shardId-(\d+):/.exec(eventId)![1])
