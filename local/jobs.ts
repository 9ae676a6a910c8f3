/** Long work on threads of its own, so that the owner thread goes on answering. */
import { Worker } from 'node:worker_threads'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import { LmdbEventLog } from '#adapters/embedded/lmdb-event-log.ts'
import { type RebuildTask, rebuild } from './rebuild.ts'
import { archiveOld, deleteOldSeals } from './retention.ts'
import { makeSeal, type Sealed, type SealTask } from './seal.ts'
import { type Verdict, type VerifyTask, verify } from './verify.ts'

export type Job =
  | { readonly job: 'seal'; readonly task: SealTask & { readonly objectsPath: string; readonly logPath: string } }
  | { readonly job: 'verify'; readonly task: VerifyTask }
  | { readonly job: 'rebuild'; readonly task: RebuildTask }
type SealedAndArchived = Sealed & { /** By shard: what the log may drop. */ readonly cuts: readonly string[] }
type ResultOf = { seal: SealedAndArchived; verify: Verdict; rebuild: { readonly records: number } }

/** Does the work on this thread. `onProgress`: rows or records so far. */
export async function doJob({ job, task }: Job, onProgress: (done: number) => void): Promise<ResultOf[Job['job']]> {
  switch (job) {
    case 'seal':
      return sealAndArchive(task, onProgress)
    case 'verify':
      return verify(task, onProgress)
    case 'rebuild':
      return rebuild(task, onProgress)
  }
}

async function sealAndArchive(
  task: Extract<Job, { job: 'seal' }>['task'],
  onProgress: (rows: number) => void,
): Promise<SealedAndArchived> {
  const objects = new FolderObjectStore(task.objectsPath)
  const log = new LmdbEventLog({ path: task.logPath, shards: task.shards })
  try {
    const sealed = await makeSeal(objects, task, onProgress)
    const cuts = await archiveOld(log, objects, task.nowMs)
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

/** Does the work on another thread. Rejects with what went wrong there. */
export function runJob<J extends Job>(
  job: J,
  onProgress: (done: number) => void = () => {},
): Promise<ResultOf[J['job']]> {
  return new Promise((done, failed) => {
    const worker = new Worker(new URL('./jobs-worker.ts', import.meta.url), { workerData: job })
    worker.on('message', (message: FromWorker) => {
      if ('progress' in message) onProgress(message.progress)
      else if ('result' in message) done(message.result as ResultOf[J['job']])
      else failed(new Error(message.failed))
    })
    worker.on('error', failed)
    worker.on('exit', (code) => failed(new Error(`the ${job.job} thread ended with code ${code}`)))
  })
}
