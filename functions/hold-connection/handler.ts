import type { APIGatewayProxyWebsocketEventV2, Context } from 'aws-lambda'
import type { Viewer } from '#core/ports.ts'
import { CONNECTION_TABLE, connectionKey, type LiveConnection } from '#runtime/live-connections.ts'
import { portsOf } from '#runtime/ports.ts'

type SocketEvent = APIGatewayProxyWebsocketEventV2 & {
  readonly requestContext: { readonly authorizer?: { readonly viewer?: string } }
}

/** Remembers who listens, so that changes find them. What a client says is ignored for now: it hears of everything. */
export async function handler(event: SocketEvent, context: Context): Promise<{ statusCode: number }> {
  const { state, clock } = portsOf(context)
  const { connectionId, routeKey, authorizer } = event.requestContext
  if (routeKey === '$connect') {
    if (authorizer?.viewer === undefined) return { statusCode: 401 }
    const row: LiveConnection = { viewer: JSON.parse(authorizer.viewer) as Viewer, connectedAt: clock.now() }
    await state.commit([{ table: CONNECTION_TABLE, key: connectionKey(row.viewer.merchantId, connectionId), row }])
  } else if (routeKey === '$disconnect' && authorizer?.viewer !== undefined) {
    const { merchantId } = JSON.parse(authorizer.viewer) as Viewer
    await state.commit([{ table: CONNECTION_TABLE, key: connectionKey(merchantId, connectionId), row: undefined }])
  }
  return { statusCode: 200 }
}
