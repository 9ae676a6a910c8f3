import { EVENT_TYPES } from '#core/events/catalogue.ts'
import { shardOf } from '#core/events/shard-of.ts'
import { businessDateOf } from '#core/metrics/business-time.ts'
import { allCells, type Cell } from '#core/metrics/cells.ts'
import type { EventLog, LogRecord } from '#core/ports.ts'
import { retailSteps } from '#core/retail-steps.ts'
import { ascendingNumber, EVERY_KEY, partsOf } from '#core/row-key.ts'
import { type HeldRow, heldKey } from '#runtime/held-documents.ts'
import { retailEngine } from '#runtime/retail-engine.ts'
import { type BatchRunner, CHECKPOINT_TABLE, type Checkpoint, type Telling } from '#runtime/run-batch.ts'
import { MemoryObjectStore } from './memory-object-store.ts'
import { MemoryStateStore } from './memory-state-store.ts'

/** An event as a test writes it: what matters to it; the rest of the envelope is filled in. */
export type Happening = {
  readonly type: string
  /** RFC 3339 or epoch ms. */
  readonly at: string | number
  readonly data?: object
  /** A new one each if absent. */
  readonly id?: string
  /** 'm' if absent. */
  readonly merchantId?: string
  /** 's' if absent. */
  readonly storeId?: string
  readonly source?: string
  /** `at` if absent. */
  readonly receivedAt?: string | number
}

export type EngineInTestOptions = {
  readonly store?: MemoryStateStore
  readonly shards?: number
  /** Zones of stores, by which the door would fix business dates; UTC where none is given. */
  readonly zones?: Readonly<Record<string, string>>
}

/** What a row of any table looks like to a test. */
// biome-ignore lint/suspicious/noExplicitAny: a test knows the rows it asks for
export type AnyRow = any

/**
 * The engine as it runs in production, on rows in memory: the retail steps in the batch runner. After each batch it
 * checks the ledger's equation, and an error in a fold fails the test.
 */
export class EngineInTest {
  readonly store: MemoryStateStore
  readonly objects = new MemoryObjectStore()
  readonly shards: number
  /** Everything told to open screens, in order. */
  readonly live: Telling[] = []
  private readonly zones: Readonly<Record<string, string>>
  private readonly defects: unknown[] = []
  private readonly records: LogRecord[][]
  private runner: BatchRunner
  private events = 0

  constructor({ store = new MemoryStateStore(), shards = 1, zones = {} }: EngineInTestOptions = {}) {
    this.store = store
    this.shards = shards
    this.zones = zones
    this.records = Array.from({ length: shards }, () => [])
    this.runner = this.start()
  }

  private start(): BatchRunner {
    return retailEngine(this.store, this.objects, (error) => this.defects.push(error))
  }

  /** As after a kill: the rows stay, what was in memory is gone. */
  restart(): void {
    this.runner = this.start()
  }

  /** Appends the events and applies them: one batch for each shard that gets any. */
  async take(...happenings: readonly Happening[]): Promise<void> {
    const byShard = new Map<number, Uint8Array[]>()
    for (const happening of happenings) {
      const bytes = this.bytesOf(happening)
      const { merchantId = 'm', storeId = 's', type } = happening
      const every = EVENT_TYPES.get(type)?.everyShard === true || type === 'time.passed'
      const shards = every ? this.records.keys() : [shardOf(merchantId, storeId, this.shards)]
      for (const shard of shards) byShard.set(shard, [...(byShard.get(shard) ?? []), bytes])
    }
    for (const [shard, bytes] of byShard) await this.takeBytes(shard, ...bytes)
  }

  /** Appends bytes as they are, and applies them as one batch. Answers their sequences. */
  async takeBytes(shard: number, ...bytes: readonly Uint8Array[]): Promise<string[]> {
    const log = this.records[shard]!
    const batch = bytes.map((one, i): LogRecord => ({ sequence: ascendingNumber(log.length + i + 1), bytes: one }))
    log.push(...batch)
    await this.deliver(shard, batch)
    return batch.map(({ sequence }) => sequence)
  }

  /** Delivers the shard's whole log once more, as after a lost acknowledgement. */
  async deliverAgain(shard = 0): Promise<void> {
    await this.deliver(shard, this.records[shard]!)
  }

