import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Outcome, ok, wrong } from '#core/outcome.ts'
import { type Condition, ConditionFailedError, type LogRecord, type StateStore, type Write } from '#core/ports.ts'
import {
  CannotApplyError,
  type Derivation,
  type Folded,
  isProjection,
  type Projection,
  projection,
  type Step,
} from '#core/projection.ts'
import { ascendingNumber, EVERY_KEY } from '#core/row-key.ts'
import { MemoryObjectStore } from '#test/fakes/memory-object-store.ts'
import { MemoryDynamoStateStore, MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { DOCUMENT_DISCARDED, DOCUMENT_REPLAYED, HELD_TABLE, type HeldRow, heldKey, readHeld } from './held-documents.ts'
import {
  BatchRunner,
  type BatchRunnerOptions,
  CHECKPOINT_TABLE,
  type Checkpoint,
  NO_CHECKPOINT,
  OUTBOX_TABLE,
  SEEN_IDS_TABLE,
} from './run-batch.ts'

// --- A small world: sums that count each event, and everything else that a step may do ---------------------------------

type Total = { readonly sum: number; readonly count: number }
const totals = projection<Total>({
  name: 'totals',
  version: 1,
  of: ['add', 'bonus'],
  key: (e) => e.data.key,
  empty: { sum: 0, count: 0 },
  fold: (row, e) => (e.data.n === 0 ? row : { sum: row.sum + e.data.n, count: row.count + 1 }),
  derives: (before, after, e) => {
    const tens = Math.floor(after!.sum / 10) - Math.floor(before.sum / 10)
    return tens > 0 ? Array.from({ length: tens }, () => ({ type: 'ten', data: { key: e.data.key } })) : undefined
  },
  tells: (before, after, e) => {
    if (after === before) return undefined
    const live = { channel: 'live', topic: 'total', subject: e.data.key as string, data: after! } as const
    return before.sum <= 20 && after!.sum > 20 ? [live, { ...live, channel: 'notice' }] : [live]
  },
})

/** Sees the totals beside it as they are at that very event; and is where events turn out not to be applicable. */
const mirror = projection<{ readonly last: number; readonly tens: number }>({
  name: 'mirror',
  version: 1,
  of: ['add', 'ten'],
  key: (e) => e.data.key,
  empty: { last: 0, tens: 0 },
  beside: { total: { of: totals, key: (e) => e.data.key } },
  fold: (row, e, { total }) => {
    if (e.data.n === UNLUCKY) throw new CannotApplyError('13 cannot be added')
    if (e.data.n === DEFECTIVE) throw new TypeError('a defect')
    return { last: total.sum, tens: row.tens + (e.type === 'ten' ? 1 : 0) }
  },
})
const UNLUCKY = 13
const DEFECTIVE = 666

/** A row that comes and goes. */
const flags = projection<{ readonly since: number }>({
  name: 'flags',
  version: 1,
  of: ['flag'],
  key: (e) => e.data.key,
  empty: { since: 0 },
  fold: (_row, e) => (e.data.on ? { since: e.at } : undefined),
})

/** A derivation without a row: one event becomes many facts, more where the flag of the first key is up. */
const spread: Derivation = {
  name: 'spread',
  of: ['spread'],
  beside: { flag: { of: flags, key: (e) => e.data.keys[0] } },
  derives: (e, { flag }) =>
    (e.data.keys as string[]).map((key) => ({ type: 'bonus', data: { key, n: flag.since === 0 ? 1 : 2 } })),
}

/** Counts from one again when nothing has come for a while. */
const KEEP_MS = 5_000
const fading = projection<{ readonly n: number; readonly at: number }>({
  name: 'fading',
  version: 1,
  of: ['add'],
  key: (e) => (e.data.key === 'never fades' ? undefined : e.data.key),
  empty: { n: 0, at: 0 },
  fold: (row, e) => ({ n: row.n + 1, at: Math.max(row.at, e.receivedAt) }),
  expiresAt: (row) => row.at + KEEP_MS,
})

const steps: readonly Step[] = [flags, totals, spread, mirror, fading]

type Happening = { readonly id: string; readonly type: string; readonly receivedAt?: number; readonly data: object }
const START = Date.parse('2026-03-02T10:00:00Z')

const bytesOf = (happening: Happening): Uint8Array => Buffer.from(JSON.stringify(happening))
const logOf = (happenings: readonly (Happening | Uint8Array)[], first = 1): LogRecord[] =>
  happenings.map((it, i) => ({
    sequence: ascendingNumber(first + i),
    bytes: it instanceof Uint8Array ? it : bytesOf(it),
  }))

function decode(bytes: Uint8Array, shard: number, receivedAt?: number): Outcome<Folded> {
  try {
    const { id, type, data, ...rest } = JSON.parse(Buffer.from(bytes).toString()) as Happening
    if (typeof id !== 'string') return wrong('id', 'is missing')
    const at = receivedAt ?? rest.receivedAt ?? START
    const place = { merchantId: `merchant of ${id[0]}`, storeId: 's', source: 'test', businessDate: '2026-03-02' }
    return ok({ id, type, data, at, receivedAt: at, shard, ...place })
  } catch {
    return wrong('', 'is not JSON')
  }
}

const add = (id: string, key: string, n: number, receivedAt = START): Happening => ({
  id,
  type: 'add',
  receivedAt,
  data: { key, n },
})

type World = { readonly store: StateStore; readonly objects: MemoryObjectStore }
const newWorld = (store: StateStore = new MemoryStateStore()): World => ({ store, objects: new MemoryObjectStore() })
const runnerOn = ({ store, objects }: World, options: Partial<BatchRunnerOptions> = {}): BatchRunner =>
  new BatchRunner({ steps, decode, store, objects, idSpanMs: 3_600_000, idsPerRow: 1, recentRows: 1_000, ...options })

const rowsOf = async (store: StateStore, table: string): Promise<Record<string, object>> =>
  Object.fromEntries((await store.query({ table, range: EVERY_KEY })).map(({ key, row }) => [key, row]))
const tables = steps.filter(isProjection).map(({ name }) => name)
/** Every row that the steps and the outbox have, and what was held with its document: all that a merchant could see. */
async function effectsOf({ store, objects }: World): Promise<object> {
  const rows = await Promise.all([...tables, OUTBOX_TABLE].map(async (table) => [table, await rowsOf(store, table)]))
  const held = await Promise.all(
    Object.entries(await rowsOf(store, HELD_TABLE)).map(async ([key, row]) => {
      const { object, line, ...rest } = row as HeldRow
      return [key, { ...rest, document: String(await readHeld(objects, row as HeldRow)) }]
    }),
  )
  return { ...Object.fromEntries(rows), held: Object.fromEntries(held), ledger: await ledgerOf(store) }
}
async function ledgerOf(store: StateStore, shard = 0) {
  const row = (await store.get(CHECKPOINT_TABLE, String(shard))) as Checkpoint | undefined
  const { applied, duplicate, held, discarded } = row ?? NO_CHECKPOINT
  return { applied, duplicate, held, discarded }
}

/** What the records should do, as plainly as it can be said: one event after the other, nothing in between. */
function plainly(records: readonly LogRecord[]) {
  let rows = new Map<string, Map<string, object>>(tables.map((table) => [table, new Map()]))
  const seen = new Set<string>()
  const ledger = { applied: 0, duplicate: 0, held: 0, discarded: 0 }
  const rowAt = ({ name, empty, expiresAt }: Projection, key: string | undefined, { receivedAt }: Folded): object => {
    const row = key === undefined ? undefined : rows.get(name)!.get(key)
    return row === undefined || (expiresAt !== undefined && expiresAt(row, key!) <= receivedAt) ? empty : row
  }
  for (const { bytes } of records) {
    const decoded = decode(bytes, 0)
    if (!decoded.ok) ledger.held++
    else if (seen.has(decoded.value.id)) ledger.duplicate++
    else {
      seen.add(decoded.value.id)
      const before = new Map([...rows].map(([table, its]) => [table, new Map(its)]))
      try {
        const queue: Folded[] = [decoded.value]
        for (const event of queue) {
          for (const step of steps.filter(({ of }) => of.includes(event.type))) {
            const beside = Object.fromEntries(
              Object.entries(step.beside ?? {}).map(([name, { of, key }]) => [name, rowAt(of, key(event), event)]),
            )
            const key = isProjection(step) ? step.key(event) : undefined
            if (isProjection(step) && key === undefined) continue
            const row = isProjection(step) ? rowAt(step, key, event) : {}
            const after = isProjection(step) ? step.fold(row, event, beside) : undefined
            if (isProjection(step) && after !== row) {
              if (after === undefined) rows.get(step.name)!.delete(key!)
              else rows.get(step.name)!.set(key!, after)
            }
            const facts = isProjection(step) ? step.derives?.(row, after, event, beside) : step.derives(event, beside)
            for (const { type, data } of facts ?? []) queue.push({ ...event, type, data })
          }
        }
        ledger.applied++
      } catch {
        rows = before
        ledger.held++
      }
    }
  }
  const plain = Object.fromEntries([...rows].map(([table, its]) => [table, Object.fromEntries(its)]))
  return { ...plain, ledger }
}

// --- Arbitrary logs and deliveries -----------------------------------------------------------------------------------

const keys = fc.constantFrom('a', 'b', 'c', 'never fades')
const happening = (id: string, numbers: readonly number[]) =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .record({ key: keys, n: fc.constantFrom(...numbers) })
        .map((data): Happening => ({ id, type: 'add', data })),
    },
    {
      weight: 2,
      arbitrary: fc.record({ key: keys, on: fc.boolean() }).map((data): Happening => ({ id, type: 'flag', data })),
    },
    {
      weight: 1,
      arbitrary: fc
        .array(
          fc.nat(60).map((n) => `k${n}`),
          { minLength: 1, maxLength: 40 },
        )
        .map((its): Happening => ({ id, type: 'spread', data: { keys: its } })),
    },
    { weight: 1, arbitrary: fc.constant<Happening>({ id, type: 'unknown here', data: {} }) },
  )
