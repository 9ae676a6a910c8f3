/** One machine's engine: a data folder, the ports on it, the pump between log and rows. No sockets, no HTTP. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ChannelNotifier } from '#adapters/embedded/channel-notifier.ts'
import { DividedStateStore } from '#adapters/embedded/divided-state-store.ts'
import { DuckDbWarehouse } from '#adapters/embedded/duckdb-warehouse.ts'
import { FileSecrets } from '#adapters/embedded/file-secrets.ts'
import { FolderObjectStore, UNFINISHED } from '#adapters/embedded/folder-object-store.ts'
import { LmdbEventLog } from '#adapters/embedded/lmdb-event-log.ts'
import { checkLmdbFile } from '#adapters/embedded/lmdb-file.ts'
import { LmdbStateStore } from '#adapters/embedded/lmdb-state-store.ts'
import { LocalIdentity } from '#adapters/embedded/local-identity.ts'
import { LogNotifier } from '#adapters/embedded/log-notifier.ts'
import { SmtpNotifier, type SmtpNotifierOptions } from '#adapters/embedded/smtp-notifier.ts'
import { SocketLiveChannel } from '#adapters/embedded/socket-live-channel.ts'
import { randomIds, systemClock } from '#adapters/embedded/system-clock.ts'
import { WebhookNotifier } from '#adapters/embedded/webhook-notifier.ts'
import type { TotalsOf } from '#core/demand/served-rows.ts'
import type { Clock } from '#core/ports.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { manifest } from '#functions/manifest.ts'
import { type ArchivedRow, archiveShard } from '#runtime/archive-shard.ts'
import { inTurn } from '#runtime/in-turn.ts'
import { CONNECTION_TABLE } from '#runtime/live-connections.ts'
import { LiveFeed } from '#runtime/live-feed.ts'
import type { Ports } from '#runtime/ports.ts'
import { type DemandPredicted, predictDemand } from '#runtime/predict-demand.ts'
import { signStandardWebhooks } from '#runtime/proofs.ts'
import { type DemandSum, readDemandSums } from '#runtime/read-demand-sums.ts'
import { readCheckpoints, taken } from '#runtime/read-lag.ts'
import { retailEngine } from '#runtime/retail-engine.ts'
import { stopSending } from '#runtime/send-notices.ts'
import { takeBackLake } from '#runtime/take-back-lake.ts'
import { type DemandTrained, trainDemand } from '#runtime/train-demand.ts'
import { sqlFile } from '#runtime/warehouse-sql.ts'
import { ChainHost } from './chain-host.ts'
import { type DataFolder, DISK_RESERVE_BYTES, diskOf, openDataFolder, ownerOf, ownsFolder } from './data-folder.ts'
import {
  changedSince,
  FIRST_GENERATION,
  FOLDED_TABLES,
  GENERATION,
  type GenerationRow,
  nameInGeneration,
  presentVersions,
} from './generations.ts'
import { Functions } from './invoke.ts'
import { Jobs } from './jobs.ts'
import { movePeople, PEOPLE_TABLES } from './people-store.ts'
import { Pump } from './pump.ts'
import { finishReset } from './reset-demo.ts'
import { copyPeople, rewritePeople } from './rewrite-people.ts'
import { isExpired, type Seal } from './seal.ts'
import { StartError } from './start-error.ts'
import { ThreadCompactor } from './thread-compactor.ts'
import { ThreadDemandWork } from './thread-demand-work.ts'
import { ThreadLakeWriter } from './thread-lake-writer.ts'
import type { Verdict } from './verify.ts'

export type EngineOptions = {
  readonly data: string
  readonly clock?: Clock
  /** By which e-mail goes out; absent: none does. */
  readonly mail?: SmtpNotifierOptions | undefined
  /** Others than programs of this machine may ask, and add webhooks: none may then lead into a private network. */
  readonly isReachedFromElsewhere?: boolean
  /** Structured lines about what goes on. */
  readonly log: (line: object) => void
  /** The engine cannot go on; everything it had answered for is safe. */
  readonly onFatal: (error: unknown) => void
}

