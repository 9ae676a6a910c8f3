import { describe, expect, test } from 'vitest'
import { type Intake, LogFullError } from '#core/ports.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { CountingIdSource } from '#test/fakes/counting-id-source.ts'
import { KinesisModel } from '#test/fakes/kinesis-model.ts'
import { MemoryObjectStore } from '#test/fakes/memory-object-store.ts'
import { MemoryDynamoStateStore } from '#test/fakes/memory-state-store.ts'
import { KinesisEventLog } from './kinesis-event-log.ts'
import { CLAIM_TABLE, COUNTER_TABLE, PENDING_TABLE } from './log-rows.ts'

const SHARDS = 4
const MINUTE_MS = 60_000

function newLog() {
  const kinesis = new KinesisModel()
  const [state, objects, ids] = [new MemoryDynamoStateStore(), new MemoryObjectStore(), new CountingIdSource()]
  let nowMs = Date.parse('2026-03-02T10:00:00Z')
  const options = {
    client: kinesis.client,
    streamName: 's',
    shards: SHARDS,
    state,
    objects,
    ids,
    clock: { now: () => nowMs },
    patienceMs: 200,
    sleep: async () => {},
  }
  const open = () => new KinesisEventLog(options)
  const log = open()
  const rows = async (table: string) => (await state.query({ table, range: EVERY_KEY })).map(({ row }) => row)
  const textsIn = async (shard: number) =>
    (await open().read(shard, undefined, 10_000)).map(({ bytes }) => Buffer.from(bytes).toString())
  const pass = (ms: number) => {
    nowMs += ms
  }
  return { kinesis, log, open, rows, textsIn, pass, objects }
}

const document = (text: string, shards: number[], claim?: string): Intake => ({
  ...(claim !== undefined && { claim: { key: claim, keepForEver: false } }),
  eventIds: [`id of ${text}`],
  records: shards.map((shard) => ({ shard, bytes: Buffer.from(text) })),
})
const BUSY = Array.from({ length: 40 }, () => 'busy' as const)

