import { parentPort, workerData } from 'node:worker_threads'
import { doJob, type FromWorker, type Job } from './jobs.ts'

const tell = (message: FromWorker): void => parentPort!.postMessage(message)

doJob(workerData as Job, (progress) => tell({ progress })).then(
  (result) => tell({ result }),
  (error) => tell({ failed: error instanceof Error ? error.message : String(error) }),
)
