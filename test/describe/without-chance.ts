import { createHash } from 'node:crypto'

/** Digits, hexadecimal, base32, and everything else that ids and secrets are written in. */
const ALPHABETS = [
  ['0123456789', /^\d+$/],
  ['0123456789abcdef', /^[0-9a-f]+$/],
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', /^[A-Z2-7]+$/],
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', /^/],
] as const
/** What may be drawn by lot within a longer text: a code in a link. */
const DRAWN = /([A-Za-z0-9_-]{6,})/

const SECRET = 'whsec_'

/**
 * The first of two recordings of the same, in which whatever differs from the second is replaced by a text of its length
 * and letters that is always the same; one text stands for another wherever that is.
 */
export function withoutChance<T>(one: T, other: T): T {
  const known = new Map<string, string>()
  return replaced(one, other, known) as T
}

function replaced(one: unknown, other: unknown, known: Map<string, string>): unknown {
  if (typeof one === 'string' && typeof other === 'string') return one === other ? one : textFor(one, other, known)
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) {
    if (one !== other) throw new Error(`two recordings differ: ${one} and ${other}`)
    return one
  }
  const entries = Object.entries(one).map(([key, value]) => [
    key,
    replaced(value, (other as Record<string, unknown>)[key], known),
  ])
  return Array.isArray(one) ? entries.map(([, value]) => value) : Object.fromEntries(entries)
}

function textFor(one: string, other: string, known: Map<string, string>): string {
  // Base64 has signs that part texts elsewhere.
  if (one.startsWith(SECRET) && other.startsWith(SECRET))
    return SECRET + standIn(one.slice(SECRET.length), other.slice(SECRET.length), known)
  const parts = one.split(DRAWN)
  const others = other.split(DRAWN)
  return parts.map((part, i) => (part === others[i] ? part : standIn(part, others[i] ?? '', known))).join('')
}

function standIn(part: string, other: string, known: Map<string, string>): string {
  const present = known.get(part)
  if (present !== undefined) return present
  const [letters] = ALPHABETS.find(([, pattern]) => pattern.test(part) && pattern.test(other))!
  const text = Array.from(part, (_, i) => {
    const chance = createHash('sha256').update(`${known.size} ${i}`).digest()
    return letters[chance[0]! % letters.length]
  }).join('')
  known.set(part, text)
  return text
}
