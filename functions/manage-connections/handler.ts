import type { ConnectionChange, ProviderConnection } from '#core/access/provider-connection.ts'
import {
  type ConnectionItem,
  connectionRequest,
  connectionsAnswer,
  deliveriesAnswer,
  deliveryAnswer,
  newConnectionAnswer,
  redeliveryAnswer,
  rotateAnswer,
  rotateRequest,
} from '#core/api/connections.ts'
import { problemsOf } from '#core/events/decode-event.ts'
import { senderOf } from '#core/sources/registry.ts'
import { OVERLAP_HOURS, rotateSecret } from '#runtime/connection-secrets.ts'
import { type Delivery, deliveriesOf, deliveryOf } from '#runtime/delivery-log.ts'
import {
  HttpError,
  type HttpReply,
  type HttpRequest,
  httpHandler,
  json,
  jsonIn,
  unprocessable,
  viewerIn,
} from '#runtime/http-handler.ts'
import { findMerchant } from '#runtime/merchants.ts'
import type { Ports } from '#runtime/ports.ts'
import { addConnection, changeConnection, connectionsOf, ownConnection } from '#runtime/provider-connections.ts'
import { TEST_DOCUMENT, takeAgain, takeTrusted } from '#runtime/take-delivery.ts'

/** A merchant opens, watches and closes the ways in of its providers. */
export const handler = httpHandler((ports) => async (request) => {
  const { merchantId } = viewerIn(request)
  const { id } = request.params
  switch (request.route) {
    case 'GET /connections':
      return json(200, connectionsAnswer.parse({ items: (await connectionsOf(ports.state, merchantId)).map(itemOf) }))
    case 'POST /connections':
      return add(ports, merchantId, request)
    case 'POST /connections/{id}/rotate':
      return rotate(ports, merchantId, request)
    case 'POST /connections/{id}/test':
      return again(ports, await ownConnection(ports.state, merchantId, id!), {
        way: 'test',
        headers: {},
        body: JSON.stringify(TEST_DOCUMENT),
      })
    case 'GET /connections/{id}/deliveries':
      await ownConnection(ports.state, merchantId, id!)
      return json(200, deliveriesAnswer.parse({ items: await deliveriesOf(ports, id!) }))
    case 'GET /connections/{id}/deliveries/{number}':
      return json(200, deliveryAnswer.parse(await deliveryIn(ports, merchantId, request)))
    case 'POST /connections/{id}/deliveries/{number}/redeliver':
      return redeliver(ports, merchantId, request)
    default:
      return json(200, itemOf(await changeConnection(ports, merchantId, id!, CHANGES[request.route]!)))
  }
})

const CHANGES: Readonly<Record<string, ConnectionChange>> = {
  'POST /connections/{id}/pause': 'pause',
  'POST /connections/{id}/resume': 'resume',
  'POST /connections/{id}/remove': 'remove',
}

async function add(ports: Ports, merchantId: string, request: HttpRequest): Promise<HttpReply> {
  const body = jsonIn(request)
  if (!body.ok) return unprocessable(body.problems)
  const asked = connectionRequest.safeParse(body.value)
  if (!asked.success) return unprocessable(problemsOf(asked.error))
  const { connection, secret } = await addConnection(ports, merchantId, asked.data)
  await holdQuota(ports, merchantId, connection.id)
  return json(201, newConnectionAnswer.parse({ ...itemOf(connection), secret }))
}

/** Whoever opens one too many, at the same time as another or not, has it closed again. */
async function holdQuota(ports: Ports, merchantId: string, id: string): Promise<void> {
  const most = (await findMerchant(ports.state, merchantId))?.connections
  const present = (await connectionsOf(ports.state, merchantId)).filter(({ proof }) => proof !== 'none')
  if (most === undefined || present.length <= most) return
  await changeConnection(ports, merchantId, id, 'remove')
  throw new HttpError(409, `This merchant may have ${most} connections: remove one first`)
}

async function rotate(ports: Ports, merchantId: string, request: HttpRequest): Promise<HttpReply> {
  const id = request.params.id!
  const body = request.body.length === 0 ? { ok: true as const, value: {} } : jsonIn(request)
  if (!body.ok) return unprocessable(body.problems)
  const asked = rotateRequest.safeParse(body.value)
  if (!asked.success) return unprocessable(problemsOf(asked.error))
  const { overlapHours = OVERLAP_HOURS, secret } = asked.data
  const connection = await ownConnection(ports.state, merchantId, id)
  return json(200, rotateAnswer.parse({ id, secret: await rotateSecret(ports, connection, overlapHours, secret) }))
}

async function deliveryIn(ports: Ports, merchantId: string, { params }: HttpRequest): Promise<Delivery> {
  await ownConnection(ports.state, merchantId, params.id!)
  const found = await deliveryOf(ports, params.id!, Number(params.number))
  if (found === undefined) throw new HttpError(404, `There is no delivery ${params.number} any more`)
  return found
}

/** By the same path as the first time, but for the proof, which has had its time. Nothing is booked twice. */
async function redeliver(ports: Ports, merchantId: string, request: HttpRequest): Promise<HttpReply> {
  const delivery = await deliveryIn(ports, merchantId, request)
  const { proof, headers, body, status } = delivery
  if (proof !== 'proved' && proof !== 'none')
    throw new HttpError(409, 'Its sender was not proved: only the sender can send it again')
  const connection = await ownConnection(ports.state, merchantId, request.params.id!)
  if (status < 300) return answered(await takeAgain(ports, connection, delivery))
  if (body === null) throw new HttpError(409, 'Its body was not kept: let the provider send it again')
  return again(ports, connection, { way: 'redelivery', headers, body })
}

const answered = ({ statusCode = 200, body = '' }: HttpReply): HttpReply =>
  json(200, redeliveryAnswer.parse({ status: statusCode, answer: body }))

async function again(
  ports: Ports,
  connection: ProviderConnection,
  { way, headers, body }: Pick<Delivery, 'way' | 'headers'> & { readonly body: string },
): Promise<HttpReply> {
  const provider = senderOf(connection.source)
  if (provider === undefined)
    throw new HttpError(409, `Connection ${connection.id} is no provider's: nothing can be sent to it`)
  return answered(await takeTrusted(ports, provider, connection, { headers, body: Buffer.from(body) }, way))
}

const timeText = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString())

function itemOf({
  id,
  source,
  proof,
  storeId,
  label,
  status,
  createdAt,
  acceptedAt,
  ratePerSecond,
}: ProviderConnection): ConnectionItem {
  return {
    id,
    source,
    proof,
    path: proof === 'none' ? `/integrations/${source}/webhook` : `/integrations/${source}/webhook/${id}`,
    storeId: storeId ?? null,
    label,
    status,
    createdAt: timeText(createdAt)!,
    acceptedAt: timeText(acceptedAt),
    ratePerSecond,
  }
}
