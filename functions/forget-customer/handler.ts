import { forgetReceipt, forgetRequest } from '#core/api/forget.ts'
import { forgetCustomer } from '#runtime/forget-customer.ts'
import { bodyIn, httpHandler, json, viewerIn } from '#runtime/http-handler.ts'

/** A person wants to be forgotten: what says who they are is deleted, for good. */
export const handler = httpHandler((ports) => async (request) => {
  const { customer } = bodyIn(request, forgetRequest)
  return json(200, forgetReceipt.parse(await forgetCustomer(ports, viewerIn(request), customer)))
})
