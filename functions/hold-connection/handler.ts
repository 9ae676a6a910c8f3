import type { APIGatewayProxyWebsocketEventV2, Context } from 'aws-lambda'
import { readSubscription } from '#core/access/read-subscription.ts'
import type { LiveProblem } from '#core/api/live.ts'
import type { Viewer } from '#core/ports.ts'
import { CONNECTION_TABLE, connectionKey, type LiveConnection } from '#runtime/live-connections.ts'
import { LiveFeed } from '#runtime/live-feed.ts'
import { type Ports, portsOf } from '#runtime/ports.ts'

type SocketEvent = APIGatewayProxyWebsocketEventV2 & {
  readonly requestContext: { readonly authorizer?: { readonly viewer?: string } }
}

/** Remembers who listens and what they asked to hear, so that changes find them; what it does not understand it tells them. */
export async function handler(event: SocketEvent, context: Context): Promise<{ statusCode: number }> {
  const ports = portsOf(context)
  const { state, clock } = ports
  const { connectionId, routeKey, authorizer } = event.requestContext
  if (authorizer?.viewer === undefined) return { statusCode: 401 }
  const viewer = JSON.parse(authorizer.viewer) as Viewer
  const place = { table: CONNECTION_TABLE, key: connectionKey(viewer.merchantId, connectionId) }
  if (routeKey === '$connect') {
    const row: LiveConnection = { viewer, connectedAt: clock.now() }
    await state.commit([{ ...place, row }])
  } else if (routeKey === '$disconnect') {
    await state.commit([{ ...place, row: undefined }])
  } else {
    await hear(ports, place, connectionId, event.body ?? '')
  }
  return { statusCode: 200 }
}

/** More than this on its way to a client, and it is not told what it says wrong: it does not listen. */
const MAX_BACKLOG_BYTES = 64 * 1024

async function hear(
  ports: Ports,
  place: { readonly table: string; readonly key: string },
  connectionId: string,
  text: string,
): Promise<void> {
  const { state, live, ids } = ports
  const row = (await state.get(place.table, place.key)) as LiveConnection | undefined
  if (row === undefined) return // it is gone
  const subscription = readSubscription(row.viewer, text)
  if (subscription.ok) {
    const asked = { ...subscription.value, id: ids.next() }
    if (live.isHeldElsewhere) {
      await state.commit([{ ...place, row: { ...row, asked, answered: asked.id } }])
      await answerAtOnce(ports, row.viewer.merchantId, connectionId)
    } else await state.commit([{ ...place, row: { ...row, asked } }])
  } else if (live.backlog(connectionId) <= MAX_BACKLOG_BYTES) {
    const title = 'The message was not taken, and nothing has changed: see its problems'
    const body: LiveProblem = { type: 'problem', title, problems: [...subscription.problems] }
    await live.send(connectionId, JSON.stringify(body))
  }
}

/** The snapshot, without waiting for something to change. */
async function answerAtOnce(ports: Ports, merchantId: string, connectionId: string): Promise<void> {
  const feed = new LiveFeed(ports, { seesAllShards: false, only: connectionId })
  feed.turnTo(merchantId)
  await feed.send()
}