/** Records accepted and not yet folded, beyond which doors close until the engine has caught up. */
const MAX_PENDING = 200_000
/** Screens get a frame at once after a quiet moment, and at most this often in a busy one. */
const FRAME_MS = 100
/** How often screens hear that something became otherwise by time alone. */
const BEAT_MS = 1_000
const DISK_CHECK_MS = 2_000
const ROWS_AT_ONCE = 1_000
/** How long the end of the process waits for threads that work. */
const JOBS_END_MS = 3_000
const SCRATCH = 'verify-'
/** SQL that people wait for takes no more than this beside a night. */
const EXPORT_LIMITS = { memoryMb: 512, threads: 1, name: '-exports', closesWhenIdle: true } as const

/** @throws StartError where a part of the folder may not be written to, or is none that we wrote. */
function opened<Part>(path: string, open: () => Part): Part {
  try {
    checkLmdbFile(path)
    return open()
  } catch (error) {
    throw new StartError(
      `cannot open ${path} (${(error as Error).message}): let this user write to it, restore it from a backup, or choose another folder with --data`,
    )
  }
}

/** What a kill in the middle left behind. */
function sweepUnfinished({ path, objects }: DataFolder): void {
  for (const name of readdirSync(path))
    if (name.startsWith(SCRATCH)) rmSync(join(path, name), { recursive: true, force: true })
  for (const name of readdirSync(objects)) if (name.startsWith(UNFINISHED)) rmSync(join(objects, name), { force: true })
}

/** A copy's objects were taken after its rows: the lake may have grown in between. */
async function matchLake(copy: string): Promise<void> {
  const rows = new LmdbStateStore({ path: join(copy, 'state') })
  try {
    await takeBackLake(rows, new FolderObjectStore(join(copy, 'objects')))
  } finally {
    await rows.close()
  }
}

export class Engine {
  readonly folder: DataFolder
  readonly ports: Ports
  readonly channel: SocketLiveChannel
  /** The rows. */
  readonly state: LmdbStateStore
  readonly eventLog: LmdbEventLog
  private readonly people: LmdbStateStore
  private readonly warehouse: DuckDbWarehouse
  readonly chains: ChainHost
  private readonly demand: ThreadDemandWork
  /** Of exports: they need not wait for a run. */
  private readonly exporting: DuckDbWarehouse
  private readonly mail: SmtpNotifier | undefined
  private readonly options: EngineOptions
  /** Of the rows that serve. */
  private generation: number
  private rebuilding: Promise<unknown> | undefined
  private readonly jobs: Jobs
  private readonly feed: LiveFeed
  private readonly disk: NodeJS.Timeout
  private readonly beat: NodeJS.Timeout
  private pump: Pump | undefined
  private loaded: Functions | undefined
  private pending = 0
  private isDiskLow = false
  private isClosing = false
  private frame: NodeJS.Timeout | undefined
  private sending: Promise<void> | undefined
  /** By the clock that nobody sets. */
  private framedAt = Number.NEGATIVE_INFINITY

