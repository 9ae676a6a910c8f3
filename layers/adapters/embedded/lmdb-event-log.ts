/**
 * The log of one machine: an LMDB environment with a block of records for each group commit and shard.
 *
 * Group commit without a timer: what arrives while one block is being written and synced becomes the next block, so a
 * quiet log answers after one sync and a busy one shares it. Claims lie in the same transaction as their records, and
 * are dropped with them, unless they are kept for ever.
 */
import { type Database, open, type RootDatabase } from 'lmdb'
import { type EventLog, type Intake, LogFullError, type LogRecord, type LogStatus, type Taken } from '#core/ports.ts'
import { ascendingNumber } from '#core/row-key.ts'
import { answered } from './lmdb-answer.ts'

export type LmdbEventLogOptions = {
  readonly path: string
  readonly shards: number
  /** Bytes that may wait for the disk before `append` refuses more. */
  readonly maxWaitingBytes?: number
  /** Asked before each append: why the log must not grow now, or undefined. */
  readonly refusal?: () => string | undefined
  /** Called once for every record in order, when it is durable and before its append is answered. */
  readonly onAppended?: (shard: number, records: readonly LogRecord[]) => void
}

/** [records, claims to drop with them]; key: [shard, number of the first record]. */
type Block = readonly [records: readonly Uint8Array[], claims: readonly string[]]
type BlockKey = [shard: number, first: number]
type Waiting = {
  readonly document: Intake
  readonly done: (taken: Taken) => void
  readonly failed: (e: unknown) => void
}

/** Number of the first record: text that sorts after '', the checkpoint before the first. */
const FIRST = 1
const MAX_WAITING_BYTES = 32 << 20
const MAX_GROUP_BYTES = 4 << 20

/** Most records are never asked for their sequence as text. */
class NumberedRecord implements LogRecord {
  readonly bytes: Uint8Array
  private readonly number: number
  constructor(number: number, bytes: Uint8Array) {
    this.number = number
    this.bytes = bytes
  }
  get sequence(): string {
    return ascendingNumber(this.number)
  }
}

export class LmdbEventLog implements EventLog {
  readonly shards: number
  private readonly root: RootDatabase
  private readonly blocks: Database<Block, BlockKey>
  private readonly claims: Database<readonly string[], string>
  /** By shard: number of the next record, as it stood when records were last dropped. */
  private readonly ends: Database<number, number>
  private readonly options: LmdbEventLogOptions
  private readonly next: number[]
  private readonly inFlight = new Map<string, Promise<Taken>>()
  private queue: Waiting[] = []
  private waitingBytes = 0
  private repeats = 0
  private draining: Promise<void> | undefined

  constructor(options: LmdbEventLogOptions) {
    this.options = options
    this.shards = options.shards
    this.root = open({ path: options.path, maxDbs: 4, compression: false })
    this.blocks = this.root.openDB<Block, BlockKey>({ name: 'blocks' })
    this.claims = this.root.openDB<readonly string[], string>({ name: 'claims' })
    this.ends = this.root.openDB<number, number>({ name: 'ends' })
    this.next = Array.from({ length: this.shards }, (_, shard) => this.endOf(shard))
  }

  async append(documents: readonly Intake[]): Promise<readonly Taken[]> {
    const refusal = this.refusal()
    if (refusal !== undefined) throw new LogFullError(refusal, 1)
    return Promise.all(documents.map((document) => this.take(document)))
  }

  private refusal(): string | undefined {
    const limit = this.options.maxWaitingBytes ?? MAX_WAITING_BYTES
    if (this.waitingBytes > limit) return `${limit} bytes are waiting for the disk`
    return this.options.refusal?.()
  }

  private take(document: Intake): Promise<Taken> {
    const { claim } = document
    if (claim === undefined) return this.enqueue(document)
    const rival = this.inFlight.get(claim.key)
    if (rival !== undefined) {
      this.repeats++
      return rival.then(({ eventIds }) => ({ repeat: true, eventIds }))
    }
    const eventIds = this.claims.get(claim.key)
    if (eventIds !== undefined) {
      this.repeats++
      return Promise.resolve({ repeat: true, eventIds })
    }
    const taking = this.enqueue(document).finally(() => this.inFlight.delete(claim.key))
    this.inFlight.set(claim.key, taking)
    return taking
  }

  private enqueue(document: Intake): Promise<Taken> {
    return new Promise((done, failed) => {
      this.queue.push({ document, done, failed })
      this.waitingBytes += bytesOf(document)
      this.draining ??= Promise.resolve().then(() => this.drain())
    })
  }

