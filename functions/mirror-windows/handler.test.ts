import { describe, expect, test } from 'vitest'
import { TimestreamWindowMirror } from '#adapters/aws/timestream-window-mirror.ts'
import { addMerchant } from '#runtime/merchants.ts'
import { contextWith } from '#runtime/ports.ts'
import { EngineInTest } from '#test/fakes/engine-in-test.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { portsInTest } from '#test/fakes/ports-in-test.ts'
import { TimestreamModel } from '#test/fakes/timestream-model.ts'
import { handler } from './handler.ts'

const SHARDS = 4

/** An engine of one merchant with two stores in different shards, beside a Timestream. */
async function shop() {
  const engine = new EngineInTest({ shards: SHARDS })
  const model = new TimestreamModel()
  const clock = new FixedClock('2026-03-02T10:00:00Z')
  const windows = new TimestreamWindowMirror({ client: model.client, databaseName: 'd', tableName: 't' })
  const ports = portsInTest({ state: engine.store, log: new MemoryEventLog(SHARDS), clock, windows })
  await addMerchant(ports, { id: 'm', name: 'M' })
  let orders = 0
  const sell = (storeId: string, at: string, receivedAt = at) =>
    engine.take({
      type: 'sale.recorded',
      storeId,
      at,
      receivedAt,
      data: {
        orderId: `o${++orders}`,
        line: 1,
        lines: 1,
        productId: 'p',
        quantity: 2,
        unitPriceMinor: 500,
        currency: 'INR',
      },
    })
  const run = async (at: string) => {
    clock.set(at)
    await handler({}, contextWith(ports, 'mirror-windows'))
  }
  const linesAt = (what: string, at: string) => model.records.get(`m/${what}/${Date.parse(at)}`)?.values.lines
  return { engine, model, ports, sell, run, linesAt }
}

describe('a minute', () => {
  test('goes when it is final, added over its shards, in total, by store and by product', async () => {
    const { sell, run, model } = await shop()
    await sell('s1', '2026-03-02T10:00:10Z')
    await sell('s2', '2026-03-02T10:00:20Z')
    await run('2026-03-02T10:05:59Z')
    expect(model.records.size).toBe(0)
    await run('2026-03-02T10:06:00Z')
    const of = (lines: string, gross: string) => expect.objectContaining({ lines, gross_INR: gross })
    const at = Date.parse('2026-03-02T10:00:00Z')
    expect(Object.fromEntries([...model.records].map(([key, { values }]) => [key, values]))).toEqual({
      [`m/total/-/${at}`]: of('2', '2000'),
      [`m/store/s1/${at}`]: of('1', '1000'),
      [`m/store/s2/${at}`]: of('1', '1000'),
      [`m/product/p/${at}`]: of('2', '2000'),
    })
  })

  test('is written once while nothing changes', async () => {
    const { sell, run, model } = await shop()
    await sell('s1', '2026-03-02T10:00:10Z')
    await run('2026-03-02T10:06:00Z')
    const { write } = model.calls
    await run('2026-03-02T10:07:00Z')
    await run('2026-03-02T10:08:00Z')
    expect(model.calls.write).toBe(write)
  })

  test('that something came late into goes once more, within an hour', async () => {
    const { sell, run, linesAt } = await shop()
    await sell('s1', '2026-03-02T10:00:10Z')
    await run('2026-03-02T10:06:00Z')
    await sell('s1', '2026-03-02T10:20:00Z')
    await sell('s1', '2026-03-02T10:00:30Z', '2026-03-02T10:20:01Z')
    for (let minute = 7; minute < 60; minute++) await run(`2026-03-02T10:${String(minute).padStart(2, '0')}:00Z`)
    expect(linesAt('store/s1', '2026-03-02T10:00:00Z')).toBe('1')
    await run('2026-03-02T11:06:00Z')
    expect(linesAt('store/s1', '2026-03-02T10:00:00Z')).toBe('2')
    expect(linesAt('total/-', '2026-03-02T10:00:00Z')).toBe('2')
  })
})

test.each(['throttle', 'silent'] as const)(
  '%s: the run fails, and the next one brings the same minutes',
  async (trouble) => {
    const { sell, run, model, linesAt } = await shop()
    await sell('s1', '2026-03-02T10:00:10Z')
    model.troubles.push(trouble)
    await expect(run('2026-03-02T10:06:00Z')).rejects.toThrow()
    await run('2026-03-02T10:07:00Z')
    expect(linesAt('store/s1', '2026-03-02T10:00:00Z')).toBe('1')
    expect(model.records.size).toBe(3)
  },
)

test('after a long rest it catches up by an hour a run', async () => {
  const { sell, run, linesAt } = await shop()
  await run('2026-03-02T10:06:00Z')
  await sell('s1', '2026-03-02T10:30:00Z')
  await sell('s1', '2026-03-02T12:00:00Z')
  await run('2026-03-02T13:06:00Z')
  expect([linesAt('store/s1', '2026-03-02T10:30:00Z'), linesAt('store/s1', '2026-03-02T12:00:00Z')]).toEqual([
    '1',
    undefined,
  ])
  await run('2026-03-02T13:07:00Z')
  expect(linesAt('store/s1', '2026-03-02T12:00:00Z')).toBe('1')
})

test('without a mirror it does nothing', async () => {
  const { ports, model } = await shop()
  await handler({}, contextWith({ ...ports, windows: undefined }, 'mirror-windows'))
  expect(model.calls.write).toBe(0)
})
