/**
 * Training on a thread of its own, so that the thread that answers goes on answering. Several at once train several models:
 * a single training is one thread's work.
 */
import { Worker } from 'node:worker_threads'
import { checkSettings, type TrainedBy, type Training, type TrainingProgress } from './train.ts'

export interface ToTrainingWorker {
  readonly training: Training
  /** Not 0 once the training shall end. */
  readonly cancelled: Int32Array
}

export type FromTrainingWorker =
  | { readonly progress: TrainingProgress }
  | { readonly trained: TrainedBy<Training> }
  | { readonly failed: string }

/** The data cannot be learnt from, or the thread ended; the message is what it said. */
export class TrainingFailedError extends Error {}

/**
 * @param onProgress is called after each tree.
 * @param signal ends the training after the tree in hand; the promise rejects with its reason at once.
 * @throws ZodError on settings, before a thread starts; rejects with TrainingFailedError.
 */
export function trainInWorker<T extends Training>(
  training: T,
  { onProgress = () => {}, signal }: { onProgress?: (progress: TrainingProgress) => void; signal?: AbortSignal } = {},
): Promise<TrainedBy<T>> {
  checkSettings(training)
  if (signal?.aborted) return Promise.reject(signal.reason)
  const cancelled = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const workerData: ToTrainingWorker = { training, cancelled }
  return new Promise((done, failed) => {
    const worker = new Worker(new URL('./training-worker.ts', import.meta.url), { workerData })
    const cancel = () => {
      Atomics.store(cancelled, 0, 1)
      failed(signal!.reason)
    }
    signal?.addEventListener('abort', cancel, { once: true })
    worker.on('message', (message: FromTrainingWorker) => {
      if ('progress' in message) {
        if (!signal?.aborted) onProgress(message.progress)
      } else if ('trained' in message) done(message.trained as TrainedBy<T>)
      else failed(new TrainingFailedError(message.failed))
    })
    worker.on('error', (error) => failed(new TrainingFailedError(error.message, { cause: error })))
    worker.on('exit', (code) => {
      signal?.removeEventListener('abort', cancel)
      failed(new TrainingFailedError(`the training's thread ended with code ${code}`))
    })
  })
}
