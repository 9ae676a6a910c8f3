/** What open screens hear: the newest state of everything that changed, in frames, each to those who may see it. */
import { type Hearing, hearingOf, hears } from '#core/access/may-hear.ts'
import type { Mode } from '#core/api/freshness.ts'
import type { LiveFrame, LiveMessage, Subscribed } from '#core/api/live.ts'
import { MINUTE_MS } from '#core/metrics/business-time.ts'
import { partsOf, rowKey, under } from '#core/row-key.ts'
import { type Change, ChangeStream } from './change-stream.ts'
import { modeOf } from './demo-doors.ts'
import { CONNECTION_TABLE, type LiveConnection } from './live-connections.ts'
import { LiveKpi } from './live-kpi.ts'
import { changesOf } from './live-messages.ts'
import { readSnapshot } from './live-snapshot.ts'
import type { Ports } from './ports.ts'
import { readLag } from './read-lag.ts'
import type { BatchResult, Telling } from './run-batch.ts'

/** How long and how many changes are kept for those who come back after a break: of one merchant, and of all. */
const KEEP_MS = 5 * MINUTE_MS
const MOST_KEPT = 75_000
const MOST_KEPT_IN_ALL = 150_000
const MESSAGES_PER_FRAME = 200
/** Who catches up gets no more frames at once: each waits for a turn of the event loop, in which others are served. */
const FRAMES_AT_ONCE = 10
/** A connection with more than this on its way is slow: it is told the newest when it has caught up. */
const MAX_BACKLOG_BYTES = 256 * 1024

/** By topic, store and subject, oldest first. */
type Offered = Map<string, Telling>
type FeedPorts = Pick<Ports, 'state' | 'log' | 'live' | 'clock' | 'ids'>

