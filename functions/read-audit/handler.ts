import { auditAnswer } from '#core/api/people.ts'
import { under } from '#core/row-key.ts'
import { changesIn } from '#runtime/audit.ts'
import { httpHandler, json, viewerIn } from '#runtime/http-handler.ts'
import { cursorIn, cursorOf, limitIn, restOf } from '#runtime/query-parameters.ts'

/** Who changed what, newest first. */
export const handler = httpHandler(({ state, clock }) => async (request) => {
  const { merchantId } = viewerIn(request)
  const limit = limitIn(request, 50)
  const found = await changesIn(state, merchantId, restOf(under(merchantId), cursorIn(request)), limit + 1)
  const items = found.slice(0, limit)
  const next = found.length > limit ? cursorOf(items.at(-1)!.key) : null
  return json(
    200,
    auditAnswer.parse({ asOf: new Date(clock.now()).toISOString(), items: items.map(({ item }) => item), next }),
  )
})
