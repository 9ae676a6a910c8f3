import { providerOf, senderOf } from '#core/sources/registry.ts'
import { manifest } from '#functions/manifest.ts'
import { demoConnection } from '#runtime/demo-doors.ts'
import { isFromThisMachine } from '#runtime/demo-merchant.ts'
import { HttpError, httpHandler } from '#runtime/http-handler.ts'
import { takeProved, takeTrusted } from '#runtime/take-delivery.ts'

const BYTES = manifest.routes.filter(({ body }) => body === 'bytes').map(({ method, path }) => `${method} ${path}`)

export const handler = httpHandler(
  (ports) => async (request) => {
    const { marketplace, connectionId } = request.params
    const provider = (connectionId === undefined ? providerOf : senderOf)(marketplace!)
    if (provider === undefined) throw new HttpError(404, `There is no marketplace ${marketplace} here`)
    if (connectionId !== undefined) return takeProved(ports, provider, connectionId, request)
    if (!isFromThisMachine(request.sourceIp, request.headers.host)) {
      throw new HttpError(401, 'This path is for programs on this machine; others need a connection of their own')
    }
    return takeTrusted(ports, provider, await demoConnection(ports, provider.name), request)
  },
  BYTES,
)