describe('a log on Kinesis', () => {
  test('keeps the order of each logical shard while the stream’s shards are split', async () => {
    const { kinesis, log, textsIn, open, pass } = newLog()
    const texts = Array.from({ length: 40 }, (_, i) => `event ${String(i).padStart(2, '0')}`)
    for (const [i, text] of texts.entries()) {
      if (i === 10) kinesis.split(0, 1n << 127n)
      if (i === 20) kinesis.split(1, 1n << 126n)
      if (i === 30) kinesis.split(2, 3n << 126n)
      await log.append([document(text, [0, 1, 2, 3])])
    }
    pass(MINUTE_MS)
    for (const shard of [0, 1, 2, 3]) {
      expect(await textsIn(shard)).toEqual(texts)
      const sequences = (await open().read(shard, undefined, 100)).map(({ sequence }) => sequence)
      expect(sequences.toSorted()).toEqual(sequences)
      for (const from of [9, 10, 25, 39])
        expect((await open().read(shard, sequences[from], 3)).map(({ sequence }) => sequence)).toEqual(
          sequences.slice(from, from + 3),
        )
    }
  })

  test('one document of many records is one record of the stream for each shard, as are documents of one call', async () => {
    const { kinesis, log, textsIn } = newLog()
    await log.append([document('a', [0, 0, 0, 1], 'c1'), document('b', [0])])
    expect(kinesis.shards[0]!.records.length).toBe(2)
    expect(await textsIn(0)).toEqual(['a', 'a', 'a', 'b'])
  })

  test('what failed alone is put again, and the order within each shard stays', async () => {
    const { kinesis, log, textsIn, rows } = newLog()
    kinesis.troubles.push({ failing: [0] }, { failing: [0] })
    await log.append([document('a', [0, 1], 'c1'), document('b', [0], 'c2')])
    expect([await textsIn(0), await textsIn(1)]).toEqual([['a', 'b'], ['a']])
    expect(await rows(PENDING_TABLE)).toEqual([])
    expect((await log.status()).shards.map(({ appended }) => appended)).toEqual([2, 1, 0, 0])
  })

  test('a stream that is full refuses, gives the claim back, and takes the same document later', async () => {
    const { kinesis, log, rows, textsIn } = newLog()
    kinesis.troubles.push(...BUSY)
    const refused = await log.append([document('a', [0], 'c1'), document('b', [1])]).catch((error) => error)
    expect([refused instanceof LogFullError, refused.isUncertain]).toEqual([true, false])
    expect([await rows(CLAIM_TABLE), await rows(PENDING_TABLE)]).toEqual([[], []])
    expect((await log.status()).shards[0]!.appended).toBe(0)
    kinesis.troubles.length = 0
    expect(await log.append([document('a', [0], 'c1')])).toEqual([{ repeat: false, eventIds: ['id of a'] }])
    expect(await textsIn(0)).toEqual(['a'])
  })

  test('a stream of which nothing is heard refuses, and the document comes later under the ids that a repeat is told', async () => {
    const { kinesis, log, open, textsIn, pass, rows } = newLog()
    kinesis.troubles.push(...Array.from({ length: 40 }, () => 'away' as const))
    const unheard = { name: 'LogFullError', isUncertain: true }
    await expect(log.append([document('a', [0, 1], 'c1')])).rejects.toMatchObject(unheard)
    const repeated = await open().append([{ ...document('again', [0], 'c1'), eventIds: ['other'] }])
    expect(repeated).toEqual([{ repeat: true, eventIds: ['id of a'] }])
    expect(await open().resendPending()).toBe(0) // too early
    pass(2 * MINUTE_MS)
    expect(await open().resendPending()).toBe(0) // still away
    kinesis.troubles.length = 0
    expect(await open().resendPending()).toBe(1)
    expect([await textsIn(0), await textsIn(1)]).toEqual([['a'], ['a']])
    expect(await rows(PENDING_TABLE)).toEqual([])
    expect(await open().resendPending()).toBe(0)
  })

  test('an answer that is lost makes one record more at most, and accepted never less than there is', async () => {
    const { kinesis, log, textsIn } = newLog()
    kinesis.troubles.push('silent')
    expect((await log.append([document('a', [0], 'c1')]))[0]!.repeat).toBe(false)
    // The engine knows the second by its event's id.
    expect(await textsIn(0)).toEqual(['a', 'a'])
  })

  test('what is partly in the stream is taken, with or without a claim: the rest alone comes later, once', async () => {
    const { kinesis, log, open, textsIn, pass } = newLog()
    const alwaysFirst = Array.from({ length: 40 }, () => ({ failing: [0] }))
    kinesis.troubles.push(...alwaysFirst)
    const taken = await log.append([document('a', [0, 1], 'c1'), document('b', [1, 0])])
    expect(taken.map(({ repeat }) => repeat)).toEqual([false, false])
    expect([await textsIn(0), await textsIn(1)]).toEqual([[], ['a', 'b']])
    kinesis.troubles.length = 0
    pass(2 * MINUTE_MS)
    expect(await open().resendPending()).toBe(2)
    expect([(await textsIn(0)).sort(), await textsIn(1)]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ])
    expect((await log.status()).shards.map(({ appended }) => appended)).toEqual([2, 2, 0, 0])
  })

  test('a long document waits in an object, and leaves none behind', async () => {
    const { kinesis, log, open, textsIn, pass, objects } = newLog()
    kinesis.troubles.push(...Array.from({ length: 40 }, () => 'away' as const))
    const long = 'x'.repeat(500_000)
    await expect(log.append([{ ...document(long, [0, 0, 2], 'c1'), eventIds: ['e'] }])).rejects.toThrow(LogFullError)
    expect((await objects.list('pending/')).length).toBe(1)
    kinesis.troubles.length = 0
    pass(2 * MINUTE_MS)
    expect(await open().resendPending()).toBe(1)
    expect([(await textsIn(0)).map(({ length }) => length), (await textsIn(2)).length]).toEqual([[500_000, 500_000], 1])
    expect(await objects.list('')).toEqual([])
  })

  test('what is wrong with us is no matter of trying again', async () => {
    const { kinesis, log } = newLog()
    kinesis.troubles.push('forbidden')
    await expect(log.append([document('a', [0])])).rejects.toThrow('AccessDenied')
    expect(kinesis.calls.put).toBe(1)
  })

  test('after a restore it counts what it is told, and forgets what is in the stream by now', async () => {
    const { kinesis, log, open, rows } = newLog()
    const named = (id: string): Intake => ({ ...document(`{"id":"${id}"}`, [0], id), eventIds: [id] })
    kinesis.troubles.push('silent', ...BUSY)
    await expect(log.append([named('arrived')])).rejects.toThrow(LogFullError)
    kinesis.troubles.length = 0
    kinesis.troubles.push(...Array.from({ length: 40 }, () => 'away' as const))
    await expect(log.append([named('on-its-way')])).rejects.toThrow(LogFullError)
    kinesis.troubles.length = 0
    expect(await rows(PENDING_TABLE)).toHaveLength(2)
    const restored = open()
    expect(await restored.afterRestore([7, 0, 3, 0])).toEqual({ arrived: 1 })
    expect(await rows(PENDING_TABLE)).toMatchObject([{ eventIds: ['on-its-way'] }])
    expect((await restored.status()).shards.map(({ appended }) => appended)).toEqual([7, 0, 3, 0])
    await restored.append([named('new')])
    expect((await open().status()).shards.map(({ appended }) => appended)).toEqual([8, 0, 3, 0])
  })

  test('counters of writers that are gone are added up, and count as before', async () => {
    const { open, pass, rows } = newLog()
    for (let i = 0; i < 5; i++) await open().append([document('a', [0, 3])])
    pass(3 * 60 * MINUTE_MS)
    await open().append([document('b', [0])])
    expect((await rows(COUNTER_TABLE)).length).toBe(11)
    await open().resendPending()
    expect((await rows(COUNTER_TABLE)).length).toBe(3)
    expect((await open().status()).shards.map(({ appended }) => appended)).toEqual([6, 0, 0, 5])
  })
})
