/** A release with changed projections: their rows are folded anew while doors stay open, and nothing is lost. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { LmdbStateStore } from '#adapters/embedded/lmdb-state-store.ts'
import { DAY_MS } from '#core/metrics/business-time.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { simpleSource } from '#core/sources/simple-form.ts'
import { ownerOf, ownsFolder } from '#local/data-folder.ts'
import { Engine } from '#local/engine.ts'
import { GENERATION, type GenerationRow, nameInGeneration, presentVersions } from '#local/generations.ts'
import { REBUILD } from '#local/rebuild.ts'
import { OUTBOX_TABLE } from '#runtime/run-batch.ts'
import { takeIn } from '#runtime/take-in.ts'
import { audit } from './audit.ts'
import { EngineProcess } from './engine-process.ts'
import { randomFrom } from './traffic.ts'

let data = ''
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'counterflow-rebuild-'))
})
afterEach(() => rmSync(data, { recursive: true, force: true }))

let now = Date.UTC(2026, 2, 2, 10)
const open = () =>
  Engine.open({
    data,
    clock: { now: () => now },
    log: () => {},
    onFatal: (error) => {
      throw error
    },
  })

const order = (n: number) => {
  const form = {
    eventType: 'ORDER_PLACED',
    productId: `P${n % 5}`,
    storeId: 's',
    orderId: `o-${n}`,
    price: 10,
    region: 'IN',
  }
  const translated = simpleSource('amazon').translate(form, { currency: 'INR' })
  if (!translated.ok) throw new Error('not a document')
  return translated.value
}
const door = { merchantId: 'demo', connectionId: 'c', source: 'amazon' }

async function takeMany(engine: Engine, from: number, to: number): Promise<void> {
  const documents = Array.from({ length: to - from }, (_, i) => order(from + i))
  for (let i = 0; i < documents.length; i += 500) await takeIn(engine.ports, door, documents.slice(i, i + 500))
}

/** Stock was folded by other rules, and people outside were told what there was to tell. */
async function asIfFoldedByAnEarlierRelease(): Promise<void> {
  const state = new LmdbStateStore({ path: join(data, 'state'), nameOf: nameInGeneration(1) })
  const { versions } = state.get(GENERATION.table, GENERATION.key) as GenerationRow
  const wrong = await state.query({ table: 'stock', range: { from: '\u0001', to: '\uffff' } })
  expect(wrong).toHaveLength(5)
  const told = await state.query({ table: OUTBOX_TABLE, range: EVERY_KEY })
  expect(told).not.toEqual([])
  await state.commitDurable([
    { ...GENERATION, row: { generation: 1, versions: { ...versions, stock: 0 } } },
    ...wrong.map(({ key, row }) => ({ table: 'stock', key, row: { ...row, onHand: 1_000_000 } })),
    ...told.map(({ key }) => ({ table: OUTBOX_TABLE, key, row: undefined })),
  ])
  await state.close()
}

const BEFORE = 9_000

it('rebuilds the rows of changed projections from the first event, archive included', { timeout: 60_000 }, async () => {
  const first = await open()
  await takeMany(first, 0, BEFORE)
  await first.settled()
  // A month and two seals later the log keeps only its end; the rest is in the archive.
  for (let seal = 0; seal < 2; seal++) {
    now += 15 * DAY_MS
    await first.seal()
  }
  expect(await first.ports.objects.list('archive/')).not.toEqual([])
  const kept = await Promise.all([0, 1, 2, 3].map((shard) => first.eventLog.read(shard, undefined, BEFORE)))
  expect(kept.flat().length).toBeLessThan(BEFORE / 2)
  await first.close()
  await asIfFoldedByAnEarlierRelease()

  const second = await open()
  await takeMany(second, BEFORE, BEFORE + 50)
  await second.settled()
  expect(second.state.get(GENERATION.table, GENERATION.key)).toEqual({ generation: 2, versions: presentVersions })
  expect(await second.state.query({ table: OUTBOX_TABLE, range: EVERY_KEY })).toEqual([])
  await second.close()

  const { quality } = await audit(data)
  expect(quality.ledger!.reduce((sum, { applied }) => sum + applied, 0)).toBe(BEFORE + 50)
})

async function anEarlierRelease(): Promise<void> {
  const engine = await open()
  await takeMany(engine, 0, BEFORE)
  await engine.settled()
  await engine.close()
  await asIfFoldedByAnEarlierRelease()
}

/** Resolves when whoever rebuilt for an engine that is gone is gone as well. */
async function rebuilderEnds(): Promise<void> {
  const path = join(data, 'state')
  const state = new LmdbStateStore({ path })
  const claim = () => state.claimOwnership(ownerOf(path), (other) => ownsFolder(other, path), REBUILD)
  try {
    await vi.waitUntil(() => claim() === undefined, { timeout: 5_000, interval: 100 })
    state.releaseOwnership(REBUILD)
  } finally {
    await state.close()
  }
}

const SEED = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000)
const MOST_KILLS = 12
const KILLED_WHILE_REBUILDING = 4
const SPREAD_MS = 600

it(`survives kills while it rebuilds (CHAOS_SEED=${SEED})`, { timeout: 120_000 }, async () => {
  const random = randomFrom(SEED)
  await anEarlierRelease()

  let hits = 0
  for (let kill = 0; kill < MOST_KILLS && hits < KILLED_WHILE_REBUILDING; kill++) {
    const engine = await EngineProcess.start(data)
    // The first as soon as it rebuilds, so that there is one however fast the machine is.
    if (kill === 0)
      await vi.waitUntil(() => engine.errors.includes('rows are rebuilt'), { timeout: 10_000, interval: 5 })
    else await wait(random() * SPREAD_MS)
    await engine.kill()
    await rebuilderEnds()
    if (engine.errors.includes('rows are rebuilt') && !engine.errors.includes('rows were rebuilt')) hits++
    else break
  }
  expect(hits).toBeGreaterThan(0)

  const last = await open()
  await last.settled()
  expect(last.state.get(GENERATION.table, GENERATION.key)).toEqual({ generation: 2, versions: presentVersions })
  await last.close()
  await audit(data)
})

it('waits for one that has not ended yet', { timeout: 60_000 }, async () => {
  await anEarlierRelease()

  const path = join(data, 'state')
  const rival = new LmdbStateStore({ path })
  rival.claimOwnership(ownerOf(path), () => true, REBUILD)
  const second = await open()
  let isOver = false
  const settled = second.settled().then(() => {
    isOver = true
  })
  await wait(3_000)
  expect(isOver).toBe(false)
  rival.releaseOwnership(REBUILD)
  await rival.close()
  await settled
  await second.close()
})