  private constructor(
    options: EngineOptions,
    folder: DataFolder,
    state: LmdbStateStore,
    people: LmdbStateStore,
    generation: number,
    jobs: Jobs,
  ) {
    this.people = people
    this.generation = generation
    this.jobs = jobs
    this.options = options
    this.folder = folder
    this.state = state
    this.eventLog = opened(folder.log, () => {
      return new LmdbEventLog({
        path: folder.log,
        shards: folder.shards,
        refusal: () => this.refusal(),
        onAppended: (shard, records) => {
          this.pending += records.length
          this.pump?.offer(shard, records)
        },
      })
    })
    this.channel = new SocketLiveChannel()
    const clock = options.clock ?? systemClock
    const secrets = new FileSecrets(folder.secrets)
    this.warehouse = new DuckDbWarehouse(folder.objects)
    this.demand = new ThreadDemandWork(jobs, folder.objects)
    this.mail = options.mail && new SmtpNotifier(options.mail)
    this.exporting = new DuckDbWarehouse(folder.objects, EXPORT_LIMITS)
    this.ports = {
      log: this.eventLog,
      state: new DividedStateStore(state, people, PEOPLE_TABLES),
      objects: new FolderObjectStore(folder.objects),
      lake: new ThreadLakeWriter(jobs, folder.objects),
      compactor: new ThreadCompactor(jobs, folder.objects),
      warehouse: this.warehouse,
      demand: this.demand,
      reorders: { propose: (task) => jobs.run({ job: 'reorders', task }) },
      exports: this.exporting,
      live: this.channel,
      identity: new LocalIdentity(people, secrets, clock),
      secrets,
      notifier: new ChannelNotifier({
        email: this.mail,
        webhook: new WebhookNotifier({
          clock,
          sign: signStandardWebhooks,
          privateAllowed: options.isReachedFromElsewhere !== true,
        }),
        log: new LogNotifier(options.log),
        warn: options.log,
      }),
      clock,
      ids: randomIds,
      machine: { disk: () => diskOf(folder) },
    }
    this.chains = new ChainHost({
      ports: this.ports,
      workflows: manifest.workflows,
      invoke: (runs, input) => this.functions.step(runs, input),
      turn: (work) => this.publishing(() => this.state.flush().then(work)),
      log: options.log,
    })
    this.feed = new LiveFeed(this.ports, { seesAllShards: true })
    this.checkDisk()
    this.disk = setInterval(() => this.checkDisk(), DISK_CHECK_MS)
    this.beat = setInterval(() => {
      this.feed.turnToAll()
      if (!this.feed.isEmpty) this.scheduleFrame()
    }, BEAT_MS)
  }

  /** Opens the folder for this process alone, and begins to fold what its log holds. @throws StartError */
  static async open(given: EngineOptions): Promise<Engine> {
    const jobs = new Jobs()
    const onFatal = (error: unknown) =>
      void Promise.race([jobs.stop(), sleep(JOBS_END_MS)]).then(() => given.onFatal(error))
    const options = { ...given, onFatal }
    const folder = openDataFolder(options.data)
    finishReset(folder)
    for (const path of [folder.log, folder.state, folder.people, folder.objects]) mkdirSync(path, { recursive: true })
    const [state, present] = opened(folder.state, () => {
      const store = new LmdbStateStore({ path: folder.state, onFlushError: options.onFatal })
      return [store, store.claimOwnership(ownerOf(folder.path), (owner) => ownsFolder(owner, folder.path))] as const
    })
    if (present !== undefined) {
      await state.close()
      throw new StartError(
        `${folder.path} is in use by process ${present.pid}: stop that one, or choose another folder with --data`,
      )
    }
    await rewritePeople(folder.people)
    const people = opened(
      folder.people,
      () => new LmdbStateStore({ path: folder.people, onFlushError: options.onFatal }),
    )
    await movePeople(folder, state, people)
    const row = (state.get(GENERATION.table, GENERATION.key) as GenerationRow | undefined) ?? FIRST_GENERATION
    await state.followNames(nameInGeneration(row.generation))
    if (row === FIRST_GENERATION) await state.commitDurable([{ ...GENERATION, row }])
    sweepUnfinished(folder)
    const engine = new Engine(options, folder, state, people, row.generation, jobs)
    engine.loaded = await Functions.load(engine.ports)
    // Sockets of a process that is gone.
    const gone = await state.query({ table: CONNECTION_TABLE, range: EVERY_KEY })
    state.commit(gone.map(({ key }) => ({ table: CONNECTION_TABLE, key, row: undefined })))
    if (changedSince(row.versions).length === 0) await engine.beginToFold()
    else {
      engine.rebuilding = engine.rebuild(row).catch((error) => {
        if (!engine.jobs.areStopping) options.onFatal(error)
      })
    }
    return engine
  }

  get functions(): Functions {
    return this.loaded!
  }

  /**
   * Projections have changed: their rows, and all that follows from them, are folded anew from the first event while the
   * old rows answer. What arrives meanwhile is safe in the log and is folded afterwards.
   */
  private async rebuild(old: GenerationRow): Promise<void> {
    const { log, state, objects, shards } = this.folder
    const generation = old.generation + 1
    this.options.log({ message: 'rows are rebuilt', changed: changedSince(old.versions) })
    // As far as the old rows go; what comes after is folded as always, and tells people what it has to tell.
    const until = (await readCheckpoints(this.state, shards)).map(({ sequence }) => sequence)
    const task = { logPath: log, statePath: state, objectsPath: objects, generation, shards, until }
    const { records } = await this.jobs.run({ job: 'rebuild', task })
    const row: GenerationRow = { generation, versions: presentVersions }
    await this.state.commitDurable([{ ...GENERATION, row }])
    await this.state.followNames(nameInGeneration(generation))
    this.generation = generation
    this.options.log({ message: 'rows were rebuilt', records })
    await this.beginToFold()
    await this.state.dropTables(FOLDED_TABLES.map(nameInGeneration(old.generation)))
  }

