/** What a stream and a store may do to the consumer, on fakes: in the end the rows are those of an undisturbed run. */
import type { KinesisStreamEvent } from 'aws-lambda'
import { expect, onTestFinished, test, vi } from 'vitest'
import { DynamoStateStore } from '#adapters/aws/dynamo-state-store.ts'
import { KinesisEventLog } from '#adapters/aws/kinesis-event-log.ts'
import type { StateStore, Write } from '#core/ports.ts'
import { isProjection } from '#core/projection.ts'
import { packFrame } from '#core/record-frame.ts'
import { retailSteps } from '#core/retail-steps.ts'
import { under } from '#core/row-key.ts'
import { contextWith, type Ports } from '#runtime/ports.ts'
import { CHECKPOINT_TABLE, OUTBOX_TABLE } from '#runtime/run-batch.ts'
import { CountingIdSource } from '#test/fakes/counting-id-source.ts'
import { type Call, DynamoModel, type Fault } from '#test/fakes/dynamo-model.ts'
import { EngineInTest } from '#test/fakes/engine-in-test.ts'
import { EventSourceMappingModel } from '#test/fakes/event-source-mapping-model.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { KinesisModel } from '#test/fakes/kinesis-model.ts'
import { MemoryObjectStore } from '#test/fakes/memory-object-store.ts'
import { MemoryDynamoStateStore } from '#test/fakes/memory-state-store.ts'
import { portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const START = Date.parse('2026-03-02T10:00:00Z')
type Framed = { readonly sequence: string; readonly partitionKey: string; readonly data: Uint8Array }

/** Sales of a quarter of an hour in two logical shards, some in one frame, with one record that is poison. */
function someFrames(): Framed[] {
  const inTest = new EngineInTest()
  return Array.from({ length: 60 }, (_, i) => {
    const sale = (line: number) =>
      inTest.bytesOf({
        type: 'sale.recorded',
        at: START + i * 15_000,
        storeId: i % 2 === 0 ? 'a' : 'b',
        data: { orderId: `o${i}`, line, productId: `p${i % 5}`, quantity: 1, unitPriceMinor: 100, currency: 'INR' },
      })
    const records = i === 30 ? [Buffer.from('{'), sale(1)] : i % 3 === 0 ? [sale(1), sale(2)] : [sale(1)]
    return { sequence: `49590338271490256608559${1000 + i}`, partitionKey: String(i % 2), data: packFrame(records) }
  })
}

const eventOf = (frames: readonly Framed[]): KinesisStreamEvent =>
  ({
    Records: frames.map(({ sequence, partitionKey, data }) => ({
      eventID: `shardId-000000000000:${sequence}`,
      kinesis: { sequenceNumber: sequence, partitionKey, data: Buffer.from(data).toString('base64') },
    })),
  }) as unknown as KinesisStreamEvent
const deliver = (ports: Ports, frames: readonly Framed[]) =>
  handler(eventOf(frames), contextWith(ports, 'apply-events'))

const PROJECTIONS = retailSteps.filter(isProjection).map(({ name }) => name)
const SHARDS = ['0', '1']

/** Rows, alerts on their way and the ledger, but for what says which commits they came with. */
async function figuresIn({ state }: Ports): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {}
  for (const table of PROJECTIONS) found[table] = await state.query({ table, range: under('m') })
  const told = await Promise.all(SHARDS.map((shard) => state.query({ table: OUTBOX_TABLE, range: under(shard) })))
  found[OUTBOX_TABLE] = told.flat()
  const checkpoints = await state.getMany(SHARDS.map((key) => ({ table: CHECKPOINT_TABLE, key })))
  found.ledger = checkpoints.map((row, i) => {
    const { applied, duplicate, held, discarded } = row as Record<string, number>
    return { key: SHARDS[i], applied, duplicate, held, discarded }
  })
  return found
}
const newPorts = (state: StateStore = new MemoryDynamoStateStore()): Ports => portsInTest({ state })
async function undisturbed(): Promise<Record<string, unknown>> {
  const ports = newPorts()
  await deliver(ports, someFrames())
  return figuresIn(ports)
}

test('the poison is held, and all else applied', async () => {
  expect((await undisturbed()).ledger).toEqual([
    { key: '0', applied: 39, duplicate: 0, held: 1, discarded: 0 },
    { key: '1', applied: 40, duplicate: 0, held: 0, discarded: 0 },
  ])
})

test('a batch that comes twice, to the same function and to a new one, changes nothing', async () => {
  const state = new MemoryDynamoStateStore()
  for (const ports of [newPorts(state), newPorts(state)]) {
    await deliver(ports, someFrames())
    await deliver(ports, someFrames())
    expect(await figuresIn(ports)).toEqual(await undisturbed())
  }
})

