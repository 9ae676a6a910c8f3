import { HttpError, httpHandler, json, viewerIn } from '#runtime/http-handler.ts'
import { nameIn } from '#runtime/query-parameters.ts'
import { acceptReorder, dismissReorder, snoozeReorder } from './decide.ts'
import { listReorders, reasonsOf, showReorder } from './show.ts'

/** What to order, the arithmetic behind it, why nothing is proposed, and what people decide of it. */
export const handler = httpHandler((ports) => async (request) => {
  switch (request.route) {
    case 'GET /reorders':
      return json(200, await listReorders(ports, request))
    case 'GET /reorders/reasons':
      return json(200, await reasonsOf(ports, viewerIn(request), nameIn(request, 'product')))
    case 'GET /reorders/{id}':
      return json(200, await showReorder(ports, request))
    case 'POST /reorders/{id}/accept':
      return acceptReorder(ports, request)
    case 'POST /reorders/{id}/snooze':
      return snoozeReorder(ports, request)
    case 'POST /reorders/{id}/dismiss':
      return dismissReorder(ports, request)
    default:
      throw new HttpError(404, `There is no route ${request.route}`)
  }
})
