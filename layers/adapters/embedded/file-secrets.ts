import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Secrets } from '#core/ports.ts'

/** Secrets in one JSON file that only its owner may read. */
export class FileSecrets implements Secrets {
  private readonly path: string
  private known: Promise<ReadonlyMap<string, string>> | undefined
  private writing: Promise<void> = Promise.resolve()

  constructor(path: string) {
    this.path = path
  }

  async get(name: string): Promise<string | undefined> {
    const known = (await this.load()).get(name)
    if (known !== undefined) return known
    this.known = undefined // another program may have set it: the command line beside the engine
    return (await this.load()).get(name)
  }

  set(name: string, value: string): Promise<void> {
    return this.inTurn((secrets) => secrets.set(name, value))
  }

  delete(name: string): Promise<void> {
    return this.inTurn((secrets) => secrets.delete(name))
  }

  private async inTurn(change: (secrets: Map<string, string>) => unknown): Promise<void> {
    const written = this.writing.then(() => this.write(change))
    this.writing = written.catch(() => {}) // whoever comes next is not to blame
    await written
  }

  private load(): Promise<ReadonlyMap<string, string>> {
    this.known ??= readSecrets(this.path).catch((error) => {
      this.known = undefined
      throw error
    })
    return this.known
  }

  /** A secret is known when it is on the disk: what it signs or hides must not outlive it. */
  private async write(change: (secrets: Map<string, string>) => unknown): Promise<void> {
    const secrets = new Map(await readSecrets(this.path))
    change(secrets)
    await mkdir(dirname(this.path), { recursive: true })
    const unfinished = `${this.path}.new`
    await rm(unfinished, { force: true }) // one that was left behind may have other rights
    const file = await open(unfinished, 'wx', 0o600)
    try {
      await file.writeFile(JSON.stringify(Object.fromEntries(secrets)))
      await file.datasync()
    } finally {
      await file.close()
    }
    await rename(unfinished, this.path)
    this.known = Promise.resolve(secrets)
  }
}

async function readSecrets(path: string): Promise<ReadonlyMap<string, string>> {
  try {
    return new Map(Object.entries(JSON.parse(await readFile(path, 'utf8')) as Record<string, string>))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map()
    throw new Error(`${path} is not readable: restore it from a backup`, { cause: error })
  }
}
