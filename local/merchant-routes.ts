/** What whoever runs the engine decides about merchants: `/engine/merchants`. */
import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { EVENT_TYPES } from '#core/events/catalogue.ts'
import { decodeEvent, problemsOf } from '#core/events/decode-event.ts'
import { Id } from '#core/events/envelope.ts'
import { audited, type Change } from '#runtime/audit.ts'
import { HttpError, unprocessable } from '#runtime/http-handler.ts'
import { addMerchant, allMerchants, findMerchant, setMerchantStatus } from '#runtime/merchants.ts'
import type { Ports } from '#runtime/ports.ts'
import { removeMerchant } from '#runtime/remove-merchant.ts'
import { allRecords } from './archive.ts'
import type { Engine } from './engine.ts'
import { answer } from './gateway.ts'
import { bodyOf } from './operator-body.ts'
import { OPERATOR } from './owner.ts'

const merchantRequest = z.object({
  id: Id.regex(/^[a-z0-9][a-z0-9-]*$/, 'is made of lower-case letters, digits and hyphens').max(63),
  name: Id,
  eventsPerDay: z.int().min(1).optional(),
  connections: z.int().min(0).optional(),
  people: z.int().min(0).optional(),
})

export function addMerchantRoutes(app: FastifyInstance, engine: Engine): void {
  const { ports } = engine
  app.get('/engine/merchants', async (_request, reply) => reply.send({ items: await allMerchants(ports.state) }))
  app.post('/engine/merchants', async (request, reply) => {
    const asked = merchantRequest.safeParse(bodyOf(request))
    if (!asked.success) return answer(reply, unprocessable(problemsOf(asked.error)))
    const { id, ...after } = asked.data
    const made = await byOperator(ports, id, { what: 'merchant.added', subject: id, after }, () =>
      addMerchant(ports, asked.data),
    )
    return reply.code(201).send(made)
  })
  for (const [what, work] of [
    ['suspend', (id: string) => setMerchantStatus(ports.state, id, 'suspended')],
    ['resume', (id: string) => setMerchantStatus(ports.state, id, 'active')],
    ['remove', (id: string) => removeMerchant(ports, id)],
  ] as const) {
    app.post<{ Params: { id: string } }>(`/engine/merchants/:id/${what}`, async ({ params: { id } }, reply) =>
      reply.send(await byOperator(ports, id, { what: `merchant.${what}`, subject: id }, () => work(id))),
    )
  }
  const merchantOf = async (id: string) => {
    const merchant = await findMerchant(ports.state, id)
    if (merchant === undefined)
      throw new HttpError(404, `There is no merchant ${id}: \`counterflow merchant list\` names them`)
    return merchant
  }
  app.get<{ Params: { id: string } }>('/engine/merchants/:id', async (request, reply) =>
    reply.send(await merchantOf(request.params.id)),
  )
  app.get<{ Params: { id: string } }>('/engine/merchants/:id/events', async (request, reply) => {
    const { id } = await merchantOf(request.params.id)
    return reply.type('application/x-ndjson').send(Readable.from(eventsOf(engine, id)))
  })
}

/** What whoever runs the engine does to a merchant is in that merchant's audit. */
const byOperator = <T>(ports: Ports, merchantId: string, change: Change, work: () => Promise<T>): Promise<T> =>
  audited(ports, { ...OPERATOR, merchantId, subject: 'operator' }, change, work)

/** Each event once, as it lies in the log and its archive: one that goes to every shard is told by the first. */
async function* eventsOf({ eventLog, ports, folder }: Engine, merchantId: string): AsyncGenerator<string> {
  const records = allRecords(eventLog, ports.objects)
  for (let shard = 0; shard < folder.shards; shard++) {
    for await (const batch of records(shard, '')) {
      for (const { bytes } of batch) {
        const event = decodeEvent(bytes, shard)
        if (!event.ok || event.value.merchantId !== merchantId) continue
        if (shard === 0 || !EVENT_TYPES.get(event.value.type)!.everyShard) yield `${Buffer.from(bytes)}\n`
      }
    }
  }
}
