import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { MetricsAnswer } from '#core/api/metrics.ts'
import type { QualityAnswer } from '#core/api/quality.ts'
import type { StockAnswer } from '#core/api/stock.ts'
import { openDoor } from '#local/import/collect-door.ts'
import { sendHistory } from '#local/simulate/simulate-history.ts'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { ofType, simulated } from '#test/fixtures/simulated-history.ts'
import { run } from './running-engine.ts'

const DAYS = 4
const DAY_MS = 86_400_000
const UNTIL_MS = Math.floor(Date.now() / DAY_MS) * DAY_MS
const OPTIONS = { seed: 7, stores: 4, products: 40, mode: 'history', eventsPerDay: 2_000 } as const

it('the engine’s book of a made-up history is the world’s own', async () => {
  const door = await openDoor(join(temporaryFolder(), 'data'))
  onTestFinished(() => door.close())
  const request = { options: OPTIONS, fromMs: UNTIL_MS - DAYS * DAY_MS, untilMs: UNTIL_MS }
  const summary = await sendHistory(request, door)
  expect([summary.accepted, summary.repeats, summary.held]).toEqual([summary.events, 0, 0])

  const from = new Date(UNTIL_MS - DAYS * DAY_MS).toISOString()
  const told = simulated({ ...OPTIONS, days: DAYS, from })
  const { stores, products, assortments, firstPair, onHand } = told.world
  for (const [i, { id, profile }] of stores.entries()) {
    const { items } = (await door.ask('GET', `/stock?store=${id}&limit=100`)).body as StockAnswer
    const inEngine = new Map(items.map((item) => [item.productId, item.onHand]))
    for (const [slot, product] of assortments[profile]!.products.entries()) {
      const { id: productId } = products[product]!
      expect([id, productId, inEngine.get(productId)]).toEqual([id, productId, onHand[firstPair[i]! + slot]])
    }
  }
  const span = `from=${from}&to=${new Date(UNTIL_MS).toISOString()}`
  const { counts } = (await door.ask('GET', `/metrics?${span}`)).body as MetricsAnswer
  const orders = new Set(ofType(told, 'sale.recorded').map(({ data }) => data.orderId))
  expect(counts.orders.value).toBe(orders.size)

  expect(((await door.ask('GET', '/quality')).body as QualityAnswer).late).toBe(0)

  const again = await sendHistory(request, door)
  expect([again.accepted, again.repeats]).toEqual([0, summary.events])
})

it('the command writes one history for one seed', async () => {
  const folder = temporaryFolder()
  const simulate = async (name: string) => {
    const path = join(folder, name)
    const args = ['simulate', '--days', '2', '--until', '2026-03-03', '--seed', '7', '--to', path, '--json']
    const { child, ended } = run([...args, '--events-per-day', '1000'])
    let printed = ''
    child.stdout!.on('data', (chunk) => {
      printed += chunk
    })
    expect(await ended).toBe(0)
    return JSON.parse(printed) as { file: string; events: number; from: string }
  }
  const { from, events, file } = await simulate('one.ndjson')
  expect([from, file]).toEqual(['2026-03-01T00:00:00.000Z', join(folder, 'one.ndjson')])
  expect((await simulate('two.ndjson')).events).toBe(events)
  expect(readFileSync(join(folder, 'two.ndjson')).equals(readFileSync(file))).toBe(true)
})
