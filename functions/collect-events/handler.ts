import { mayDo } from '#core/access/may-do.ts'
import { type CollectAnswer, collectRequest } from '#core/api/intake.ts'
import { problemsOf } from '#core/events/decode-event.ts'
import type { SourceDocument } from '#core/events/envelope.ts'
import { SIMULATOR, SIMULATOR_LIVE } from '#core/events/simulator-source.ts'
import type { Outcome } from '#core/outcome.ts'
import { ownEvents } from '#core/sources/own-events.ts'
import { isPointOfSale, pointOfSale } from '#core/sources/point-of-sale.ts'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { httpHandler, json, jsonIn, unprocessable, viewerIn } from '#runtime/http-handler.ts'
import { type Door, defaultCurrency } from '#runtime/take-in.ts'
import { takeSent } from '#runtime/take-sent.ts'
import { byHand } from './by-hand.ts'
import { notTheirs } from './not-theirs.ts'

export const handler = httpHandler((ports) => async (request) => {
  const viewer = viewerIn(request)
  const { merchantId } = viewer
  const body = jsonIn(request)
  if (!body.ok) return unprocessable(body.problems)
  const checked = collectRequest.safeParse(body.value)
  if (!checked.success) return unprocessable(problemsOf(checked.error))
  const door = doorNamed(request.query.source ?? '', merchantId)
  const isStorefront = !mayDo(viewer, 'events:send')
  if (isStorefront && door.source !== 'collect') return unprocessable(NEVER_NAMED)
  if (door.source === SIMULATOR && merchantId !== DEMO_MERCHANT) return unprocessable(NEVER_SIMULATED)
  const defaults = { currency: await defaultCurrency(ports, merchantId) }
  const outcomes = checked.data.events.map((document): Outcome<SourceDocument> => {
    const isPos = typeof document === 'object' && document !== null && isPointOfSale(document)
    const translated = (isPos ? pointOfSale : ownEvents).translate(document, defaults, request.headers)
    const problems = translated.ok ? notTheirs(viewer, isStorefront, translated.value) : []
    return problems.length === 0 ? translated : { ok: false, problems }
  })
  const good = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []))
  const taken = await byHand(ports, viewer, good, () => takeSent(ports, door, good))
  const fates = taken.values()
  const results = outcomes.map((outcome): CollectAnswer['results'][number] => {
    if (!outcome.ok) return { status: 'refused', problems: [...outcome.problems] }
    const { repeat, eventIds } = fates.next().value!
    return { status: repeat ? 'repeat' : 'accepted', eventIds: [...eventIds] }
  })
  const status = good.length === 0 ? 422 : taken.every(({ repeat }) => repeat) ? 200 : 202
  return json(status, { results })
})

/** Imports name themselves, so that their events say so and their ids are kept for ever. */
const IMPORT = /^import:[a-z0-9-]{1,40}$/
const NEVER_NAMED = [{ field: 'source', message: 'a storefront’s key names none: leave it out' }]
const NEVER_SIMULATED = [{ field: 'source', message: 'simulator sells for the demo merchant alone: leave it out' }]

function doorNamed(named: string, merchantId: string): Door {
  const source = named === SIMULATOR_LIVE ? SIMULATOR : IMPORT.test(named) || named === SIMULATOR ? named : 'collect'
  const keepIdsForEver = source !== 'collect' && named !== SIMULATOR_LIVE
  return { merchantId, connectionId: source, source, keepIdsForEver }
}
