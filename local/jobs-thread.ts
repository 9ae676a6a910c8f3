/** A job on a thread of the engine's process. */
import { parentPort, workerData } from 'node:worker_threads'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import { type Result, type ThreadJob, type ToWorker, work } from './jobs.ts'

const { job, stopping } = workerData as ToWorker

/** Each loads what it needs itself: others need no SQL engine and no ONNX runtime. */
async function doJob({ job, task }: ThreadJob, onProgress: (done: number) => void): Result<ThreadJob> {
  switch (job) {
    case 'lake':
      return (await import('./write-lake.ts')).writeLake(task)
    case 'demand':
      return (await import('./work-on-demand.ts')).workOnDemand(task, onProgress)
    case 'reorders':
      return (await import('../models/reorders/reorder-policy.ts')).reorderPolicy.propose(task)
    case 'compact': {
      const { ObjectCompactor } = await import('#runtime/compact-raw.ts')
      return new ObjectCompactor(new FolderObjectStore(task.objectsPath)).compact(task.compaction)
    }
  }
}

void work(
  (onProgress) => doJob(job, onProgress),
  () => Atomics.load(stopping, 0) === 0,
  (message) => parentPort!.postMessage(message),
)
