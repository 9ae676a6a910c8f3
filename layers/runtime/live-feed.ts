/** What open screens hear: the newest state of everything that changed, in frames, each to those who may see it. */
import { isDeepStrictEqual } from 'node:util'
import { type Hearing, hearingOf } from '#core/access/may-hear.ts'
import { MINUTE_MS } from '#core/metrics/business-time.ts'
import { partsOf, rowKey, under } from '#core/row-key.ts'
import { ChangeStream } from './change-stream.ts'
import { modeOf } from './demo-doors.ts'
import { CONNECTION_TABLE, type LiveConnection } from './live-connections.ts'
import {
  changesFrame,
  type Framed,
  type Heard,
  heardUpTo,
  hearingName,
  type Round,
  snapshotFrame,
  subscribedText,
} from './live-frames.ts'
import { LiveKpi } from './live-kpi.ts'
import { changesOf } from './live-messages.ts'
import { findMerchant } from './merchants.ts'
import { someAtOnce } from './one-by-one.ts'
import type { Ports } from './ports.ts'
import { readLag } from './read-lag.ts'
import type { BatchResult, Telling } from './run-batch.ts'

/** How long and how many changes are kept for those who come back after a break: of one merchant, and of all. */
const KEEP_MS = 5 * MINUTE_MS
const MOST_KEPT = 75_000
const MOST_KEPT_IN_ALL = 150_000
/** Who catches up gets no more frames at once: each waits for a turn of the event loop, in which others are served. */
const FRAMES_AT_ONCE = 10
/** So many are told at once, where telling one is a request over the network. */
const TOLD_AT_ONCE = 20
/** A connection with more than this on its way is slow: it is told the newest when it has caught up. */
const MAX_BACKLOG_BYTES = 256 * 1024
/** Whoever listens is looked at again this often: who may hear more or less than before has to come anew. */
const LOOK_AGAIN_MS = 30_000

/** Before every change of a stream. */
const NOTHING = -1

/** By topic, store and subject, oldest first. */
type Offered = Map<string, Telling>
type FeedPorts = Pick<Ports, 'state' | 'log' | 'live' | 'identity' | 'clock' | 'ids'>

type Listener = {
  heard: Heard
  /** The last of its subscriptions that was answered. */
  answered: string | undefined
  /** When its viewer was found to be who they were, epoch ms. */
  lookedAtMs: number
}
/** Those of one merchant who listen, or did so lately. */
type Audience = {
  readonly merchantId: string
  readonly stream: ChangeStream
  readonly kpi: LiveKpi
  readonly listeners: Map<string, Listener>
  heardAtMs: number
}
type Connection = { readonly id: string; readonly key: string; readonly row: LiveConnection }

export class LiveFeed {
  private offered = new Map<string, Offered>()
  /** Merchants whose connections are to be looked at though nothing has changed. */
  private turnedTo = new Set<string>()
  private readonly audiences = new Map<string, Audience>()
  private readonly ports: FeedPorts
  private readonly seesAllShards: boolean
  private readonly only: string | undefined

  /**
   * `seesAllShards` false: others tell of the rest, so that nobody can go on here where they broke off. `only`: the one
   * connection that it tells.
   */
  constructor(ports: FeedPorts, { seesAllShards, only }: { readonly seesAllShards: boolean; readonly only?: string }) {
    this.ports = ports
    this.seesAllShards = seesAllShards
    this.only = only
  }

  /** Takes a batch's tellings; newest wins within a topic and subject. */
  offer({ live, merchants }: Pick<BatchResult, 'live' | 'merchants'>): void {
    for (const merchantId of merchants) this.offeredOf(merchantId)
    for (const telling of live) {
      const offered = this.offeredOf(telling.merchantId)
      const name = rowKey(telling.topic, telling.storeId, telling.subject)
      offered.delete(name) // so that the newest is last
      offered.set(name, telling)
    }
  }

  private offeredOf(merchantId: string): Offered {
    let offered = this.offered.get(merchantId)
    if (offered === undefined) {
      offered = new Map()
      this.offered.set(merchantId, offered)
    }
    return offered
  }

  /** A connection of this merchant has come, gone or said something. */
  turnTo(merchantId: string): void {
    this.turnedTo.add(merchantId)
  }

