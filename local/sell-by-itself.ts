/** The simulator at the demo's own doors: it sells like anyone else while nothing is connected. */
import type { FastifyInstance } from 'fastify'
import { SIMULATOR, SIMULATOR_LIVE } from '#core/events/simulator-source.ts'
import { type DemoOptions, isOnlineTrade } from '#core/simulator/live-demo.ts'
import type { SimulatedDocument } from '#core/simulator/world.ts'
import { modeOf, simulatorConnection } from '#runtime/demo-doors.ts'
import { signStandardWebhooks } from '#runtime/proofs.ts'
import { DemoSimulator } from './demo-simulator.ts'
import type { Engine } from './engine.ts'
import { OWNER } from './owner.ts'

/** It hears within this time that something was connected. */
const LOOK_MS = 250

/** Runs until `stop`. */
export function sellByItself(
  engine: Engine,
  gateway: FastifyInstance,
  options: DemoOptions,
  log: (line: object) => void,
): { readonly stop: () => Promise<void> } {
  const { ports } = engine
  const onError = (error: unknown) =>
    log({ level: 'error', message: 'the simulator could not sell, and will try again', error: String(error) })
  const send = async (url: string, headers: object, payload: object | Buffer): Promise<void> => {
    const { statusCode, body } = await gateway.inject({
      method: 'POST',
      url,
      headers: { host: 'localhost', ...headers },
      payload,
    })
    if (statusCode >= 400) throw new Error(`${statusCode}: ${body.slice(0, 500)}`)
  }
  /** Tills, storefronts and everything that is no trade. */
  const collect = async (events: readonly SimulatedDocument[]): Promise<void> => {
    if (events.length === 0) return
    const token = await ports.identity.issueForMachine(OWNER)
    await send(`/collect?source=${SIMULATOR_LIVE}`, { authorization: `Bearer ${token}` }, { events })
  }
  /** Orders of the online shop, one message each, signed. */
  const deliver = async (documents: readonly SimulatedDocument[]): Promise<void> => {
    if (documents.length === 0) return
    const { connection, secret } = await simulatorConnection(ports)
    for (const document of documents) {
      const body = Buffer.from(JSON.stringify(document))
      const headers = signStandardWebhooks(secret, document.id, ports.clock.now(), body)
      await send(`/integrations/${SIMULATOR}/webhook/${connection.id}`, headers, body)
    }
  }
  const post = async (documents: readonly SimulatedDocument[]): Promise<void> => {
    await collect(documents.filter((document) => !isOnlineTrade(document)))
    await deliver(documents.filter(isOnlineTrade))
  }
  let isPaused = true
  /** Of the look that is under way. */
  let looked: Promise<void> | undefined
  const look = (): Promise<void> => {
    looked ??= lookNow()
      .catch(onError)
      .finally(() => {
        looked = undefined
      })
    return looked
  }
  const lookNow = async () => {
    const { connection } = await simulatorConnection(ports)
    isPaused = connection.status === 'paused' || (await modeOf(ports.state, OWNER.merchantId)) === 'live'
  }
  const looking = setInterval(look, LOOK_MS)
  const simulator = new DemoSimulator({ post, isPaused: () => isPaused, clock: ports.clock, onError }, options)
  const started = look().then(() => simulator.start())
  return {
    stop: async () => {
      clearInterval(looking)
      await started
      await looked
      await simulator.stop()
    },
  }
}
