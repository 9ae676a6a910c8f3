import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { checkObjectName } from '#core/object-name.ts'
import type { ObjectStore } from '#core/ports.ts'

/** How names of files begin that no put has finished. */
export const UNFINISHED = '.put-'

/** Objects as files of one folder. A put is a new file under another name, synced and then renamed: whole or not there. */
export class FolderObjectStore implements ObjectStore {
  private readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  async put(name: string, bytes: Uint8Array): Promise<void> {
    const path = this.pathOf(name)
    await mkdir(dirname(path), { recursive: true })
    const unfinished = join(this.folder, UNFINISHED + randomUUID())
    try {
      await writeFile(unfinished, bytes, { flush: true })
      await rename(unfinished, path)
    } catch (error) {
      await rm(unfinished, { force: true })
      throw error
    }
  }

  async get(name: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(this.pathOf(name))
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  async list(prefix: string): Promise<string[]> {
    // Below the last whole folder of the prefix alone: the lake has many others.
    const within = prefix.slice(0, prefix.lastIndexOf('/') + 1)
    const from = within === '' ? this.folder : this.pathOf(within.slice(0, -1))
    const entries = await readdir(from, { recursive: true, withFileTypes: true }).catch((error) => {
      if (isMissing(error) || error.code === 'ENOTDIR') return []
      throw error
    })
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .filter((name) => name.startsWith(prefix) && !name.startsWith(UNFINISHED))
      .sort()
  }

  async delete(name: string): Promise<void> {
    await rm(this.pathOf(name), { force: true })
  }

  private pathOf(name: string): string {
    checkObjectName(name)
    return join(this.folder, name)
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'
