/** Documents on their way into the stream: written down before they are sent, forgotten when they are in it. */
import {
  type Clock,
  conditionsHold,
  type IdSource,
  type Intake,
  type ObjectStore,
  type StateStore,
} from '#core/ports.ts'
import { packFrame, packLong, unpackFrame } from '#core/record-frame.ts'
import { ascendingTime, EVERY_KEY } from '#core/row-key.ts'
import { CLAIM_TABLE, type ClaimRow, KEEP_CLAIMS_MS, PENDING_TABLE, type PendingRow, pendingKey } from './log-rows.ts'

/** Records by logical shard. */
export type ByShard = ReadonlyMap<number, readonly Uint8Array[]>
/** A pending row and where it lies. */
export type Pending = { readonly key: string; readonly row: PendingRow }
type PendingPorts = {
  readonly state: StateStore
  readonly objects: ObjectStore
  readonly clock: Clock
  readonly ids: IdSource
}

/** A row of DynamoDB holds 400 kB: above this the records go into an object. */
const MOST_ROW_BYTES = 300_000

export class PendingDocuments {
  private readonly ports: PendingPorts

  constructor(ports: PendingPorts) {
    this.ports = ports
  }

  async write(document: Pick<Intake, 'claim' | 'eventIds'>, records: ByShard): Promise<Pending> {
    const id = this.ports.ids.next()
    const { claim, eventIds } = document
    const row: PendingRow = { id, ...(claim && { claim }), eventIds, ...(await this.lanesOf(id, records)) }
    const key = pendingKey(this.ports.clock.now(), id)
    await this.put(key, row)
    return { key, row }
  }

  /** These alone are still to be sent. */
  async keepRest({ key, row }: Pending, rest: ByShard): Promise<void> {
    const { object: _, lanes: __, ...said } = row
    await this.put(key, { ...said, ...(await this.lanesOf(row.id, rest)) })
  }

  async forget({ key, row }: Pending): Promise<void> {
    await this.ports.state.commitDurable([{ table: PENDING_TABLE, key, row: undefined }])
    if (row.object !== undefined) await this.ports.objects.delete(row.object)
  }

  /** Those that came before this, oldest first. */
  async before(ms: number, limit: number): Promise<readonly Pending[]> {
    const range = { from: EVERY_KEY.from, to: ascendingTime(ms) }
    const found = await this.ports.state.query({ table: PENDING_TABLE, range, limit })
    return found.map(({ key, row }) => ({ key, row: row as PendingRow }))
  }

  /** Those of which every event is known are forgotten. Answers how many that were. */
  async forgetKnown(known: (eventId: string) => boolean): Promise<number> {
    const found = await this.ports.state.query({ table: PENDING_TABLE, range: EVERY_KEY })
    const sent = found.filter(({ row }) => (row as PendingRow).eventIds.every(known))
    for (const { key, row } of sent) await this.forget({ key, row: row as PendingRow })
    return sent.length
  }

  async recordsOf({ row: { lanes, object } }: Pending): Promise<ByShard> {
    if (object === undefined) return new Map(lanes.map(({ shard, frame }) => [shard, unpackFrame(frame!)]))
    const bytes = await this.ports.objects.get(object)
    if (bytes === undefined) throw new Error(`the object ${object} of a pending document is not there`)
    const frames = unpackFrame(bytes)
    return new Map(lanes.map(({ shard }, i) => [shard, unpackFrame(frames[i]!)]))
  }

  /** Undefined: the claim is this pending document's now, or was already; else whose it is. */
  async claim({ row }: Pending): Promise<ClaimRow | undefined> {
    if (row.claim === undefined) return undefined
    const { key, keepForEver } = row.claim
    const takenAt = this.ports.clock.now()
    const ends = keepForEver ? {} : { expiresAt: takenAt + KEEP_CLAIMS_MS }
    const mine: ClaimRow = { eventIds: row.eventIds, by: row.id, takenAt, ...ends }
    const free = { table: CLAIM_TABLE, key, field: undefined }
    while (true) {
      if (await conditionsHold(() => this.ports.state.commitDurable([{ table: CLAIM_TABLE, key, row: mine }], [free])))
        return undefined
      const other = (await this.ports.state.get(CLAIM_TABLE, key)) as ClaimRow | undefined
      if (other !== undefined) return other.by === row.id ? undefined : other
    }
  }

  /** Nothing of it is in the stream, and its sender is told so. False: somebody was told already that it is safe. */
  async giveBack(pending: Pending): Promise<boolean> {
    const { claim, id } = pending.row
    if (claim !== undefined) {
      const place = { table: CLAIM_TABLE, key: claim.key }
      const untouched = [
        { ...place, field: 'by', equals: id },
        { ...place, field: 'relied', equals: undefined },
      ]
      if (!(await conditionsHold(() => this.ports.state.commitDurable([{ ...place, row: undefined }], untouched))))
        return false
    }
    await this.forget(pending)
    return true
  }

  private put(key: string, row: PendingRow): Promise<void> {
    return this.ports.state.commitDurable([{ table: PENDING_TABLE, key, row }])
  }

  private async lanesOf(id: string, records: ByShard): Promise<Pick<PendingRow, 'lanes' | 'object'>> {
    const frames = [...records].map(([shard, bytes]) => ({ shard, frame: packFrame(bytes) }))
    if (frames.reduce((sum, { frame }) => sum + frame.length, 0) <= MOST_ROW_BYTES) return { lanes: frames }
    const object = `pending/${id}`
    await this.ports.objects.put(object, packLong(frames.map(({ frame }) => frame)))
    return { lanes: frames.map(({ shard }) => ({ shard })), object }
  }
}