test('half a batch again, as after a bisect or a partial failure, changes nothing', async () => {
  const frames = someFrames()
  const ports = newPorts()
  for (const [from, to] of [
    [0, 30],
    [15, 45],
    [15, 30],
    [30, 60],
    [59, 60],
  ] as const)
    await deliver(ports, frames.slice(from, to))
  expect(await figuresIn(ports)).toEqual(await undisturbed())
})

/** Ends its process before, or right after, one of its commits. */
class DyingStore extends MemoryDynamoStateStore {
  commits = 0
  diesAt: { readonly commit: number; readonly isAfter: boolean } | undefined

  override async commit(writes: readonly Write[], conditions?: Parameters<MemoryDynamoStateStore['commit']>[1]) {
    const { commit, isAfter } = this.diesAt ?? { commit: -1, isAfter: false }
    const dies = this.commits++ === commit
    if (dies && !isAfter) throw new Error('killed')
    await super.commit(writes, conditions)
    if (dies) throw new Error('killed')
  }
}

test('a consumer that is killed at any of its commits, before or after it, is no loss and no repeat', async () => {
  const expected = await undisturbed()
  const counting = new DyingStore()
  await deliver(newPorts(counting), someFrames())
  expect(counting.commits).toBeGreaterThan(1)
  for (let commit = 0; commit < counting.commits; commit++) {
    for (const isAfter of [false, true]) {
      const state = new DyingStore()
      state.diesAt = { commit, isAfter }
      await expect(deliver(newPorts(state), someFrames())).rejects.toThrow('killed')
      const next = newPorts(state) // another process, which knows nothing by heart
      await deliver(next, someFrames())
      expect(await figuresIn(next)).toEqual(expected)
    }
  }
})

test('two consumers of one batch at once: one is told that it is late, and what it did not do is done', async () => {
  const state = new MemoryDynamoStateStore()
  const outcomes = await Promise.allSettled([newPorts(state), newPorts(state)].map((it) => deliver(it, someFrames())))
  expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true)
  const last = newPorts(state)
  await deliver(last, someFrames())
  expect(await figuresIn(last)).toEqual(await undisturbed())
})

const onDynamo = (model: DynamoModel): Ports => {
  const patience = { attempts: 3, wait: async () => {}, random: () => 0 }
  return newPorts(new DynamoStateStore({ client: model, tableName: 't', patience }))
}

/** What DynamoDB may answer to each call that this function makes. */
const OF_ALL: readonly Fault[] = (['throttle', 'internal', 'silence', 'lost-answer'] as const).map((is) => ({ is }))
const FAULTS: readonly (readonly [Call, readonly Fault[]])[] = [
  ['GetItem', OF_ALL],
  ['Query', [...OF_ALL, { is: 'part', reads: 0 }, { is: 'part', reads: 1 }]],
  ['BatchGetItem', [...OF_ALL, { is: 'unprocessed', reads: 0 }, { is: 'unprocessed', reads: 1 }]],
  ['PutItem', [...OF_ALL, { is: 'conflict' }]],
  ['TransactWriteItems', [...OF_ALL, { is: 'conflict' }, { is: 'in-progress' }]],
  ['BatchWriteItem', [...OF_ALL, { is: 'unprocessed', reads: 0 }, { is: 'unprocessed', reads: 1 }]],
  ['UpdateItem', [...OF_ALL, { is: 'conflict' }]],
]
/** The stream's batches: a large one, one of a frame, and the rest. */
const batches = (frames: readonly Framed[]) => [frames.slice(0, 30), frames.slice(30, 31), frames.slice(31)]

/** From the n-th call of this name on so many meet the fault. */
function meet(model: DynamoModel, call: Call, fault: Fault, n: number, times: number): void {
  model.before = (name) => {
    if (name === call && model.calls[call] >= n && model.calls[call] < n + times) model.willMeet(call, fault)
  }
}

/** More than are made before all patience is gone. */
const FOR_LONG = 30

test.each(FAULTS)(
  '%s that meets a fault at any time: all is done at once, or when it comes again',
  async (call, faults) => {
    for (const level of ['log', 'error'] as const) {
      const said = vi.spyOn(console, level).mockImplementation(() => {})
      onTestFinished(() => said.mockRestore())
    }
    const [expected, inBatches] = [await undisturbed(), batches(someFrames())]
    const counting = new DynamoModel()
    const calm = onDynamo(counting)
    for (const batch of inBatches) await deliver(calm, batch)
    const calls = counting.calls[call]
    expect(calls).toBeGreaterThan(1)
    expect(await figuresIn(calm)).toEqual(expected)
    const failures = { once: 0, forLong: 0 }
    for (const fault of faults) {
      for (let n = 1; n <= calls; n += Math.ceil(calls / 2)) {
        for (const [often, times] of [
          ['once', 1],
          ['forLong', FOR_LONG],
        ] as const) {
          const model = new DynamoModel()
          let ports = onDynamo(model)
          meet(model, call, fault, n, times)
          for (const batch of inBatches) {
            await deliver(ports, batch).catch(async () => {
              failures[often]++
              model.before = () => {}
              if (n > 1) ports = onDynamo(model) // another process, which knows nothing by heart
              await deliver(ports, batch)
            })
          }
          model.before = () => {}
          expect(await figuresIn(ports)).toEqual(expected)
        }
      }
    }
    expect(failures.once).toBe(0)
    expect(failures.forLong).toBeGreaterThan(2)
  },
)

