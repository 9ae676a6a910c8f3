import type { By } from '#core/access/by.ts'
import { joinAnswer, joinRequest, signInRequest } from '#core/api/people.ts'
import type { CodeUse, Person, Viewer } from '#core/ports.ts'
import { audited, type Change } from '#runtime/audit.ts'
import { refuseWeakPassword, removeTotp, setPassword, signIn } from '#runtime/credentials.ts'
import { isFromThisMachine } from '#runtime/demo-merchant.ts'
import {
  bodyIn,
  HttpError,
  type HttpReply,
  type HttpRequest,
  httpHandler,
  json,
  viewerIn,
} from '#runtime/http-handler.ts'
import { findMerchant } from '#runtime/merchants.ts'
import type { Ports } from '#runtime/ports.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { SESSION_COOKIE, SESSION_SECONDS, tokenIn } from '#runtime/session-cookie.ts'
import { changeUser, presentUser, refuseLimitedToken } from '#runtime/users.ts'

/** Browsers get a session: for a one-use link, for a password, or for choosing one. */
export const handler = httpHandler((ports) => async (request) => {
  switch (request.route) {
    case 'GET /sign-in':
      return followLink(ports, request)
    case 'POST /sign-in': {
      const asked = bodyIn(request, signInRequest)
      const person = await signIn(ports, { ...asked, sourceIp: request.sourceIp })
      return { statusCode: 204, cookies: [await openSession(ports, comingBy('password', person), request)] }
    }
    case 'GET /join': {
      const { answer } = await linkIn(ports, request.query.code ?? '')
      return json(200, joinAnswer.parse({ ...(await freshnessAt(ports, ports.clock.now())), ...answer }))
    }
    case 'POST /join':
      return join(ports, request)
    case 'POST /sign-out':
      await signOut(ports, request)
      return { statusCode: 204, cookies: [cookieOf('', 0, request)] }
    default:
      return issueLink(ports, viewerIn(request))
  }
})

async function followLink(ports: Ports, request: HttpRequest): Promise<HttpReply> {
  const person = await ports.identity.redeemCode('sign-in', request.query.code ?? '')
  const toDashboard = { statusCode: 303, headers: { location: '/app/', 'cache-control': 'no-store' } }
  if (person !== undefined)
    return { ...toDashboard, cookies: [await openSession(ports, comingBy('link', person), request)] }
  // The page says what to do, to a browser that is not signed in already.
  if (request.headers.accept?.includes('text/html')) return toDashboard
  throw new HttpError(401, 'This sign-in link was used or is too old: `npx counterflow link` prints a new one')
}

/** A session may do all that its person may, for thirty days: a token that may not do so opens none. */
async function issueLink(ports: Ports, viewer: Viewer): Promise<HttpReply> {
  await refuseLimitedToken(ports, viewer)
  const about: Change = { what: 'sign-in-link.made', subject: viewer.subject }
  return json(201, { code: await audited(ports, viewer, about, () => ports.identity.issueCode('sign-in', viewer)) })
}

const LINKS = ['invitation', 'reset'] as const satisfies readonly CodeUse[]

/** What a link that lets somebody choose a password is for. */
async function linkIn({ identity, state }: Ports, code: string) {
  for (const use of LINKS) {
    const person = await identity.readCode(use, code)
    if (person === undefined) continue
    const user = await presentUser(state, person.merchantId, person.subject)
    const merchant = await findMerchant(state, person.merchantId)
    const { email, name, role } = user
    const answer = { email, name, merchant: merchant?.name ?? person.merchantId, role, for: use }
    return { use, person, user, answer }
  }
  throw new HttpError(401, 'This link was used or is too old: ask the owner for a new one')
}

/** Whoever comes by the link chooses a password: with it they get in, and nobody with what was theirs before. */
async function join(ports: Ports, request: HttpRequest): Promise<HttpReply> {
  const { code, password, name } = bodyIn(request, joinRequest)
  const { use, person, user } = await linkIn(ports, code)
  await refuseWeakPassword(user, password)
  if ((await ports.identity.redeemCode(use, code)) === undefined) throw new HttpError(401, 'This link was just used')
  const by = comingBy('link', person)
  await audited(ports, by, { what: 'password.chosen', subject: user.id, after: { by: use } }, async () => {
    await setPassword(ports.state, user, password)
    await removeTotp(ports, person)
    await ports.identity.endSessions(person)
    if (user.status === 'invited' || name !== undefined)
      await changeUser(ports.state, user, { status: 'active', name: name ?? user.name })
  })
  return { statusCode: 204, cookies: [await openSession(ports, by, request)] }
}

async function signOut(ports: Ports, { headers, cookies }: HttpRequest): Promise<void> {
  const { identity } = ports
  const token = tokenIn(headers, cookies)
  const viewer = token === undefined ? undefined : await identity.verify(token)
  if (viewer?.bearer?.kind !== 'session') return
  const { id } = viewer.bearer
  await audited(ports, viewer, { what: 'session.closed', subject: viewer.subject }, () =>
    identity.endSessions(viewer, id),
  )
}

const comingBy = (kind: 'password' | 'link', { merchantId, subject }: Person): By => ({
  merchantId,
  subject,
  bearer: { kind },
})

async function openSession(ports: Ports, by: By, request: HttpRequest): Promise<string> {
  const label = request.headers['user-agent']?.slice(0, 200) ?? 'a browser'
  const session = await audited(ports, by, { what: 'session.opened', subject: by.subject }, () =>
    ports.identity.openSession(by, label),
  )
  return cookieOf(session, SESSION_SECONDS, request)
}

function cookieOf(session: string, seconds: number, { sourceIp, headers }: HttpRequest): string {
  const secure = isFromThisMachine(sourceIp, headers.host) ? '' : '; Secure'
  return `${SESSION_COOKIE}=${session}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`
}
