/**
 * kill -9 at random moments under traffic: nothing that was answered is lost, nothing counts twice, the ledger holds and
 * a replay of the log gives the very rows. CHAOS_KILLS says how often (100 if absent), CHAOS_SEED repeats a run.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { audit, idsInLog } from './audit.ts'
import { EngineProcess } from './engine-process.ts'
import { type Document, randomFrom, traffic } from './traffic.ts'

const KILLS = Number(process.env.CHAOS_KILLS ?? 100)
const SEED = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000)
const SENDERS = 4
const AUDIT_EVERY = 25
/** It takes most of a core. */
const LAKE_EVERY = 4
/** Rows are flushed about each second: most kills come before that, some after it. */
const SHORT_MS = 600
const LONG_MS = 2_500

let data = ''
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'counterflow-kill-'))
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

/** Ids of events that the engine answered for, and documents that it did not: those are sent again. */
type Sent = { readonly answered: Set<string>; unanswered: Document[] }

it(`survives ${KILLS} kills (CHAOS_SEED=${SEED})`, { timeout: 20_000 + KILLS * 8_000 }, async () => {
  const random = randomFrom(SEED)
  const documents = traffic(SEED)
  const sent: Sent = { answered: new Set(), unanswered: [] }
  for (let kill = 1; kill <= KILLS; kill++) {
    const engine = await EngineProcess.start(data)
    const again = sent.unanswered
    sent.unanswered = []
    const fillsLake = kill % LAKE_EVERY === 0
    const sending = Promise.all([send(engine, documents, again, sent), fillsLake && fillLake(engine)])
    await wait(20 + random() * (kill % 5 === 0 ? LONG_MS : SHORT_MS))
    await engine.kill()
    await sending
    expect(engine.errors).not.toMatch(/Error|defect/)
    if (kill % AUDIT_EVERY === 0 || kill === KILLS) await check(sent)
  }
  expect(sent.answered.size).toBeGreaterThan(KILLS)
})

/** Several senders at once, until the engine is gone. Each sends what was not answered before, then goes on. */
async function send(
  engine: EngineProcess,
  documents: Generator<Document>,
  again: Document[],
  sent: Sent,
): Promise<void> {
  const sender = async () => {
    for (;;) {
      const document = again.pop() ?? (documents.next().value as Document)
      try {
        const { status, body } = await engine.post(document.path, document.body)
        expect([200, 202, 503]).toContain(status)
        if (status === 503) sent.unanswered.push(document)
        else for (const id of idsIn(body)) sent.answered.add(id)
      } catch (error) {
        if ((error as Error).name === 'AssertionError') throw error
        // Gone in the middle: whether it was taken nobody knows. With an id it can be sent again.
        if (document.hasId) sent.unanswered.push(document)
        return
      }
    }
  }
  await Promise.all(Array.from({ length: SENDERS }, sender))
}

/** Over and over, so that the kill comes in the middle of it. */
async function fillLake(engine: EngineProcess): Promise<void> {
  for (;;) {
    try {
      const { status } = await engine.post('/engine/lake', {}, true)
      expect(status).toBe(200)
    } catch (error) {
      if ((error as Error).name === 'AssertionError') throw error
      return // gone
    }
  }
}

const idsIn = (body: unknown): string[] => {
  const { eventIds, results } = body as { eventIds?: string[]; results?: { eventIds: string[] }[] }
  return eventIds ?? results!.flatMap((result) => result.eventIds)
}

async function check({ answered }: Sent): Promise<void> {
  const ids = await idsInLog(data)
  const lost = [...answered].filter((id) => !ids.has(id))
  expect(lost).toEqual([])
  const twice = [...answered].filter((id) => ids.get(id) !== 1)
  expect(twice).toEqual([])
  await audit(data)
}
