import { describe, expect, test } from 'vitest'
import { LogFullError } from '#core/ports.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { EngineInTest } from '#test/fakes/engine-in-test.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { MemoryDynamoStateStore, MemoryStateStore } from '#test/fakes/memory-state-store.ts'
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
    {
      what: 'alert.acknowledged',
      subject: '2 alerts',
      before: { state: 'open' },
      after: { state: 'acknowledged', alerts: ['b-OVERSOLD', 'a-OVERSOLD'] },
    },
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

describe.each([
  ['one machine', () => new MemoryStateStore()],
  ['DynamoDB', () => new MemoryDynamoStateStore()],
])('of two who acknowledge at once, before any row knows of it, on %s', (_, newStore) => {
  const AT = Date.parse('2026-03-02T09:00:00Z')
  /** More than a transaction holds. */
  const ALERTS = 150
  const withAlerts = async () => {
    const engine = new EngineInTest({ store: newStore() })
    const ids = Array.from({ length: ALERTS }, (_, n) => `a${n}-OVERSOLD`)
    const line = { quantity: 1, unitPriceMinor: 1, currency: 'INR' }
    await engine.take(
      ...ids.map((_id, n) => ({
        type: 'sale.recorded',
        at: AT,
        id: `a${n}`,
        data: { ...line, orderId: `a${n}`, productId: `P${n}` },
      })),
    )
    const log = new MemoryEventLog(1)
    const clock = new FixedClock(AT)
    const ports = portsInTest({ state: engine.store, log, clock })
    const viewer = ownerOf('m')
    const one = (id: string) => ask(handler, ports, 'POST /alerts/{id}/acknowledge', { viewer, params: { id } })
    const many = async (some: readonly string[]) => {
      const { status, body } = await ask(handler, ports, 'POST /alerts/acknowledge', { viewer, body: { ids: some } })
      return { status, fates: body.items?.map(({ fate }: { fate: string }) => fate) as string[] }
    }
    const appended = async () =>
      (await log.read(0, undefined, 1_000)).map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString()).data.alertId)
    const audited = async () => (await ports.state.query({ table: 'audit', range: EVERY_KEY })).length
    return { engine, ids, log, clock, one, many, appended, audited }
  }

  test('one is told that it is a repeat, and there is one event, and one line in the audit', async () => {
    const { ids, one, appended, audited } = await withAlerts()
    const both = await Promise.all([one(ids[0]!), one(ids[0]!)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 202])
    expect(both.find(({ status }) => status === 200)!.body).toEqual({ eventIds: [], repeat: true })
    expect((await one(ids[0]!)).status).toBe(200)
    expect([await appended(), await audited()]).toEqual([[ids[0]], 1])
  })

  test('among many each alert is one’s', async () => {
    const { ids, one, many, appended } = await withAlerts()
    const [early, late] = [ids.slice(0, 120), ids.slice(30)]
    const all = await Promise.all([many(early), many(late), one(ids[75]!)])
    const words = [...all[0].fates, ...all[1].fates, all[2].status === 202 ? 'acknowledged' : 'repeat']
    expect(words.filter((fate) => fate === 'acknowledged')).toHaveLength(ALERTS)
    expect(words.filter((fate) => fate === 'repeat')).toHaveLength(91)
    expect((await appended()).toSorted()).toEqual(ids.toSorted())
    expect(await many(ids)).toEqual({ status: 200, fates: ids.map(() => 'repeat') })
  })

  test('what could not be appended is nobody’s', async () => {
    const { ids, log, many, appended, audited } = await withAlerts()
    const { append } = log
    log.append = () => Promise.reject(new LogFullError('full', 1))
    expect((await many(ids)).status).toBe(503)
    log.append = append
    expect([await appended(), await audited()]).toEqual([[], 0])
    expect(await many(ids)).toEqual({ status: 202, fates: ids.map(() => 'acknowledged') })
  })

  test('half a minute later the row alone counts', async () => {
    const { ids, clock, one, appended } = await withAlerts()
    expect((await one(ids[0]!)).status).toBe(202)
    clock.set(AT + 29_999)
    expect((await one(ids[0]!)).status).toBe(200)
    clock.set(AT + 30_000)
    expect((await one(ids[0]!)).status).toBe(202)
    expect(await appended()).toEqual([ids[0], ids[0]])
  })
})
