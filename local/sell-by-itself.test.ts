import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { expect, test } from 'vitest'
import { MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { portsInTest } from '#test/fakes/ports-in-test.ts'
import type { Engine } from './engine.ts'
import { sellByItself } from './sell-by-itself.ts'

/** As long as a turn and a look of the simulator take together, and more. */
const LATER_MS = 600

test('once it has stopped it asks nothing and sells nothing, though it was stopped while it looked', async () => {
  let asked = 0
  const memory = new MemoryStateStore()
  const state: MemoryStateStore = Object.assign(Object.create(memory), {
    get: async (table: string, key: string) => {
      asked++
      await sleep(20)
      return memory.get(table, key)
    },
  })
  const gateway = { inject: async () => ({ statusCode: 202, body: String(asked++) }) } as unknown as FastifyInstance
  const errors: object[] = []
  const options = { rate: 50, seed: 1, stores: 2, products: 10 }
  const selling = sellByItself({ ports: portsInTest({ state }) } as unknown as Engine, gateway, options, (line) =>
    errors.push(line),
  )
  await selling.stop()
  const before = asked
  await sleep(LATER_MS)
  expect([asked, errors]).toEqual([before, []])
  expect(before).toBeGreaterThan(0)
})