/** What a connection has heard: of the stream, which figures, and what else it was told last. */
type Heard = {
  readonly upTo: number
  readonly figures: number
  readonly mode: Mode | undefined
  readonly lagMs: number | undefined
}
type Listener = {
  heard: Heard
  /** The last of its subscriptions that was answered. */
  answered: string | undefined
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

/** How things stand while one round of frames is sent. Those who hear the same get the same frame: it is made once. */
type Round = {
  readonly audience: Audience
  readonly nowMs: number
  readonly lagMs: number
  readonly mode: Mode
  readonly frames: Map<string, Framed>
}
/** `text` undefined: there is nothing to say. */
type Framed = { readonly text: string | undefined; readonly heard: Heard }

export class LiveFeed {
  private offered = new Map<string, Offered>()
  /** Merchants whose connections are to be looked at though nothing has changed. */
  private turnedTo = new Set<string>()
  private readonly audiences = new Map<string, Audience>()
  private readonly ports: FeedPorts
  private readonly seesAllShards: boolean

  /** `seesAllShards` false: others tell of the rest, so that nobody can go on here where they broke off. */
  constructor(ports: FeedPorts, { seesAllShards }: { readonly seesAllShards: boolean }) {
    this.ports = ports
    this.seesAllShards = seesAllShards
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
    const found = await state.query({ table: CONNECTION_TABLE, range: under(merchantId) })
    const connections = found.map(
      ({ key, row }): Connection => ({ id: partsOf(key)[1]!, key, row: row as LiveConnection }),
    )
    const audience = this.audienceOf(merchantId, connections, nowMs)
    if (audience === undefined) return
    if (offered !== undefined) await this.add(offered, audience, nowMs)
    this.forget(audience, nowMs)
    if (connections.length === 0) return
    const [lagMs, mode] = [await readLag(log, state, nowMs), await modeOf(state, merchantId)]
    const round: Round = { audience, nowMs, lagMs, mode, frames: new Map() }
    let behind = connections
    for (let frames = 0; behind.length > 0 && frames < FRAMES_AT_ONCE; frames++) {
      if (frames > 0) await new Promise((done) => setImmediate(done))
      const still: Connection[] = []
      for (const connection of behind) {
        const isLeft = await this.tell(connection, round)
        if (isLeft === 'more') still.push(connection)
        if (isLeft === 'slow') this.turnedTo.add(merchantId)
      }
      behind = still
    }
    if (behind.length > 0) this.turnedTo.add(merchantId)
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
    for (const id of present) {
      if (listeners.has(id)) continue
      const heard = { upTo: stream.head, figures: kpi.present, mode: undefined, lagMs: undefined }
      listeners.set(id, { heard, answered: undefined })
    }
    return audience
  }

  private forget({ stream, kpi }: Audience, nowMs: number): void {
    let others = -stream.size
    for (const audience of this.audiences.values()) others += audience.stream.size
    stream.forget(nowMs, Math.max(0, Math.min(MOST_KEPT, MOST_KEPT_IN_ALL - others)))
    kpi.forget()
  }

  /** Answers what the connection has asked for, and tells it what it has not heard, a frame at a time. */
  private async tell(connection: Connection, round: Round): Promise<'nothing' | 'more' | 'slow'> {
    const { id, row } = connection
    const { stream, listeners } = round.audience
    const listener = listeners.get(id)!
    if (this.isSlow(id)) return 'slow'
    const hearing = hearingOf(row.viewer, row.asked)
    let frame: Framed | undefined
    if (row.asked !== undefined && row.asked.id !== listener.answered) {
      const { resume } = row.asked
      const from = resume === undefined || !this.seesAllShards ? undefined : stream.numberOf(resume)
      listener.answered = row.asked.id
      if (!(await this.push(connection, subscribedText(hearing, from !== undefined)))) return 'nothing'
      if (from === undefined) frame = await this.snapshot(hearing, resume !== undefined, round)
      else listener.heard = { upTo: from, ...NOTHING }
    }
    if (!stream.keepsSince(listener.heard.upTo)) frame = await this.snapshot(hearing, true, round)
    frame ??= await this.changes(hearing, listener.heard, round)
    listener.heard = frame.heard
    if (frame.text !== undefined && !(await this.push(connection, frame.text))) return 'nothing'
    return frame.heard.upTo === stream.head ? 'nothing' : 'more'
  }

  private isSlow(connectionId: string): boolean {
    return this.ports.live.backlog(connectionId) > MAX_BACKLOG_BYTES
  }

  private async snapshot(hearing: Hearing, reset: boolean, round: Round): Promise<Framed> {
    return once(round.frames, ['snapshot', reset, hearing], async () => {
      const before: Heard = { upTo: round.audience.stream.head, ...NOTHING }
      const texts = await this.snapshotTexts(hearing, round)
      const { texts: standing, heard } = await standingTexts(hearing, before, round)
      return { text: frameText('snapshot', reset, heard, [...standing, ...texts], round), heard }
    })
  }

  private async snapshotTexts(hearing: Hearing, { audience, nowMs }: Round): Promise<string[]> {
    const { merchantId } = audience
    const messages = await readSnapshot(this.ports.state, merchantId, hearing, nowMs)
    // Rows are ahead of what was offered by no more than a turn of the event loop.
    await new Promise((done) => setImmediate(done))
    const waiting = this.offered.get(merchantId)
    const comesLater = (message: LiveMessage) =>
      message.topic === 'transaction' && waiting?.has(rowKey('transaction', message.data.storeId, message.data.id))
    return messages.filter((message) => !comesLater(message)).map((message) => JSON.stringify(message))
  }

  private async changes(hearing: Hearing, before: Heard, round: Round): Promise<Framed> {
    return once(round.frames, ['changes', before, hearing], async () => {
      const { texts: standing, heard: after } = await standingTexts(hearing, before, round)
      const isHeard = ({ topic, storeId }: Change) => hears(hearing, topic, storeId)
      const { changes, upTo } = round.audience.stream.after(before.upTo, MESSAGES_PER_FRAME, isHeard)
      const heard = { ...after, upTo }
      const texts = [...standing, ...changes.map(({ text }) => text)]
      return { text: texts.length === 0 ? undefined : frameText('changes', false, heard, texts, round), heard }
    })
  }

  /** False: it is gone, and was forgotten. */
  private async push({ id, key }: Connection, text: string): Promise<boolean> {
    if (await this.ports.live.send(id, text)) return true
    await this.ports.state.commit([{ table: CONNECTION_TABLE, key, row: undefined }])
    return false
  }
}

/** Whose figures, mode and lag are still to be told. */
const NOTHING = { figures: -1, mode: undefined, lagMs: undefined }

async function once(frames: Map<string, Framed>, named: object, make: () => Promise<Framed>): Promise<Framed> {
  const name = JSON.stringify(named)
  const frame = frames.get(name) ?? (await make())
  frames.set(name, frame)
  return frame
}

function subscribedText({ topics, stores }: Hearing, resumed: boolean): string {
  const body: Subscribed = {
    type: 'subscribed',
    topics: [...topics],
    stores: stores === undefined ? null : [...stores],
    resumed,
  }
  return JSON.stringify(body)
}

/** How things stand, where that is not what was heard before: figures, mode and lag. */
async function standingTexts(
  hearing: Hearing,
  before: Heard,
  { audience, mode, lagMs }: Round,
): Promise<{ readonly texts: string[]; readonly heard: Heard }> {
  const figures = await audience.kpi.since(before.figures, hearing)
  const said: LiveMessage[] = []
  if (hearing.topics.includes('mode') && before.mode !== mode) said.push({ topic: 'mode', data: { mode } })
  if (hearing.topics.includes('lag') && before.lagMs !== lagMs) said.push({ topic: 'lag', data: { lagMs } })
  return {
    texts: [...(figures === undefined ? [] : [figures.text]), ...said.map((message) => JSON.stringify(message))],
    heard: { ...before, figures: figures?.version ?? before.figures, mode, lagMs },
  }
}

/** Messages are texts already: each change is written once, for whoever hears it. */
function frameText(
  type: LiveFrame['type'],
  reset: boolean,
  { upTo }: Heard,
  messages: readonly string[],
  { audience, nowMs, lagMs }: Round,
): string {
  const sequence = audience.stream.sequenceOf(upTo)
  const frame: LiveFrame = { type, asOf: new Date(nowMs).toISOString(), lagMs, sequence, reset, messages: [] }
  return `${JSON.stringify(frame).slice(0, -END.length)}${messages.join(',')}${END}`
}
const END = ']}'
