import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Secrets } from '#core/ports.ts'

/** Secrets in one JSON file that only its owner may read. */
export class FileSecrets implements Secrets {
  private readonly path: string
  private known: Promise<Map<string, string>> | undefined
  private writing: Promise<void> = Promise.resolve()

  constructor(path: string) {
    this.path = path
  }

  async get(name: string): Promise<string | undefined> {
    return (await this.load()).get(name)
  }

  async set(name: string, value: string): Promise<void> {
    ;(await this.load()).set(name, value)
    this.writing = this.writing.then(() => this.write())
    await this.writing
  }

  private load(): Promise<Map<string, string>> {
    this.known ??= readFile(this.path, 'utf8').then(
      (text) => new Map(Object.entries(JSON.parse(text) as Record<string, string>)),
      (error) => {
        if (error.code === 'ENOENT') return new Map()
        throw error
      },
    )
    return this.known
  }

  private async write(): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true })
    const unfinished = `${this.path}.new`
    const file = await open(unfinished, 'w', 0o600)
    try {
      await file.writeFile(JSON.stringify(Object.fromEntries(await this.load())))
      await file.datasync()
    } finally {
      await file.close()
    }
    await rename(unfinished, this.path)
  }
}
