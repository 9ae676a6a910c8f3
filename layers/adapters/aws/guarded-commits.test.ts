/** Cut off anywhere, a guarded commit is all or nothing once its writer is back. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ConditionFailedError, type LogRecord, type Write } from '#core/ports.ts'
import { isProjection } from '#core/projection.ts'
import { retailSteps } from '#core/retail-steps.ts'
import { EVERY_KEY, under } from '#core/row-key.ts'
import { HELD_TABLE } from '#runtime/held-documents.ts'
import { retailEngine } from '#runtime/retail-engine.ts'
import { CHECKPOINT_TABLE, ENGINE_TABLES } from '#runtime/run-batch.ts'
import { RecordLines } from '../../../test/bench/record-lines.ts'
import { RetailTraffic } from '../../../test/bench/retail-traffic.ts'
import { DynamoModel } from '../../../test/fakes/dynamo-model.ts'
import { MemoryObjectStore } from '../../../test/fakes/memory-object-store.ts'
import type { MemoryStateStore } from '../../../test/fakes/memory-state-store.ts'
import { DynamoStateStore } from './dynamo-state-store.ts'

const PATIENCE = { attempts: 3, wait: async () => {}, random: () => 0 }
const storeOn = (model: DynamoModel) => new DynamoStateStore({ client: model, tableName: 't', patience: PATIENCE })
const sha256 = (row: object) =>
  createHash('sha256')
    .update((row as { bytes: Uint8Array }).bytes)
    .digest('hex')
class Killed extends Error {}

/** Nothing that is sent from the n-th call on is done. */
function killAt(model: DynamoModel, n: number): void {
  let calls = 0
  model.before = () => {
    if (++calls >= n) throw new Killed()
  }
}
const revive = (model: DynamoModel) => {
  model.before = () => {}
}

