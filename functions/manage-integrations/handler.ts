import { connectionItemOf, connectionsAnswer } from '#core/api/connections.ts'
import { httpHandler, json, viewerIn } from '#runtime/http-handler.ts'
import { connectionsOf } from '#runtime/provider-connections.ts'
import { oldestFirst, pageOf } from '#runtime/query-parameters.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { answerActivity, listDeliveries, redeliver, sendTest, showDelivery } from './deliveries.ts'
import { close, open, patch, rotate } from './ways-in.ts'

/** A merchant opens, watches and closes the ways in of its providers. */
export const handler = httpHandler((ports) => async (request) => {
  const viewer = viewerIn(request)
  switch (request.route) {
    case 'GET /integrations': {
      const fresh = await freshnessAt(ports, ports.clock.now())
      const all = await connectionsOf(ports.state, viewer.merchantId)
      const { items, next } = pageOf(request, all, oldestFirst)
      return json(200, connectionsAnswer.parse({ ...fresh, items: items.map(connectionItemOf), next }))
    }
    case 'POST /integrations':
      return open(ports, viewer, request)
    case 'PATCH /integrations/{id}':
      return patch(ports, viewer, request)
    case 'DELETE /integrations/{id}':
      return close(ports, viewer, request)
    case 'POST /integrations/{id}/rotate':
      return rotate(ports, viewer, request)
    case 'POST /integrations/{id}/test':
      return sendTest(ports, viewer, request)
    case 'GET /integrations/{id}/deliveries':
      return listDeliveries(ports, viewer, request)
    case 'GET /integrations/{id}/activity':
      return answerActivity(ports, viewer, request)
    case 'GET /integrations/{id}/deliveries/{number}':
      return showDelivery(ports, viewer, request)
    default:
      return redeliver(ports, viewer, request)
  }
})