  private async drain(): Promise<void> {
    while (this.queue.length > 0) {
      const group = this.takeGroup()
      try {
        await this.write(group)
      } catch (error) {
        for (const { failed } of group) failed(error)
      } finally {
        for (const { document } of group) this.waitingBytes -= bytesOf(document)
      }
    }
    this.draining = undefined
  }

  private takeGroup(): Waiting[] {
    let bytes = 0
    let n = 0
    while (n < this.queue.length && (n === 0 || bytes < MAX_GROUP_BYTES)) bytes += bytesOf(this.queue[n++]!.document)
    return this.queue.splice(0, n)
  }

  /** One transaction for the group; its records count only when the sync is over. */
  private async write(group: readonly Waiting[]): Promise<void> {
    const records: Uint8Array[][] = Array.from({ length: this.shards }, () => [])
    const claims: string[][] = Array.from({ length: this.shards }, () => [])
    for (const { document } of group) {
      for (const { shard, bytes } of document.records) records[shard]!.push(bytes)
      const first = document.records[0]
      if (document.claim !== undefined && !document.claim.keepForEver && first !== undefined) {
        claims[first.shard]!.push(document.claim.key)
      }
    }
    const firsts = [...this.next]
    const committed = this.root.batch(() => {
      records.forEach((ofShard, shard) => {
        if (ofShard.length > 0) this.blocks.put([shard, firsts[shard]!], [ofShard, claims[shard]!])
      })
      for (const { document } of group) {
        if (document.claim !== undefined) this.claims.put(document.claim.key, document.eventIds)
      }
    })
    await answered(Promise.resolve(committed).then(() => this.root.flushed))
    records.forEach((ofShard, shard) => {
      if (ofShard.length === 0) return
      this.next[shard]! += ofShard.length
      const from = firsts[shard]!
      this.options.onAppended?.(
        shard,
        ofShard.map((bytes, i) => new NumberedRecord(from + i, bytes)),
      )
    })
    for (const { document, done } of group) done({ repeat: false, eventIds: document.eventIds })
  }

  async read(shard: number, from: string | undefined, limit: number): Promise<readonly LogRecord[]> {
    const start = from === undefined ? 0 : Number(from)
    const durable = this.next[shard]!
    const records: LogRecord[] = []
    for (const { key, value } of this.blocks.getRange({ start: this.blockAt(shard, start), end: [shard + 1, 0] })) {
      const first = key[1]
      for (let i = Math.max(0, start - first); i < value[0].length; i++) {
        if (records.length === limit || first + i >= durable) return records
        records.push(new NumberedRecord(first + i, value[0][i]!))
      }
    }
    return records
  }

  async status(): Promise<LogStatus> {
    return {
      shards: this.next.map((next) => ({ next: ascendingNumber(next), appended: next - FIRST })),
      repeats: this.repeats,
    }
  }

  /** Drops whole blocks of a shard that end before `sequence`, and the claims that go with them. Answers the records dropped. */
  async dropBefore(shard: number, sequence: string): Promise<number> {
    const limit = Number(sequence)
    let dropped = 0
    const gone: { key: BlockKey; claims: readonly string[] }[] = []
    for (const { key, value } of this.blocks.getRange({ start: [shard, 0], end: [shard, limit] })) {
      if (key[1] + value[0].length > limit) break
      gone.push({ key, claims: value[1] })
      dropped += value[0].length
    }
    await this.root.batch(() => {
      this.ends.put(shard, this.next[shard]!)
      for (const { key, claims } of gone) {
        this.blocks.remove(key)
        for (const claim of claims) this.claims.remove(claim)
      }
    })
    return dropped
  }

  /** A consistent copy of the whole log in another folder. */
  async backup(path: string): Promise<void> {
    await this.root.backup(path, true)
  }

  /** Resolves when everything that was accepted is on the disk; the log takes nothing after it. */
  async close(): Promise<void> {
    await this.draining
    await this.root.close()
  }

  /** Key of the block that holds the record, or of the first one after it. */
  private blockAt(shard: number, n: number): BlockKey {
    for (const key of this.blocks.getKeys({ start: [shard, n], end: [shard, -1], reverse: true, limit: 1 })) return key
    return [shard, n]
  }

  private endOf(shard: number): number {
    for (const { key, value } of this.blocks.getRange({
      start: [shard, Number.MAX_SAFE_INTEGER],
      end: [shard, -1],
      reverse: true,
      limit: 1,
    })) {
      return key[1] + value[0].length
    }
    return this.ends.get(shard) ?? FIRST
  }
}

const bytesOf = (document: Intake): number => {
  let bytes = 0
  for (const record of document.records) bytes += record.bytes.length
  return bytes
}
