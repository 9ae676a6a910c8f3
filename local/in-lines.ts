import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

const PROGRESS_MS = 200
/** Who hears nothing for five minutes gives up: the limit of Node's `fetch`. */
const SILENCE_MS = 30_000

/** Long work answers in lines of JSON: progress, then its result, or why it failed. */
export function inLines(
  reply: FastifyReply,
  work: (onProgress: (done: number, what?: string) => void) => Promise<object>,
): FastifyReply {
  const lines = new Readable({ read() {} })
  let toldAt = 0
  let done = 0
  const line = (value: object) => lines.push(`${JSON.stringify(value)}\n`)
  const beat = setInterval(() => line({ progress: done }), SILENCE_MS)
  work((progress, what) => {
    done = progress
    if (performance.now() - toldAt < PROGRESS_MS) return
    toldAt = performance.now()
    line({ progress, what })
  })
    .then(
      (result) => line({ result }),
      (error) => line({ failed: error instanceof Error ? error.message : String(error) }),
    )
    .finally(() => {
      clearInterval(beat)
      lines.push(null)
    })
  return reply.type('application/x-ndjson').send(lines)
}
