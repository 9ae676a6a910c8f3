/**
 * Long work beside the owner thread, which goes on answering. What opens LMDB is done in a process: the threads of one
 * process share what it has open, and tables can be opened and dropped by one of them at a time alone.
 */
import { fork } from 'node:child_process'
import type { EventEmitter } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Compaction } from '#core/lake/raw-compaction.ts'
import type { ReorderAnswer, ReorderTask } from '#core/reorders/reorder-policy.ts'
import type { Written } from '#runtime/write-stretch.ts'
import type { RebuildTask } from './rebuild.ts'
import type { Sealed, SealTask } from './seal.ts'
import type { Verdict, VerifyTask } from './verify.ts'
import type { DemandTask, DemandWorked } from './work-on-demand.ts'
import type { LakeTask } from './write-lake.ts'

/** `inLake`, by shard: the last sequence that the lake has, '' for none. */
export type SealAndArchiveTask = SealTask & {
  readonly objectsPath: string
  readonly logPath: string
  readonly inLake: readonly string[]
}
export type SealedAndArchived = Sealed & { /** By shard: what the log may drop. */ readonly cuts: readonly string[] }
type CompactTask = { readonly objectsPath: string; readonly compaction: Compaction }

export type ProcessJob =
  | { readonly job: 'seal'; readonly task: SealAndArchiveTask }
  | { readonly job: 'verify'; readonly task: VerifyTask }
  | { readonly job: 'rebuild'; readonly task: RebuildTask }
export type ThreadJob =
  | { readonly job: 'lake'; readonly task: LakeTask }
  | { readonly job: 'demand'; readonly task: DemandTask }
  | { readonly job: 'reorders'; readonly task: ReorderTask }
  | { readonly job: 'compact'; readonly task: CompactTask }
type Job = ProcessJob | ThreadJob
type ResultOf = {
  seal: SealedAndArchived
  verify: Verdict
  rebuild: { readonly records: number }
  lake: Written
  demand: DemandWorked
  reorders: readonly ReorderAnswer[]
  compact: number
}
export type Result<J extends Job> = Promise<ResultOf[J['job']]>

const isOfProcesses = (job: Job): job is ProcessJob =>
  job.job === 'seal' || job.job === 'verify' || job.job === 'rebuild'

export const STOPPING = 'the engine stops: do it again when it runs'

export type FromWorker =
  | { readonly progress: number }
  | { readonly result: ResultOf[Job['job']] }
  | { readonly failed: string }

/** What a thread is begun with; a process is sent the job alone. */
export type ToWorker = { readonly job: ThreadJob /** Not 0 once the work shall end. */; readonly stopping: Int32Array }

/** Does a job for whoever is told of it. `isWanted`: asked at each step, of so many rows or records so far. */
export async function work(
  doJob: (onProgress: (done: number) => void) => Result<Job>,
  isWanted: () => boolean,
  tell: (message: FromWorker) => void,
): Promise<void> {
  try {
    const result = await doJob((progress) => {
      if (!isWanted()) throw new Error(STOPPING)
      tell({ progress })
    })
    tell({ result })
  } catch (error) {
    tell({ failed: error instanceof Error ? error.message : String(error) })
  }
}

/** Where a job is done, and how it is asked to end at its next step. */
type Place = {
  readonly events: EventEmitter
  /** ... or, when it has told its result, at once. */
  readonly letGo: () => void
}

/** The jobs of one engine, each in another place. */
export class Jobs {
  private readonly stopping = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  private readonly places = new Map<Place, Promise<void>>()

  /** Rejects with what went wrong there. */
  run<J extends Job>(job: J, onProgress: (done: number) => void = () => {}): Result<J> {
    return new Promise((done, failed) => {
      const place = isOfProcesses(job) ? inProcess(job) : this.onThread(job)
      const { events, letGo } = place
      events.on('message', (message: FromWorker) => {
        if ('progress' in message) return onProgress(message.progress)
        if ('result' in message) done(message.result as ResultOf[J['job']])
        else failed(new Error(message.failed))
        letGo()
      })
      const ended = new Promise<void>((gone) => {
        const end = (why: Error) => {
          failed(why)
          letGo()
          this.places.delete(place)
          gone()
        }
        events.on('error', end) // of a process that could not be begun there is no exit
        events.on('exit', (code) => {
          const how = code === null ? 'a signal' : `code ${code}`
          end(new Error(this.areStopping ? STOPPING : `the ${job.job} job ended with ${how}`))
        })
      })
      this.places.set(place, ended)
    })
  }

  private onThread(job: ThreadJob): Place {
    const workerData: ToWorker = { job, stopping: this.stopping }
    return { events: new Worker(new URL('./jobs-thread.ts', import.meta.url), { workerData }), letGo: () => {} }
  }

  get areStopping(): boolean {
    return this.stopping[0] !== 0
  }

  /**
   * Ends what is under way at its next step, and resolves when all is gone: a process that ends while a thread writes would
   * wait for it for ever. What was begun is thrown away and done anew the next time.
   */
  async stop(): Promise<void> {
    Atomics.store(this.stopping, 0, 1)
    for (const { letGo } of this.places.keys()) letGo()
    await Promise.all(this.places.values())
  }
}

/** It ends by itself, at its next step, when this process is no more. */
function inProcess(job: ProcessJob): Place {
  const child = fork(new URL('./jobs-process.ts', import.meta.url), { serialization: 'advanced' })
  child.send(job)
  return {
    events: child,
    letGo: () => {
      if (child.connected) child.disconnect()
    },
  }
}