const poison = fc.constantFrom(Buffer.from('{'), Buffer.from('{}'), Buffer.from([0xff, 0]), Buffer.alloc(0))

/** Logs of up to 50 records, some of them repeats of ids, on a clock that sometimes goes back. */
const logs = (numbers: readonly number[], withPoison: boolean) =>
  fc
    .array(
      fc.tuple(
        fc.nat(40).chain((n) => happening(`e${n}`, numbers)),
        fc.integer({ min: -500, max: 3_000 }),
        withPoison ? fc.option(poison, { freq: 8 }) : fc.constant(null),
      ),
      { maxLength: 50 },
    )
    .map((drafts) => {
      let clock = START
      return logOf(
        drafts.map(([it, passed, instead]) => {
          clock += passed
          return instead ?? { ...it, receivedAt: clock }
        }),
      )
    })

/** How a log reaches the engine: in which batches, each beginning how far back, and after a restart or not. */
const deliveries = fc.array(
  fc.record({ size: fc.integer({ min: 1, max: 30 }), again: fc.nat(20), restart: fc.boolean() }),
  { minLength: 1, maxLength: 12 },
)
type Delivery = { readonly size: number; readonly again: number; readonly restart: boolean }

async function deliver(world: World, log: readonly LogRecord[], plan: readonly Delivery[], recentRows = 1_000) {
  let runner = runnerOn(world, { recentRows })
  const live: string[] = []
  for (let end = 0, i = 0; end < log.length; i++) {
    const { size, again, restart } = plan[i % plan.length]!
    if (restart) runner = runnerOn(world, { recentRows })
    const begin = Math.max(0, end - again)
    end = Math.min(log.length, end + size)
    const result = await runner.run(0, log.slice(begin, end))
    for (const { id } of result.live) live.push(id)
    const { applied, duplicate, held, discarded } = await ledgerOf(world.store)
    expect(applied + duplicate + held + discarded).toBe(end)
  }
  return live
}
const AT_ONCE: readonly Delivery[] = [{ size: 1_000, again: 0, restart: false }]

