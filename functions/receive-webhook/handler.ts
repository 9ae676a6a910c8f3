import { simpleSource } from '#core/sources/simple-form.ts'
import { DEMO_MERCHANT, isFromThisMachine } from '#runtime/demo-merchant.ts'
import { HttpError, httpHandler, json, jsonIn, unprocessable } from '#runtime/http-handler.ts'
import { defaultCurrency, takeIn } from '#runtime/take-in.ts'

const MARKETPLACES = ['amazon', 'myntra', 'meesho', 'generic']

export const handler = httpHandler((ports) => async (request) => {
  const marketplace = request.params.marketplace!
  if (!MARKETPLACES.includes(marketplace)) throw new HttpError(404, `There is no marketplace ${marketplace} here`)
  if (!isFromThisMachine(request.sourceIp, request.headers.host)) {
    throw new HttpError(401, 'This path is for programs on this machine; others need a connection of their own')
  }
  const body = jsonIn(request)
  if (!body.ok) return unprocessable(body.problems)
  const source = simpleSource(marketplace)
  const defaults = { currency: await defaultCurrency(ports, DEMO_MERCHANT) }
  const document = source.translate(body.value, defaults, request.headers)
  if (!document.ok) return unprocessable(document.problems)
  const door = { merchantId: DEMO_MERCHANT, connectionId: `demo-${marketplace}`, source: source.name }
  const [taken] = await takeIn(ports, door, [document.value])
  return json(taken!.repeat ? 200 : 202, { eventIds: taken!.eventIds, repeat: taken!.repeat })
})
