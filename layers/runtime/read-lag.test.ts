import { describe, expect, test } from 'vitest'
import { ascendingNumber } from '#core/row-key.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { readLag } from './read-lag.ts'
import { CHECKPOINT_TABLE, type Checkpoint, NO_CHECKPOINT } from './run-batch.ts'

const NOW = Date.parse('2026-03-02T10:00:10Z')
const second = (n: number) => new Date(NOW - 10_000 + n * 1_000).toISOString()

/** A log of two shards with a record a second; checkpoints after so many of them. */
async function lagAfter(
  taken: readonly number[],
  records: readonly number[],
  more: { dropped?: number; text?: string } = {},
) {
  const log = new MemoryEventLog(2)
  for (const [shard, count] of records.entries()) {
    for (let n = 0; n < count; n++) {
      const bytes = Buffer.from(more.text ?? JSON.stringify({ id: `e${n}`, receivedAt: second(n), data: {} }))
      await log.append([{ eventIds: [], records: [{ shard, bytes }] }])
    }
  }
  const { dropped = 0 } = more
  const read = log.read.bind(log)
  log.read = async (shard, from, limit) =>
    (await read(shard, from, 10_000)).filter(({ sequence }) => sequence > ascendingNumber(dropped)).slice(0, limit)
  const state = new MemoryStateStore()
  for (const [shard, count] of taken.entries()) {
    const row: Checkpoint = { ...NO_CHECKPOINT, sequence: ascendingNumber(count), applied: count }
    if (count > 0) state.commit([{ table: CHECKPOINT_TABLE, key: String(shard), row }])
  }
  return readLag(log, state, NOW)
}

describe('the lag', () => {
  test.each([
    ['nothing ever came', [0, 0], [0, 0], 0],
    ['all is in the rows', [5, 2], [5, 2], 0],
    ['nothing is yet', [0, 0], [5, 0], 10_000],
    ['the second record waits', [1, 0], [5, 0], 9_000],
    ['the last waits', [4, 2], [5, 2], 6_000],
    ['the shard that is further behind counts', [4, 1], [5, 2], 9_000],
  ])('when %s', async (_when, taken, records, lagMs) => {
    expect(await lagAfter(taken, records)).toBe(lagMs)
  })

  test('is right when the record at the checkpoint was let go', async () => {
    expect(await lagAfter([3, 0], [5, 0], { dropped: 3 })).toBe(7_000)
  })

  test.each(['', 'not JSON', '{"receivedAt":"yesterday"}', '{"receivedAt":5}'])(
    'is 0 where %j waits, which does not say when it came',
    async (text) => {
      expect(await lagAfter([0, 0], [1, 0], { text })).toBe(0)
    },
  )
})
