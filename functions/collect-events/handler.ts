import { type CollectAnswer, collectRequest } from '#core/api/intake.ts'
import { problemsOf } from '#core/events/decode-event.ts'
import type { SourceDocument } from '#core/events/envelope.ts'
import { SIMULATOR } from '#core/events/simulator-source.ts'
import type { Outcome } from '#core/outcome.ts'
import { ownEvents } from '#core/sources/own-events.ts'
import { isPointOfSale, pointOfSale } from '#core/sources/point-of-sale.ts'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { httpHandler, json, jsonIn, unprocessable, viewerIn } from '#runtime/http-handler.ts'
import { defaultCurrency, takeIn } from '#runtime/take-in.ts'

/** Imports name themselves, so that their events say so and their ids are kept for ever. So does the simulator. */
const IMPORT = /^import:[a-z0-9-]{1,40}$/
const NEVER_SIMULATED = [{ field: 'source', message: 'simulator sells for the demo merchant alone: leave it out' }]

export const handler = httpHandler((ports) => async (request) => {
  const { merchantId } = viewerIn(request)
  const body = jsonIn(request)
  if (!body.ok) return unprocessable(body.problems)
  const checked = collectRequest.safeParse(body.value)
  if (!checked.success) return unprocessable(problemsOf(checked.error))
  const named = request.query.source ?? ''
  if (named === SIMULATOR && merchantId !== DEMO_MERCHANT) return unprocessable(NEVER_SIMULATED)
  const source = IMPORT.test(named) || named === SIMULATOR ? named : undefined
  const defaults = { currency: await defaultCurrency(ports, merchantId) }
  const outcomes = checked.data.events.map((document): Outcome<SourceDocument> => {
    const isPos = typeof document === 'object' && document !== null && isPointOfSale(document)
    return (isPos ? pointOfSale : ownEvents).translate(document, defaults)
  })
  const good = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []))
  const door = {
    merchantId,
    connectionId: source ?? 'collect',
    source: source ?? 'collect',
    keepIdsForEver: source !== undefined,
  }
  const taken = await takeIn(ports, door, good)
  const fates = taken.values()
  const results = outcomes.map((outcome): CollectAnswer['results'][number] => {
    if (!outcome.ok) return { status: 'refused', problems: [...outcome.problems] }
    const { repeat, eventIds } = fates.next().value!
    return { status: repeat ? 'repeat' : 'accepted', eventIds: [...eventIds] }
  })
  const status = good.length === 0 ? 422 : taken.every(({ repeat }) => repeat) ? 200 : 202
  return json(status, { results })
})