  /** Time has passed: lag and mode may be others, and what is kept may be too old. */
  turnToAll(): void {
    for (const merchantId of this.audiences.keys()) this.turnedTo.add(merchantId)
  }

  /** Nothing waits to be sent that could be sent now. */
  get isEmpty(): boolean {
    return this.offered.size === 0 && this.turnedTo.size === 0
  }

  /** Sends what was offered since the last time to every connection that keeps up. Not to be called while it runs. */
  async send(): Promise<void> {
    const { offered, turnedTo } = this
    this.offered = new Map()
    this.turnedTo = new Set()
    const failures: unknown[] = []
    for (const merchantId of new Set([...offered.keys(), ...turnedTo])) {
      try {
        await this.sendTo(merchantId, offered.get(merchantId))
      } catch (error) {
        failures.push(error) // no reason for others to hear less
      }
    }
    if (failures.length > 0) throw failures[0]
  }

  private async sendTo(merchantId: string, offered: Offered | undefined): Promise<void> {
    const { state, clock, log } = this.ports
    const nowMs = clock.now()
    const found = await state.query({ table: CONNECTION_TABLE, range: under(merchantId) }).catch((error) => {
      if (offered !== undefined) this.audiences.get(merchantId)?.stream.loseAll()
      throw error
    })
    const connections = found
      .map(({ key, row }): Connection => ({ id: partsOf(key)[1]!, key, row: row as LiveConnection }))
      .filter(({ id }) => this.only === undefined || id === this.only)
    const audience = this.audienceOf(merchantId, connections, nowMs)
    if (audience === undefined) return
    if (offered !== undefined) await this.add(offered, audience, nowMs)
    await this.lookAgain(connections, audience, nowMs)
    this.forget(audience, nowMs)
    if (connections.length === 0) return
    const [lagMs, mode] = [await readLag(log, state, nowMs), await modeOf(state, merchantId)]
    const { stream, kpi } = audience
    const isComing = (storeId: string, id: string) =>
      this.offered.get(merchantId)?.has(rowKey('transaction', storeId, id)) === true
    const round: Round = { state, merchantId, stream, kpi, nowMs, lagMs, mode, isComing, made: new Map() }
    const failures: unknown[] = []
    let behind = connections
    for (let frames = 0; behind.length > 0 && frames < FRAMES_AT_ONCE; frames++) {
      if (frames > 0) await new Promise((done) => setImmediate(done))
      const still: Connection[] = []
      await someAtOnce(behind, TOLD_AT_ONCE, async (connection) => {
        const isLeft = await this.tell(connection, audience.listeners.get(connection.id)!, round)
        if (isLeft === 'more') still.push(connection)
        if (isLeft === 'slow') this.turnedTo.add(merchantId)
      }).catch((error) => failures.push(error))
      behind = still
    }
    if (behind.length > 0) this.turnedTo.add(merchantId)
    if (failures.length > 0) throw failures[0]
  }

  private async add(offered: Offered, { merchantId, stream, kpi }: Audience, nowMs: number): Promise<void> {
    kpi.move()
    try {
      stream.add(await changesOf(this.ports.state, merchantId, [...offered.values()], nowMs), nowMs)
    } catch (error) {
      stream.loseAll() // nobody must believe to have heard everything
      throw error
    }
  }

  /** undefined: nobody listens, nor did so lately, and nothing need be kept. */
  private audienceOf(merchantId: string, connections: readonly Connection[], nowMs: number): Audience | undefined {
    let audience = this.audiences.get(merchantId)
    if (audience === undefined) {
      if (connections.length === 0) return undefined
      const stream = new ChangeStream(this.ports.ids.next(), KEEP_MS)
      const kpi = new LiveKpi(this.ports, merchantId)
      audience = { merchantId, stream, kpi, listeners: new Map(), heardAtMs: nowMs }
      this.audiences.set(merchantId, audience)
    }
    const { stream, kpi, listeners } = audience
    if (connections.length > 0) audience.heardAtMs = nowMs
    else if (nowMs - audience.heardAtMs > KEEP_MS) {
      this.audiences.delete(merchantId)
      return undefined
    }
    const present = new Set(connections.map(({ id }) => id))
    for (const id of listeners.keys()) if (!present.has(id)) listeners.delete(id)
    for (const { id, row } of connections) {
      if (listeners.has(id)) continue
      const heard = { upTo: stream.head, figures: kpi.present, mode: undefined, lagMs: undefined }
      const answered = this.only === undefined ? row.answered : undefined
      listeners.set(id, { heard, answered, lookedAtMs: row.connectedAt })
    }
    return audience
  }

