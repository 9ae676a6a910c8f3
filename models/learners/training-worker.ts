import { parentPort, workerData } from 'node:worker_threads'
import { train } from './train.ts'
import type { FromTrainingWorker, ToTrainingWorker } from './train-in-worker.ts'

const { training, cancelled } = workerData as ToTrainingWorker
const tell = (message: FromTrainingWorker): void => parentPort!.postMessage(message)

try {
  const trained = train(training, (progress) => {
    if (Atomics.load(cancelled, 0) !== 0) throw new Error('cancelled')
    tell({ progress })
  })
  tell({ trained })
} catch (error) {
  tell({ failed: error instanceof Error ? error.message : String(error) })
}
