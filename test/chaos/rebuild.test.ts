/** A release with changed projections: their rows are folded anew while doors stay open, and nothing is lost. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { LmdbStateStore } from '#adapters/embedded/lmdb-state-store.ts'
import { DAY_MS } from '#core/metrics/business-time.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { simpleSource } from '#core/sources/simple-form.ts'
import { Engine } from '#local/engine.ts'
import { GENERATION, type GenerationRow, nameInGeneration } from '#local/generations.ts'
import { OUTBOX_TABLE } from '#runtime/run-batch.ts'
import { takeIn } from '#runtime/take-in.ts'
import { audit } from './audit.ts'

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

  // As if the release before had folded stock by other rules, and left this behind.
  const path = join(data, 'state')
  const state = new LmdbStateStore({ path, nameOf: nameInGeneration(1) })
  const served = state.get(GENERATION.table, GENERATION.key) as GenerationRow
  const versions = { ...served.versions, stock: 0 }
  const wrong = await state.query({ table: 'stock', range: { from: '\u0001', to: '\uffff' } })
  expect(wrong).toHaveLength(5)
  const told = await state.query({ table: OUTBOX_TABLE, range: EVERY_KEY })
  expect(told).not.toEqual([])
  await state.commitDurable([
    { ...GENERATION, row: { generation: 1, versions } },
    ...wrong.map(({ key, row }) => ({ table: 'stock', key, row: { ...row, onHand: 1_000_000 } })),
    // ... and had told people outside what there was to tell.
    ...told.map(({ key }) => ({ table: OUTBOX_TABLE, key, row: undefined })),
  ])
  await state.close()

  const second = await open()
  await takeMany(second, BEFORE, BEFORE + 50)
  await second.settled()
  expect(second.state.get(GENERATION.table, GENERATION.key)).toEqual({ generation: 2, versions: served.versions })
  expect(await second.state.query({ table: OUTBOX_TABLE, range: EVERY_KEY })).toEqual([])
  await second.close()

  const { quality } = await audit(data)
  expect(quality.ledger.reduce((sum, { applied }) => sum + applied, 0)).toBe(BEFORE + 50)
})
