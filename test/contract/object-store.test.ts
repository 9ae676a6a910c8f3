import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import { type ObjectStoreImplementation, objectStoreContract } from './object-store.contract.ts'
import { temporaryFolder } from './temporary-folder.ts'

const folder: ObjectStoreImplementation = {
  name: 'FolderObjectStore',
  open: async () => {
    const path = join(temporaryFolder(), 'objects')
    return {
      objects: new FolderObjectStore(path),
      reopen: () => new FolderObjectStore(path),
      close: async () => {},
    }
  },
}

objectStoreContract(folder)

describe('FolderObjectStore', () => {
  const bytes = Buffer.from('x')

  test('a put that fails leaves the object as it was and nothing behind', async () => {
    const path = temporaryFolder()
    const objects = new FolderObjectStore(path)
    await objects.put('kept', bytes)
    // A folder stands where the object would go.
    mkdirSync(join(path, 'a', 'b'), { recursive: true })
    writeFileSync(join(path, 'a', 'b', 'c'), 'x')
    await expect(objects.put('a/b', bytes)).rejects.toThrow()
    expect(readdirSync(path).sort()).toEqual(['a', 'kept'])
  })

  // The engine and a seal's thread have each its own.
  test('two stores of one folder put at once', async () => {
    const path = temporaryFolder()
    const [one, other] = [new FolderObjectStore(path), new FolderObjectStore(path)]
    const puts = Array.from({ length: 50 }, (_, n) => [
      one.put(`one/${n}`, Buffer.from(`one ${n}`)),
      other.put(`other/${n}`, Buffer.from(`other ${n}`)),
    ])
    await Promise.all(puts.flat())
    for (let n = 0; n < 50; n++) {
      expect(String(await other.get(`one/${n}`))).toBe(`one ${n}`)
      expect(String(await one.get(`other/${n}`))).toBe(`other ${n}`)
    }
  })

  test('what a killed put left behind is no object', async () => {
    const path = temporaryFolder()
    writeFileSync(join(path, '.put-1-0'), 'half of an obj')
    const objects = new FolderObjectStore(path)
    await objects.put('a', bytes)
    expect(await objects.list('')).toEqual(['a'])
  })
})
