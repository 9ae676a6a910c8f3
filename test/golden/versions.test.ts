/** What earlier releases wrote is what this one reads: on AWS both serve for a while, and neither builds rows anew. */
import { describe, expect, it } from 'vitest'
import { itemKeyOf } from '#adapters/aws/table-keys.ts'
import { decodeEvent } from '#core/events/decode-event.ts'
import { recordsOfFrame } from '#core/record-frame.ts'
import { ROW_MIGRATIONS } from '#core/row-migrations.ts'
import { LAKE_NOTES_TABLE } from '#runtime/lake-notes.ts'
import { withMigrations } from '#runtime/migrating-state-store.ts'
import { CHECKPOINT_TABLE, SEEN_IDS_TABLE } from '#runtime/run-batch.ts'
import { MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import {
  type EventLine,
  engineRows,
  foldOn,
  type PlacedRow,
  placedRow,
  presentProjections,
  type RowLine,
  readVersion,
  releases,
} from '#test/fixtures/released-version.ts'

/** What a commit covers differs: their rows are grouped by it. */
const BY_COMMIT: ReadonlySet<string> = new Set([SEEN_IDS_TABLE, LAKE_NOTES_TABLE])

const compared = (versions: Readonly<Record<string, number>>) => (rows: readonly PlacedRow[]) =>
  rows
    .filter(({ table }) => versions[table] === presentProjections[table] && !BY_COMMIT.has(table))
    .map(({ table, key, row }) => [`${table} ${key}`, row] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))

async function holding(rows: readonly RowLine[]): Promise<MemoryStateStore> {
  const state = new MemoryStateStore()
  const writes = rows.map(placedRow)
  if (writes.length > 0) state.commit(writes)
  return state
}

it('there is a release', () => expect(releases()).not.toEqual([]))

describe.each(releases())('what %s wrote:', (release) => {
  const { projections, frame, events, rows } = readVersion(release)
  const names = [...new Set(events.map((it) => it.in))]
  const of = <T extends { readonly in: string }>(name: string, lines: readonly T[]) =>
    lines.filter((it) => it.in === name)
  const earlier = (lines: readonly EventLine[]) => lines.filter(({ part }) => part === 'before')
  const sameTables = compared(projections)

  it('every event is one', () => {
    const taken = events.filter(({ isHeld }) => isHeld === undefined)
    const refused = taken.flatMap(({ record, shard }) => {
      const decoded = decodeEvent(Buffer.from(record), shard)
      return decoded.ok ? [] : [[record, decoded.problems]]
    })
    expect(refused).toEqual([])
  })

  it('a frame of the stream is its records', () => {
    const records = recordsOfFrame('1', Buffer.from(frame, 'base64')).map(({ bytes }) => Buffer.from(bytes).toString())
    expect(records).toEqual(events.slice(0, records.length).map(({ record }) => record))
  })

  it('every row lies where it is looked for', () => {
    for (const line of rows) {
      const { table, key } = placedRow(line)
      expect(itemKeyOf(table, key)).toEqual({ pk: line.pk, sk: line.sk, ...(line.key && { key: line.key }) })
    }
  })

  it('a projection that has changed since, or gone, says how its rows are read', () => {
    const unread = Object.entries(projections).filter(
      ([table, version]) =>
        presentProjections[table] !== version &&
        !ROW_MIGRATIONS.some((it) => it.table === table && it.version === presentProjections[table]),
    )
    expect(unread, 'add to layers/core/row-migrations.ts how rows of the version before are read').toEqual([])
  })

  it.each(names)('rows of %s are those that this code makes', async (name) => {
    const anew = await foldOn(new MemoryStateStore(), earlier(of(name, events)))
    expect(sameTables(of(name, rows).map(placedRow))).toEqual(sameTables(await engineRows(anew)))
  })

  it.each(names)('rows of %s are folded on as if this code had made them', async (name) => {
    const lines = of(name, events)
    const anew = await foldOn(new MemoryStateStore(), lines)
    const lies = await holding(of(name, rows))
    const countBefore = (shard: number) => earlier(lines).filter((it) => it.shard === shard).length
    await foldOn(
      withMigrations(lies, ROW_MIGRATIONS),
      lines.filter(({ part }) => part === 'after'),
      countBefore,
    )
    expect(sameTables(await engineRows(lies))).toEqual(sameTables(await engineRows(anew)))
    const ledgers = async (state: MemoryStateStore) =>
      (await engineRows(state)).filter(({ table }) => table === CHECKPOINT_TABLE)
    expect(await ledgers(lies)).toEqual(await ledgers(anew))
  })
})
