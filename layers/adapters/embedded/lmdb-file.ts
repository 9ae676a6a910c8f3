/** What LMDB itself does not say: opening a file that is no LMDB environment ends the process without a word. */
import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'

/** LMDB's magic number, which its first page bears after 24 bytes of head (`mdb.c`, MDB_MAGIC). */
const MAGIC = Buffer.from([0xde, 0xc0, 0xef, 0xbe])
const MAGIC_AT = 24

/** To be called before an environment is opened. @throws Error where the folder holds a `data.mdb` of other making. */
export function checkLmdbFile(folder: string): void {
  const found = Buffer.alloc(MAGIC.length)
  let file: number
  try {
    file = openSync(join(folder, 'data.mdb'), 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return // none yet
    throw error
  }
  const read = readSync(file, found, 0, found.length, MAGIC_AT)
  closeSync(file)
  if (read !== 0 && !found.equals(MAGIC)) throw new Error('data.mdb is not a database of this engine')
}
