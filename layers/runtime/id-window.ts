/**
 * Event ids seen lately in one shard, as 128-bit hashes in typed arrays: about 26 bytes an id, no strings.
 * Two generations, each of `spanMs` of the shard's clock, so an id is known for at least one span and at most two.
 */

const PARTS = 64
const lanes = new Int32Array(4)
/** Whose hash is in `lanes`: an id is looked up and then added. */
let hashed: string | undefined
const moved = new Int32Array(4)

/**
 * Four mixed lanes over the id's UTF-16 code units (cyrb128 of B. Bryc, public domain). Not for untrusted input: our ids
 * are SHA-256 hashes, or ids of our own imports. Equal hashes of n different ids: about n² / 2^129.
 */
function hashOf(id: string): Int32Array {
  if (id === hashed) return lanes
  hashed = id
  let a = 1779033703
  let b = 3144134277
  let c = 1013904242
  let d = 2773480762
  for (let i = 0; i < id.length; i++) {
    const unit = id.charCodeAt(i)
    a = b ^ Math.imul(a ^ unit, 597399067)
    b = c ^ Math.imul(b ^ unit, 2869860233)
    c = d ^ Math.imul(c ^ unit, 951274213)
    d = a ^ Math.imul(d ^ unit, 2716044179)
  }
  a = Math.imul(c ^ (a >>> 18), 597399067)
  b = Math.imul(d ^ (b >>> 22), 2869860233)
  c = Math.imul(a ^ (c >>> 17), 951274213)
  d = Math.imul(b ^ (d >>> 19), 2716044179)
  a ^= b ^ c ^ d
  lanes[0] = a | 1 // never 0: 0 marks a free slot
  lanes[1] = b ^ a
  lanes[2] = c ^ a
  lanes[3] = d ^ a
  return lanes
}

/** An open-addressing set of hashes in 64 small tables, so that growing one never holds the stream up. */
class HashSet {
  private readonly tables = Array.from({ length: PARTS }, () => new Int32Array(64 * 4))
  private readonly counts = new Int32Array(PARTS)

  /** Where the hash may be put, or -1 when it is there already; valid until the next `put`. */
  slot(h: Int32Array): number {
    const table = this.tables[h[3]! >>> 26]!
    const mask = table.length - 1
    for (let s = (h[1]! << 2) & mask; ; s = (s + 4) & mask) {
      if (table[s] === 0) return s
      if (table[s] === h[0] && table[s + 1] === h[1] && table[s + 2] === h[2] && table[s + 3] === h[3]) return -1
    }
  }

  put(h: Int32Array, slot: number): void {
    const part = h[3]! >>> 26
    this.tables[part]!.set(h, slot)
    this.counts[part]!++
    if (this.counts[part]! * 8 > this.tables[part]!.length * 1.25) this.grow(part)
  }

  private grow(part: number): void {
    const old = this.tables[part]!
    const grown = new Int32Array(old.length * 2)
    this.tables[part] = grown
    for (let i = 0; i < old.length; i += 4) {
      if (old[i] === 0) continue
      moved.set(old.subarray(i, i + 4))
      grown.set(moved, this.slot(moved))
    }
  }
}

export class IdWindow {
  private young = new HashSet()
  private old = new HashSet()
  private youngFrom = Number.NEGATIVE_INFINITY
  private added = new Int32Array(1 << 10)
  private freshLength = 0
  private readonly spanMs: number

  constructor(spanMs: number) {
    this.spanMs = spanMs
  }

  has(id: string): boolean {
    const h = hashOf(id)
    return this.young.slot(h) < 0 || this.old.slot(h) < 0
  }

  /** The id is known from now on. `now` is the shard's clock and never goes back. */
  add(id: string, now: number): void {
    if (now - this.youngFrom >= this.spanMs) this.turn(now)
    const h = hashOf(id)
    const free = this.young.slot(h)
    if (free < 0) return
    this.young.put(h, free)
    if (this.freshLength === this.added.length) this.growFresh()
    this.added.set(h, this.freshLength)
    this.freshLength += 4
  }

  get freshCount(): number {
    return this.freshLength / 4
  }

  /** Ids added since `forgetFresh`, packed: the row that makes them durable. */
  fresh(): Uint8Array {
    return new Uint8Array(this.added.buffer.slice(0, this.freshLength * 4))
  }

  forgetFresh(): void {
    this.freshLength = 0
  }

  /** Puts back ids of a row that was written when the shard's clock stood at `at`; rows come in order. */
  restore(packed: Uint8Array, at: number): void {
    if (at - this.youngFrom >= this.spanMs) this.turn(at)
    const hashes = new Int32Array(packed.slice().buffer)
    for (let i = 0; i + 4 <= hashes.length; i += 4) {
      const h = hashes.subarray(i, i + 4)
      const free = this.young.slot(h)
      if (free >= 0) this.young.put(h, free)
    }
  }

  private turn(now: number): void {
    this.old = this.young
    this.young = new HashSet()
    this.youngFrom = now
  }

  private growFresh(): void {
    const grown = new Int32Array(this.added.length * 2)
    grown.set(this.added)
    this.added = grown
  }
}
