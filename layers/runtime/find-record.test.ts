import { expect, test } from 'vitest'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { findRecord } from './find-record.ts'

const START = Date.parse('2026-03-02T10:00:00Z')
const event = (n: number, id = `e${n}`) => ({
  id,
  merchantId: 'm',
  storeId: 's',
  source: 'amazon',
  type: 'sale.recorded',
  version: 1,
  occurredAt: new Date(START + n * 1_000).toISOString(),
  receivedAt: new Date(START + n * 1_000).toISOString(),
  businessDate: '2026-03-02',
  data: { orderId: 'o', note: '"id":"e7"' },
})
async function logOf(...events: (object | string)[]): Promise<MemoryEventLog> {
  const log = new MemoryEventLog(1)
  await log.append(
    events.map((one) => {
      const bytes = Buffer.from(typeof one === 'string' ? one : JSON.stringify(one))
      return { eventIds: [], records: [{ shard: 0, bytes }] }
    }),
  )
  return log
}

test('an event is found by about when it was taken, without reading the whole log', async () => {
  const log = await logOf(...Array.from({ length: 60_000 }, (_, n) => event(n)))
  for (const n of [0, 1, 30_000, 59_999]) {
    expect(await findRecord(log, 0, `e${n}`, START + n * 1_000)).toMatchObject({ id: `e${n}`, duplicates: 0, shard: 0 })
  }
  // Of one that came later than it happened, the time is a time before.
  expect(await findRecord(log, 0, 'e30000', START + 20_000_000)).toMatchObject({ sequence: '0000000000030001' })
  expect(await findRecord(log, 0, 'e30000', START)).toBe(undefined)
  expect(await findRecord(log, 0, 'e59000', undefined)).toMatchObject({ id: 'e59000' })
  expect(await findRecord(log, 0, 'e30000', undefined)).toBe(undefined)
  expect(await findRecord(log, 0, 'e57000', undefined, 3_000)).toMatchObject({ id: 'e57000' })
  expect(await findRecord(log, 0, 'e56999', undefined, 3_000)).toBe(undefined)
  log.calls.read = 0
  await findRecord(log, 0, 'e30000', START + 30_000_000)
  expect(log.calls.read).toBeLessThan(35)
})

test('what came again is counted, and what cannot be read is passed over', async () => {
  const log = await logOf(
    '{',
    event(1),
    'broken "id":"e2"',
    { ...event(2), occurredAt: 'never' },
    event(2),
    event(3),
    event(2),
  )
  expect(await findRecord(log, 0, 'e2', START)).toMatchObject({ sequence: '0000000000000005', duplicates: 1 })
  expect(await findRecord(log, 0, 'e7', START)).toBe(undefined)
  expect(await findRecord(new MemoryEventLog(1), 0, 'e2', START)).toBe(undefined)
})
