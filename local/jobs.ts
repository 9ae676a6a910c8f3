/** Long work on threads of its own, so that the owner thread goes on answering. */
import { Worker } from 'node:worker_threads'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import { LmdbEventLog } from '#adapters/embedded/lmdb-event-log.ts'
import type { Compaction } from '#core/lake/raw-compaction.ts'
import type { ReorderAnswer, ReorderTask } from '#core/reorders/reorder-policy.ts'
import { ObjectCompactor } from '#runtime/compact-raw.ts'
import type { Written } from '#runtime/write-stretch.ts'
import { type RebuildTask, rebuild } from './rebuild.ts'
import { archiveOld, deleteOldSeals } from './retention.ts'
import { makeSeal, type Sealed, type SealTask } from './seal.ts'
import { type Verdict, type VerifyTask, verify } from './verify.ts'
import type { DemandTask, DemandWorked } from './work-on-demand.ts'
import { type LakeTask, writeLake } from './write-lake.ts'

/** `inLake`, by shard: the last sequence that the lake has, '' for none. */
type SealAndArchiveTask = SealTask & {
  readonly objectsPath: string
  readonly logPath: string
  readonly inLake: readonly string[]
}
export type Job =
  | { readonly job: 'seal'; readonly task: SealAndArchiveTask }
  | { readonly job: 'verify'; readonly task: VerifyTask }
  | { readonly job: 'rebuild'; readonly task: RebuildTask }
  | { readonly job: 'lake'; readonly task: LakeTask }
  | { readonly job: 'demand'; readonly task: DemandTask }
  | { readonly job: 'reorders'; readonly task: ReorderTask }
  | { readonly job: 'compact'; readonly task: CompactTask }
type CompactTask = { readonly objectsPath: string; readonly compaction: Compaction }
type SealedAndArchived = Sealed & { /** By shard: what the log may drop. */ readonly cuts: readonly string[] }
type ResultOf = {
  seal: SealedAndArchived
  verify: Verdict
  rebuild: { readonly records: number }
  lake: Written
  demand: DemandWorked
  reorders: readonly ReorderAnswer[]
  compact: number
}

/** Does the work on this thread. `onProgress`: rows or records so far. */
export async function doJob({ job, task }: Job, onProgress: (done: number) => void): Promise<ResultOf[Job['job']]> {
  switch (job) {
    case 'seal':
      return sealAndArchive(task, onProgress)
    case 'verify':
      return verify(task, onProgress)
    case 'rebuild':
      return rebuild(task, onProgress)
    case 'lake':
      return writeLake(task)
    case 'demand':
      // Loaded by the thread that does it alone: no other needs a SQL engine and an ONNX runtime.
      return (await import('./work-on-demand.ts')).workOnDemand(task, onProgress)
    case 'reorders':
      return (await import('../models/reorders/reorder-policy.ts')).reorderPolicy.propose(task)
    case 'compact':
      return new ObjectCompactor(new FolderObjectStore(task.objectsPath)).compact(task.compaction)
  }
}

async function sealAndArchive(
  task: SealAndArchiveTask,
  onProgress: (rows: number) => void,
): Promise<SealedAndArchived> {
  const objects = new FolderObjectStore(task.objectsPath)
  const log = new LmdbEventLog({ path: task.logPath, shards: task.shards })
  try {
    const sealed = await makeSeal(objects, task, onProgress)
    const cuts = await archiveOld(log, objects, task.nowMs, task.inLake, () => onProgress(sealed.seal.rows))
    await deleteOldSeals(objects)
    return { ...sealed, cuts }
  } finally {
    await log.close()
  }
}

export type FromWorker =
  | { readonly progress: number }
  | { readonly result: ResultOf[Job['job']] }
  | { readonly failed: string }

export type ToWorker = { readonly job: Job /** Not 0 once the work shall end. */; readonly stopping: Int32Array }

/** The jobs of one engine, each on another thread. */
export class Jobs {
  private readonly stopping = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  private readonly threads = new Set<Promise<void>>()

  /** Rejects with what went wrong on the thread. */
  run<J extends Job>(job: J, onProgress: (done: number) => void = () => {}): Promise<ResultOf[J['job']]> {
    return new Promise((done, failed) => {
      const workerData: ToWorker = { job, stopping: this.stopping }
      const worker = new Worker(new URL('./jobs-worker.ts', import.meta.url), { workerData })
      worker.on('message', (message: FromWorker) => {
        if ('progress' in message) onProgress(message.progress)
        else if ('result' in message) done(message.result as ResultOf[J['job']])
        else failed(new Error(message.failed))
      })
      worker.on('error', failed)
      const ended = new Promise<void>((gone) => {
        worker.on('exit', (code) => {
          failed(new Error(`the ${job.job} thread ended with code ${code}`))
          this.threads.delete(ended)
          gone()
        })
      })
      this.threads.add(ended)
    })
  }

  get areStopping(): boolean {
    return this.stopping[0] !== 0
  }

  /**
   * Ends what is under way at its next step, and resolves when its threads are gone: a process that ends while a thread
   * writes would wait for it for ever. What was begun is thrown away and done anew the next time.
   */
  async stop(): Promise<void> {
    Atomics.store(this.stopping, 0, 1)
    await Promise.all(this.threads)
  }
}
