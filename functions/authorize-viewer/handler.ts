import type { APIGatewayRequestAuthorizerEventV2, Context } from 'aws-lambda'
import { findMerchant } from '#runtime/merchants.ts'
import { portsOf } from '#runtime/ports.ts'
import { tokenIn } from '#runtime/session-cookie.ts'

type Decision = { readonly isAuthorized: boolean; readonly context: { readonly viewer?: string } }

/** Says who asks. The viewer goes with the request as context, and every answer is filtered by it. */
export async function handler(event: APIGatewayRequestAuthorizerEventV2, context: Context): Promise<Decision> {
  const token = tokenIn(event.headers ?? {}, event.cookies ?? [])
  const { identity, state } = portsOf(context)
  const viewer = token === undefined ? undefined : await identity.verify(token)
  const merchant = viewer && (await findMerchant(state, viewer.merchantId))
  return merchant === undefined || merchant.status === 'removed'
    ? { isAuthorized: false, context: {} }
    : { isAuthorized: true, context: { viewer: JSON.stringify(viewer) } }
}