describe('a guarded commit', () => {
  const guard = { table: CHECKPOINT_TABLE, key: '0' }
  const put = (i: number, n: number): Write => ({ table: 'rows', key: String(i).padStart(3, '0'), row: { n } })
  const rows = (n: number) => Array.from({ length: 60 }, (_, i) => put(i, n))
  const first = { ...guard, field: undefined } as const
  const unmoved = (sequence: string) => ({ ...guard, field: 'sequence', equals: sequence })
  const at = (sequence: string) => ({ ...guard, row: { sequence } })
  const valuesIn = async (store: DynamoStateStore) =>
    (await store.query({ table: 'rows', range: EVERY_KEY })).map(({ row }) => (row as { n: number }).n)

  test('is read like any other, by whoever asks', async () => {
    const model = new DynamoModel()
    const bytes = Uint8Array.from({ length: 9_000 }, (_, i) => i * 7)
    await storeOn(model).guarded.commit(at('1'), [...rows(1), { table: 'ids', key: 'a', row: { bytes } }], first)
    const store = storeOn(model)
    expect(await store.guarded.open(guard)).toEqual({ sequence: '1' })
    expect(await store.get('ids', 'a')).toEqual({ bytes })
    expect(await valuesIn(store)).toEqual(Array(60).fill(1))
  })

  test('is decided once: of two writers one goes on', async () => {
    const model = new DynamoModel()
    const [one, other] = [storeOn(model).guarded, storeOn(model).guarded]
    const fates = await Promise.allSettled([one.commit(at('1'), rows(1), first), other.commit(at('1'), rows(1), first)])
    expect(fates.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await expect(other.commit(at('9'), rows(9), unmoved('0'))).rejects.toThrow(ConditionFailedError)
    expect(await valuesIn(storeOn(model))).toEqual(Array(60).fill(1))
  })

  test('that was cut off at any call is whole or has not been, when its writer is back', async () => {
    const seen = new Set<string>()
    for (let call = 1; seen.size < 2 || call < 12; call++) {
      const model = new DynamoModel()
      await storeOn(model).guarded.commit(at('1'), rows(1), first)
      const store = storeOn(model)
      await store.guarded.open(guard)
      killAt(model, call)
      await store.guarded
        .commit(at('2'), [...rows(2).slice(1), { ...put(0, 0), row: undefined }], unmoved('1'))
        .catch(() => {})
      revive(model)
      const next = storeOn(model)
      const { sequence } = (await next.guarded.open(guard)) as { sequence: string }
      expect(await valuesIn(next)).toEqual(sequence === '1' ? Array(60).fill(1) : Array(59).fill(2))
      seen.add(sequence)
    }
    expect([...seen].toSorted()).toEqual(['1', '2'])
  })

  test('that is done is not done again', async () => {
    const model = new DynamoModel()
    await storeOn(model).guarded.commit(at('1'), rows(1), first)
    const { writeUnits } = model
    await storeOn(model).guarded.open(guard)
    expect(model.writeUnits).toBe(writeUnits)
  })

  test('leaves nothing on its way when a part of it fails', async () => {
    const model = new DynamoModel()
    const store = storeOn(model)
    let [begun, ended] = [0, 0]
    const send = model.send
    model.send = async (command: { readonly input: object }) => {
      begun++
      try {
        if (command.constructor.name === 'BatchWriteItemCommand' && begun % 2 === 0) throw new Killed()
        return await send(command)
      } finally {
        ended++
      }
    }
    const client = new DynamoStateStore({ client: model, tableName: 't', patience: PATIENCE })
    await expect(client.guarded.commit(at('1'), rows(1), first)).rejects.toThrow(Killed)
    expect(ended).toBe(begun)
    model.send = send
    expect(await store.guarded.open(guard)).toEqual({ sequence: '1' })
    expect(await valuesIn(store)).toEqual(Array(60).fill(1))
  })

  test('writes again what was left, and gives up where nothing is taken', async () => {
    const model = new DynamoModel()
    const store = storeOn(model)
    model.willMeet('BatchWriteItem', { is: 'unprocessed', reads: 10 }, { is: 'throttle' }, { is: 'lost-answer' })
    model.willMeet('UpdateItem', { is: 'lost-answer' })
    await store.guarded.commit(at('1'), rows(1), first)
    expect(await valuesIn(store)).toEqual(Array(60).fill(1))
    model.willMeet('BatchWriteItem', ...Array.from({ length: 9 }, () => ({ is: 'unprocessed' as const, reads: 0 })))
    await expect(store.guarded.commit(at('2'), rows(2), unmoved('1'))).rejects.toThrow('they are in a journal')
    expect(await store.guarded.open(guard)).toEqual({ sequence: '2' })
    expect(await valuesIn(store)).toEqual(Array(60).fill(2))
  })

  test('larger than an item goes into several parts', async () => {
    const model = new DynamoModel()
    const noise = Array.from({ length: 4 }, (_, i): Write => {
      const bytes = Uint8Array.from(
        { length: 200_000 },
        (_, j) => (Math.imul(j + i * 1_000_003, 2_654_435_761) >>> 13) & 255,
      )
      return { table: 'noise', key: String(i), row: { bytes } }
    })
    const store = storeOn(model)
    killAt(model, 6)
    await store.guarded.commit(at('1'), noise, first).catch(() => {})
    revive(model)
    expect(await storeOn(model).guarded.open(guard)).toEqual({ sequence: '1' })
    // As hashes: a comparison byte by byte of what is equal takes seconds.
    const rows = await store.query({ table: 'noise', range: EVERY_KEY })
    expect(rows.map(({ row }) => sha256(row))).toEqual(noise.map(({ row }) => sha256(row!)))
  })

  test('with a row that is too large is refused before it is decided', async () => {
    const model = new DynamoModel()
    const large = { ...put(0, 0), row: { text: 'x'.repeat(500_000) } }
    await expect(storeOn(model).guarded.commit(at('1'), [large], first)).rejects.toThrow('it was not written')
    expect(Object.values(model.calls).every((calls) => calls === 0)).toBe(true)
  })
})

describe('the engine over it', () => {
  const MERCHANT = 'demo'
  const lines = new RecordLines(1, Date.UTC(2026, 2, 2, 10), 20)
  const traffic = new RetailTraffic('guarded', 3, { stores: 2, products: 12, opening: 5 })
  const records = [...traffic.listings(), ...Array.from({ length: 240 }, () => traffic.next())].map(
    (event, i): LogRecord => ({
      sequence: String(i + 1).padStart(6, '0'),
      bytes: Buffer.from(lines.linesOf(event).slice(1).trimEnd()),
    }),
  )
  const batches = [records.slice(0, 100), records.slice(100, 180), records.slice(180)]
  const tables = retailSteps.filter(isProjection).map(({ name }) => name)

  async function rowsOf(store: DynamoStateStore | MemoryStateStore) {
    const found: unknown[] = []
    for (const table of [...tables, ...ENGINE_TABLES])
      for (const range of table === HELD_TABLE ? [EVERY_KEY] : [under(MERCHANT), under('0')])
        found.push([table, await store.query({ table, range })])
    return [...found, await store.get(CHECKPOINT_TABLE, '0')]
  }
  const engineOn = (store: DynamoStateStore | MemoryStateStore) =>
    retailEngine(store, new MemoryObjectStore(), (error) => {
      throw error
    })

  test('killed at any call, delivered again: the same rows, alerts and ledger', async () => {
    const model = new DynamoModel()
    const store = storeOn(model)
    const engine = engineOn(store)
    for (const batch of batches) await engine.run(0, batch)
    const calls = Object.values(model.calls).reduce((sum, count) => sum + count, 0)
    const wanted = await rowsOf(store)
    expect(wanted.at(-1)).toMatchObject({ applied: records.length, held: 0 })
    for (let call = 1; call <= calls; call += Math.ceil(calls / 20)) {
      const again = new DynamoModel()
      killAt(again, call)
      const killed = engineOn(storeOn(again))
      try {
        for (const batch of batches) await killed.run(0, batch)
      } catch (error) {
        expect(error).toBeInstanceOf(Killed)
      }
      revive(again)
      const next = storeOn(again)
      const heir = engineOn(next)
      for (const batch of batches) await heir.run(0, batch)
      expect(await rowsOf(next)).toEqual(wanted)
    }
  })
})
