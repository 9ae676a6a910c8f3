import { liveTicket } from '#core/api/live.ts'
import { httpHandler, json, viewerIn } from '#runtime/http-handler.ts'
import { issueTicket } from '#runtime/live-tickets.ts'

/** A ticket for one connection of the socket, to whoever may listen. */
export const handler = httpHandler(
  (ports) => async (request) => json(201, liveTicket.parse(await issueTicket(ports, viewerIn(request)))),
)
