import type { ChartColour, SeriesColour } from './chart-spec.ts'

const HUES = 8

/**
 * The colour of each product, store or other thing on a page. It follows from the key, so that the same thing has the same
 * colour everywhere; where two of a page would have the same, the later one takes the next that is free. More than eight
 * have no hue left: they are as `other`.
 */
export function seriesColours(keysOnPage: readonly string[]): ReadonlyMap<string, ChartColour> {
  const keys = [...new Set(keysOnPage)]
  const taken = new Map<number, string>()
  for (const key of keys) if (!taken.has(hueOf(key))) taken.set(hueOf(key), key)
  const hues = new Map([...taken].map(([hue, key]) => [key, hue]))
  for (const key of keys) {
    if (hues.has(key)) continue
    const free = Array.from({ length: HUES }, (_, step) => (hueOf(key) + step) % HUES).find((hue) => !taken.has(hue))
    if (free === undefined) break
    taken.set(free, key)
    hues.set(key, free)
  }
  return new Map(keys.map((key) => [key, tokenOf(hues.get(key))]))
}

/** The colour of one of them. */
export const seriesColour = (key: string, keysOnPage: readonly string[]): ChartColour =>
  seriesColours(keysOnPage).get(key) ?? 'other'

const tokenOf = (hue: number | undefined): ChartColour =>
  hue === undefined ? 'other' : (`series-${hue + 1}` as SeriesColour)

/** FNV-1a, 32 bits (Fowler, Noll, Vo): short, and the same everywhere. */
function hueOf(key: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  // The low bits of a multiplicative hash are its poor ones.
  return ((hash >>> 0) >>> 16) % HUES
}
