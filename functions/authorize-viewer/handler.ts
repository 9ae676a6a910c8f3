import type { APIGatewayRequestAuthorizerEventV2, Context } from 'aws-lambda'
import { portsOf } from '#runtime/ports.ts'
import { tokenIn } from '#runtime/session-cookie.ts'

type Decision = { readonly isAuthorized: boolean; readonly context: { readonly viewer?: string } }

/** Says who asks. The viewer goes with the request as context, and every answer is filtered by it. */
export async function handler(event: APIGatewayRequestAuthorizerEventV2, context: Context): Promise<Decision> {
  const token = tokenIn(event.headers ?? {}, event.cookies ?? [])
  const viewer = token === undefined ? undefined : await portsOf(context).identity.verify(token)
  return viewer === undefined
    ? { isAuthorized: false, context: {} }
    : { isAuthorized: true, context: { viewer: JSON.stringify(viewer) } }
}
