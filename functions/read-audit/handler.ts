import { SHORT_PAGE } from '#core/api/limits.ts'
import { auditAnswer } from '#core/api/people.ts'
import { auditRange, changesIn } from '#runtime/audit.ts'
import { httpHandler, json, viewerIn } from '#runtime/http-handler.ts'
import { listWindow } from '#runtime/list-window.ts'
import { cursorIn, cursorOf, instantIn, limitIn, nameIn, refuseBackward, restOf } from '#runtime/query-parameters.ts'
import { freshnessAt } from '#runtime/read-lag.ts'

/** Who changed what, newest first. */
export const handler = httpHandler(({ log, state, clock }) => async (request) => {
  const viewer = viewerIn(request)
  const { merchantId } = viewer
  const nowMs = clock.now()
  const [from, to] = [instantIn(request, 'from'), instantIn(request, 'to')]
  if (from !== undefined) refuseBackward(request, from, to ?? nowMs)
  const range = restOf(auditRange(merchantId, from, to), cursorIn(request))
  const sought = { who: nameIn(request, 'who'), what: nameIn(request, 'what') }
  const fresh = await freshnessAt({ log, state }, nowMs)
  const window = await listWindow(state, viewer, { fromMs: from, toMs: to ?? nowMs })
  const { items, next } = await changesIn(state, merchantId, range, limitIn(request, SHORT_PAGE), sought)
  return json(200, auditAnswer.parse({ ...fresh, window, items, next: next === undefined ? null : cursorOf(next) }))
})
