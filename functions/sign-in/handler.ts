import { HttpError, type HttpReply, httpHandler, json, viewerIn } from '#runtime/http-handler.ts'
import { SESSION_COOKIE, SESSION_SECONDS } from '#runtime/session-cookie.ts'

/** A browser changes a one-use code for a session; a script's owner makes a token for it. */
export const handler = httpHandler(({ identity }) => async (request) => {
  if (request.route === 'GET /sign-in') {
    const viewer = await identity.redeemSignInCode(request.query.code ?? '')
    if (viewer === undefined) {
      // The page says what to do, to a browser that is not signed in already.
      if (request.headers.accept?.includes('text/html')) return toDashboard()
      throw new HttpError(401, 'This sign-in link was used or is too old: `npx counterflow link` prints a new one')
    }
    const session = await identity.issue(viewer, 'session', 'browser')
    return toDashboard(`${SESSION_COOKIE}=${session}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${SESSION_SECONDS}`)
  }
  if (request.route === 'POST /sign-out') {
    return { statusCode: 204, cookies: [`${SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`] }
  }
  const viewer = viewerIn(request)
  if (request.route === 'POST /sign-in/codes') return json(201, { code: await identity.issueSignInCode(viewer) })
  return json(201, { token: await identity.issue(viewer, 'api', 'counterflow token create') })
})

const toDashboard = (...cookies: string[]): HttpReply => ({
  statusCode: 303,
  headers: { location: '/app/', 'cache-control': 'no-store' },
  cookies,
})