const NUMBERS = [0, 1, 2, 3, 7, 9, 11, UNLUCKY, DEFECTIVE]
const GOOD_NUMBERS = [0, 1, 2, 3, 7, 9, 11]

describe('the effects of a log', () => {
  test('are those of one event after the other, however it is delivered', async () => {
    await fc.assert(
      fc.asyncProperty(logs(NUMBERS, true), deliveries, fc.constantFrom(1, 3, 1_000), async (log, plan, recentRows) => {
        const world = newWorld()
        await deliver(world, log, plan, recentRows)
        expect(await effectsOf(world)).toMatchObject(plainly(log))
        const undisturbed = newWorld()
        const live = await deliver(undisturbed, log, AT_ONCE)
        expect(await effectsOf(world)).toEqual(await effectsOf(undisturbed))
        // Told once each, with an id of its own.
        expect(new Set(live).size).toBe(live.length)
      }),
      { numRuns: 150 },
    )
  })

  test('are the same where rows come later and a transaction holds 100 items', async () => {
    await fc.assert(
      fc.asyncProperty(
        logs(GOOD_NUMBERS, false),
        deliveries,
        fc.constantFrom(1, 1_000),
        async (log, plan, recentRows) => {
          const store = new MemoryDynamoStateStore()
          const world = newWorld(store)
          const live = await deliver(world, log, plan, recentRows)
          expect(await effectsOf(world)).toMatchObject(plainly(log))
          const undisturbed = newWorld()
          expect(live).toEqual(await deliver(undisturbed, log, AT_ONCE))
          expect(await effectsOf(world)).toEqual(await effectsOf(undisturbed))
          expect(store.largestCommit).toBeLessThanOrEqual(100)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('are the same when every record, or every batch, is delivered twice', async () => {
    const [log] = fc.sample(logs(NUMBERS, true), { numRuns: 1, seed: 7 }) as [LogRecord[]]
    const undisturbed = newWorld()
    await deliver(undisturbed, log, AT_ONCE)
    for (const size of [1, 5, log.length]) {
      const world = newWorld()
      const runner = runnerOn(world)
      for (let i = 0; i < log.length; i += size) {
        for (let times = 0; times < 2; times++) await runner.run(0, log.slice(i, i + size))
      }
      const { records, live } = await runner.run(0, log)
      expect([records, live]).toEqual([0, []])
      expect(await effectsOf(world)).toEqual(await effectsOf(undisturbed))
    }
  })

  test('of one shard are nothing to another', async () => {
    const world = newWorld()
    const runner = runnerOn(world)
    await runner.run(0, logOf([add('a1', 'a', 3)]))
    await runner.run(1, logOf([add('a1', 'b', 4), add('a2', 'b', 5)]))
    expect(await rowsOf(world.store, 'totals')).toEqual({ a: { sum: 3, count: 1 }, b: { sum: 9, count: 2 } })
    expect([await ledgerOf(world.store, 0), await ledgerOf(world.store, 1)]).toMatchObject([
      { applied: 1 },
      { applied: 2 },
    ])
  })
})

// --- Cut off anywhere --------------------------------------------------------------------------------------------------

/** Fails at its k-th commit: before it was written, or after, when the answer is lost. */
const failingAt = (k: number, written: boolean, Store: typeof MemoryStateStore) =>
  new (class extends Store {
    private commits = 0
    override commit(writes: readonly Write[], conditions: readonly Condition[] = []): Promise<void> | void {
      if (++this.commits !== k) return super.commit(writes, conditions)
      const fault = new Error('the store is gone')
      if (!written) throw fault
      const committing = super.commit(writes, conditions)
      if (committing === undefined) throw fault
      return committing.then(() => {
        throw fault
      })
    }
  })()

describe('cut off at any commit', () => {
  const [log] = fc
    .sample(logs(GOOD_NUMBERS, false), { numRuns: 40, seed: 11 })
    .toSorted((a, b) => b.length - a.length) as [LogRecord[]]
  const kinds = [
    ['the disk', MemoryStateStore],
    ['DynamoDB', MemoryDynamoStateStore],
  ] as const

  test.each(
    kinds.flatMap(([name, Store]) =>
      [false, true].flatMap((written) =>
        [false, true].map(
          (fresh) => [name, written ? 'after' : 'before', fresh ? 'a new' : 'the same', Store] as const,
        ),
      ),
    ),
  )('on %s, %s it was written, %s runner does it again from any record', async (_name, when, which, Store) => {
    const undisturbed = newWorld()
    await deliver(undisturbed, log, [{ size: 9, again: 0, restart: false }])
    let cuts = 0
    for (let k = 1; ; k++) {
      const world = newWorld(failingAt(k, when === 'after', Store))
      let runner = runnerOn(world)
      let wasCut = false
      for (let begin = 0; begin < log.length; begin += 9) {
        const batch = log.slice(begin, begin + 9)
        try {
          await runner.run(0, batch)
        } catch (error) {
          expect(String(error)).toContain('the store is gone')
          wasCut = true
          if (which === 'a new') runner = runnerOn(world)
          // Delivered from the lowest record that was not acknowledged, or from further back.
          await runner.run(0, log.slice(Math.max(0, begin - (k % 4)), begin + 9))
        }
      }
      expect(await effectsOf(world)).toEqual(await effectsOf(undisturbed))
      if (!wasCut) break
      cuts++
    }
    expect(cuts).toBeGreaterThanOrEqual(log.length / 9 - 1)
  })

  test('a prefix that was committed stays, and nothing of what came after it is there', async () => {
    const many = (n: number) => Array.from({ length: 60 }, (_, i) => `${n}-${i}`)
    const happenings = [1, 2, 3].map((n): Happening => ({ id: `e${n}`, type: 'spread', data: { keys: many(n) } }))
    const world = newWorld(failingAt(2, false, MemoryDynamoStateStore))
    await expect(runnerOn(world).run(0, logOf(happenings))).rejects.toThrow('the store is gone')
    expect(await ledgerOf(world.store)).toMatchObject({ applied: 1 })
    expect(Object.keys(await rowsOf(world.store, 'totals')).toSorted()).toEqual(many(1).toSorted())
  })

  test.each([
    ['the disk', MemoryStateStore],
    ['DynamoDB', MemoryDynamoStateStore],
  ])('two engines on %s that take turns with a shard leave what one would', async (_name, Store) => {
    const [undisturbed, world] = [newWorld(), newWorld(new Store())]
    await deliver(undisturbed, log, [{ size: 9, again: 0, restart: false }])
    const engines = [runnerOn(world), runnerOn(world)]
    // As a canary does it: most batches to one, some to the other, which then remembers what is long past.
    for (let begin = 0; begin < log.length; begin += 9)
      await engines[begin % 4 === 0 ? 1 : 0]!.run(0, log.slice(begin, begin + 9))
    expect(await effectsOf(world)).toEqual(await effectsOf(undisturbed))
    expect(await ledgerOf(world.store)).toEqual(await ledgerOf(undisturbed.store))
  })

  test('of two engines at one shard at once one gets on, and the other fails', async () => {
    const world = newWorld()
    const records = logOf([add('a1', 'a', 1), add('a2', 'a', 2)])
    await expect(Promise.all([runnerOn(world).run(0, records), runnerOn(world).run(0, records)])).rejects.toThrow(
      ConditionFailedError,
    )
    expect(await rowsOf(world.store, 'totals')).toEqual({ a: { sum: 3, count: 2 } })
  })

  test('of two engines on one shard one gets on, and the other goes on from where that one is', async () => {
    const world = newWorld()
    const [one, two] = [runnerOn(world), runnerOn(world)]
    const records = logOf([add('a1', 'a', 1), add('a2', 'a', 2), add('a3', 'a', 4)])
    await one.run(0, records.slice(0, 1))
    await two.run(0, records.slice(0, 2))
    await one.run(0, records.slice(1, 3))
    expect(await rowsOf(world.store, 'totals')).toEqual({ a: { sum: 7, count: 3 } })
  })
})

// --- Ids ---------------------------------------------------------------------------------------------------------------

describe('an id that was seen', () => {
  const SPAN = 10_000
  const sums = async (world: World) => (await rowsOf(world.store, 'totals')).a as Total
  /** Records of one key, a second apart, in a batch each. */
  const seconds = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => add(`s${from + i}`, 'b', 1, START + (from + i) * 1_000))

  test.each([
    ['by the same runner', false, 1],
    ['by the next one', true, 1],
    ['by the same runner, in rows that grow,', false, 100],
    ['by the next one, in rows that grow,', true, 100],
  ])('is known %s for its span, and forgotten after two', async (_by, restart, idsPerRow) => {
    const world = newWorld()
    let runner = runnerOn(world, { idSpanMs: SPAN, idsPerRow })
    let next = 1
    const take = async (...happenings: Happening[]) => {
      if (restart) runner = runnerOn(world, { idSpanMs: SPAN, idsPerRow })
      await runner.run(0, logOf(happenings, next))
      next += happenings.length
    }
    await take(add('first', 'a', 1))
    for (const it of seconds(1, 10)) await take(it)
    await take(add('first', 'a', 1, START + SPAN))
    expect((await sums(world)).count).toBe(1)
    expect(await ledgerOf(world.store)).toMatchObject({ duplicate: 1 })
    for (const it of seconds(11, 25)) await take(it)
    await take(add('first', 'a', 1, START + 2.5 * SPAN))
    expect((await sums(world)).count).toBe(2)
    // Their rows go as well.
    expect(Object.keys(await rowsOf(world.store, SEEN_IDS_TABLE)).length).toBeLessThanOrEqual(25)
    for (const it of seconds(40, 70)) await take(it)
    const rows = Object.values(await rowsOf(world.store, SEEN_IDS_TABLE)) as { at: number }[]
    expect(Math.min(...rows.map(({ at }) => at))).toBeGreaterThan(START + 69_000 - 2 * SPAN)
  })

  test.each([
    [1, 10, 16],
    [4, 3, 64],
    [100, 1, 160],
  ])('is in a row of up to %i', async (idsPerRow, rows, bytes) => {
    const world = newWorld()
    const runner = runnerOn(world, { idSpanMs: 100_000, idsPerRow })
    for (let n = 1; n <= 10; n++) await runner.run(0, logOf([add(`s${n}`, 'a', 1, START + n)], n))
    const found = Object.values(await rowsOf(world.store, SEEN_IDS_TABLE)) as { ids: Uint8Array }[]
    expect([found.length, Math.max(...found.map(({ ids }) => ids.length))]).toEqual([rows, bytes])
    const again = await runnerOn(world, { idsPerRow }).run(0, logOf([add('s1', 'a', 1), add('s10', 'a', 1)], 11))
    expect(again.checkpoint).toMatchObject({ applied: 10, duplicate: 2 })
  })

  test('is known though the event was held', async () => {
    const world = newWorld()
    await runnerOn(world).run(0, logOf([add('a1', 'a', UNLUCKY), add('a1', 'a', 1)]))
    expect(await ledgerOf(world.store)).toEqual({ applied: 0, duplicate: 1, held: 1, discarded: 0 })
    expect(await rowsOf(world.store, 'totals')).toEqual({})
  })
})

// --- What cannot be applied --------------------------------------------------------------------------------------------

describe('an event that cannot be applied', () => {
  test.each([
    ['for a reason that the fold gives', UNLUCKY, '13 cannot be added', 0],
    ['for a defect of ours', DEFECTIVE, 'a defect in our own code, please report it: a defect', 1],
  ])('%s is held, and all that it did is undone', async (_why, n, message, defects) => {
    const errors: unknown[] = []
    const world = newWorld()
    const runner = runnerOn(world, { onFoldError: (error, { id }) => errors.push([id, String(error)]) })
    const before = [add('a1', 'a', 9), add('a2', 'b', 9)]
    const bad = add('a3', 'a', n)
    const { live } = await runner.run(0, logOf([...before, bad, add('a4', 'a', 1)]))
    expect(await rowsOf(world.store, 'totals')).toEqual({ a: { sum: 10, count: 2 }, b: { sum: 9, count: 1 } })
    expect(await rowsOf(world.store, 'fading')).toMatchObject({ a: { n: 2 } })
    expect(live.map(({ id }) => id)).toEqual(['a1.0', 'a2.0', 'a4.0'])
    expect(await ledgerOf(world.store)).toEqual({ applied: 3, duplicate: 0, held: 1, discarded: 0 })
    const row = (await world.store.get(HELD_TABLE, heldKey(0, ascendingNumber(3)))) as HeldRow
    expect(row).toMatchObject({ status: 'held', problems: [{ field: '', message }], merchantId: 'merchant of a' })
    expect(String(await readHeld(world.objects, row))).toBe(JSON.stringify(bad))
    expect(errors.length).toBe(defects)
  })

  test.each([
    ['rows at hand', MemoryStateStore],
    ['rows that come later', MemoryDynamoStateStore],
  ])('does not block the others: %s', async (_how, Store) => {
    const world = newWorld(new Store())
    const runner = runnerOn(world)
    const junk = Array.from({ length: 30 }, (_, i) => Buffer.from([i, 255, 0, i]))
    const records = logOf(junk.flatMap((bytes, i) => [bytes, add(`a${i}`, 'a', 1)]))
    await runner.run(0, records)
    expect(await ledgerOf(world.store)).toEqual({ applied: 30, duplicate: 0, held: 30, discarded: 0 })
    expect(await rowsOf(world.store, 'totals')).toMatchObject({ a: { count: 30 } })
    const held = Object.values(await rowsOf(world.store, HELD_TABLE)) as HeldRow[]
    for (const [i, row] of held.entries())
      expect(Buffer.compare((await readHeld(world.objects, row))!, junk[i]!)).toBe(0)
  })

  test('does not make a transaction too large, however many there are', async () => {
    const world = newWorld(new MemoryDynamoStateStore())
    const records = logOf(Array.from({ length: 150 }, () => Buffer.from('{')))
    await runnerOn(world).run(0, records)
    expect(await ledgerOf(world.store)).toMatchObject({ held: 150 })
  })

  test('does not make a transaction too large by one', async () => {
    const world = newWorld(new MemoryDynamoStateStore())
    // 98 rows (with the checkpoint and the ids that is 100), then one that is held.
    const keysOfOne = Array.from({ length: 98 }, (_, i) => `k${i}`)
    const full: Happening = { id: 'e1', type: 'spread', data: { keys: keysOfOne } }
    await runnerOn(world).run(0, logOf([full, add('e2', 'k0', UNLUCKY)]))
    expect(await ledgerOf(world.store)).toMatchObject({ applied: 1, held: 1 })
  })

  test('nor do the ids that are forgotten', async () => {
    const world = newWorld(new MemoryDynamoStateStore())
    const runner = runnerOn(world, { idSpanMs: 10_000 })
    for (let i = 1; i <= 120; i++) await runner.run(0, logOf([add(`a${i}`, 'a', 1)], i))
    await runner.run(0, logOf([add('late', 'a', 1, START + 60_000)], 121))
    expect(await ledgerOf(world.store)).toMatchObject({ applied: 121 })
  })

  test('may be one whose key cannot be made', async () => {
    const world = newWorld()
    const fussy = projection({ ...totals, key: (e: Folded) => e.data.key.trim(), name: 'fussy' } as Projection<Total>)
    const runner = runnerOn(world, { steps: [fussy] })
    await runner.run(0, logOf([{ id: 'e1', type: 'add', data: { n: 1 } }, add('e2', 'a', 1)]))
    expect(await ledgerOf(world.store)).toMatchObject({ applied: 1, held: 1 })
  })
})

// --- Documents that were held ------------------------------------------------------------------------------------------

describe('a held document', () => {
  const command = (id: string, type: string, data: object): Happening => ({ id, type, receivedAt: START + 9, data })
  const replay = (id: string, sequence: number, document: Happening | string) =>
    command(id, DOCUMENT_REPLAYED, {
      sequence: ascendingNumber(sequence),
      document: typeof document === 'string' ? document : JSON.stringify(document),
    })
  const discard = (id: string, sequence: number) =>
    command(id, DOCUMENT_DISCARDED, { sequence: ascendingNumber(sequence) })
  const rowOf = async (world: World, sequence: number) =>
    (await world.store.get(HELD_TABLE, heldKey(0, ascendingNumber(sequence)))) as HeldRow

  const stores = [
    ['rows at hand', MemoryStateStore],
    ['rows that come later', MemoryDynamoStateStore],
  ] as const
  const take = async (world: World, happenings: readonly (Happening | Uint8Array)[], size = 1) => {
    const log = logOf(happenings)
    for (let i = 0; i < log.length; i += size) await runnerOn(world).run(0, log.slice(i, i + size))
  }

  test.each(stores)('is applied once when it was mended: %s', async (_how, Store) => {
    const world = newWorld(new Store())
    const mended = add('a1', 'a', 5)
    const happenings = [add('a1', 'a', UNLUCKY), replay('c1', 1, mended), replay('c2', 1, mended), discard('c3', 1)]
    await take(world, happenings)
    expect(await rowsOf(world.store, 'totals')).toEqual({ a: { sum: 5, count: 1 } })
    expect(await rowOf(world, 1)).toMatchObject({ status: 'replayed', attempts: 1 })
    // The document moved from held to applied; the three commands are events too.
    expect(await ledgerOf(world.store)).toEqual({ applied: 4, duplicate: 0, held: 0, discarded: 0 })
    await runnerOn(world).run(0, logOf(happenings))
    expect(await ledgerOf(world.store)).toEqual({ applied: 4, duplicate: 0, held: 0, discarded: 0 })
  })

  test.each(stores)('stays held when it still cannot be: %s', async (_how, Store) => {
    const world = newWorld(new Store())
    const broken = Buffer.from('{')
    const again = [
      replay('c1', 1, '{"id":'),
      replay('c2', 1, add('a1', 'a', DEFECTIVE)),
      replay('c3', 1, add('a1', 'a', 1)),
    ]
    await take(world, [broken, ...again.slice(0, 2)])
    expect(await rowOf(world, 1)).toMatchObject({ status: 'held', attempts: 2 })
    expect((await rowOf(world, 1)).problems[0]!.message).toContain('a defect')
    expect(await rowsOf(world.store, 'totals')).toEqual({})
    expect(await ledgerOf(world.store)).toEqual({ applied: 2, duplicate: 0, held: 1, discarded: 0 })
    await runnerOn(world).run(0, logOf([again[2]!], 4))
    expect(await rowOf(world, 1)).toMatchObject({ status: 'replayed', attempts: 3 })
    expect(await rowsOf(world.store, 'totals')).toEqual({ a: { sum: 1, count: 1 } })
  })

  test('that is given up counts as discarded, once', async () => {
    const world = newWorld()
    await take(world, [Buffer.from('{'), discard('c1', 1), discard('c2', 1), replay('c3', 1, add('a1', 'a', 1))])
    expect(await rowOf(world, 1)).toMatchObject({ status: 'discarded' })
    expect(await rowsOf(world.store, 'totals')).toEqual({})
    expect(await ledgerOf(world.store)).toEqual({ applied: 3, duplicate: 0, held: 0, discarded: 1 })
  })

  test.each(stores)('may have its command in the same batch: %s', async (_how, Store) => {
    const [live, rebuilt] = [newWorld(new Store()), newWorld(new Store())]
    const happenings = [add('a1', 'a', UNLUCKY), replay('c1', 1, add('a1', 'a', 5)), Buffer.from('{'), discard('c2', 3)]
    await take(live, happenings, 1)
    await take(rebuilt, happenings, 100)
    expect(await rowsOf(rebuilt.store, 'totals')).toEqual(await rowsOf(live.store, 'totals'))
    expect(await ledgerOf(rebuilt.store)).toEqual(await ledgerOf(live.store))
  })

  test('that never was is nothing to a command', async () => {
    const world = newWorld()
    await take(world, [discard('c1', 77), replay('c2', 78, add('a1', 'a', 1))], 10)
    expect(await rowsOf(world.store, HELD_TABLE)).toEqual({})
    expect(await rowsOf(world.store, 'totals')).toEqual({})
    expect(await ledgerOf(world.store)).toEqual({ applied: 2, duplicate: 0, held: 0, discarded: 0 })
  })

  test('is told, once it is applied, as any event is', async () => {
    const world = newWorld()
    await take(world, [add('a1', 'a', UNLUCKY)])
    const { live } = await runnerOn(world).run(0, logOf([replay('c1', 1, add('a1', 'a', 30))], 2))
    expect(live.map(({ topic, data }) => [topic, data])).toEqual([['total', { sum: 30, count: 1 }]])
    expect(Object.keys(await rowsOf(world.store, OUTBOX_TABLE)).length).toBe(1)
  })
})

// --- What is told ------------------------------------------------------------------------------------------------------

describe('what an event tells', () => {
  test('live at once, notices as rows, numbered in order and under ids that stay the same', async () => {
    const world = newWorld()
    const happenings = ['a', 'b', 'c'].flatMap((key, i) => [add(`${key}1`, key, 15), add(`${key}2`, key, 10 + i)])
    const first = await runnerOn(world).run(0, logOf(happenings).slice(0, 3))
    const second = await runnerOn(world).run(0, logOf(happenings))
    expect([...first.live, ...second.live].map(({ id }) => id)).toEqual([
      'a1.0',
      'a2.0',
      'b1.0',
      'b2.0',
      'c1.0',
      'c2.0',
    ])
    const outbox = await world.store.query({ table: OUTBOX_TABLE, range: EVERY_KEY })
    expect(outbox.map(({ row }) => (row as { id: string }).id)).toEqual(['a2.1', 'b2.1', 'c2.1'])
    expect(outbox.map(({ key }) => key).toSorted()).toEqual(outbox.map(({ key }) => key))
    expect(outbox[0]!.row as object).toMatchObject({ channel: 'notice', merchantId: 'merchant of a', storeId: 's' })
    expect([...first.merchants]).toEqual(['merchant of a', 'merchant of b'])
    expect([...second.merchants]).toEqual(['merchant of b', 'merchant of c'])
  })

  test('and a notice that was sent and taken out is not written again', async () => {
    const world = newWorld()
    const log = logOf([add('a1', 'a', 15), add('a2', 'a', 10), add('b1', 'b', 30)])
    await runnerOn(world).run(0, log.slice(0, 2))
    const [sent] = await world.store.query({ table: OUTBOX_TABLE, range: EVERY_KEY })
    await world.store.commit([{ table: OUTBOX_TABLE, key: sent!.key, row: undefined }])
    await runnerOn(world).run(0, log)
    const rest = await world.store.query({ table: OUTBOX_TABLE, range: EVERY_KEY })
    expect(rest.map(({ row }) => (row as { id: string }).id)).toEqual(['b1.1'])
    expect(rest[0]!.key > sent!.key).toBe(true)
  })
})
