/** The hourly sweep, by the rule of the store that knows partitions. */
import { expect, test } from 'vitest'
import { itemRangeOf } from '#adapters/aws/table-keys.ts'
import { handler as sweep } from '#functions/sweep-expired/handler.ts'
import { contextWith } from '#runtime/ports.ts'
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
