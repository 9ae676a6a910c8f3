import type { Context } from 'aws-lambda'
import { archiveShard } from '#runtime/archive-shard.ts'
import { portsOf } from '#runtime/ports.ts'

/** Each quarter of an hour: what has been folded since goes into the lake. */
export async function handler(_event: unknown, context: Context): Promise<void> {
  const ports = portsOf(context)
  for (let shard = 0; shard < ports.log.shards; shard++) await archiveShard(ports, shard)
}
