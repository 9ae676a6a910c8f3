/** What came through a connection lately: its pages, one of them once more, and a test. */
import type { ProviderConnection } from '#core/access/provider-connection.ts'
import {
  activityAnswer,
  type DeliveryItem,
  deliveriesAnswer,
  deliveryAnswer,
  redeliveryAnswer,
} from '#core/api/connections.ts'
import type { Viewer } from '#core/ports.ts'
import { type Provider, senderOf } from '#core/sources/registry.ts'
import { audited, type Change } from '#runtime/audit.ts'
import { hoursOf, KEEP_HOURS_MS } from '#runtime/delivery-hours.ts'
import { type Delivery, deliveriesOf, deliveryOf, KEEP_DELIVERIES_MS, type LoggedItem } from '#runtime/delivery-log.ts'
import { HttpError, type HttpReply, type HttpRequest, json, replyToError } from '#runtime/http-handler.ts'
import { listWindow } from '#runtime/list-window.ts'
import type { Ports } from '#runtime/ports.ts'
import { ownConnection } from '#runtime/provider-connections.ts'
import { cursorOf, limitIn, numberCursorIn } from '#runtime/query-parameters.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { takeAgain, takeProved, takeTrusted, testMessage } from '#runtime/take-delivery.ts'

/** The cursor is the number of the last one shown: whatever comes meanwhile has a higher one. */
export async function listDeliveries(ports: Ports, viewer: Viewer, request: HttpRequest): Promise<HttpReply> {
  const nowMs = ports.clock.now()
  const fresh = await freshnessAt(ports, nowMs)
  const { id } = await connectionIn(ports, viewer, request)
  const window = await listWindow(ports.state, viewer, { fromMs: nowMs - KEEP_DELIVERIES_MS, toMs: nowMs })
  const { items, isMore } = await deliveriesOf(ports, id, limitIn(request), numberCursorIn(request))
  const next = isMore ? cursorOf(String(items.at(-1)!.number)) : null
  return json(200, deliveriesAnswer.parse({ ...fresh, window, items: items.map(itemOf), next }))
}

/** What came through it, by the hour. */
export async function answerActivity(ports: Ports, viewer: Viewer, request: HttpRequest): Promise<HttpReply> {
  const nowMs = ports.clock.now()
  const fresh = await freshnessAt(ports, nowMs)
  const { id } = await connectionIn(ports, viewer, request)
  const window = await listWindow(ports.state, viewer, { fromMs: nowMs - KEEP_HOURS_MS, toMs: nowMs })
  return json(200, activityAnswer.parse({ ...fresh, window, hours: await hoursOf(ports, id) }))
}

export async function showDelivery(ports: Ports, viewer: Viewer, request: HttpRequest): Promise<HttpReply> {
  const fresh = await freshnessAt(ports, ports.clock.now())
  const delivery = await deliveryIn(ports, viewer, request)
  return json(200, deliveryAnswer.parse({ ...fresh, ...delivery, ...itemOf(delivery) }))
}

const itemOf = ({ at, ...item }: LoggedItem): DeliveryItem => ({ ...item, at: new Date(at).toISOString() })

const connectionIn = (ports: Ports, { merchantId }: Viewer, { params }: HttpRequest): Promise<ProviderConnection> =>
  ownConnection(ports.state, merchantId, params.id!)

async function deliveryIn(ports: Ports, viewer: Viewer, request: HttpRequest): Promise<Delivery> {
  const { id } = await connectionIn(ports, viewer, request)
  const { number } = request.params
  const found = await deliveryOf(ports, id, Number(number))
  if (found === undefined) throw new HttpError(404, `There is no delivery ${number} any more`)
  return found
}

/** By the same path as the first time, but for the proof, which has had its time. Nothing is booked twice. */
export async function redeliver(ports: Ports, viewer: Viewer, request: HttpRequest): Promise<HttpReply> {
  const delivery = await deliveryIn(ports, viewer, request)
  const { proof, headers, body, status } = delivery
  if (proof !== 'proved' && proof !== 'none')
    throw new HttpError(409, 'Its sender was not proved: only the sender can send it again')
  const connection = await connectionIn(ports, viewer, request)
  const about: Change = { what: 'delivery.redelivered', subject: `${connection.id} ${delivery.number}` }
  if (status < 300) return audited(ports, viewer, about, () => answerOf(takeAgain(ports, connection, delivery)))
  if (body === null) throw new HttpError(409, 'Its body was not kept: let the provider send it again')
  const sent = { headers, body: Buffer.from(body) }
  return audited(ports, viewer, about, () =>
    answerOf(takeTrusted(ports, providerOf(connection), connection, sent, 'redelivery')),
  )
}

/** Through the connection's own door, signed with its secret and checked like anyone's: it shows that the secret counts. */
export async function sendTest(ports: Ports, viewer: Viewer, request: HttpRequest): Promise<HttpReply> {
  const connection = await connectionIn(ports, viewer, request)
  const provider = providerOf(connection)
  const sent = await testMessage(ports, connection)
  return audited(ports, viewer, { what: 'integration.tested', subject: connection.id }, () =>
    answerOf(
      connection.proof === 'none'
        ? takeTrusted(ports, provider, connection, sent, 'test')
        : takeProved(ports, provider, connection.id, sent, 'test'),
    ),
  )
}

function providerOf({ id, source }: ProviderConnection): Provider {
  const provider = senderOf(source)
  if (provider === undefined) throw new HttpError(409, `Connection ${id} is no provider's: nothing can be sent to it`)
  return provider
}

/** What the door answers, a refusal too. */
async function answerOf(taking: Promise<HttpReply>): Promise<HttpReply> {
  const { statusCode = 200, body = '' } = await taking.catch(refusalOf)
  return json(200, redeliveryAnswer.parse({ status: statusCode, answer: body }))
}

function refusalOf(error: unknown): HttpReply {
  const refusal = replyToError(error)
  if (refusal === undefined) throw error
  return refusal
}
