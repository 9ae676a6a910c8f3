import { mayDo } from '#core/access/may-do.ts'
import { RIGHTS, type Right } from '#core/access/rights.ts'
import {
  accountAnswer,
  accountChange,
  passwordChange,
  sessionsAnswer,
  totpAnswer,
  totpRemoval,
  totpRequest,
} from '#core/api/people.ts'
import type { Viewer } from '#core/ports.ts'
import { audited } from '#runtime/audit.ts'
import {
  beginTotp,
  checkPassword,
  confirmTotp,
  proofsOf,
  refuseWeakPassword,
  removeTotp,
  setPassword,
} from '#runtime/credentials.ts'
import {
  bodyIn,
  HttpError,
  type HttpReply,
  type HttpRequest,
  httpHandler,
  json,
  mustVersionIn,
  viewerIn,
} from '#runtime/http-handler.ts'
import { findMerchant } from '#runtime/merchants.ts'
import type { Ports } from '#runtime/ports.ts'
import { newestFirst, pageOf } from '#runtime/query-parameters.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { changeUser, itemOf, presentUser } from '#runtime/users.ts'

/** A person looks after their own account. */
export const handler = httpHandler((ports) => async (request) => {
  const viewer = viewerIn(request)
  if (request.route === 'GET /account/sessions') return sessions(ports, viewer, request)
  if (request.route === 'GET /account') return account(ports, viewer)
  if (viewer.bearer?.kind === 'token') throw new HttpError(403, 'An account is changed by its person, not by a token')
  switch (request.route) {
    case 'PATCH /account':
      return change(ports, viewer, request)
    case 'POST /account/password':
      return changePassword(ports, viewer, request)
    case 'DELETE /account/sessions':
      await audited(ports, viewer, { what: 'sessions.ended', subject: viewer.subject }, () =>
        ports.identity.endSessions(viewer),
      )
      return DONE
    case 'DELETE /account/sessions/{id}':
      await endSession(ports, viewer, request.params.id!)
      return DONE
    case 'POST /account/totp': {
      const { email, name } = await presentUser(ports.state, viewer.merchantId, viewer.subject)
      const begun = await audited(ports, viewer, { what: 'totp.begun', subject: viewer.subject }, () =>
        beginTotp(ports, viewer, email || name),
      )
      return json(201, totpAnswer.parse(begun))
    }
    case 'POST /account/totp/confirm': {
      const { code } = bodyIn(request, totpRequest)
      await audited(ports, viewer, { what: 'totp.added', subject: viewer.subject }, () =>
        confirmTotp(ports, viewer, code),
      )
      return DONE
    }
    default:
      await proveAgain(ports, viewer, request)
      await audited(ports, viewer, { what: 'totp.removed', subject: viewer.subject }, () => removeTotp(ports, viewer))
      return DONE
  }
})

const DONE: HttpReply = { statusCode: 204 }

async function account({ log, state, clock }: Ports, viewer: Viewer): Promise<HttpReply> {
  const { merchantId, subject } = viewer
  const fresh = await freshnessAt({ log, state }, clock.now())
  const [user, merchant] = [await presentUser(state, merchantId, subject), await findMerchant(state, merchantId)]
  const rights = (Object.keys(RIGHTS) as Right[]).filter((right) => mayDo(viewer, right))
  const about = { merchantId, merchant: merchant?.name ?? merchantId, rights, ...(await proofsOf(state, viewer)) }
  // A token may be for fewer stores than its person.
  const stores = viewer.stores ?? null
  return json(200, accountAnswer.parse({ ...fresh, ...itemOf(user), stores, ...about }))
}

async function sessions(
  { identity, log, state, clock }: Ports,
  viewer: Viewer,
  request: HttpRequest,
): Promise<HttpReply> {
  const text = (ms: number) => new Date(ms).toISOString()
  const fresh = await freshnessAt({ log, state }, clock.now())
  const { items: shown, next } = pageOf(request, await identity.sessionsOf(viewer), newestFirst)
  const items = shown.map(({ id, label, createdAt, usedAt, expiresAt }) => ({
    id,
    label,
    createdAt: text(createdAt),
    usedAt: text(usedAt),
    expiresAt: text(expiresAt),
    current: viewer.bearer?.id === id,
  }))
  return json(200, sessionsAnswer.parse({ ...fresh, items, next }))
}

async function endSession(ports: Ports, viewer: Viewer, id: string): Promise<void> {
  const refuse = () => new HttpError(404, `There is no session ${id}`)
  // Of what is not theirs there is nothing to audit.
  if (!(await ports.identity.sessionsOf(viewer)).some((session) => session.id === id)) throw refuse()
  await audited(ports, viewer, { what: 'session.ended', subject: viewer.subject }, async () => {
    if (!(await ports.identity.endSessions(viewer, id))) throw refuse()
  })
}

/** A session that somebody left open takes no second proof away. Who runs the machine, or has no password, has none to say. */
async function proveAgain(ports: Ports, viewer: Viewer, request: HttpRequest): Promise<void> {
  const { current } = request.body.length === 0 ? {} : bodyIn(request, totpRemoval)
  await checkPresent(ports, viewer, current, request.sourceIp)
}

async function checkPresent(
  ports: Ports,
  viewer: Viewer,
  current: string | undefined,
  sourceIp: string,
): Promise<void> {
  const isMachine = viewer.bearer === undefined
  if (isMachine || !(await proofsOf(ports.state, viewer)).hasPassword) return
  if (current === undefined)
    throw new HttpError(422, 'The present password is needed', [{ field: 'current', message: 'is missing' }])
  await checkPassword(ports, viewer, current, sourceIp)
}

async function change(ports: Ports, viewer: Viewer, request: HttpRequest): Promise<HttpReply> {
  const { version: seen, ...asked } = bodyIn(request, accountChange)
  const version = mustVersionIn(request, seen)
  const before = await presentUser(ports.state, viewer.merchantId, viewer.subject)
  const { name, email } = before
  await audited(
    ports,
    viewer,
    { what: 'account.changed', subject: before.id, before: { name, email }, after: { name, email, ...asked } },
    () => changeUser(ports.state, before, asked, version),
  )
  return account(ports, viewer)
}

/** Every other session ends: whoever had the old password is out. */
async function changePassword(ports: Ports, viewer: Viewer, request: HttpRequest): Promise<HttpReply> {
  const { current, next } = bodyIn(request, passwordChange)
  const user = await presentUser(ports.state, viewer.merchantId, viewer.subject)
  await checkPresent(ports, viewer, current, request.sourceIp)
  if (user.email === '')
    throw new HttpError(409, 'A password needs an address to go with it: set one first (PATCH /account)')
  await refuseWeakPassword(user, next)
  await audited(ports, viewer, { what: 'password.changed', subject: user.id }, async () => {
    await setPassword(ports.state, user, next)
    for (const { id } of await ports.identity.sessionsOf(viewer))
      if (id !== viewer.bearer?.id) await ports.identity.endSessions(viewer, id)
    await ports.identity.forgetCodes(viewer)
  })
  return DONE
}