  private async beginToFold(): Promise<void> {
    const checkpoints = await readCheckpoints(this.state, this.folder.shards)
    const { shards } = await this.eventLog.status()
    this.pending = shards.reduce((sum, { appended }, shard) => sum + appended - taken(checkpoints[shard]!), 0)
    this.pump = new Pump({
      log: this.eventLog,
      engine: retailEngine(this.state, this.ports.objects, (error, { id, type }) =>
        this.options.log({
          level: 'error',
          message: 'a fold failed; the event is held',
          id,
          type,
          error: String(error),
        }),
      ),
      checkpoints: checkpoints.map(({ sequence }) => sequence),
      onBatch: (result) => {
        this.pending -= result.records
        this.feed.offer(result)
        this.scheduleFrame()
      },
      onError: this.options.onFatal,
    })
    this.pump.start()
  }

  // --- What only one machine has -----------------------------------------------------------------------------------

  /** Brings the lake up to what has been folded. Answers by shard how far it then is. */
  async fillLake(): Promise<readonly ArchivedRow[]> {
    await this.state.flush()
    const shards: ArchivedRow[] = []
    for (let shard = 0; shard < this.folder.shards; shard++) shards.push(await archiveShard(this.ports, shard))
    return shards
  }

  /** Forecasts a merchant's demand of the days to come, from its warehouse. Undefined: there is none yet. */
  predictDemand(merchantId: string): Promise<DemandPredicted | undefined> {
    const { ports, warehouse, demand } = this
    return this.publishing(() => predictDemand({ ...ports, warehouse, demand }, merchantId, ports.clock.now()))
  }

  /** Totals of the newest forecasts. Undefined: there are none yet. */
  sumDemand(merchantId: string, by: TotalsOf): Promise<readonly DemandSum[] | undefined> {
    const { ports, exporting: warehouse } = this
    return readDemandSums({ objects: ports.objects, warehouse, sql: sqlFile }, merchantId, by)
  }

  /** Trains a merchant's demand model, which serves if it is better. @param onStep is told how many members were made. */
  trainDemand(merchantId: string, onStep?: (done: number) => void): Promise<DemandTrained> {
    const { ports, demand } = this
    return trainDemand({ ...ports, demand }, merchantId, ports.clock.now(), onStep && { onStep })
  }

  /** One after the other; between them the warehouse's memory is given back. */
  private publishing<T>(work: () => Promise<T>): Promise<T> {
    return inTurn(this, 'publishing', () => work().finally(() => this.warehouse.close()))
  }

  /** Seals the rows as they are now, and lets go of what two seals and a week have made superfluous. */
  async seal(onProgress?: (rows: number) => void): Promise<Seal> {
    await this.state.flush()
    const { folder, generation, ports } = this
    const task = {
      logPath: folder.log,
      statePath: folder.state,
      objectsPath: folder.objects,
      generation,
      shards: folder.shards,
      nowMs: ports.clock.now(),
      inLake: (await this.fillLake()).map(({ archived }) => archived),
    }
    const { seal, expired, cuts } = await this.jobs.run({ job: 'seal', task }, onProgress)
    await this.sweep(expired)
    for (const [shard, cut] of cuts.entries()) if (cut !== '') await this.eventLog.dropBefore(shard, cut)
    return seal
  }

