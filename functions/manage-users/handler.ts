import type { Role } from '#core/access/rights.ts'
import type { User } from '#core/access/user.ts'
import { invitationAnswer, invitationRequest, linkAnswer, peopleAnswer, personChange } from '#core/api/people.ts'
import type { CodeUse, Person, Viewer } from '#core/ports.ts'
import { audited } from '#runtime/audit.ts'
import {
  bodyIn,
  conflict,
  HttpError,
  type HttpReply,
  type HttpRequest,
  httpHandler,
  json,
  mustVersionIn,
  versionIn,
  viewerIn,
} from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { oldestFirst, pageOf } from '#runtime/query-parameters.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import {
  changedUser,
  changeUser,
  inviteUser,
  itemOf,
  letGo,
  presentUser,
  refuseLimitedToken,
  usersOf,
} from '#runtime/users.ts'

/** Who works here: invited by a link, given roles and stores, let go. */
export const handler = httpHandler((ports) => async (request) => {
  const viewer = viewerIn(request)
  const { state, identity } = ports
  if (request.route === 'GET /users') {
    const fresh = await freshnessAt(ports, ports.clock.now())
    const present = (await usersOf(state, viewer.merchantId)).filter(({ status }) => status !== 'removed')
    const { items, next } = pageOf(request, present, oldestFirst)
    return json(200, peopleAnswer.parse({ ...fresh, items: items.map(itemOf), next }))
  }
  await refuseLimitedToken(ports, viewer)
  if (request.route === 'POST /users') return invite(ports, viewer, request)
  const user = await presentUser(state, viewer.merchantId, request.params.id!)
  const person: Person = { merchantId: user.merchantId, subject: user.id }
  switch (request.route) {
    case 'PATCH /users/{id}':
      return change(ports, viewer, request)
    case 'DELETE /users/{id}':
      refuseOtherVersion(user, versionIn(request))
      await audited(ports, viewer, { what: 'person.removed', subject: user.id, before: itemOf(user) }, async () => {
        await letGo(ports, user)
        await identity.endSessions(person)
      })
      return { statusCode: 204 }
    default: {
      // Who was invited and lost the link is invited again; anybody else chooses a new password.
      const use: CodeUse = user.status === 'invited' ? 'invitation' : 'reset'
      if (user.email === '') throw new HttpError(409, 'They have no address yet: `counterflow link` lets an owner in')
      const path = await audited(ports, viewer, { what: 'person.link-made', subject: user.id }, () =>
        linkFor(ports, use, person),
      )
      return json(201, linkAnswer.parse({ path }))
    }
  }
})

/** @throws HttpError 409 with the person as they are */
function refuseOtherVersion(user: User, expected: number | undefined): void {
  if (expected !== undefined && expected !== user.version)
    throw conflict('They were changed since you saw them', itemOf(user))
}

const linkFor = async ({ identity }: Ports, use: CodeUse, person: Person): Promise<string> =>
  `/app/join?code=${await identity.issueCode(use, person)}`

/** @throws HttpError 422 */
function refuseStores(role: Role, stores: readonly string[] | null | undefined): void {
  const refuse = (message: string) => new HttpError(422, 'These do not go together', [{ field: 'stores', message }])
  if (role === 'store-manager' && !stores) throw refuse('must name the stores that a store manager looks after')
  if (role === 'owner' && stores) throw refuse('are not for an owner, who sees all of them')
}

async function invite(ports: Ports, viewer: Viewer, request: HttpRequest): Promise<HttpReply> {
  const asked = bodyIn(request, invitationRequest)
  refuseStores(asked.role, asked.stores)
  const { email, role, stores } = asked
  const answer = await audited(
    ports,
    viewer,
    { what: 'person.invited', subject: email, after: { role, stores: stores ?? null } },
    async () => {
      const user = await inviteUser(ports, viewer.merchantId, asked)
      const path = await linkFor(ports, 'invitation', { merchantId: user.merchantId, subject: user.id })
      return { ...itemOf(user), path }
    },
  )
  return json(201, invitationAnswer.parse(answer))
}

async function change(ports: Ports, viewer: Viewer, request: HttpRequest): Promise<HttpReply> {
  const { version: seen, ...asked } = bodyIn(request, personChange)
  const version = mustVersionIn(request, seen)
  const before = await presentUser(ports.state, viewer.merchantId, request.params.id!)
  const stores = asked.stores === undefined ? before.stores : asked.stores
  refuseStores(asked.role ?? before.role, stores)
  const told = { before: itemOf(before), after: itemOf(changedUser(before, asked)) }
  const after = await audited(ports, viewer, { what: 'person.changed', subject: before.id, ...told }, () =>
    changeUser(ports.state, before, asked, version),
  )
  return json(200, itemOf(after))
}
