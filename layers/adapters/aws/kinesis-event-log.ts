/**
 * The log on Kinesis Data Streams. A document with a claim is written down first, under that claim, then put into the
 * stream, then forgotten: cut off anywhere it is appended by `resendPending`, under the ids that a repeat is answered with.
 *
 * What only Kinesis knows, and what it does not: records leave it by age alone, the sequence of a record that is yet to
 * come is unknown, and a request of which nothing was heard may have been taken. Such a document is sent again under the
 * same event ids, which the engine has seen for ten minutes.
 */
import type { KinesisClient } from '@aws-sdk/client-kinesis'
import {
  type Clock,
  conditionsHold,
  type EventLog,
  type IdSource,
  type Intake,
  LogFullError,
  type LogRecord,
  type LogStatus,
  type ObjectStore,
  type StateStore,
  type Taken,
} from '#core/ports.ts'
import { packFrame, packFrames, unpackFrame } from '#core/record-frame.ts'
import { CLAIM_TABLE, type ClaimRow } from './log-rows.ts'
import { type ByShard, type Pending, PendingDocuments } from './pending-documents.ts'
import { isPassing, type Lane, type LanePut, type PutResult, putFrames } from './put-frames.ts'
import { RecordCounters } from './record-counters.ts'
import { ShardReader } from './shard-reader.ts'

export type KinesisEventLogOptions = {
  readonly client: Pick<KinesisClient, 'send'>
  readonly streamName: string
  /** How many logical shards; for good. */
  readonly shards: number
  readonly state: StateStore
  readonly objects: ObjectStore
  readonly clock: Clock
  readonly ids: IdSource
  /** How long an append tries to get into the stream, and a read out of it, ms. */
  readonly patienceMs?: number
  readonly sleep?: (ms: number) => Promise<void>
}

const PATIENCE_MS = 2_000
const RETRY_AFTER_S = 5
/** A document that is pending for longer was left behind by whoever took it. */
const LEFT_BEHIND_MS = 60_000
const MOST_RESENT = 200
const AT_ONCE = 32
const READ_AT_ONCE = 1_000

/** A document on its way, and where its records lie in the lanes of the call: [first, behind the last]. */
type Sending = {
  readonly document: Pick<Intake, 'claim' | 'eventIds'>
  readonly records: ByShard
  readonly places: Map<number, readonly [number, number]>
  pending: Pending | undefined
}

export class KinesisEventLog implements EventLog {
  readonly shards: number
  private readonly options: Required<KinesisEventLogOptions>
  private readonly pending: PendingDocuments
  private readonly counters: RecordCounters
  private readonly reader: ShardReader
  /** By shard: behind the last record that this process has put. */
  private readonly next = new Map<number, string>()
  private repeats = 0
  private appending: Promise<unknown> = Promise.resolve()

  constructor(options: KinesisEventLogOptions) {
    const { sleep = (ms) => new Promise((done) => setTimeout(done, ms)), patienceMs = PATIENCE_MS } = options
    this.options = { ...options, sleep, patienceMs }
    this.shards = options.shards
    this.pending = new PendingDocuments(options)
    this.counters = new RecordCounters(options)
    this.reader = new ShardReader(this.options)
  }

  /** One call after the other, so that a shard holds them in the order in which they were made. */
  append(documents: readonly Intake[]): Promise<readonly Taken[]> {
    const taking = this.appending.then(() => this.take(documents))
    this.appending = taking.catch(() => {}) // whoever comes next is not to blame
    return taking
  }

  private async take(documents: readonly Intake[]): Promise<readonly Taken[]> {
    const byShards = documents.map(byShard) // throws for a record that fits nowhere, before anything is written
    const earlier = await this.earlierClaims(documents)
    const takens: Taken[] = []
    const sendings: Sending[] = []
    const claimed = new Map<string, Taken>()
    for (const [i, document] of documents.entries()) {
      const { claim, eventIds } = document
      const first = claim === undefined ? undefined : (claimed.get(claim.key) ?? earlier.get(claim.key))
      const taken = { repeat: first !== undefined, eventIds: first?.eventIds ?? eventIds }
      takens.push(taken)
      if (first !== undefined) continue
      if (claim !== undefined) claimed.set(claim.key, taken)
      sendings.push({ document, records: byShards[i]!, places: new Map(), pending: undefined })
    }
    const rivals = await this.writeDown(sendings)
    const answers = takens.map((taken, i) => {
      const rival = rivals.get(documents[i]!.claim?.key ?? '')
      return documents[i]!.claim === undefined || rival === undefined
        ? taken
        : { repeat: true, eventIds: rival.eventIds }
    })
    const mine = sendings.filter(({ document: { claim } }) => claim === undefined || !rivals.has(claim.key))
    await this.send(mine, { isNew: true })
    this.repeats += answers.filter(({ repeat }) => repeat).length
    return answers
  }

