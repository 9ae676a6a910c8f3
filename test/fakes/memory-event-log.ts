import type { EventLog, Intake, LogRecord, LogStatus, Taken } from '#core/ports.ts'
import { ascendingNumber } from '#core/row-key.ts'

/** A log in memory that never forgets a claim; it counts its appends. */
export class MemoryEventLog implements EventLog {
  readonly calls = { append: 0, read: 0 }
  readonly shards: number
  private readonly records: LogRecord[][]
  private readonly claims = new Map<string, readonly string[]>()
  private repeats = 0

  constructor(shards: number) {
    this.shards = shards
    this.records = Array.from({ length: shards }, () => [])
  }

  async append(documents: readonly Intake[]): Promise<readonly Taken[]> {
    this.calls.append++
    return documents.map(({ claim, eventIds, records }) => {
      const earlier = claim === undefined ? undefined : this.claims.get(claim.key)
      if (earlier !== undefined) {
        this.repeats++
        return { repeat: true, eventIds: earlier }
      }
      if (claim !== undefined) this.claims.set(claim.key, eventIds)
      for (const { shard, bytes } of records) {
        const place = this.records[shard]!
        place.push({ sequence: ascendingNumber(place.length + 1), bytes })
      }
      return { repeat: false, eventIds }
    })
  }

  async read(shard: number, from: string | undefined, limit: number): Promise<readonly LogRecord[]> {
    this.calls.read++
    return this.records[shard]!.filter(({ sequence }) => from === undefined || sequence >= from).slice(0, limit)
  }

  async status(): Promise<LogStatus> {
    const shards = this.records.map(({ length }) => ({ next: ascendingNumber(length + 1), appended: length }))
    return { shards, repeats: this.repeats }
  }
}
