import { closeSync, openSync, writeSync } from 'node:fs'
import { StartError } from '../start-error.ts'

const CHUNK_CHARACTERS = 256 << 10

/** A file of JSON values, one a line, written as fast as they are made. */
export class NdjsonFile {
  lines = 0
  private readonly path: string
  private readonly file: number
  private text = ''

  /** Replaces what was there. @throws StartError when it cannot be written */
  constructor(path: string) {
    this.path = path
    this.file = this.tried(() => openSync(path, 'w'))
  }

  add(value: object): void {
    this.lines++
    this.text += `${JSON.stringify(value)}\n`
    if (this.text.length >= CHUNK_CHARACTERS) this.flush()
  }

  close(): void {
    this.flush()
    closeSync(this.file)
  }

  private flush(): void {
    const bytes = Buffer.from(this.text)
    this.text = ''
    for (let at = 0; at < bytes.length; ) at += this.tried(() => writeSync(this.file, bytes, at))
  }

  private tried<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw new StartError(`${this.path} cannot be written: ${(error as Error).message}`)
    }
  }
}