  /** Deletes rows that have expired, unless an event has made them anew since they were found. */
  private async sweep(expired: readonly { readonly table: string; readonly key: string }[]): Promise<void> {
    for (let i = 0; i < expired.length; i += ROWS_AT_ONCE) {
      const clock = Math.min(
        ...(await readCheckpoints(this.state, this.folder.shards)).map((checkpoint) => checkpoint.clock),
      )
      const gone = expired.slice(i, i + ROWS_AT_ONCE).filter(({ table, key }) => {
        const row = this.state.get(table, key)
        return row !== undefined && isExpired(table, key, row, clock)
      })
      this.state.commit(gone.map(({ table, key }) => ({ table, key, row: undefined })))
      await new Promise((done) => setImmediate(done))
    }
  }

  /** Replays the log into fresh rows and compares them with these, at one position. */
  async verify(from: 'seal' | 'start', onProgress?: (records: number) => void): Promise<Verdict> {
    await this.state.flush()
    const { folder, generation } = this
    const scratchPath = mkdtempSync(join(folder.path, SCRATCH))
    const task = {
      logPath: folder.log,
      statePath: folder.state,
      objectsPath: folder.objects,
      scratchPath,
      generation,
      shards: folder.shards,
      from,
    }
    return this.jobs.run({ job: 'verify', task }, onProgress)
  }

  /**
   * A copy of everything in a new folder, from which an engine can start. The rows first, since the log may be ahead of
   * them; people last, since whoever the log names is among them.
   */
  async backup(to: string): Promise<void> {
    mkdirSync(to, { recursive: true, mode: 0o700 })
    if (readdirSync(to).length > 0) throw new StartError(`${to} is not empty: choose a new folder for the backup`)
    for (const part of ['state', 'log']) mkdirSync(join(to, part))
    await this.state.backup(join(to, 'state'))
    await this.eventLog.backup(join(to, 'log'))
    await copyPeople(this.people, join(to, 'people'))
    await cp(this.folder.objects, join(to, 'objects'), { recursive: true })
    await matchLake(to)
    for (const file of ['secrets.json', 'format.json']) await cp(join(this.folder.path, file), join(to, file))
  }

  /** Why no door may take anything now. */
  private refusal(): string | undefined {
    // While rows are rebuilt the log takes everything: it is on the disk, not in memory.
    if (this.pump !== undefined && this.pending > MAX_PENDING) return `${this.pending} events are waiting to be counted`
    if (this.isDiskLow) return 'the disk is nearly full: free some space'
    return undefined
  }

  private checkDisk(): void {
    const { freeBytes } = diskOf(this.folder)
    const isLow = freeBytes < DISK_RESERVE_BYTES
    if (isLow && !this.isDiskLow)
      this.options.log({
        level: 'error',
        message: 'the disk is nearly full: nothing is taken until there is space',
        freeBytes,
      })
    this.isDiskLow = isLow
  }

  /** A connection of this merchant has come, gone or said something. */
  turnTo(merchantId: string): void {
    this.feed.turnTo(merchantId)
    this.scheduleFrame()
  }

  private scheduleFrame(): void {
    if (this.frame !== undefined || this.isClosing) return
    const wait = Math.max(0, this.framedAt + FRAME_MS - performance.now())
    this.frame = setTimeout(() => {
      this.framedAt = performance.now()
      this.sending = this.feed
        .send()
        .catch((error) =>
          this.options.log({ level: 'error', message: 'a frame could not be sent', error: String(error) }),
        )
        .finally(() => {
          this.frame = undefined
          if (!this.feed.isEmpty) this.scheduleFrame()
        })
    }, wait)
  }

  /** Resolves when everything that was accepted so far has been folded. */
  async settled(): Promise<void> {
    await this.rebuilding
    await this.pump!.drained()
  }

  /** Ends long work, which whoever asked for it is told. */
  async stopJobs(): Promise<void> {
    const chains = this.chains.stop()
    this.warehouse.stop()
    this.exporting.stop()
    await this.jobs.stop()
    await chains
  }

  /** Writes everything down and lets the folder go. */
  async close(): Promise<void> {
    this.isClosing = true
    clearInterval(this.disk)
    stopSending(this.ports.state)
    this.mail?.close()
    clearInterval(this.beat)
    await this.stopJobs()
    await this.rebuilding
    await this.pump?.stop()
    clearTimeout(this.frame)
    await this.sending
    await this.exporting.close()
    await this.state.flush()
    this.state.releaseOwnership()
    await this.state.close()
    await this.people.close()
    await this.eventLog.close()
  }
}
