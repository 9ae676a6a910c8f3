import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EventLog, LogRecord } from '#core/ports.ts'
import { ascendingNumber } from '#core/row-key.ts'
import type { BatchResult, BatchRunner } from '#runtime/run-batch.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { Pump } from './pump.ts'

/** An engine that remembers what it was given, and takes its time where a test says so. */
class RememberingEngine {
  readonly taken: string[][] = [[], [], []]
  readonly batches: number[] = []
  running = 0
  /** Before each batch. */
  before: (shard: number) => Promise<void> | void = () => {}

  async run(shard: number, records: readonly LogRecord[]): Promise<BatchResult> {
    if (this.running++ > 0) throw new Error('two batches at once')
    await this.before(shard)
    this.batches.push(records.length)
    for (const { bytes } of records) this.taken[shard]!.push(Buffer.from(bytes).toString())
    this.running--
    return { records: records.length } as BatchResult
  }
}

function newPump(options: { checkpoints?: string[]; log?: MemoryEventLog } = {}) {
  const log = options.log ?? new MemoryEventLog(3)
  const engine = new RememberingEngine()
  const errors: unknown[] = []
  const results: number[] = []
  const pump = new Pump({
    log,
    engine: engine as unknown as BatchRunner,
    checkpoints: options.checkpoints ?? ['', '', ''],
    onBatch: ({ records }) => results.push(records),
    onError: (error) => errors.push(error),
  })
  /** As the log does: when the records are there to be read, they are offered. */
  const append = async (shard: number, ...texts: string[]) => {
    const from = (await log.status()).shards[shard]!.appended
    const records = texts.map(
      (text, i): LogRecord => ({ sequence: ascendingNumber(from + 1 + i), bytes: Buffer.from(text) }),
    )
    await log.append(texts.map((text) => ({ eventIds: [], records: [{ shard, bytes: Buffer.from(text) }] })))
    pump.offer(shard, records)
  }
  return { log, engine, pump, append, errors, results }
}

const numbered = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `record ${from + i}`)

