import { merchantAnswer, merchantChange } from '#core/api/merchant.ts'
import { audited } from '#runtime/audit.ts'
import { bodyIn, conflict, HttpError, httpHandler, json, viewerIn } from '#runtime/http-handler.ts'
import { findMerchant, nameMerchant } from '#runtime/merchants.ts'

/** What the merchant is called, on every page and in every invitation. */
export const handler = httpHandler((ports) => async (request) => {
  const viewer = viewerIn(request)
  const { name, before: seen } = bodyIn(request, merchantChange)
  const found = await findMerchant(ports.state, viewer.merchantId)
  if (found === undefined) throw new HttpError(404, `There is no merchant ${viewer.merchantId}`)
  const { id, name: before } = found
  if (seen !== undefined && seen !== before) throw conflict('Somebody else named it otherwise', { id, name: before })
  await audited(ports, viewer, { what: 'merchant.named', subject: id, before: { name: before }, after: { name } }, () =>
    nameMerchant(ports.state, found, name),
  )
  return json(200, merchantAnswer.parse({ id, name }))
})