  private async deliver(shard: number, batch: readonly LogRecord[]): Promise<void> {
    const { live } = await this.runner.run(shard, batch)
    this.live.push(...live)
    if (this.defects.length > 0) throw this.defects[0]
    const { accepted, applied, duplicate, held, discarded } = await this.ledger(shard)
    if (accepted !== applied + duplicate + held + discarded) {
      throw new Error(`the ledger does not balance: ${JSON.stringify(await this.ledger(shard))}`)
    }
  }

  /** Its log, for whoever reads it too. */
  readonly log: Pick<EventLog, 'read'> = {
    read: async (shard, from = '', limit) =>
      this.records[shard]!.filter(({ sequence }) => sequence >= from).slice(0, limit),
  }

  /** The event as it would lie in the log. */
  bytesOf({ type, at, data = {}, ...rest }: Happening): Uint8Array {
    const { id = `e${++this.events}`, merchantId = 'm', storeId = 's', source = 'test', receivedAt = at } = rest
    const atMs = epochMs(at)
    const event = {
      id,
      merchantId,
      storeId,
      source,
      type,
      version: EVENT_TYPES.get(type)?.version ?? 1,
      occurredAt: new Date(atMs).toISOString(),
      receivedAt: new Date(epochMs(receivedAt)).toISOString(),
      businessDate: businessDateOf(atMs, this.zones[storeId] ?? 'UTC'),
      data,
    }
    return new TextEncoder().encode(JSON.stringify(event))
  }

  /** Where each record of a shard went. */
  async ledger(shard = 0): Promise<Record<'accepted' | 'applied' | 'duplicate' | 'held' | 'discarded', number>> {
    const row = (await this.store.get(CHECKPOINT_TABLE, String(shard))) as Checkpoint | undefined
    const { applied = 0, duplicate = 0, held = 0, discarded = 0 } = row ?? {}
    return { accepted: this.records[shard]!.length, applied, duplicate, held, discarded }
  }

  /** What the engine keeps of a document that it held. */
  async held(sequence: string, shard = 0): Promise<HeldRow | undefined> {
    return (await this.store.get('held', heldKey(shard, sequence))) as HeldRow | undefined
  }

  /** Rows of a table by key, its parts joined by `/`. */
  rows(table: string): Promise<Record<string, AnyRow>> {
    return rowsOf(this.store, table)
  }

  /** The only row of a table. */
  async onlyRow(table: string): Promise<AnyRow> {
    const rows = Object.values(await this.rows(table))
    if (rows.length !== 1) throw new Error(`${rows.length} rows in ${table}`)
    return rows[0]
  }

  /** Every row that a projection made, by table and key. */
  allRows(): Promise<Record<string, Record<string, AnyRow>>> {
    return allRowsOf(this.store)
  }

  /**
   * What the cells add up, by table and key, of all that does not depend on the order in which events came: what was
   * late, and when stock ran out, does.
   */
  async orderlessCells(): Promise<Record<string, Cell>> {
    const cells: Record<string, Cell> = {}
    for (const [table, rows] of Object.entries(await this.allRows())) {
      if (!CELL_TABLES.has(table)) continue
      for (const [key, { sums, ...others }] of Object.entries(rows)) {
        const { late: _, stockOuts: __, ...orderless } = sums
        if (Object.keys(orderless).length > 0) cells[`${table} ${key}`] = { sums: orderless, ...others }
      }
    }
    return cells
  }
}

async function rowsOf(store: MemoryStateStore, table: string): Promise<Record<string, AnyRow>> {
  const rows = await store.query({ table, range: EVERY_KEY })
  return Object.fromEntries(rows.map(({ key, row }) => [partsOf(key).join('/'), row]))
}

const PROJECTIONS = new Set(retailSteps.map(({ name }) => name))

/** Every row that a projection made, by table and key. */
export async function allRowsOf(store: MemoryStateStore): Promise<Record<string, Record<string, AnyRow>>> {
  const tables = store.tableNames().filter((name) => PROJECTIONS.has(name))
  return Object.fromEntries(
    await Promise.all(tables.map(async (table) => [table, await rowsOf(store, table)] as const)),
  )
}

const CELL_TABLES = new Set(allCells.map(({ name }) => name))

/** An engine that has taken these events, in one batch. */
export async function fold(happenings: readonly Happening[], options?: EngineInTestOptions): Promise<EngineInTest> {
  const engine = new EngineInTest(options)
  await engine.take(...happenings)
  return engine
}

const epochMs = (at: string | number): number => (typeof at === 'number' ? at : Date.parse(at))
