/** Frames of the socket as texts. Those who hear the same and have heard the same get the same one: it is made once. */
import { createHash } from 'node:crypto'
import { type Hearing, hears } from '#core/access/may-hear.ts'
import type { Mode } from '#core/api/freshness.ts'
import type { LiveFrame, LiveMessage, Subscribed } from '#core/api/live.ts'
import type { StateStore } from '#core/ports.ts'
import type { Change, ChangeStream } from './change-stream.ts'
import type { LiveKpi } from './live-kpi.ts'
import { readSnapshot } from './live-snapshot.ts'

const MESSAGES_PER_FRAME = 150
/** A frame is one message of API Gateway, which takes 128 KB. */
const FRAME_BYTES = 120_000
/** In the parts of a frame before its last: no change has this number, so that nobody goes on from the middle of it. */
const NOWHERE = 10 ** 15 - 1

/** What a connection has heard: of the stream, which figures, and what else it was told last. */
export type Heard = {
  readonly upTo: number
  readonly figures: number
  readonly mode: Mode | undefined
  readonly lagMs: number | undefined
}
/** `texts`: its parts; none: there is nothing to say. `heard`: what has been heard with all of them. */
export type Framed = { readonly texts: readonly string[]; readonly heard: Heard }

/** How things stand while one round of frames is sent. */
export type Round = {
  readonly state: StateStore
  readonly merchantId: string
  readonly stream: ChangeStream
  readonly kpi: LiveKpi
  readonly nowMs: number
  readonly lagMs: number
  readonly mode: Mode
  /** Whether a transaction is about to come as a change. */
  readonly isComing: (storeId: string, transactionId: string) => boolean
  readonly made: Map<string, Promise<Framed>>
}

/** What has been heard by who has heard the stream up to here, and is yet to hear figures, mode and lag. */
export const heardUpTo = (upTo: number): Heard => ({ upTo, figures: -1, mode: undefined, lagMs: undefined })

/** How everything is that is heard. `reset`: what was known is not to be built upon. */
export function snapshotFrame(hearing: Hearing, reset: boolean, round: Round): Promise<Framed> {
  return once(round, ['snapshot', reset, hearing], async () => {
    const before = heardUpTo(round.stream.head)
    const texts = await snapshotTexts(hearing, round)
    const { texts: standing, heard } = await standingTexts(hearing, before, round)
    return { texts: frameTexts('snapshot', reset, hearing, heard, [...standing, ...texts], round), heard }
  })
}

/** What has changed since, or as much of it as one frame holds. */
export function changesFrame(hearing: Hearing, before: Heard, round: Round): Promise<Framed> {
  return once(round, ['changes', before, hearing], async () => {
    const { texts: standing, heard: after } = await standingTexts(hearing, before, round)
    const isHeard = ({ topic, storeId }: Change) => hears(hearing, topic, storeId)
    const { changes, upTo } = round.stream.after(before.upTo, MESSAGES_PER_FRAME, isHeard)
    const heard = { ...after, upTo }
    const texts = [...standing, ...changes.map(({ text }) => text)]
    return { texts: texts.length === 0 ? [] : frameTexts('changes', false, hearing, heard, texts, round), heard }
  })
}

export function subscribedText({ topics, stores }: Hearing, resumed: boolean): string {
  const body: Subscribed = {
    type: 'subscribed',
    topics: [...topics],
    stores: stores === undefined ? null : [...stores],
    resumed,
  }
  return JSON.stringify(body)
}

/** Who hears more than before has not heard all of it up to anywhere: a sequence is of what was heard. */
export const hearingName = ({ topics, stores }: Hearing): string =>
  createHash('sha256')
    .update(JSON.stringify([topics, stores]))
    .digest('base64url')
    .slice(0, 8)

function once({ made }: Round, named: object, make: () => Promise<Framed>): Promise<Framed> {
  const name = JSON.stringify(named)
  const frame = made.get(name) ?? make()
  made.set(name, frame)
  return frame
}

async function snapshotTexts(hearing: Hearing, { state, merchantId, nowMs, isComing }: Round): Promise<string[]> {
  const messages = await readSnapshot(state, merchantId, hearing, nowMs)
  // Rows are ahead of what was offered by no more than a turn of the event loop.
  await new Promise((done) => setImmediate(done))
  return messages
    .filter((message) => message.topic !== 'transaction' || !isComing(message.data.storeId, message.data.id))
    .map((message) => JSON.stringify(message))
}

/** How things stand, where that is not what was heard before: figures, mode and lag. */
async function standingTexts(
  hearing: Hearing,
  before: Heard,
  { kpi, mode, lagMs }: Round,
): Promise<{ readonly texts: string[]; readonly heard: Heard }> {
  const figures = await kpi.since(before.figures, hearing)
  const said: LiveMessage[] = []
  if (hearing.topics.includes('mode') && before.mode !== mode) said.push({ topic: 'mode', data: { mode } })
  if (hearing.topics.includes('lag') && before.lagMs !== lagMs) said.push({ topic: 'lag', data: { lagMs } })
  return {
    texts: [...(figures === undefined ? [] : [figures.text]), ...said.map((message) => JSON.stringify(message))],
    heard: { ...before, figures: figures?.version ?? before.figures, mode, lagMs },
  }
}

/** One frame, and those that go on with it where it is too long. Messages are texts already: each change is written once. */
function frameTexts(
  type: LiveFrame['type'],
  reset: boolean,
  hearing: Hearing,
  { upTo }: Heard,
  messages: readonly string[],
  { stream, nowMs, lagMs }: Round,
): string[] {
  const [asOf, name] = [new Date(nowMs).toISOString(), hearingName(hearing)]
  const parts = inParts(messages)
  return parts.map((part, i) => {
    const begins = i === 0 ? { type, reset } : { type: 'changes' as const, reset: false }
    const sequence = stream.sequenceOf(i === parts.length - 1 ? upTo : NOWHERE, name)
    const frame: LiveFrame = { type: begins.type, asOf, lagMs, sequence, reset: begins.reset, messages: [] }
    return `${JSON.stringify(frame).slice(0, -END.length)}${part.join(',')}${END}`
  })
}
const END = ']}'

function inParts(messages: readonly string[]): string[][] {
  const parts: string[][] = [[]]
  let bytes = 0
  for (const message of messages) {
    const size = Buffer.byteLength(message) + 1
    if (bytes + size > FRAME_BYTES && bytes > 0) {
      parts.push([])
      bytes = 0
    }
    parts.at(-1)!.push(message)
    bytes += size
  }
  return parts
}
