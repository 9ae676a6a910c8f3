/**
 * How many records were ever appended to each shard, by many writers that know nothing of each other: each keeps rows of
 * its own, which it alone overwrites, so that a write that is repeated counts once and nobody waits for anybody.
 *
 * A record is counted before it is put: after a crash in between the count is too high by that one, never too low.
 */
import { type Clock, type Condition, conditionsHold, type IdSource, type StateStore } from '#core/ports.ts'
import { EVERY_KEY, partsOf, rowKey } from '#core/row-key.ts'
import { COUNTER_TABLE, type CounterRow } from './log-rows.ts'

/** A writer that was idle for longer begins rows of its own anew: the old ones may be added up by then. */
const IDLE_MS = 30 * 60_000
const PAST_AFTER_MS = 4 * IDLE_MS
const PAST = 'past'

type CounterPorts = { readonly state: StateStore; readonly clock: Clock; readonly ids: IdSource }

export class RecordCounters {
  private readonly ports: CounterPorts
  private writer = ''
  private writtenAt = Number.NEGATIVE_INFINITY
  private readonly counts = new Map<number, number>()
  private writing: Promise<void> = Promise.resolve()

  constructor(ports: CounterPorts) {
    this.ports = ports
  }

  /** Records by shard; negative where they were not put after all. */
  add(added: ReadonlyMap<number, number>): Promise<void> {
    const next = this.writing.then(() => this.write(added))
    this.writing = next.catch(() => {}) // whoever comes next is not to blame
    return next
  }

  private async write(added: ReadonlyMap<number, number>): Promise<void> {
    const { state, clock, ids } = this.ports
    const at = clock.now()
    if (at - this.writtenAt > IDLE_MS) {
      this.writer = ids.next()
      this.counts.clear()
    }
    this.writtenAt = at
    for (const [shard, records] of added) this.counts.set(shard, (this.counts.get(shard) ?? 0) + records)
    await Promise.all(
      [...added.keys()].map((shard) => {
        const row: CounterRow = { appended: this.counts.get(shard)!, at }
        return state.commitDurable([{ table: COUNTER_TABLE, key: rowKey(String(shard), this.writer), row }])
      }),
    )
  }

  /** By shard. */
  async read(shards: number): Promise<number[]> {
    const totals = Array.from({ length: shards }, () => 0)
    for (const { shard, row } of await this.rows()) if (shard < shards) totals[shard]! += row.appended
    return totals
  }

  /**
   * From now on so many were appended, by shard, whatever was counted. A writer that still runs adds what it has counted
   * since it began: all of them must have ended.
   */
  async replace(appended: readonly number[]): Promise<void> {
    const { state, clock } = this.ports
    const at = clock.now()
    const past = appended.map((n, shard) => {
      const row: CounterRow = { appended: n, at }
      return { table: COUNTER_TABLE, key: rowKey(String(shard), PAST), row }
    })
    const gone = (await this.rows())
      .filter(({ writer }) => writer !== PAST)
      .map(({ key }) => ({ table: COUNTER_TABLE, key, row: undefined }))
    for (const write of [...gone, ...past]) await state.commitDurable([write])
  }

  /** Adds up the rows of writers that are gone. Whoever does so at the same time has done it as well. */
  async foldPast(): Promise<void> {
    const { state, clock } = this.ports
    const rows = await this.rows()
    const before = clock.now() - PAST_AFTER_MS
    for (const shard of new Set(rows.map((row) => row.shard))) {
      const past = rows.find((it) => it.shard === shard && it.writer === PAST)
      const gone = rows
        .filter((it) => it.shard === shard && it.writer !== PAST && it.row.at < before)
        .slice(0, Math.min(50, state.maxItems - 1))
      if (gone.length === 0) continue
      const appended = gone.reduce((sum, { row }) => sum + row.appended, past?.row.appended ?? 0)
      const pastKey = rowKey(String(shard), PAST)
      const unmoved: Condition[] = gone.map(({ key, row }) => ({
        table: COUNTER_TABLE,
        key,
        field: 'at',
        equals: row.at,
      }))
      const pastUnmoved: Condition =
        past === undefined
          ? { table: COUNTER_TABLE, key: pastKey, field: undefined }
          : { table: COUNTER_TABLE, key: pastKey, field: 'appended', equals: past.row.appended }
      const row: CounterRow = { appended, at: clock.now() }
      const writes = [
        { table: COUNTER_TABLE, key: pastKey, row },
        ...gone.map(({ key }) => ({ table: COUNTER_TABLE, key, row: undefined })),
      ]
      await conditionsHold(() => state.commitDurable(writes, [pastUnmoved, ...unmoved]))
    }
  }

  private async rows() {
    const found = await this.ports.state.query({ table: COUNTER_TABLE, range: EVERY_KEY })
    return found.map(({ key, row }) => {
      const [shard, writer] = partsOf(key) as [string, string]
      return { key, shard: Number(shard), writer, row: row as CounterRow }
    })
  }
}
