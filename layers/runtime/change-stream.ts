import { rowKey } from '#core/row-key.ts'

/** What one subject of a merchant has become, as the message that says so. */
export type Change = {
  readonly topic: 'stock' | 'alert' | 'transaction'
  readonly storeId: string
  readonly subject: string
  /** JSON of a `LiveMessage`. */
  readonly text: string
}
type Entry = {
  readonly number: number
  readonly atMs: number
  readonly name: string
  /** undefined: there is a newer one of the same subject. */
  change: Change | undefined
}

/**
 * The newest change of each subject of one merchant, numbered in their order, for a while: who has heard up to a number
 * is told all that came after it, the newest of each subject once. It serves those who keep up, who read slowly, and who
 * come back after a break; each is but a number here.
 */
export class ChangeStream {
  /** Tells the numbers of this stream from those of another, of a process that is gone. */
  private readonly epoch: string
  private readonly keepMs: number
  /** By number, ascending; the first `gone` are gone. */
  private entries: Entry[] = []
  private gone = 0
  private readonly newest = new Map<string, Entry>()
  private last = 0
  /** Of what was let go though it was the newest of its subject, the last. */
  private lost = 0

  constructor(epoch: string, keepMs: number) {
    this.epoch = epoch
    this.keepMs = keepMs
  }

  /** How many subjects are kept. */
  get size(): number {
    return this.newest.size
  }
  /** The number of the last change. */
  get head(): number {
    return this.last
  }

  /** `heard`: a name of what is heard, of which alone it says how far. */
  sequenceOf(number: number, heard: string): string {
    return `${this.epoch}-${heard}.${number}`
  }

  /**
   * The number that a sequence of this stream stands for; undefined: it is of another, of what is not heard now, or not all
   * since is kept.
   */
  numberOf(sequence: string, heard: string): number | undefined {
    const number = Number(sequence.slice(sequence.lastIndexOf('.') + 1))
    if (sequence !== this.sequenceOf(number, heard) || number > this.last) return undefined
    return this.keepsSince(number) ? number : undefined
  }

  keepsSince(number: number): boolean {
    return number >= this.lost
  }

  add(changes: readonly Change[], nowMs: number): void {
    for (const change of changes) {
      const name = nameOf(change)
      const before = this.newest.get(name)
      if (before !== undefined) before.change = undefined
      const entry = { number: ++this.last, atMs: nowMs, name, change }
      this.entries.push(entry)
      this.newest.set(name, entry)
    }
  }

  /**
   * Up to `most` changes after a number that are heard, oldest first, and the number up to which that is all. Nothing
   * may be missing since: see `keepsSince`.
   */
  after(number: number, most: number, isHeard: (change: Change) => boolean): { changes: Change[]; upTo: number } {
    const changes: Change[] = []
    for (let i = this.placeAfter(number); i < this.entries.length; i++) {
      const { change } = this.entries[i]!
      if (change === undefined || !isHeard(change)) continue
      if (changes.length === most) return { changes, upTo: this.entries[i]!.number - 1 }
      changes.push(change)
    }
    return { changes, upTo: this.last }
  }

  /** Something was not added that should have been: nobody has heard all that is before the next change. */
  loseAll(): void {
    this.lost = ++this.last
  }

  /** Lets go of what is older than it is kept for, and of the oldest beyond `most` subjects. */
  forget(nowMs: number, most: number): void {
    for (; this.gone < this.entries.length; this.gone++) {
      const { change, atMs, name, number } = this.entries[this.gone]!
      if (change === undefined) continue
      if (atMs > nowMs - this.keepMs && this.newest.size <= most) break
      this.newest.delete(name)
      this.lost = number
    }
    // What is newer leaves holes; to close them costs no more than they did.
    if (this.entries.length > 2 * this.newest.size + SLACK) {
      this.entries = this.entries.filter(({ change }, i) => i >= this.gone && change !== undefined)
      this.gone = 0
    }
  }

  private placeAfter(number: number): number {
    let [low, high] = [this.gone, this.entries.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.entries[middle]!.number <= number) low = middle + 1
      else high = middle
    }
    return low
  }
}

const SLACK = 1_000

const nameOf = ({ topic, storeId, subject }: Change): string => rowKey(topic, storeId, subject)