describe('the pump', () => {
  test('carries what the log holds already, from each shard’s checkpoint on', async () => {
    const log = new MemoryEventLog(3)
    for (const shard of [0, 1])
      await log.append(
        numbered(2_500).map((text) => ({ eventIds: [], records: [{ shard, bytes: Buffer.from(text) }] })),
      )
    const { pump, engine } = newPump({ log, checkpoints: ['', ascendingNumber(2_000), ''] })
    pump.start()
    await pump.drained()
    expect(engine.taken).toEqual([numbered(2_500), numbered(500, 2_000), []])
    expect(Math.max(...engine.batches)).toBeLessThanOrEqual(1_001)
  })

  test('then what becomes durable, in order, without reading it again', async () => {
    const { pump, engine, append, log, results } = newPump()
    pump.start()
    await pump.drained()
    const reads = log.calls.read
    await append(0, ...numbered(5))
    await append(2, ...numbered(3))
    await append(0, ...numbered(5, 5))
    await pump.drained()
    expect(engine.taken).toEqual([numbered(10), [], numbered(3)])
    expect(log.calls.read).toBe(reads)
    expect(results.reduce((a, b) => a + b)).toBe(13)
  })

  test('misses nothing that comes while it reads the log', async () => {
    const { pump, engine, append, log } = newPump()
    const read = log.read.bind(log)
    let n = 0
    log.read = async (...args) => {
      const found = await read(...args)
      if (n < 30) await append(0, `record ${n++}`)
      return found
    }
    pump.start()
    await pump.drained()
    expect(engine.taken[0]).toEqual(numbered(30))
  })

  test('reads in the log what is too much for memory', async () => {
    const { pump, engine, append, log } = newPump()
    pump.start()
    await pump.drained()
    let goOn = () => {}
    engine.before = () =>
      new Promise((done) => {
        goOn = done
        engine.before = () => {}
      })
    await append(0, 'record 0')
    for (let n = 1; n < 60_001; n += 3_000) await append(0, ...numbered(3_000, n))
    const reads = log.calls.read
    goOn()
    await pump.drained()
    expect(engine.taken[0]).toEqual(numbered(60_001))
    expect(log.calls.read).toBeGreaterThan(reads)
    await append(0, 'and on')
    await pump.drained()
    expect(engine.taken[0]!.at(-1)).toBe('and on')
  })

  test('hears a record that comes at any moment, even when it is about to rest', async () => {
    for (let hops = 0; hops < 60; hops++) {
      const { pump, engine, append } = newPump()
      pump.start()
      // It finds nothing within a few turns of the queue of promises, and rests.
      for (let i = 0; i < hops; i++) await undefined
      await append(0, 'record')
      await new Promise((done) => setTimeout(done, 1))
      await pump.drained()
      expect([hops, engine.taken[0]]).toEqual([hops, ['record']])
    }
  })

  test('carries every record once, whatever comes when and however slow the engine is', async () => {
    const moments = fc.array(
      fc.record({ shard: fc.nat(2), count: fc.integer({ min: 1, max: 40 }), hops: fc.nat(12), turn: fc.boolean() }),
      { maxLength: 20 },
    )
    await fc.assert(
      fc.asyncProperty(moments, fc.nat(3), async (plan, slow) => {
        const { pump, engine, append } = newPump()
        engine.before = async () => {
          for (let i = 0; i < slow; i++) await new Promise((done) => setImmediate(done))
        }
        pump.start()
        const counts = [0, 0, 0]
        for (const { shard, count, hops, turn } of plan) {
          await append(shard, ...numbered(count, counts[shard]))
          counts[shard]! += count
          for (let i = 0; i < hops; i++) await undefined
          if (turn) await new Promise((done) => setImmediate(done))
        }
        await new Promise((done) => setTimeout(done, 1))
        await pump.drained()
        expect(engine.taken).toEqual(counts.map((count) => numbered(count)))
      }),
      { numRuns: 60 },
    )
  })

  test('lets go what it has carried, though it is never idle', async () => {
    setFlagsFromString('--expose-gc')
    const collectGarbage = runInNewContext('gc') as () => void
    const { pump, engine } = newPump()
    pump.start()
    await pump.drained()
    let offered = 0
    let first: WeakRef<LogRecord> | undefined
    let isHeld: boolean | undefined
    const offerMore = () => {
      const records = Array.from(
        { length: 1_100 }, // more than a batch takes
        (): LogRecord => ({ sequence: ascendingNumber(++offered), bytes: Buffer.from('record') }),
      )
      first ??= new WeakRef(records[0]!)
      pump.offer(0, records)
    }
    engine.before = async () => {
      if (offered < 30_000) return offerMore()
      if (isHeld !== undefined) return
      await new Promise((done) => setImmediate(done))
      collectGarbage()
      isHeld = first!.deref() !== undefined
    }
    offerMore()
    await pump.drained()
    expect(isHeld).toBe(false)
    expect(engine.taken[0]).toHaveLength(offered)
  })

  test('lets requests in between batches', async () => {
    const { pump, engine, append } = newPump()
    pump.start()
    await pump.drained()
    await append(0, ...numbered(5_000))
    let turns = 0
    const count = () => {
      turns++
      if (engine.taken[0]!.length < 5_000) setImmediate(count)
    }
    setImmediate(count)
    await pump.drained()
    expect(turns).toBeGreaterThanOrEqual(4)
  })

  describe('when the engine fails', () => {
    const failing = async () => {
      const it = newPump()
      it.engine.before = () => {
        throw new Error('the store is gone')
      }
      it.pump.start()
      await it.pump.drained()
      await it.append(0, 'lost for now')
      await it.pump.drained()
      it.engine.running = 0
      it.engine.before = () => {}
      return it
    }

    test('says so, once', async () => {
      const { errors } = await failing()
      expect(errors.map(String)).toEqual(['Error: the store is gone'])
    })

    test('carries nothing more: what failed would be left out', async () => {
      const { pump, engine, append, errors } = await failing()
      await append(0, 'after it')
      await append(1, 'elsewhere')
      await new Promise((done) => setTimeout(done, 5))
      await pump.drained()
      expect(engine.taken).toEqual([[], [], []])
      expect(errors.length).toBe(1)
    })
  })

  describe('when it is stopped', () => {
    test('ends the batch at hand, and begins no other', async () => {
      const { pump, engine, append } = newPump()
      pump.start()
      await pump.drained()
      let goOn = () => {}
      engine.before = () =>
        new Promise((done) => {
          goOn = done
        })
      await append(0, ...numbered(10))
      await append(1, 'another')
      await new Promise((done) => setImmediate(done))
      let isStopped = false
      const stopping = pump.stop().then(() => {
        isStopped = true
      })
      await new Promise((done) => setTimeout(done, 5))
      expect(isStopped).toBe(false)
      goOn()
      await stopping
      await append(0, 'late')
      await new Promise((done) => setTimeout(done, 5))
      expect(engine.taken).toEqual([numbered(10), [], []])
    })

    test('may be so before it ever ran', async () => {
      const { pump, engine, append } = newPump()
      await pump.stop()
      await append(0, 'late')
      pump.start()
      await pump.drained()
      expect(engine.taken[0]).toEqual([])
    })
  })
})

/** The pump needs nothing but `read` of a log. */
test('a log that cannot be read is an error of the engine’s kind', async () => {
  const log = { read: () => Promise.reject(new Error('the log is gone')) } as unknown as EventLog
  const errors: unknown[] = []
  const pump = new Pump({
    log,
    engine: new RememberingEngine() as unknown as BatchRunner,
    checkpoints: [''],
    onBatch: () => {},
    onError: (error) => errors.push(String(error)),
  })
  pump.start()
  await pump.drained()
  expect(errors).toEqual(['Error: the log is gone'])
})
