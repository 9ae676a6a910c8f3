/** One machine's engine: a data folder, the ports on it, the pump between log and rows. No sockets, no HTTP. */
import { mkdirSync } from 'node:fs'
import { FileSecrets } from '#adapters/embedded/file-secrets.ts'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import { LmdbEventLog } from '#adapters/embedded/lmdb-event-log.ts'
import { LmdbStateStore } from '#adapters/embedded/lmdb-state-store.ts'
import { LocalIdentity } from '#adapters/embedded/local-identity.ts'
import { SocketLiveChannel } from '#adapters/embedded/socket-live-channel.ts'
import { randomIds, systemClock } from '#adapters/embedded/system-clock.ts'
import { WebhookNotifier } from '#adapters/embedded/webhook-notifier.ts'
import type { Clock } from '#core/ports.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { settingOf } from '#core/settings/settings.ts'
import { CONNECTION_TABLE } from '#runtime/live-connections.ts'
import { LiveFeed } from '#runtime/live-feed.ts'
import type { Ports } from '#runtime/ports.ts'
import { readSettings } from '#runtime/read-catalogue.ts'
import { readCheckpoints, taken } from '#runtime/read-lag.ts'
import { retailEngine } from '#runtime/retail-engine.ts'
import { type DataFolder, DISK_RESERVE_BYTES, diskOf, isRunning, openDataFolder, thisProcess } from './data-folder.ts'
import { Functions } from './invoke.ts'
import { Pump } from './pump.ts'
import { StartError } from './start-error.ts'

export type EngineOptions = {
  readonly data: string
  readonly clock?: Clock
  /** Structured lines about what goes on. */
  readonly log: (line: object) => void
  /** The engine cannot go on; everything it had answered for is safe. */
  readonly onFatal: (error: unknown) => void
}

/** Records accepted and not yet folded, beyond which doors close until the engine has caught up. */
const MAX_PENDING = 200_000
/** Screens get a frame at once after a quiet moment, and at most this often in a busy one. */
const FRAME_MS = 100
const DISK_CHECK_MS = 2_000

export class Engine {
  readonly folder: DataFolder
  readonly ports: Ports
  readonly channel: SocketLiveChannel
  readonly state: LmdbStateStore
  readonly eventLog: LmdbEventLog
  private readonly options: EngineOptions
  private readonly feed: LiveFeed
  private readonly disk: NodeJS.Timeout
  private pump: Pump | undefined
  private loaded: Functions | undefined
  private pending = 0
  private isDiskLow = false
  private frame: NodeJS.Timeout | undefined
  private framedAt = 0

  private constructor(options: EngineOptions, folder: DataFolder, state: LmdbStateStore) {
    this.options = options
    this.folder = folder
    this.state = state
    this.eventLog = new LmdbEventLog({
      path: folder.log,
      shards: folder.shards,
      refusal: () => this.refusal(),
      onAppended: (shard, records) => {
        this.pending += records.length
        this.pump?.offer(shard, records)
      },
    })
    this.channel = new SocketLiveChannel()
    const clock = options.clock ?? systemClock
    const secrets = new FileSecrets(folder.secrets)
    this.ports = {
      log: this.eventLog,
      state,
      objects: new FolderObjectStore(folder.objects),
      live: this.channel,
      identity: new LocalIdentity(state, secrets, clock),
      secrets,
      notifier: new WebhookNotifier({
        addressOf: async (merchantId) => settingOf('noticeWebhookUrl', await readSettings(state, merchantId)),
        log: (notice) => options.log({ message: 'notice', ...JSON.parse(notice) }),
      }),
      clock,
      ids: randomIds,
      machine: { disk: () => diskOf(folder) },
    }
    this.feed = new LiveFeed(this.ports)
    this.checkDisk()
    this.disk = setInterval(() => this.checkDisk(), DISK_CHECK_MS)
  }

  /** Opens the folder for this process alone, and begins to fold what its log holds. @throws StartError */
  static async open(options: EngineOptions): Promise<Engine> {
    const folder = openDataFolder(options.data)
    for (const path of [folder.log, folder.state, folder.objects]) mkdirSync(path, { recursive: true })
    const state = new LmdbStateStore({ path: folder.state, onFlushError: options.onFatal })
    const present = state.claimOwnership(thisProcess(), isRunning)
    if (present !== undefined) {
      await state.close()
      throw new StartError(
        `${folder.path} is in use by process ${present.pid}: stop that one, or choose another folder with --data`,
      )
    }
    const engine = new Engine(options, folder, state)
    engine.loaded = await Functions.load(engine.ports)
    await engine.beginToFold()
    return engine
  }

  get functions(): Functions {
    return this.loaded!
  }

  private async beginToFold(): Promise<void> {
    // Sockets of a process that is gone.
    const gone = await this.state.query({ table: CONNECTION_TABLE, range: EVERY_KEY })
    this.state.commit(gone.map(({ key }) => ({ table: CONNECTION_TABLE, key, row: undefined })))
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

  /** Why no door may take anything now. */
  private refusal(): string | undefined {
    if (this.pending > MAX_PENDING) return `${this.pending} events are waiting to be counted`
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

  private scheduleFrame(): void {
    if (this.frame !== undefined) return
    const wait = Math.max(0, this.framedAt + FRAME_MS - Date.now())
    this.frame = setTimeout(() => {
      this.framedAt = Date.now()
      this.feed
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
    await this.pump!.drained()
  }

  /** Writes everything down and lets the folder go. */
  async close(): Promise<void> {
    clearInterval(this.disk)
    await this.pump?.stop()
    clearTimeout(this.frame)
    await this.state.close()
    await this.eventLog.close()
  }
}
