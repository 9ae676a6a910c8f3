/**
 * How many different members (customers, sessions, orders) were seen, as a small state that merges: exact up to
 * EXACT_UP_TO, above that a HyperLogLog of 4096 registers with a standard error of 1.04 / sqrt(4096) = 1.6 %.
 * The state depends on the set of members alone: not on their order or repetition, nor on how parts were merged.
 *
 * Sources: Flajolet, Fusy, Gandouet, Meunier, "HyperLogLog" (2007); the estimate is Ertl's improved raw estimator,
 * "New cardinality estimation algorithms for HyperLogLog sketches" (2017), algorithm 6, which needs no bias tables.
 */

export const EXACT_UP_TO = 256

/**
 * The members' 53-bit hashes in ascending order while there are at most EXACT_UP_TO; else the registers, one sign
 * each, '0' to 'Z' for 0 to 42: 4096 signs that JSON need not escape.
 */
export type Distinct = readonly number[] | string

export const EMPTY_DISTINCT: Distinct = []

const INDEX_BITS = 12
const REGISTERS = 1 << INDEX_BITS
/** Bits of a hash behind the register's index: the largest rank is one more. */
const RANK_BITS = 53 - INDEX_BITS
const ZERO_SIGN = 48

/** `state` with `member` seen; `state` itself (===) when that changes nothing. HOT. */
export function addDistinct(state: Distinct, member: string): Distinct {
  const hash = hash53(member)
  if (typeof state === 'string') {
    const index = indexOf(hash)
    const rank = rankOf(hash)
    if (state.charCodeAt(index) - ZERO_SIGN >= rank) return state
    return state.slice(0, index) + String.fromCharCode(ZERO_SIGN + rank) + state.slice(index + 1)
  }
  const at = lowerBound(state, hash)
  if (state[at] === hash) return state
  const hashes = new Array<number>(state.length + 1)
  for (let i = 0; i < at; i++) hashes[i] = state[i]!
  hashes[at] = hash
  for (let i = at; i < state.length; i++) hashes[i + 1] = state[i]!
  return hashes.length > EXACT_UP_TO ? textOf(raise(new Uint8Array(REGISTERS), hashes)) : hashes
}

/** The members of both; `a` itself when `b` adds nothing. */
export function mergeDistinct(a: Distinct, b: Distinct): Distinct {
  if (typeof a !== 'string' && typeof b !== 'string') {
    const hashes = union(a, b)
    if (hashes.length === a.length) return a
    return hashes.length > EXACT_UP_TO ? textOf(raise(new Uint8Array(REGISTERS), hashes)) : hashes
  }
  return textOf(raise(raise(new Uint8Array(REGISTERS), a), b))
}

/** The members of all, as merging them one by one would find them. */
export function mergeAllDistinct(states: readonly Distinct[]): Distinct {
  const hashes = new Set<number>()
  let registers: Uint8Array | undefined
  for (const state of states) {
    if (registers === undefined && typeof state !== 'string') {
      for (const hash of state) hashes.add(hash)
      if (hashes.size <= EXACT_UP_TO) continue
    }
    registers ??= raise(new Uint8Array(REGISTERS), [...hashes])
    raise(registers, state)
  }
  return registers === undefined ? [...hashes].sort((a, b) => a - b) : textOf(registers)
}

/** The number of members: exact, or estimated with a standard error of 1.6 % and rounded to a whole number. */
export function countDistinct(state: Distinct): { readonly value: number; readonly exact: boolean } {
  if (typeof state !== 'string') return { value: state.length, exact: true }
  // A sketch exists only above EXACT_UP_TO.
  return { value: Math.max(EXACT_UP_TO + 1, Math.round(estimate(state))), exact: false }
}

/** Ertl 2017, algorithm 6, with q = RANK_BITS and m = REGISTERS. */
function estimate(registers: string): number {
  const counts = new Array<number>(RANK_BITS + 2).fill(0)
  for (let i = 0; i < REGISTERS; i++) counts[registers.charCodeAt(i) - ZERO_SIGN]!++
  let z = REGISTERS * tau(1 - counts[RANK_BITS + 1]! / REGISTERS)
  for (let rank = RANK_BITS; rank >= 1; rank--) z = (z + counts[rank]!) / 2
  z += REGISTERS * sigma(counts[0]! / REGISTERS)
  return (REGISTERS * REGISTERS) / (2 * Math.LN2 * z)
}

