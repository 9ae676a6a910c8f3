/** What the command line does with demand's models: `/engine/demand`. */
import type { FastifyInstance } from 'fastify'
import { TOTALS_OF } from '#core/demand/served-rows.ts'
import {
  manifestOf,
  manifestsOf,
  NoSuchModelError,
  promoteModel,
  readChampion,
  rollBackModel,
} from '#runtime/demand-models.ts'
import { HttpError } from '#runtime/http-handler.ts'
import type { Engine } from './engine.ts'
import { inLines } from './in-lines.ts'
import { bodyOf } from './operator-body.ts'
import { OPERATOR, OWNER } from './owner.ts'

export function addModelRoutes(app: FastifyInstance, engine: Engine): void {
  const { ports } = engine
  const merchantIn = ({ merchant = OWNER.merchantId }: { merchant?: string }): string => merchant
  app.post('/engine/demand/train', (request, reply) => {
    const merchantId = merchantIn(bodyOf(request))
    return inLines(reply, async (progress) => ({ trained: await engine.trainDemand(merchantId, progress) }))
  })
  app.post('/engine/demand/predict', (request, reply) => {
    const merchantId = merchantIn(bodyOf(request))
    return inLines(reply, async () => ({ predicted: (await engine.predictDemand(merchantId)) ?? null }))
  })
  app.post('/engine/demand/sums', (request, reply) => {
    const { by, ...whose } = bodyOf<{ by?: string; merchant?: string }>(request)
    const kind = TOTALS_OF.find((one) => one === by)
    if (kind === undefined) throw new HttpError(422, `\`by\` must be one of ${TOTALS_OF.join(', ')}`)
    return inLines(reply, async () => ({ sums: (await engine.sumDemand(merchantIn(whose), kind)) ?? null }))
  })
  app.get('/engine/demand/models', async (request, reply) => {
    const merchantId = merchantIn(request.query as { merchant?: string })
    const items = await manifestsOf(ports.objects, merchantId)
    return reply.send({ serving: await readChampion(ports.state, merchantId), items })
  })
  app.get<{ Params: { version: string } }>('/engine/demand/models/:version', async (request, reply) => {
    const { version } = request.params
    const manifest = await manifestOf(ports.objects, merchantIn(request.query as { merchant?: string }), version)
    if (manifest === undefined) throw noModel(version)
    return reply.send(manifest)
  })
  app.post('/engine/demand/promote', async (request, reply) => {
    const { version = '', ...whose } = bodyOf<{ version?: string; merchant?: string }>(request)
    return reply.send(await found(() => promoteModel(ports, byOperator(merchantIn(whose)), version)))
  })
  app.post('/engine/demand/rollback', async (request, reply) =>
    reply.send(await found(() => rollBackModel(ports, byOperator(merchantIn(bodyOf(request)))))),
  )
}

const byOperator = (merchantId: string) => ({ ...OPERATOR, merchantId, subject: 'operator' })

const noModel = (version: string) =>
  new HttpError(404, `There is no version ${version} of the demand model: \`counterflow models list\` names them`)

/** What names no version is not found, and says so. */
async function found<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof NoSuchModelError) throw new HttpError(404, capital(error.message))
    throw error
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
