/** Carries durable records from the log to the engine, shard by shard in order, a batch a turn. */
import type { EventLog, LogRecord } from '#core/ports.ts'
import type { BatchResult, BatchRunner } from '#runtime/run-batch.ts'

const MOST_RECORDS = 1000
const LEAST_RECORDS = 20
/** A batch holds requests up no longer than about this; a longer one costs less an event, where many wait. */
const TURN_MS = 4
const BUSY_TURN_MS = 16
const BUSY_RECORDS = 1000
/** Where little waits, a little more is waited for: each batch has costs of its own. */
const REST_MS = 8
/** Records that were taken and are still held: to cut them off one batch at a time would copy the rest each time. */
const MOST_TAKEN = 10_000
/** Records in memory that wait for the engine; the log holds the rest. */
const MAX_WAITING = 50_000

type ShardQueue = {
  /** Waiting in memory, oldest first; `taken` of them are done. */
  records: LogRecord[]
  taken: number
  /** Records lie in the log that are not in memory: read them there, from after this sequence. */
  readFrom: string | undefined
  isBehind: boolean
  /** Records came while it was behind: the log has to be read once more before memory counts again. */
  missed: boolean
}

export type PumpOptions = {
  readonly log: EventLog
  readonly engine: BatchRunner
  /** By shard, where the checkpoint stands; '' before the first. */
  readonly checkpoints: readonly string[]
  readonly onBatch: (result: BatchResult) => void
  /** The engine failed: nothing after its last commit has happened, and the process must not go on. */
  readonly onError: (error: unknown) => void
}

export class Pump {
  private readonly options: PumpOptions
  private readonly queues: ShardQueue[]
  private running: Promise<void> | undefined
  private stopping = false
  /** How many records a batch takes: as many as one turn has time for, going by the last ones. */
  private batch = LEAST_RECORDS

  constructor(options: PumpOptions) {
    this.options = options
    this.queues = options.checkpoints.map((sequence) => ({
      records: [],
      taken: 0,
      readFrom: sequence === '' ? undefined : sequence,
      isBehind: true,
      missed: false,
    }))
  }

  /** Records of a shard that have just become durable, in order. */
  offer(shard: number, records: readonly LogRecord[]): void {
    const queue = this.queues[shard]!
    if (queue.isBehind) queue.missed = true
    else {
      if (queue.records.length - queue.taken < MAX_WAITING) for (const record of records) queue.records.push(record)
      else this.fallBehind(queue)
    }
    this.start()
  }

  private fallBehind(queue: ShardQueue): void {
    queue.isBehind = true
    queue.readFrom = queue.records.at(-1)!.sequence
  }

  /** Works until nothing waits. */
  start(): void {
    if (this.running !== undefined || this.stopping) return
    this.running = this.work()
      .catch((error) => {
        this.stopping = true // what was taken from the queue and failed must not be left out
        this.options.onError(error)
      })
      .finally(() => {
        this.running = undefined
        // What came while it was about to rest.
        if (this.queues.some((queue) => queue.isBehind || queue.taken < queue.records.length)) this.start()
      })
  }

  private async work(): Promise<void> {
    for (let isBusy = true; isBusy && !this.stopping; ) {
      isBusy = false
      let records = 0
      for (const [shard, queue] of this.queues.entries()) {
        if (this.stopping) return
        const batch = await this.next(shard, queue)
        if (batch.length === 0) continue
        isBusy = true
        records += batch.length
        const startedAt = performance.now()
        this.options.onBatch(await this.options.engine.run(shard, batch))
        const isPressed = queue.isBehind || queue.records.length - queue.taken > BUSY_RECORDS
        this.sizeNextBatch(batch.length, performance.now() - startedAt, isPressed ? BUSY_TURN_MS : TURN_MS)
        // Requests come first: a turn of the event loop between batches.
        await new Promise((done) => setImmediate(done))
      }
      if (isBusy && records < this.batch) await new Promise((done) => setTimeout(done, REST_MS))
    }
  }

  /** Halfway towards what would have taken just one turn; no more than twice as many as before. */
  private sizeNextBatch(records: number, tookMs: number, turnMs: number): void {
    const fitting = (records * turnMs) / Math.max(tookMs, 0.01)
    const next = Math.min((this.batch + fitting) / 2, this.batch * 2)
    this.batch = Math.round(Math.min(MOST_RECORDS, Math.max(LEAST_RECORDS, next)))
  }

  private async next(shard: number, queue: ShardQueue): Promise<readonly LogRecord[]> {
    if (queue.taken < queue.records.length) {
      const batch = queue.records.slice(queue.taken, queue.taken + this.batch)
      queue.taken += batch.length
      // A shard that is never idle lets go what it has taken too.
      if (queue.taken === queue.records.length || queue.taken >= MOST_TAKEN) {
        queue.records = queue.records.slice(queue.taken)
        queue.taken = 0
      }
      return batch
    }
    if (!queue.isBehind) return []
    const { readFrom } = queue
    queue.missed = false
    const records = await this.options.log.read(shard, readFrom, this.batch + 1)
    const batch =
      readFrom !== undefined && records[0]?.sequence === readFrom ? records.slice(1) : records.slice(0, this.batch)
    if (batch.length === 0 && queue.missed) return this.next(shard, queue)
    if (batch.length === 0) queue.isBehind = false
    else queue.readFrom = batch.at(-1)!.sequence
    return batch
  }

  /** Resolves when everything offered so far was applied. */
  async drained(): Promise<void> {
    while (this.running !== undefined) await this.running
  }

  async stop(): Promise<void> {
    this.stopping = true
    await this.running
  }
}
