/** A job in a process of its own, which ends when the engine lets go of it or is no more. */
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import { LmdbEventLog } from '#adapters/embedded/lmdb-event-log.ts'
import { type ProcessJob, type Result, type SealAndArchiveTask, type SealedAndArchived, work } from './jobs.ts'
import { rebuild } from './rebuild.ts'
import { archiveOld, deleteOldSeals } from './retention.ts'
import { makeSeal } from './seal.ts'
import { verify } from './verify.ts'

async function doJob({ job, task }: ProcessJob, onProgress: (done: number) => void): Result<ProcessJob> {
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

// Meant for the engine, which then lets go.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})

process.on('message', (job: ProcessJob) => {
  void work(
    (onProgress) => doJob(job, onProgress),
    () => process.connected,
    (message) => {
      if (process.connected) process.send!(message, undefined, undefined, () => {}) // an engine that is gone needs no answer
    },
  )
})
