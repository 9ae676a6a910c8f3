import { expect, test } from 'vitest'
import { EVERY_KEY } from '#core/row-key.ts'
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

test('many at once are each decided by themselves, once, with one line in the audit', async () => {
  const engine = new EngineInTest({ shards: 2 })
  const sale = (storeId: string, id: string) => ({
    type: 'sale.recorded',
    at: '2026-03-02T09:00:00Z',
    storeId,
    id,
    data: { orderId: id, productId: 'P', quantity: 1, unitPriceMinor: 1, currency: 'INR' },
  })
  await engine.take(sale('jaipur', 'a'), sale('delhi', 'b'), sale('pune', 'c'))
  const log = new MemoryEventLog(2)
  const ports = portsInTest({ state: engine.store, log })
  const viewer = { ...ownerOf('m'), role: 'store-manager', stores: ['jaipur', 'delhi'] } as const
  const body = { ids: ['b-OVERSOLD', 'c-OVERSOLD', 'a-OVERSOLD', 'a-OVERSOLD', 'never'] }
  const acknowledge = () => ask(handler, ports, 'POST /alerts/acknowledge', { viewer, body })
  const { status, body: answer } = await acknowledge()
  expect(status).toBe(202)
  const fates = ({ items }: typeof answer) => items.map(({ id, fate }: { id: string; fate: string }) => `${id} ${fate}`)
  expect(fates(answer)).toEqual([
    'b-OVERSOLD acknowledged',
    'c-OVERSOLD absent',
    'a-OVERSOLD acknowledged',
    'never absent',
  ])
  expect(log.calls.append).toBe(1)
  const audit = await ports.state.query({ table: 'audit', range: EVERY_KEY })
  expect(audit.map(({ row }) => row)).toMatchObject([
    { what: 'alert.acknowledged', subject: '2 alerts', after: ['b-OVERSOLD', 'a-OVERSOLD'] },
  ])

  const eventIds = answer.items.map(({ eventId }: { eventId: string | null }) => eventId)
  for (let shard = 0; shard < 2; shard++)
    await engine.takeBytes(shard, ...(await log.read(shard, undefined, 10)).map(({ bytes }) => bytes))
  const again = await acknowledge()
  expect(again.status).toBe(200)
  expect(fates(again.body)[0]).toBe('b-OVERSOLD repeat')
  expect(log.calls.append).toBe(1)
  expect(eventIds.filter((id: string | null) => id !== null)).toHaveLength(2)
})

test.each([[[]], [Array.from({ length: 201 }, (_, n) => `a${n}`)], [['']], ['all']])(
  '%j are no alerts',
  async (ids) => {
    const asked = { viewer: ownerOf('m'), body: { ids } }
    expect((await ask(handler, portsInTest(), 'POST /alerts/acknowledge', asked)).status).toBe(422)
  },
)

test('an alert that became critical is found by its id, and one that is over is not', async () => {
  const engine = new EngineInTest()
  const at = Date.parse('2026-03-02T09:00:00Z')
  const sale = (id: string, quantity: number) => ({
    type: 'sale.recorded',
    at,
    id,
    data: { orderId: id, productId: 'P', quantity, unitPriceMinor: 1, currency: 'INR' },
  })
  const ports = portsInTest({ state: engine.store })
  const statusOf = async () =>
    (
      await ask(handler, ports, 'POST /alerts/{id}/acknowledge', {
        viewer: ownerOf('m'),
        params: { id: 'b-LOW_STOCK' },
      })
    ).status
  await engine.take({ type: 'stock.received', at, data: { productId: 'P', quantity: 30 } }, sale('a', 1), sale('b', 4))
  expect((await engine.onlyRow('open-alerts')).severity).toBe('WARNING')
  await engine.take(sale('c', 9))
  expect((await engine.onlyRow('open-alerts')).severity).toBe('CRITICAL')
  expect(await statusOf()).toBe(202)
  await engine.take({ type: 'stock.received', at, data: { productId: 'P', quantity: 10_000 } })
  expect(await engine.rows('alert-places')).toEqual({})
  expect(await statusOf()).toBe(404)
})