  /** What is known of these claims; whoever took them may no longer give them back. */
  private async earlierClaims(documents: readonly Intake[]): Promise<ReadonlyMap<string, ClaimRow>> {
    const keys = [...new Set(documents.flatMap(({ claim }) => (claim === undefined ? [] : [claim.key])))]
    if (keys.length === 0) return new Map()
    const rows = await this.options.state.getMany(keys.map((key) => ({ table: CLAIM_TABLE, key })))
    const found = new Map<string, ClaimRow>()
    for (const [i, row] of rows.entries()) {
      if (row === undefined) continue
      const relied = await this.rely(keys[i]!, row as ClaimRow)
      if (relied !== undefined) found.set(keys[i]!, relied)
    }
    return found
  }

  /** A claim as it may be relied on; undefined: it was given back meanwhile. */
  private async rely(key: string, row: ClaimRow): Promise<ClaimRow | undefined> {
    let present: ClaimRow | undefined = row
    // Only one that came just now can be given back.
    const isSettled = ({ relied, takenAt }: ClaimRow) =>
      relied === true || this.options.clock.now() - takenAt > LEFT_BEHIND_MS
    while (present !== undefined && !isSettled(present)) {
      const relied: ClaimRow = { ...present, relied: true }
      const place = { table: CLAIM_TABLE, key }
      const unmoved = { ...place, field: 'by', equals: present.by }
      if (await conditionsHold(() => this.options.state.commitDurable([{ ...place, row: relied }], [unmoved])))
        return relied
      present = (await this.options.state.get(CLAIM_TABLE, key)) as ClaimRow | undefined
    }
    return present
  }

  /** Claims that others have got meanwhile, by their key. */
  private async writeDown(sendings: readonly Sending[]): Promise<ReadonlyMap<string, ClaimRow>> {
    const rivals = new Map<string, ClaimRow>()
    const claiming = sendings.filter(({ document }) => document.claim !== undefined)
    await inGroups(claiming, async (sending) => {
      const { document, records } = sending
      const pending = await this.pending.write(document, records)
      const rival = await this.pending.claim(pending)
      if (rival === undefined) sending.pending = pending
      else {
        await this.pending.forget(pending)
        rivals.set(document.claim!.key, (await this.rely(document.claim!.key, rival)) ?? rival)
      }
    })
    return rivals
  }

  /** @throws LogFullError when nothing of it is in the stream, or nobody knows; `isNew`: then its claims are given back. */
  private async send(sendings: readonly Sending[], { isNew }: { readonly isNew: boolean }): Promise<void> {
    if (sendings.length === 0) return
    const lanes = lanesOf(sendings)
    await this.counters.add(new Map(lanes.map((lane) => [lane.shard, recordsIn(lane)])))
    const result = await putFrames(lanes, this.options)
    const puts = new Map(lanes.map(({ shard }, i) => [shard, result.lanes[i]!]))
    for (const [shard, { next }] of puts) if (next !== undefined) this.next.set(shard, next)
    if (result.failure === undefined) {
      await inGroups(sendings, async ({ pending }) => pending && this.pending.forget(pending))
      return
    }
    await this.counters.add(notPut(lanes, result))
    const isAnyIn = result.lanes.some(({ records }) => records > 0)
    if (isAnyIn) return this.keepRests(sendings, puts)
    const isUncertain = result.lanes.some((lane) => lane.isUncertain)
    if (isNew && !isUncertain)
      await inGroups(sendings, async ({ pending }) => pending && this.pending.giveBack(pending))
    throw refusalFor(result.failure, isUncertain)
  }

  /** Part of the call is in the stream, so all of it has to be: the rest is written down, and comes later. */
  private async keepRests(sendings: readonly Sending[], puts: ReadonlyMap<number, LanePut>): Promise<void> {
    await inGroups(sendings, async ({ document, records, places, pending }) => {
      const rest = new Map<number, readonly Uint8Array[]>()
      for (const [shard, ofShard] of records) {
        const [first, end] = places.get(shard)!
        const put = puts.get(shard)!.records
        if (put < end) rest.set(shard, ofShard.slice(Math.max(0, put - first)))
      }
      if (rest.size === 0) await (pending && this.pending.forget(pending))
      else if (pending === undefined) await this.pending.write(document, rest)
      else await this.pending.keepRest(pending, rest)
    })
  }

