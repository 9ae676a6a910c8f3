/** What the command line asks of a running engine beside the API: things that only one machine has. */
import type { FastifyInstance } from 'fastify'
import type { Engine } from './engine.ts'

/** Adds the routes under `/engine`, for its owner alone. */
export function addEngineRoutes(gateway: FastifyInstance, engine: Engine): void {
  gateway.post('/engine/settle', async (_request, reply) => {
    await engine.settled()
    return reply.code(204).send()
  })
}
