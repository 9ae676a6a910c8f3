/** What a thread does to put a stretch of the log into the lake. */
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import { type LakeStretch, ObjectLakeWriter, type Written } from '#runtime/write-stretch.ts'

/** A stretch in a form that a thread can be handed: the bytes of all records one after the other. */
export type LakeTask = Omit<LakeStretch, 'records'> & {
  readonly objectsPath: string
  readonly sequences: readonly string[]
  readonly lengths: readonly number[]
  readonly bytes: Uint8Array
}

export function writeLake({ objectsPath, stretch, notes, sequences, lengths, bytes }: LakeTask): Promise<Written> {
  let end = 0
  const records = sequences.map((sequence, i) => {
    const start = end
    end += lengths[i]!
    return { sequence, bytes: bytes.subarray(start, end) }
  })
  return new ObjectLakeWriter(new FolderObjectStore(objectsPath)).write({ stretch, records, notes })
}
