import { parentPort, workerData } from 'node:worker_threads'
import { doJob, type FromWorker, type ToWorker } from './jobs.ts'

const { job, stopping } = workerData as ToWorker
const tell = (message: FromWorker): void => parentPort!.postMessage(message)

function step(progress: number): void {
  if (Atomics.load(stopping, 0) !== 0) throw new Error('the engine stops: do it again when it runs')
  tell({ progress })
}

doJob(job, step).then(
  (result) => tell({ result }),
  (error) => tell({ failed: error instanceof Error ? error.message : String(error) }),
)