/** x + sum of x^(2^k) * 2^(k-1) over k >= 1. */
function sigma(x: number): number {
  if (x === 1) return Number.POSITIVE_INFINITY
  let power = x
  let scale = 1
  let sum = x
  for (;;) {
    power *= power
    const next = sum + power * scale
    if (next === sum) return sum
    sum = next
    scale *= 2
  }
}

/** (1 - x - sum of (1 - x^(2^-k))^2 * 2^-k over k >= 1) / 3. */
function tau(x: number): number {
  if (x === 0 || x === 1) return 0
  let root = x
  let scale = 1
  let sum = 1 - x
  for (;;) {
    root = Math.sqrt(root)
    scale /= 2
    const next = sum - (1 - root) ** 2 * scale
    if (next === sum) return sum / 3
    sum = next
  }
}

/** Raises registers to hold the members of a state. */
function raise(registers: Uint8Array, state: Distinct): Uint8Array {
  if (typeof state === 'string') {
    for (let i = 0; i < REGISTERS; i++) {
      const rank = state.charCodeAt(i) - ZERO_SIGN
      if (rank > registers[i]!) registers[i] = rank
    }
  } else {
    for (const hash of state) {
      const index = indexOf(hash)
      const rank = rankOf(hash)
      if (rank > registers[index]!) registers[index] = rank
    }
  }
  return registers
}

const ascii = new TextDecoder()
const textOf = (registers: Uint8Array): string => ascii.decode(registers.map((rank) => ZERO_SIGN + rank))

/** Where `hash` is or would stand. */
function lowerBound(hashes: readonly number[], hash: number): number {
  let low = 0
  let high = hashes.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (hashes[middle]! < hash) low = middle + 1
    else high = middle
  }
  return low
}

function union(a: readonly number[], b: readonly number[]): number[] {
  const hashes: number[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const next = Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY)
    if (a[i] === next) i++
    if (b[j] === next) j++
    hashes.push(next)
  }
  return hashes
}

/** The lowest bits of a hash choose its register. */
const indexOf = (hash: number): number => (hash >>> 0) & (REGISTERS - 1)

/** Position, from 1, of the first one among the other bits: 42 when all 41 are zero. */
function rankOf(hash: number): number {
  const high = Math.floor(hash / 2 ** 32) // 21 bits
  if (high !== 0) return Math.clz32(high) - 11 + 1
  return 21 + Math.clz32((hash >>> 0) >>> INDEX_BITS) - INDEX_BITS + 1
}

/**
 * A 53-bit hash of a text's UTF-16 code units: two 32-bit lanes that mix two units a step and feed each other, and the
 * finaliser of MurmurHash3 (Appleby, public domain; the lanes are those of its x86_128 form, halved). Not for secrets:
 * who chooses the members can choose collisions. Stored states hold these numbers: it must never change. HOT.
 */
export function hash53(text: string): number {
  const length = text.length
  let a = 0x9e3779b9
  let b = 0x85ebca6b
  for (let i = 0; i < length; i += 2) {
    const units = text.charCodeAt(i) | (i + 1 < length ? text.charCodeAt(i + 1) << 16 : 0)
    let k = Math.imul(units, 0x239b961b)
    a ^= Math.imul((k << 15) | (k >>> 17), 0xab0e9789)
    a = (Math.imul(((a << 19) | (a >>> 13)) + b, 5) + 0x561ccd1b) | 0
    k = Math.imul(units, 0xab0e9789)
    b ^= Math.imul((k << 16) | (k >>> 16), 0x38b34ae5)
    b = (Math.imul(((b << 17) | (b >>> 15)) + a, 5) + 0x0bcaa747) | 0
  }
  a = (a ^ length) + b
  b = (b ^ length) + a
  a = finalMix(a)
  b = finalMix(b)
  a = (a + b) | 0
  b = (b + a) | 0
  return (b & 0x1fffff) * 2 ** 32 + (a >>> 0)
}

function finalMix(h: number): number {
  let x = h
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}
