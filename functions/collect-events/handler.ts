import { type CollectAnswer, collectRequest } from '#core/api/intake.ts'
import { problemsOf } from '#core/events/decode-event.ts'
import type { SourceDocument } from '#core/events/envelope.ts'
import type { Outcome } from '#core/outcome.ts'
import { ownEvents } from '#core/sources/own-events.ts'
import { isPointOfSale, pointOfSale } from '#core/sources/point-of-sale.ts'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { HttpError, httpHandler, json, jsonIn, unprocessable, viewerIn } from '#runtime/http-handler.ts'
import { demoConnection, markDemoAccepted } from '#runtime/provider-connections.ts'
import { defaultCurrency, takeIn } from '#runtime/take-in.ts'

/** Imports name themselves, so that their events say so and their ids are kept for ever. */
const IMPORT = /^import:[a-z0-9-]{1,40}$/

export const handler = httpHandler((ports) => async (request) => {
  const { merchantId } = viewerIn(request)
  const body = jsonIn(request)
  if (!body.ok) return unprocessable(body.problems)
  const checked = collectRequest.safeParse(body.value)
  if (!checked.success) return unprocessable(problemsOf(checked.error))
  const source = IMPORT.test(request.query.source ?? '') ? request.query.source! : undefined
  const defaults = { currency: await defaultCurrency(ports, merchantId) }
  const outcomes = checked.data.events.map((document): Outcome<SourceDocument> => {
    const isPos = typeof document === 'object' && document !== null && isPointOfSale(document)
    return (isPos ? pointOfSale : ownEvents).translate(document, defaults, request.headers)
  })
  const good = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []))
  const door = {
    merchantId,
    connectionId: source ?? 'collect',
    source: source ?? 'collect',
    keepIdsForEver: source !== undefined,
  }
  const connection = merchantId === DEMO_MERCHANT ? await demoConnection(ports, door.source) : undefined
  if (connection?.status === 'paused') throw new HttpError(403, 'This connection is paused')
  const taken = await takeIn(ports, door, good)
  if (connection !== undefined && good.length > 0) await markDemoAccepted(ports, connection)
  const fates = taken.values()
  const results = outcomes.map((outcome): CollectAnswer['results'][number] => {
    if (!outcome.ok) return { status: 'refused', problems: [...outcome.problems] }
    const { repeat, eventIds } = fates.next().value!
    return { status: repeat ? 'repeat' : 'accepted', eventIds: [...eventIds] }
  })
  const status = good.length === 0 ? 422 : taken.every(({ repeat }) => repeat) ? 200 : 202
  return json(status, { results })
})