/** The mapping of `cdk/constructs/stream-consumer.ts` over a table that throttles whatever the first so many invocations ask. */
async function mapped(frames: readonly Framed[], throttled: number, batchSize: number) {
  for (const level of ['log', 'error'] as const) {
    const said = vi.spyOn(console, level).mockImplementation(() => {})
    onTestFinished(() => said.mockRestore())
  }
  const model = new DynamoModel()
  const ports = onDynamo(model)
  const clock = new FixedClock(START)
  const options = { batchSize, retries: 10, oldestMs: 6 * 3_600_000, waitMs: 1_000 }
  const records = frames.map((frame) => ({ ...frame, arrivedMs: START }))
  const mapping = new EventSourceMappingModel<(typeof records)[number]>(options, clock, (batch) =>
    deliver(ports, batch),
  )
  model.before = (call) => {
    if (mapping.invocations <= throttled) model.willMeet(call, { is: 'throttle' })
  }
  await mapping.run(records)
  return { ports, mapping }
}

test('a table that throttles for a while: batches are split and come again, and nothing is lost or counts twice', async () => {
  for (const throttled of [1, 4, 12]) {
    const { ports, mapping } = await mapped(someFrames(), throttled, 40)
    expect(mapping.givenUp).toEqual([])
    expect(mapping.invocations).toBeGreaterThan(throttled + 1)
    expect(await figuresIn(ports)).toEqual(await undisturbed())
  }
})

test('one that throttles for longer than anybody tries: what is given up is named, and the shard goes on without it', async () => {
  const frames = someFrames()
  // Eleven tries of each of the first two records.
  const { ports, mapping } = await mapped(frames, 22, 1)
  expect(mapping.givenUp.map(({ KinesisBatchInfo: it }) => [it.startSequenceNumber, it.batchSize])).toEqual(
    frames.slice(0, 2).map(({ sequence }) => [sequence, 1]),
  )
  const rest = newPorts()
  await deliver(rest, frames.slice(2))
  expect(await figuresIn(ports)).toEqual(await figuresIn(rest))
})

test('a stream that is away while documents come: none is lost, none counts twice', async () => {
  const kinesis = new KinesisModel()
  let nowMs = START
  const [state, objects] = [new MemoryDynamoStateStore(), new MemoryObjectStore()]
  const log = new KinesisEventLog({
    client: kinesis.client,
    streamName: 's',
    shards: 2,
    state,
    objects,
    ids: new CountingIdSource(),
    clock: { now: () => nowMs },
    patienceMs: 100,
    sleep: async () => {},
  })
  const ports = portsInTest({ state, objects, log })
  const inTest = new EngineInTest()
  const documents = Array.from({ length: 12 }, (_, i) => {
    const id = `e${i}`
    const data = { orderId: `o${i}`, productId: 'p', quantity: 1, unitPriceMinor: 100, currency: 'INR' }
    const bytes = inTest.bytesOf({ type: 'sale.recorded', at: START + i * 1000, id, data })
    return { claim: { key: `c${i}`, keepForEver: false }, eventIds: [id], records: [{ shard: i % 2, bytes }] }
  })
  const troubles = [undefined, 'busy', 'away', 'silent'] as const
  let refused = 0
  for (const [i, document] of documents.entries()) {
    const trouble = troubles[i % troubles.length]
    kinesis.troubles.length = 0
    if (trouble === 'silent') kinesis.troubles.push('silent')
    else if (trouble !== undefined) kinesis.troubles.push(...Array.from({ length: 30 }, () => trouble))
    await log.append([document]).catch(() => refused++)
  }
  expect(refused).toBe(6)
  kinesis.troubles.length = 0
  // Senders try again, as they do after a 503; what nobody knew of comes by itself.
  for (const document of documents) expect((await log.append([document]))[0]!.eventIds).toEqual(document.eventIds)
  nowMs += 2 * 60_000
  await log.resendPending?.()
  const frames = kinesis.shards[0]!.records.map(({ SequenceNumber, PartitionKey, Data }) => ({
    sequence: SequenceNumber,
    partitionKey: PartitionKey,
    data: Data,
  }))
  await deliver(ports, frames)
  const { ledger } = await figuresIn(ports)
  const applied = (ledger as { applied: number }[]).reduce((sum, row) => sum + row.applied, 0)
  expect(applied).toBe(12)
  expect(frames.length).toBeGreaterThan(12)
})
