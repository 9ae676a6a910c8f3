/** A job in a process of its own, which ends when the engine lets go of it or is no more. */
import { type Job, work } from './jobs.ts'

// Meant for the engine, which then lets go.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})

process.on('message', (job: Job) => {
  void work(
    job,
    () => process.connected,
    (message) => {
      if (process.connected) process.send!(message, undefined, undefined, () => {}) // an engine that is gone needs no answer
    },
  )
})
