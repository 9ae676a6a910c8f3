/** One event's record in the log, looked for among a bounded number of records: the log has no index by id. */
import { z } from 'zod'
import { parseTime } from '#core/events/parse-time.ts'
import type { EventLog, LogRecord } from '#core/ports.ts'
import { ascendingNumber } from '#core/row-key.ts'
import { receivedAtOf } from './read-lag.ts'

export const RECORDS_LOOKED_AT = 20_000
const RECORDS_AT_ONCE = 2_000
/** Doors take events one beside the other: the log's order is that of their times to about this. */
const DISORDER_MS = 10_000

/** What lies in the log, as far as a record of a door must say it. */
const record = z.object({
  id: z.string(),
  merchantId: z.string(),
  storeId: z.string(),
  source: z.string(),
  type: z.string(),
  occurredAt: z.string(),
  receivedAt: z.string(),
  businessDate: z.string(),
  data: z.record(z.string(), z.unknown()),
})
export type FoundRecord = z.infer<typeof record> & {
  readonly shard: number
  readonly sequence: string
  /** How many records behind it bear its id. */
  readonly duplicates: number
}

/** `nearMs`: about when our door took it, epoch ms, or some time before; undefined: among the newest `most`. */
export async function findRecord(
  log: EventLog,
  shard: number,
  id: string,
  nearMs: number | undefined,
  most: number = RECORDS_LOOKED_AT,
): Promise<FoundRecord | undefined> {
  const end = Number((await log.status()).shards[shard]!.next)
  const start = nearMs === undefined ? end - most : await firstSince(log, shard, nearMs - DISORDER_MS, end)
  const marked = `"id":${JSON.stringify(id)}`
  let found: FoundRecord | undefined
  let duplicates = 0
  let from = Math.max(start, 0)
  for (let looked = 0; looked < most; looked += RECORDS_AT_ONCE) {
    const page = await log.read(shard, ascendingNumber(from), RECORDS_AT_ONCE)
    for (const one of page) {
      if (!Buffer.from(one.bytes.buffer, one.bytes.byteOffset, one.bytes.byteLength).includes(marked)) continue
      const read = eventIn(one)
      if (read?.id !== id) continue
      if (found === undefined) found = { ...read, shard, sequence: one.sequence, duplicates }
      else duplicates++
    }
    if (page.length < RECORDS_AT_ONCE) break
    from = Number(page.at(-1)!.sequence) + 1
  }
  return found && { ...found, duplicates }
}

/** Number of the first record that was taken at this time or later, by halves: records lie in the order of their taking. */
async function firstSince(log: EventLog, shard: number, sinceMs: number, end: number): Promise<number> {
  const [oldest] = await log.read(shard, undefined, 1)
  let [low, high] = [oldest === undefined ? end : Number(oldest.sequence), end]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const [one] = await log.read(shard, ascendingNumber(middle), 1)
    // One that is too broken to say counts as early: then more is looked at, and none is missed.
    const at = one === undefined ? Number.POSITIVE_INFINITY : receivedAtOf(one.bytes, Number.NEGATIVE_INFINITY)
    if (at < sinceMs) low = middle + 1
    else high = middle
  }
  return low
}

function eventIn({ bytes }: LogRecord): z.infer<typeof record> | undefined {
  try {
    const read = record.safeParse(JSON.parse(new TextDecoder().decode(bytes)))
    const times = read.success ? [read.data.occurredAt, read.data.receivedAt].map(parseTime) : []
    return times.some(Number.isNaN) ? undefined : read.data
  } catch {
    return undefined
  }
}
