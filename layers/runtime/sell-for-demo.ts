/** The simulator where nothing runs on: a turn a call, the story kept in the object store in between. */
import { deserialize, serialize } from 'node:v8'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { MAX_COLLECTED } from '#core/api/intake.ts'
import { SIMULATOR } from '#core/events/simulator-source.ts'
import type { ObjectStore } from '#core/ports.ts'
import { beginDemo, type DemoOptions, type DemoStory, isOnlineTrade, tellOn } from '#core/simulator/live-demo.ts'
import type { SimulatedDocument } from '#core/simulator/world.ts'
import { ownEvents } from '#core/sources/own-events.ts'
import { senderOf } from '#core/sources/registry.ts'
import { modeOf, simulatorConnection } from './demo-doors.ts'
import { DEMO_MERCHANT } from './demo-merchant.ts'
import type { Ports } from './ports.ts'
import { signStandardWebhooks } from './proofs.ts'
import { takeProved } from './take-delivery.ts'
import { type Door, defaultCurrency } from './take-in.ts'
import { takeSent } from './take-sent.ts'

const STORY = 'simulator/story'
/** Raised when a world of before cannot go on: another one begins. */
const SHAPE = 1
/** Of zlib: half as long, a few per cent larger. */
const QUICKLY = 1
/** A turn that failed, or two, are made up for: their documents have the same ids once more. After a pause nothing is. */
const REST_AFTER_MS = 5 * 60_000
const DOOR: Door = { merchantId: DEMO_MERCHANT, connectionId: SIMULATOR, source: SIMULATOR }

/** Without a story it has begun to say what it has, and was cut off: it says the same once more. */
type Kept = {
  readonly shape: number
  readonly options: DemoOptions
  readonly begunAtMs: number
  readonly story?: DemoStory
}

/**
 * Sells what happened since the turn before, through the doors that anyone uses; nothing while something real is connected, or
 * its own connection is paused. `turnMs`: how often it is called.
 */
export async function sellForDemo(ports: Ports, options: DemoOptions, turnMs: number): Promise<void> {
  const { connection } = await simulatorConnection(ports)
  if (connection.status === 'paused' || (await modeOf(ports.state, DEMO_MERCHANT)) === 'live') return
  const nowMs = ports.clock.now()
  const known = await readKept(ports.objects, options)
  const begun: Kept = known ?? { shape: SHAPE, options, begunAtMs: nowMs }
  if (known === undefined) await keep(ports.objects, begun)
  if (begun.story === undefined) {
    const { story, opening } = beginDemo(options, begun.begunAtMs)
    for (let turn = opening.next(); !turn.done; turn = opening.next()) await send(ports, turn.value.documents)
    await keep(ports.objects, { ...begun, story })
  } else {
    await send(ports, tellOn(begun.story, nowMs, { restAfterMs: REST_AFTER_MS, turnMs }))
    await keep(ports.objects, begun)
  }
}

const keep = (objects: ObjectStore, kept: Kept): Promise<void> =>
  objects.put(STORY, deflateRawSync(serialize(kept), { level: QUICKLY }))

async function readKept(objects: ObjectStore, options: DemoOptions): Promise<Kept | undefined> {
  const bytes = await objects.get(STORY)
  if (bytes === undefined) return undefined
  const kept = deserialize(inflateRawSync(bytes)) as Kept
  return kept.shape === SHAPE && JSON.stringify(kept.options) === JSON.stringify(options) ? kept : undefined
}

async function send(ports: Ports, documents: readonly SimulatedDocument[]): Promise<void> {
  const collected = documents.filter((document) => !isOnlineTrade(document))
  const defaults = { currency: await defaultCurrency(ports, DEMO_MERCHANT) }
  for (let begin = 0; begin < collected.length; begin += MAX_COLLECTED) {
    const some = collected.slice(begin, begin + MAX_COLLECTED).map((document) => {
      const translated = ownEvents.translate(document, defaults, {})
      if (!translated.ok)
        throw new Error(`the simulator says what no door takes: ${JSON.stringify(translated.problems)}`)
      return translated.value
    })
    await takeSent(ports, DOOR, some)
  }
  for (const document of documents.filter(isOnlineTrade)) await deliver(ports, document)
}

/** An order of an online shop, signed like any provider's. */
async function deliver(ports: Ports, document: SimulatedDocument): Promise<void> {
  const { connection, secret } = await simulatorConnection(ports)
  const body = Buffer.from(JSON.stringify(document))
  const headers = {
    'content-type': 'application/json',
    ...signStandardWebhooks(secret, document.id, ports.clock.now(), body),
  }
  const { statusCode = 500, body: answer } = await takeProved(ports, senderOf(SIMULATOR)!, connection.id, {
    headers,
    body,
  })
  if (statusCode >= 400)
    throw new Error(`the simulator's delivery was answered ${statusCode}: ${answer?.slice(0, 500)}`)
}
