/** Traffic as the log holds it. */
import { shardOf } from '#core/events/shard-of.ts'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { randomFrom } from '#test/chaos/traffic.ts'
import type { TrafficEvent } from './retail-traffic.ts'

const EVERY_SHARD = new Set(['store.listed', 'product.listed'])
const JITTER_MS = 2_000
const STRAY_MS = 120_000
const STRAYS = 0.2

/**
 * Traffic as records of a log with that many shards, one line each: the shard's digit, then the event as the door would
 * have written it. Event time runs at `ratePerSecond`, from `startMs` on; a fifth of the events happened up to 2 minutes
 * before they came, the others up to 2 s.
 */
export class RecordLines {
  private readonly shards: number
  private readonly startMs: number
  private readonly ratePerSecond: number
  private readonly random = randomFrom(2)
  private stamped = 0

  constructor(shards: number, startMs: number, ratePerSecond: number) {
    this.shards = shards
    this.startMs = startMs
    this.ratePerSecond = ratePerSecond
  }

  linesOf({ type, id, storeId, data }: TrafficEvent): string {
    const receivedMs = this.startMs + Math.floor((this.stamped++ * 1000) / this.ratePerSecond)
    const occurredAt = new Date(
      receivedMs - Math.floor(this.random() * (this.random() < STRAYS ? STRAY_MS : JITTER_MS)),
    ).toISOString()
    const receivedAt = new Date(receivedMs).toISOString()
    const businessDate = occurredAt.slice(0, 10)
    const event = { id, merchantId: DEMO_MERCHANT, storeId, source: 'bench', type, version: 1 }
    const text = JSON.stringify({ ...event, occurredAt, receivedAt, businessDate, data })
    if (!EVERY_SHARD.has(type)) return `${shardOf(DEMO_MERCHANT, storeId, this.shards)}${text}\n`
    return Array.from({ length: this.shards }, (_, shard) => `${shard}${text}\n`).join('')
  }
}
