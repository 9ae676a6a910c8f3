/** A made-up history goes into a file, or to the demo merchant through the door that every sender uses. */

import { SIMULATOR } from '#core/events/simulator-source.ts'
import { DAY_MS } from '#core/metrics/business-time.ts'
import type { Problem } from '#core/outcome.ts'
import { history } from '#core/simulator/history.ts'
import type { SimulatorOptions } from '#core/simulator/simulator-options.ts'
import type { SimulatedDocument } from '#core/simulator/world.ts'
import type { Door } from '../import/collect-door.ts'
import { DoorError, EventSender, waitUntilCounted } from '../import/send-events.ts'
import { NdjsonFile } from './ndjson-file.ts'

export type HistoryRequest = {
  readonly options: SimulatorOptions
  /** Epoch ms: its first moment, a UTC midnight, and the one before which it ends. */
  readonly fromMs: number
  readonly untilMs: number
  readonly truthPath?: string | undefined
  readonly onProgress?: ((daysDone: number) => void) | undefined
}
export type HistorySummary = {
  readonly seed: number
  /** RFC 3339; `to` itself is no more in it. */
  readonly from: string
  readonly to: string
  readonly events: number
  readonly truthLines: number
  readonly seconds: number
  readonly eventsPerSecond: number
}
export type SentSummary = HistorySummary & {
  /** Events that are new to the engine, and those that it had before. */
  readonly accepted: number
  readonly repeats: number
  /** Events that the engine took meanwhile and could not apply. */
  readonly held: number
}

type Taker = (documents: readonly SimulatedDocument[]) => void | Promise<void>

/** Writes the documents, one a line. @throws StartError when a file cannot be written */
export async function writeHistory(request: HistoryRequest, path: string): Promise<HistorySummary> {
  const file = new NdjsonFile(path)
  try {
    return await tell(request, (documents) => {
      for (const document of documents) file.add(document)
    })
  } finally {
    file.close()
  }
}

/**
 * Sends the history, and resolves when the engine has counted all of it. A history that was sent before is a repeat and
 * changes nothing; one that broke off is begun again.
 * @throws DoorError when the engine goes away or refuses a document
 */
export async function sendHistory(request: HistoryRequest, door: Door): Promise<SentSummary> {
  const sender = new EventSender(door, SIMULATOR, refuse)
  const heldBefore = await waitUntilCounted(door)
  let sent = 0
  const summary = await tell(request, async (documents) => {
    await sender.send(documents.map((document, i) => ({ ...document, line: sent + i + 1 })))
    // Stores come first and are waited for: the dates of what follows are by their clocks.
    if (sent === 0) {
      await sender.sent()
      await waitUntilCounted(door)
    }
    sent += documents.length
  })
  const startedAt = performance.now()
  await sender.sent()
  const held = (await waitUntilCounted(door)) - heldBefore
  const seconds = summary.seconds + (performance.now() - startedAt) / 1000
  return { ...summary, ...timed(summary.events, seconds), accepted: sender.accepted, repeats: sender.repeats, held }
}

function refuse(line: number, problems: readonly Problem[]): never {
  const reasons = problems.map(({ field, message }) => `${field} ${message}`.trim()).join('; ')
  throw new DoorError(`the engine refuses event ${line} of the simulator: ${reasons}`)
}

async function tell(request: HistoryRequest, take: Taker): Promise<HistorySummary> {
  const { options, fromMs, untilMs, truthPath, onProgress } = request
  const startedAt = performance.now()
  const truth = truthPath === undefined ? undefined : new NdjsonFile(truthPath)
  let events = 0
  try {
    for (const step of history(options, fromMs, untilMs)) {
      if (step.documents.length > 0) {
        await take(step.documents)
        onProgress?.(Math.floor((Date.parse(step.documents.at(-1)!.occurredAt) - fromMs) / DAY_MS))
      }
      events += step.documents.length
      if (truth !== undefined) for (const line of step.truth) truth.add(line)
    }
  } finally {
    truth?.close()
  }
  return {
    seed: options.seed,
    from: new Date(fromMs).toISOString(),
    to: new Date(untilMs).toISOString(),
    events,
    truthLines: truth?.lines ?? 0,
    ...timed(events, (performance.now() - startedAt) / 1000),
  }
}

const timed = (events: number, seconds: number) => ({
  seconds: Math.round(seconds * 10) / 10,
  eventsPerSecond: Math.round(events / seconds),
})
