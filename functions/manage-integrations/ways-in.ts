/** Opens, changes and closes the ways in of a merchant's providers. */
import {
  connectionItem,
  connectionItemOf,
  connectionPatch,
  connectionRequest,
  newConnectionAnswer,
  rotateAnswer,
  rotateRequest,
} from '#core/api/connections.ts'
import type { Viewer } from '#core/ports.ts'
import { bodyIn, type HttpReply, type HttpRequest, json, versionIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { addConnection, changeConnection, rotateSecret } from '#runtime/provider-connections.ts'

export async function open(ports: Ports, viewer: Viewer, request: HttpRequest): Promise<HttpReply> {
  const { connection, secret } = await addConnection(ports, viewer, bodyIn(request, connectionRequest))
  return json(201, newConnectionAnswer.parse({ ...connectionItemOf(connection), secret }))
}

export async function patch(ports: Ports, viewer: Viewer, request: HttpRequest): Promise<HttpReply> {
  const { version, ...change } = bodyIn(request, connectionPatch)
  const expected = versionIn(request, version)
  const after = await changeConnection(ports, viewer, request.params.id!, change, expected)
  return json(200, connectionItem.parse(connectionItemOf(after)))
}

export async function close(ports: Ports, viewer: Viewer, request: HttpRequest): Promise<HttpReply> {
  const after = await changeConnection(ports, viewer, request.params.id!, 'remove', versionIn(request))
  return json(200, connectionItem.parse(connectionItemOf(after)))
}

export async function rotate(ports: Ports, viewer: Viewer, request: HttpRequest): Promise<HttpReply> {
  const asked = request.body.length === 0 ? {} : bodyIn(request, rotateRequest)
  const { connection, secret } = await rotateSecret(ports, viewer, request.params.id!, asked, versionIn(request))
  return json(200, rotateAnswer.parse({ ...connectionItemOf(connection), secret }))
}
