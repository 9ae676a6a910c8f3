import type { ObjectStore } from '#core/ports.ts'

export const SEALS = 'seals/'
const MANIFEST = '/seal.json'

/** Seals are named by when they were made, so that names sort by age. */
export const sealName = (sealedAtMs: number): string => new Date(sealedAtMs).toISOString().replaceAll(':', '-')
const sealedAtOf = (name: string): string => name.replace(/T(\d\d)-(\d\d)-/, 'T$1:$2:')

export const sealFolder = (name: string): string => `${SEALS}${name}/`
export const sealManifest = (name: string): string => `${SEALS}${name}${MANIFEST}`
export const sealPart = (name: string, part: number): string =>
  `${SEALS}${name}/rows-${String(part).padStart(4, '0')}.ndjson.gz`

/** Names of complete seals, oldest first: the manifest is written last. */
export async function sealNames(objects: ObjectStore): Promise<string[]> {
  const found = await objects.list(SEALS)
  return found.flatMap((name) => (name.endsWith(MANIFEST) ? [name.slice(SEALS.length, -MANIFEST.length)] : []))
}

export async function latestSeal(objects: ObjectStore): Promise<{ name: string; sealedAt: string } | null> {
  const name = (await sealNames(objects)).at(-1)
  return name === undefined ? null : { name, sealedAt: sealedAtOf(name) }
}
