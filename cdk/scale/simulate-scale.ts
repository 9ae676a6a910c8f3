/**
 * A busy hour of the deployed engine, second by second: deliveries into the stream's shards, one consumer a shard, rows
 * into the table's partitions, frames to screens. From stated limits and measured costs; it shows what gives way first.
 */

/** What AWS documents, and what was measured of ours. A figure of ours that only an account can give is marked. */
export const LIMITS = {
  /** Records a second into a shard of a provisioned stream (Kinesis Data Streams, quotas and limits). */
  recordsAShard: 1_000,
  /** Write units a second of one partition key (DynamoDB, partitions and data distribution). */
  unitsAPartition: 1_000,
  /** Items of one transaction (DynamoDB, TransactWriteItems). */
  itemsATransaction: 100,
  /** Requests a second of an account to one API (API Gateway, quotas), of which frames are some. */
  requestsAnAccount: 10_000,
} as const
export const MEASURED = {
  /** Seconds of one transaction of 100 items, and of one event's folds. Not measured on AWS: the emulator's, doubled. */
  transactionSeconds: 0.02,
  foldSeconds: 0.0002,
  /** Write units of an event in a batch of 500 (`npm run bench -- cloud`), and of them those of its merchant's busiest partition key (guessed). */
  rowsAnEvent: 3.59,
  busiestShare: 0.2,
  /** Frames that one consumer sends in a second: twenty at once, each in 40 ms. Not measured on AWS. */
  framesAConsumer: 500,
} as const

export type Load = {
  readonly eventsPerDay: number
  readonly stores: number
  readonly merchants: number
  readonly viewers: number
}
export type Sizes = { readonly shards: number; readonly logicalShards: number }
export type Verdict = {
  readonly sizes: Sizes
  /** Of what each part can do, in its busiest second; above 1 it falls behind. */
  readonly used: Readonly<Record<Part, number>>
  readonly first: Part
  /** Age of the oldest event that is not in the rows, in seconds, at its worst. */
  readonly worstLagSeconds: number
  /** Deliveries that were answered 503 for want of room in the stream. */
  readonly refused: number
}
export const PARTS = ['stream', 'consumer', 'partition', 'broadcast'] as const
export type Part = (typeof PARTS)[number]

const HOUR = 3_600
const SECONDS_A_DAY = 86_400
/** The busiest hour against the mean of the day, and its busiest five minutes against the hour. */
const PEAK = 3
const RUSH = 2
const RUSH_SECONDS = 300
const BATCH = 500
const EVENTS_A_RECORD = 2
/** A delivery waits so long for room in the stream. */
const PATIENCE_SECONDS = 2

export function simulate(load: Load, { shards, logicalShards }: Sizes): Verdict {
  const shares = sharesOf(load.stores, shards, logicalShards)
  const random = randomFrom(7)
  const waiting = shares.map(() => 0)
  const behind = shares.map(() => 0)
  const used: Record<Part, number> = { stream: 0, consumer: 0, partition: 0, broadcast: 0 }
  let refused = 0
  let worstLagSeconds = 0
  const most = (part: Part, value: number) => {
    used[part] = Math.max(used[part], value)
  }
  const consumed = eventsASecond()
  for (let second = 0; second < HOUR; second++) {
    const inRush = second >= HOUR / 2 && second < HOUR / 2 + RUSH_SECONDS
    const rate = (load.eventsPerDay / SECONDS_A_DAY) * PEAK * (inRush ? RUSH : 1) * (0.8 + 0.4 * random())
    let written = 0
    for (const [shard, share] of shares.entries()) {
      const records = (rate * share) / EVENTS_A_RECORD + waiting[shard]!
      most('stream', records / LIMITS.recordsAShard)
      const taken = Math.min(records, LIMITS.recordsAShard)
      const left = records - taken
      waiting[shard] = Math.min(left, LIMITS.recordsAShard * PATIENCE_SECONDS)
      refused += left - waiting[shard]
      behind[shard]! += taken * EVENTS_A_RECORD
      most('consumer', (rate * share) / consumed)
      const done = Math.min(behind[shard]!, consumed)
      behind[shard]! -= done
      written += done
      worstLagSeconds = Math.max(worstLagSeconds, behind[shard]! / consumed)
    }
    // The largest merchant has a share of all trade as if merchants were ranked (Zipf).
    const units = written * MEASURED.rowsAnEvent * MEASURED.busiestShare * largestOf(load.merchants)
    most('partition', units / LIMITS.unitsAPartition)
    const frames = load.viewers * Math.min(shards, 1 + rate)
    most('broadcast', Math.max(frames / LIMITS.requestsAnAccount, frames / (shards * MEASURED.framesAConsumer)))
  }
  const first = PARTS.toSorted((a, b) => used[b] - used[a])[0]!
  return { sizes: { shards, logicalShards }, used, first, worstLagSeconds, refused: Math.round(refused) }
}

/** The fewest shards with which stream and consumers keep up, and logical shards to spread over them; at most 512. */
export function sizesFor(load: Load): Sizes {
  for (let shards = 1; shards <= 512; shards *= 2) {
    const sizes = { shards, logicalShards: Math.max(8, shards * 4) }
    const { used } = simulate(load, sizes)
    if (used.stream < 1 && used.consumer < 1) return sizes
  }
  return { shards: 512, logicalShards: 2_048 }
}

/** Of one consumer: full batches, each so many transactions one after the other. */
function eventsASecond(): number {
  const transactions = (BATCH * MEASURED.rowsAnEvent) / LIMITS.itemsATransaction
  return BATCH / (transactions * MEASURED.transactionSeconds + BATCH * MEASURED.foldSeconds)
}

/** What part of all trade comes to each shard: stores are ranked by trade, and lie where their name's hash says. */
export function sharesOf(stores: number, shards: number, logicalShards: number): number[] {
  const shares = Array.from({ length: shards }, () => 0)
  const trade = Array.from({ length: Math.max(1, stores) }, (_, rank) => 1 / (rank + 10))
  const all = trade.reduce((a, b) => a + b, 0)
  const random = randomFrom(11)
  for (const each of trade) {
    const logical = Math.floor(random() * logicalShards)
    shares[Math.floor((logical * shards) / logicalShards)]! += each / all
  }
  return shares
}

const largestOf = (merchants: number): number => {
  let all = 0
  for (let rank = 1; rank <= merchants; rank++) all += 1 / rank
  return all === 0 ? 1 : 1 / all
}

/** mulberry32 */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