  /** Appends what was left behind for more than a minute, oldest first. Answers how many documents came into the stream. */
  async resendPending(): Promise<number> {
    await this.counters.foldPast()
    let resent = 0
    for (const pending of await this.pending.before(this.options.clock.now() - LEFT_BEHIND_MS, MOST_RESENT)) {
      const rival = await this.pending.claim(pending)
      if (rival !== undefined) {
        await this.pending.forget(pending)
        continue
      }
      const records = await this.pending.recordsOf(pending)
      try {
        await this.send([{ document: pending.row, records, places: new Map(), pending }], { isNew: false })
      } catch (error) {
        if (error instanceof LogFullError) return resent // the next minute
        throw error
      }
      resent++
    }
    return resent
  }

  async read(shard: number, from: string | undefined, limit: number): Promise<readonly LogRecord[]> {
    return this.reader.read(shard, from, limit)
  }

  /**
   * After its rows were restored from an earlier moment: so many records were appended to each shard, and documents that
   * were on their way then are forgotten where the stream has got them meanwhile. Nobody else may append while this runs.
   */
  async afterRestore(appended: readonly number[]): Promise<{ readonly arrived: number }> {
    await this.counters.replace(appended)
    const inStream = new Set<string>()
    for (let shard = 0; shard < this.shards; shard++) {
      let from: string | undefined
      for (;;) {
        const records = (await this.read(shard, from, READ_AT_ONCE)).filter(({ sequence }) => sequence !== from)
        if (records.length === 0) break
        for (const { bytes } of records) for (const id of idsIn(bytes)) inStream.add(id)
        from = records.at(-1)!.sequence
      }
    }
    return { arrived: await this.pending.forgetKnown((id) => inStream.has(id)) }
  }

  /** `next` is behind the last record that this process has put; '' where it has put none. */
  async status(): Promise<LogStatus> {
    const appended = await this.counters.read(this.shards)
    return {
      shards: appended.map((n, shard) => ({ next: this.next.get(shard) ?? '', appended: n })),
      repeats: this.repeats,
    }
  }
}

/** An event's own id is the first that its record names. */
const idsIn = (bytes: Uint8Array): string[] => {
  const id = /"id":"([^"]+)"/.exec(new TextDecoder().decode(bytes.subarray(0, 300)))?.[1]
  return id === undefined ? [] : [id]
}

function byShard({ records }: Intake): ByShard {
  const found = new Map<number, Uint8Array[]>()
  for (const { shard, bytes } of records) {
    const ofShard = found.get(shard)
    if (ofShard === undefined) found.set(shard, [bytes])
    else ofShard.push(bytes)
  }
  for (const ofShard of found.values()) packFrame(ofShard)
  return found
}

/** The records of all documents by shard, in their order, in as few frames as hold them; notes each document's places. */
function lanesOf(sendings: readonly Sending[]): Lane[] {
  const records = new Map<number, Uint8Array[]>()
  for (const sending of sendings) {
    for (const [shard, ofShard] of sending.records) {
      const lane = records.get(shard) ?? []
      records.set(shard, lane)
      sending.places.set(shard, [lane.length, lane.length + ofShard.length])
      for (const bytes of ofShard) lane.push(bytes)
    }
  }
  return [...records].map(([shard, lane]) => ({
    shard,
    frames: packFrames(lane).map((bytes) => ({ bytes, records: unpackFrame(bytes).length })),
  }))
}

const recordsIn = ({ frames }: Lane): number => frames.reduce((sum, { records }) => sum + records, 0)

/** By shard, what was counted and is surely not in the stream, as a negative number. */
function notPut(lanes: readonly Lane[], result: PutResult): ReadonlyMap<number, number> {
  const missing = new Map<number, number>()
  for (const [i, lane] of lanes.entries()) {
    const { records, isUncertain } = result.lanes[i]!
    if (!isUncertain && records < recordsIn(lane)) missing.set(lane.shard, records - recordsIn(lane))
  }
  return missing
}

/** What is wrong with the request itself is no matter of trying again. */
const refusalFor = (failure: Error, isUncertain: boolean): Error =>
  isPassing(failure)
    ? new LogFullError(`the stream takes nothing now: ${failure.message || failure.name}`, RETRY_AFTER_S, isUncertain)
    : failure

async function inGroups<T>(all: readonly T[], run: (one: T) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < all.length; i += AT_ONCE) await Promise.all(all.slice(i, i + AT_ONCE).map(run))
}
