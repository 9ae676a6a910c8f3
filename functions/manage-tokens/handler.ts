import { mayDo } from '#core/access/may-do.ts'
import { seenOf } from '#core/access/may-see.ts'
import type { Right } from '#core/access/rights.ts'
import { newTokenAnswer, type TokenItem, tokenRequest, tokensAnswer } from '#core/api/people.ts'
import type { ApiToken, Viewer } from '#core/ports.ts'
import { audited } from '#runtime/audit.ts'
import {
  bodyIn,
  HttpError,
  type HttpReply,
  type HttpRequest,
  httpHandler,
  json,
  viewerIn,
} from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { newestFirst, pageOf } from '#runtime/query-parameters.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { refuseLimitedToken, tokenOf } from '#runtime/users.ts'

/** Tokens for scripts and storefronts: everybody has their own, and whoever manages people sees everybody's. */
export const handler = httpHandler((ports) => async (request) => {
  const viewer = viewerIn(request)
  switch (request.route) {
    case 'GET /tokens': {
      const fresh = await freshnessAt(ports, ports.clock.now())
      const { items, next } = pageOf(request, await tokensFor(ports, viewer), newestFirst)
      return json(200, tokensAnswer.parse({ ...fresh, items: items.map((token) => itemOf(viewer, token)), next }))
    }
    case 'POST /tokens':
      return create(ports, viewer, request)
    default:
      return revoke(ports, viewer, request.params.id!)
  }
})

async function tokensFor({ identity }: Ports, viewer: Viewer): Promise<readonly ApiToken[]> {
  const all = await identity.tokensOf(viewer.merchantId)
  return mayDo(viewer, 'users:manage') ? all : all.filter(({ subject }) => subject === viewer.subject)
}

const STOREFRONT: readonly Right[] = ['storefront:send']

/** A token can do no more than who makes it. */
async function create(ports: Ports, viewer: Viewer, request: HttpRequest): Promise<HttpReply> {
  const asked = request.body.length === 0 ? {} : bodyIn(request, tokenRequest)
  const { label = 'a script', stores = viewer.stores, origins } = asked
  const scopes = asked.scopes ?? (origins === undefined ? viewer.scopes : STOREFRONT)
  const until = (await tokenOf(ports, viewer))?.expiresAt
  const expiresAt = asked.expiresAt === undefined ? until : Date.parse(asked.expiresAt)
  const refuse = (field: string, message: string) =>
    new HttpError(422, 'The token cannot be made: see its problems', [{ field, message }])
  const beyond = scopes?.find((right: Right) => !mayDo(viewer, right))
  if (beyond !== undefined) throw refuse('scopes', `${beyond} is not yours to give`)
  if (viewer.stores !== undefined && stores?.some((store) => !viewer.stores!.includes(store)))
    throw refuse('stores', 'are not all yours to give')
  if (origins !== undefined && scopes?.some((right) => !STOREFRONT.includes(right)))
    throw refuse('scopes', `must be ${STOREFRONT} alone where there are origins: everybody can read such a key`)
  if (expiresAt !== undefined && expiresAt <= ports.clock.now()) throw refuse('expiresAt', 'must be in the future')
  if (until !== undefined && expiresAt! > until)
    throw refuse('expiresAt', 'must not be after that of the token that asks')
  const wanted = {
    label,
    ...(scopes && { scopes }),
    ...(stores && { stores }),
    ...(origins && { origins }),
    ...(expiresAt && { expiresAt }),
  }
  const { token, item } = await audited(
    ports,
    viewer,
    {
      what: 'token.created',
      subject: label,
      after: { scopes: scopes ?? null, stores: stores ?? null, origins: origins ?? null },
    },
    () => ports.identity.createToken(viewer, wanted),
  )
  return json(201, newTokenAnswer.parse({ ...itemOf(viewer, item), token }))
}

async function revoke(ports: Ports, viewer: Viewer, id: string): Promise<HttpReply> {
  const token = (await tokensFor(ports, viewer)).find((each) => each.id === id)
  if (token === undefined) throw new HttpError(404, `There is no token ${id}: \`counterflow token list\` names them`)
  // A token may give itself up, whatever it may do.
  if (viewer.bearer?.id !== id) await refuseLimitedToken(ports, viewer)
  await audited(ports, viewer, { what: 'token.revoked', subject: id, before: { label: token.label } }, () =>
    ports.identity.revokeToken(viewer.merchantId, id),
  )
  return { statusCode: 204 }
}

const itemOf = (
  viewer: Viewer,
  { id, label, subject, scopes, stores, origins, createdAt, usedAt, expiresAt }: ApiToken,
): TokenItem => ({
  id,
  label,
  person: subject,
  scopes: scopes === undefined ? null : [...scopes],
  stores: seenOf(viewer, stores),
  origins: origins === undefined ? null : [...origins],
  createdAt: new Date(createdAt).toISOString(),
  usedAt: new Date(usedAt).toISOString(),
  expiresAt: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
})
