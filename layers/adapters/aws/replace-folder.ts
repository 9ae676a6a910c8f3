import type { ObjectStore } from '#core/ports.ts'

/** The folder holds these files and no others. Nobody reads it yet: for a moment it holds both. */
export async function replaceFolder(
  objects: ObjectStore,
  folder: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  if (!folder.endsWith('/')) throw new RangeError(`${folder} is no folder: it ends without /`)
  for (const [name, bytes] of files) await objects.put(folder + name, bytes)
  for (const name of await objects.list(folder)) if (!files.has(name.slice(folder.length))) await objects.delete(name)
}
