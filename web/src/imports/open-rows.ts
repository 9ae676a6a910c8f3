import { FileError, type FileRow } from './rows-of-file.ts'
import type { Asked, Divided, Opened, Said } from './rows-worker.ts'
import { words } from './words.ts'

export type OpenRows = Opened & {
  readonly divide: (column: number | undefined) => Promise<Divided>
  readonly part: (number: number) => Promise<readonly FileRow[]>
  readonly close: () => void
}

/** A file that somebody chose. */
export type Chosen = { readonly name: string; readonly rows: OpenRows }

/** Reads the file in a worker, which keeps its rows. @throws FileError */
export async function openRows(file: Blob, onProgress: (bytes: number, lines: number) => void): Promise<OpenRows> {
  const worker = new Worker(new URL('./rows-worker.ts', import.meta.url), { type: 'module' })
  /** One question after the other. */
  let last: Promise<unknown> = Promise.resolve()
  const ask = <T>(asked: Asked): Promise<T> => {
    const answer = last.then(() => answerOf<T>(worker, asked, onProgress))
    last = answer.catch(() => {})
    return answer
  }
  try {
    const opened = await ask<Opened>({ what: 'open', file })
    return {
      ...opened,
      divide: (column) => ask({ what: 'divide', column }),
      part: (number) => ask({ what: 'part', number }),
      close: () => worker.terminate(),
    }
  } catch (error) {
    worker.terminate()
    throw error
  }
}

function answerOf<T>(worker: Worker, asked: Asked, onProgress: (bytes: number, lines: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Said>) => {
      if (data.is === 'progress') onProgress(data.bytes, data.lines)
      else if (data.is === 'answer') resolve(data.answer as T)
      else reject(new FileError(data.isKnown ? data.message : words.unreadableFile))
    }
    worker.onerror = () => reject(new FileError(words.unreadableFile))
    worker.postMessage(asked)
  })
}
