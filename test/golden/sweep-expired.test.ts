/** The hourly sweep, by the rule of the store that knows partitions. */
import { expect, test } from 'vitest'
import { itemRangeOf } from '#adapters/aws/table-keys.ts'
import { handler as sweep } from '#functions/sweep-expired/handler.ts'
import { IDEMPOTENT } from '#runtime/idempotent.ts'
import { contextWith } from '#runtime/ports.ts'
import { SIGN_IN_ATTEMPTS } from '#runtime/sign-in-limit.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryDynamoStateStore } from '#test/fakes/memory-state-store.ts'
import { portsInTest } from '#test/fakes/ports-in-test.ts'

test('it asks for no range that crosses partitions', async () => {
  const state = new MemoryDynamoStateStore()
  const asked = new Set<string>()
  const { query } = state
  state.query = (of) => {
    asked.add(of.table)
    itemRangeOf(of.table, of.range)
    return query.call(state, of)
  }
  await sweep({}, contextWith(portsInTest({ state }), 'sweep-expired'))
  expect([...asked]).toEqual(expect.arrayContaining(['deliveries', 'notice-deliveries', 'merchant-usage']))
})

const NOW = Date.parse('2026-03-02T10:00:00Z')
const DAY = 24 * 60 * 60_000

test.each([
  [IDEMPOTENT, { request: 'x' }],
  [SIGN_IN_ATTEMPTS, { failures: 1 }],
])('%s: what has come into the place of a row that is over stays', async (table, row) => {
  const state = new MemoryDynamoStateStore()
  const at = { old: NOW - 2 * DAY, renewed: NOW }
  await state.commit(['gone', 'renewed'].map((key) => ({ table, key, row: { ...row, at: at.old } })))
  const { query } = state
  state.query = async (of) => {
    const found = await query.call(state, of)
    if (of.table === table) await state.commit([{ table, key: 'renewed', row: { ...row, at: at.renewed } }])
    return found
  }
  const ports = portsInTest({ state, clock: new FixedClock(NOW) })
  await sweep({}, contextWith(ports, 'sweep-expired'))
  expect(await state.get(table, 'renewed')).toEqual({ ...row, at: at.renewed })
  await sweep({}, contextWith(ports, 'sweep-expired'))
  expect(await state.get(table, 'gone')).toBeUndefined()
})
