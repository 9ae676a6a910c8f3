import { expect, test } from 'vitest'
import { EngineInTest } from '#test/fakes/engine-in-test.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

test('an alert of another store is not there for a person who may not see it', async () => {
  const engine = new EngineInTest({ shards: 2 })
  const line = { orderId: 'o', productId: 'P', quantity: 1, unitPriceMinor: 1, currency: 'INR' }
  await engine.take({ type: 'sale.recorded', at: '2026-03-02T09:00:00Z', storeId: 'jaipur', id: 'e', data: line })
  const log = new MemoryEventLog(2)
  const ports = portsInTest({ state: engine.store, log })
  const acknowledge = async (...stores: string[]) => {
    const viewer = { ...ownerOf('m'), role: 'store-manager', stores } as const
    const asked = { viewer, params: { id: 'e-OVERSOLD' } }
    return (await ask(handler, ports, 'POST /alerts/{id}/acknowledge', asked)).status
  }
  expect(await acknowledge('delhi')).toBe(404)
  expect(log.calls.append).toBe(0)
  expect(await acknowledge('delhi', 'jaipur')).toBe(202)
  expect(log.calls.append).toBe(1)
})