  /** Closes, forgets and takes out of `connections` those whose viewers are nobody any more, or may do more or less. */
  private async lookAgain(connections: Connection[], { listeners }: Audience, nowMs: number): Promise<void> {
    const { state, live, identity } = this.ports
    const isDue = ({ id }: Connection) => nowMs - listeners.get(id)!.lookedAtMs >= LOOK_AGAIN_MS
    const due = connections.filter(isDue)
    if (due.length === 0) return
    const isRemoved = (await findMerchant(state, due[0]!.row.viewer.merchantId))?.status === 'removed'
    const present = await Promise.all(due.map(({ row }) => identity.present(row.viewer)))
    for (const [i, connection] of due.entries()) {
      const { id, key, row } = connection
      if (!isRemoved && isDeepStrictEqual(present[i], row.viewer)) {
        listeners.get(id)!.lookedAtMs = nowMs
        continue
      }
      await live.close(id)
      await state.commit([{ table: CONNECTION_TABLE, key, row: undefined }])
      listeners.delete(id)
      connections.splice(connections.indexOf(connection), 1)
    }
  }

  private forget({ stream, kpi }: Audience, nowMs: number): void {
    let others = -stream.size
    for (const audience of this.audiences.values()) others += audience.stream.size
    stream.forget(nowMs, Math.max(0, Math.min(MOST_KEPT, MOST_KEPT_IN_ALL - others)))
    kpi.forget()
  }

  /** Answers what the connection has asked for, and tells it what it has not heard, a frame at a time. */
  private async tell(connection: Connection, listener: Listener, round: Round): Promise<'nothing' | 'more' | 'slow'> {
    const { id, row } = connection
    const { stream } = round
    if (this.ports.live.backlog(id) > MAX_BACKLOG_BYTES) return 'slow'
    // Answered elsewhere since: what is heard from here on is behind that.
    if (this.only === undefined && row.answered !== undefined) listener.answered = row.answered
    const hearing = hearingOf(row.viewer, row.asked)
    const frame = await this.frameFor(connection, listener, hearing, round)
    if (row.asked !== undefined && row.asked.id !== listener.answered) {
      if (!(await this.push(connection, listener, subscribedText(hearing, frame.resumed)))) return 'nothing'
      listener.answered = row.asked.id
    }
    listener.heard = frame.heard
    for (const text of frame.texts) if (!(await this.push(connection, listener, text))) return 'nothing'
    return frame.heard.upTo === stream.head ? 'nothing' : 'more'
  }

  private async frameFor(
    { row: { asked } }: Connection,
    { heard, answered }: Listener,
    hearing: Hearing,
    round: Round,
  ): Promise<Framed & { readonly resumed: boolean }> {
    const { stream } = round
    if (asked !== undefined && asked.id !== answered) {
      const { resume } = asked
      const from =
        resume === undefined || !this.seesAllShards ? undefined : stream.numberOf(resume, hearingName(hearing))
      if (from === undefined) return { ...(await snapshotFrame(hearing, resume !== undefined, round)), resumed: false }
      return { ...(await changesFrame(hearing, heardUpTo(from), round)), resumed: true }
    }
    const isWhole = stream.keepsSince(heard.upTo)
    return {
      ...(await (isWhole ? changesFrame(hearing, heard, round) : snapshotFrame(hearing, true, round))),
      resumed: isWhole,
    }
  }

  /** False: it is gone, and was forgotten. After a failure nobody knows what it has heard: then it is told everything anew. */
  private async push({ id, key }: Connection, listener: Listener, text: string): Promise<boolean> {
    try {
      if (await this.ports.live.send(id, text)) return true
    } catch (error) {
      listener.heard = heardUpTo(NOTHING)
      throw error
    }
    await this.ports.state.commit([{ table: CONNECTION_TABLE, key, row: undefined }])
    return false
  }
}
