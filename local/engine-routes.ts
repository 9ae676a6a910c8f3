/** What the command line asks of an engine beside the API: things that only one machine has. */
import { join, resolve } from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { RAW } from '#core/lake/raw-names.ts'
import { problem, replyToError } from '#runtime/http-handler.ts'
import { tokenIn } from '#runtime/session-cookie.ts'
import { logRecords } from './archive.ts'
import type { Engine } from './engine.ts'
import { answer } from './gateway.ts'
import { inLines } from './in-lines.ts'
import { addMerchantRoutes } from './merchant-routes.ts'
import { addModelRoutes } from './model-routes.ts'
import { bodyOf } from './operator-body.ts'
import { OPERATOR } from './owner.ts'
import { StartError } from './start-error.ts'

/** Adds the routes under `/engine`, for its owner alone. Long work answers in lines of JSON: progress, then the result. */
export function addEngineRoutes(gateway: FastifyInstance, engine: Engine): void {
  gateway.register(async (app) => {
    app.addHook('onRequest', async (request, reply) => {
      const token = tokenIn({ authorization: request.headers.authorization }, [])
      const viewer = token === undefined ? undefined : await engine.ports.identity.verify(token)
      return viewer?.merchantId === OPERATOR.merchantId
        ? undefined
        : answer(reply, problem(401, 'Only the command line of whoever runs the engine may ask this'))
    })
    app.setErrorHandler((error, _request, reply) => {
      const told = replyToError(error)
      if (told === undefined) throw error
      return answer(reply, told)
    })
    app.post('/engine/settle', async (_request, reply) => {
      await engine.settled()
      return reply.code(204).send()
    })
    app.post('/engine/lake', (_request, reply) =>
      inLines(reply, async () => ({ folder: join(engine.folder.objects, RAW), shards: await engine.fillLake() })),
    )
    // Runs that were asked for, of all merchants, to their ends.
    app.post('/engine/runs', (_request, reply) =>
      inLines(reply, async (progress) => {
        await engine.chains.runOpen(progress)
        return {}
      }),
    )
    app.post('/engine/seal', (_request, reply) => inLines(reply, (progress) => engine.seal(progress)))
    app.post('/engine/verify', (request, reply) => {
      const { from } = bodyOf<{ from?: string }>(request)
      return inLines(reply, (progress) => engine.verify(from === 'start' ? 'start' : 'seal', progress))
    })
    app.post('/engine/backup', async (request, reply) => {
      const { to } = bodyOf<{ to?: string }>(request)
      if (typeof to !== 'string' || resolve(to) !== to)
        return answer(reply, problem(422, '`to` must be an absolute path'))
      try {
        await engine.backup(to)
      } catch (error) {
        if (error instanceof StartError) return answer(reply, problem(409, error.message))
        throw error
      }
      return reply.send({ to })
    })
    addMerchantRoutes(app, engine)
    addModelRoutes(app, engine)
    app.get('/engine/events', (request, reply) => sendEvents(engine, request, reply))
  })
}

const MAX_EVENTS = 1_000

/** Events of the log after `after` (by shard, comma-separated; absent: the newest few), oldest first in each shard. */
async function sendEvents(
  { eventLog, folder }: Engine,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { after, limit = '20' } = request.query as { after?: string; limit?: string }
  const { shards } = await eventLog.status()
  const count = Math.min(MAX_EVENTS, Number(limit) || 20)
  const from = after?.split(',') ?? shards.map(({ next }) => back(next, count))
  const events: { shard: number; sequence: string; event: string }[] = []
  for (let shard = 0; shard < folder.shards; shard++) {
    for await (const batch of logRecords(eventLog)(shard, from[shard] ?? '')) {
      for (const { sequence, bytes } of batch.slice(0, count))
        events.push({ shard, sequence, event: Buffer.from(bytes).toString('utf8') })
      break
    }
  }
  const reached = from.map((sequence, shard) => events.findLast((event) => event.shard === shard)?.sequence ?? sequence)
  return reply.send({ events, after: reached.join(',') })
}

const back = (next: string, count: number): string =>
  String(Math.max(0, Number(next) - count - 1)).padStart(next.length, '0')
