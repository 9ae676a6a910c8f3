/** A job on a thread of the engine's process. */
import { parentPort, workerData } from 'node:worker_threads'
import { type ToWorker, work } from './jobs.ts'

const { job, stopping } = workerData as ToWorker
void work(
  job,
  () => Atomics.load(stopping, 0) === 0,
  (message) => parentPort!.postMessage(message),
)
