/** The simulator at the demo's own door: it sells like anyone else while nothing is connected. */
import type { FastifyInstance } from 'fastify'
import { SIMULATOR_LIVE } from '#core/events/simulator-source.ts'
import type { SimulatedDocument } from '#core/simulator/world.ts'
import { modeOf } from '#runtime/demo-doors.ts'
import { DemoSimulator, type DemoSimulatorOptions } from './demo-simulator.ts'
import type { Engine } from './engine.ts'
import { OWNER } from './owner.ts'

/** It hears within this time that something was connected. */
const LOOK_MS = 250

/** Runs until `stop`. */
export function sellByItself(
  engine: Engine,
  gateway: FastifyInstance,
  options: DemoSimulatorOptions,
  log: (line: object) => void,
): { readonly stop: () => Promise<void> } {
  const { state, clock, identity } = engine.ports
  const onError = (error: unknown) =>
    log({ level: 'error', message: 'the simulator could not sell, and will try again', error: String(error) })
  const post = async (events: readonly SimulatedDocument[]): Promise<void> => {
    const token = await identity.issue(OWNER, 'session', 'simulator')
    const headers = { host: 'localhost', authorization: `Bearer ${token}` }
    const url = `/collect?source=${SIMULATOR_LIVE}`
    const { statusCode, body } = await gateway.inject({ method: 'POST', url, headers, payload: { events } })
    if (statusCode >= 400) throw new Error(`${statusCode}: ${body.slice(0, 500)}`)
  }
  let isPaused = true
  const look = async () => {
    isPaused = (await modeOf(state, OWNER.merchantId)) === 'live'
  }
  const looking = setInterval(() => void look().catch(onError), LOOK_MS)
  const simulator = new DemoSimulator({ post, isPaused: () => isPaused, clock, onError }, options)
  void look()
    .catch(onError)
    .then(() => simulator.start())
  return {
    stop: async () => {
      clearInterval(looking)
      await simulator.stop()
    },
  }
}
