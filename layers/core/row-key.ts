/**
 * Keys of rows: text parts joined so that rows of one prefix lie together and sort part by part.
 * Ids never hold control characters (`events/identifier.ts`), so no id can imitate a joint.
 */
// Above \u0004: LMDB's keys escape the controls up to it in short texts and not in long ones.
const JOINT = '\u001f'
/** Sorts after every key that begins with the same parts. */
const AFTER_JOINT = ' '

export function rowKey(a: string, b?: string, c?: string, d?: string, e?: string): string {
  let key = a
  if (b !== undefined) key += JOINT + b
  if (c !== undefined) key += JOINT + c
  if (d !== undefined) key += JOINT + d
  if (e !== undefined) key += JOINT + e
  return key
}

export const partsOf = (key: string): string[] => key.split(JOINT)

/** The same as `partsOf(key)[index]`, for whoever asks for each of many. The key has more parts than that. */
export function partAt(key: string, index: number): string {
  let start = 0
  for (let i = 0; i < index; i++) start = key.indexOf(JOINT, start) + 1
  const end = key.indexOf(JOINT, start)
  return end < 0 ? key.slice(start) : key.slice(start, end)
}

/** The half-open range [from, to) of all keys that begin with these parts and have at least one more. */
export const under = (...parts: readonly string[]): KeyRange => {
  const prefix = parts.join(JOINT)
  return { from: prefix + JOINT, to: prefix + AFTER_JOINT }
}

export type KeyRange = { readonly from: string; readonly to: string }

/** Every key of a table. */
export const EVERY_KEY: KeyRange = { from: '\u0001', to: '\u{10ffff}\u{10ffff}' }

/** The order of keys, which is that of their UTF-8 bytes: JavaScript's own differs beyond U+FFFF. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)]
    if (x !== y) return rankOf(x) - rankOf(y)
  }
  return a.length - b.length
}

/** Halves of a pair, which stand for what is beyond U+FFFF, come after every other code unit. */
const rankOf = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit)

export const isInRange = (key: string, { from, to }: KeyRange): boolean =>
  compareKeys(key, from) >= 0 && compareKeys(key, to) < 0

const LAST_MS = 9_999_999_999_999

/** Epoch milliseconds (0 to the year 2286) as text that sorts by time. */
export const ascendingTime = (ms: number): string => (ms >= 1e12 ? String(ms) : String(ms).padStart(13, '0'))

/** Epoch milliseconds as text that sorts newest first. */
export const descendingTime = (ms: number): string => String(LAST_MS - ms).padStart(13, '0')

export const timeOfAscending = (text: string): number => Number(text)

/** A sequence number as text that sorts by number: 16 digits hold every safe integer. */
export const ascendingNumber = (n: number): string => String(n).padStart(16, '0')
