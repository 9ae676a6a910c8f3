import type { Client } from '../client.ts'
import { StartError } from '../start-error.ts'
import { bodyOf } from './command-line.ts'
import { ProgressLine } from './progress-line.ts'

/** Long work that answers in lines: progress, then a result. */
export async function watch<T>(client: Client, path: string, body: object, what: string): Promise<T> {
  const progress = new ProgressLine(what)
  const reply = await client.request('POST', path, body, (line) => {
    const { progress: done, what: at } = line as { progress?: number; what?: string }
    if (done !== undefined) progress.update(done, undefined, at)
  })
  progress.end()
  const { result, failed } = bodyOf<{ result?: T; failed?: string }>(reply)
  if (result === undefined) throw new StartError(failed ?? 'the engine stopped in the middle')
  return result
}
