/** The people of a merchant: found, invited, changed, let go. Their rules are here; who may ask is the manifest's. */
import { OWNER_ID, USERS, type User, userKey, userOf } from '#core/access/user.ts'
import type { PersonItem } from '#core/api/people.ts'
import { type ApiToken, type Condition, conditionsHold, type StateStore, type Viewer, type Write } from '#core/ports.ts'
import { under } from '#core/row-key.ts'
import { conflict, HttpError } from './http-handler.ts'
import { isUnmoved } from './is-unmoved.ts'
import type { Ports } from './ports.ts'

/** Whose address it is. Key: e-mail address. */
export const USERS_BY_EMAIL = 'users-by-email'
type Named = { readonly merchantId: string; readonly id: string }

export async function findUser(state: StateStore, merchantId: string, id: string): Promise<User | undefined> {
  return userOf(await state.get(USERS, userKey(merchantId, id)), merchantId, id)
}

/** Everybody who ever was one of them, oldest first; those who were let go too. */
export async function usersOf(state: StateStore, merchantId: string): Promise<readonly User[]> {
  const rows = (await state.query({ table: USERS, range: under(merchantId) })).map(({ row }) => row as User)
  const owner = rows.some(({ id }) => id === OWNER_ID) ? [] : [userOf(undefined, merchantId, OWNER_ID)!]
  return [...owner, ...rows].sort((a, b) => a.createdAt - b.createdAt)
}

export async function findByEmail(state: StateStore, email: string): Promise<User | undefined> {
  const named = (await state.get(USERS_BY_EMAIL, email)) as Named | undefined
  return named && findUser(state, named.merchantId, named.id)
}

/** @throws HttpError 404 */
export async function presentUser(state: StateStore, merchantId: string, id: string): Promise<User> {
  const user = await findUser(state, merchantId, id)
  if (user === undefined || user.status === 'removed') throw new HttpError(404, `There is nobody with the id ${id}`)
  return user
}

export type Invitation = Pick<User, 'email' | 'role'> & {
  readonly name?: string | undefined
  readonly stores?: readonly string[] | undefined
}

/** @throws HttpError 409 where the address is somebody's. */
export async function inviteUser(
  { state, clock, ids }: Pick<Ports, 'state' | 'clock' | 'ids'>,
  merchantId: string,
  { email, name = email.split('@')[0]!, role, stores }: Invitation,
): Promise<User> {
  const user: User = {
    id: ids.next(),
    merchantId,
    email,
    name,
    role,
    ...(stores !== undefined && { stores }),
    status: 'invited',
    createdAt: clock.now(),
    version: 0,
  }
  const free = { table: USERS_BY_EMAIL, key: email, field: undefined }
  const named: Named = { merchantId, id: user.id }
  await commitUser(state, user, [rowOf(user), { table: USERS_BY_EMAIL, key: email, row: named }], [free])
  return user
}

/** @throws HttpError 409: somebody was faster, with this account or with this address. */
async function commitUser(
  state: StateStore,
  { merchantId, id, version, email }: User,
  writes: readonly Write[],
  conditions: readonly Condition[],
): Promise<void> {
  if (await conditionsHold(() => state.commitDurable(writes, conditions))) return
  const present = await findUser(state, merchantId, id)
  if (present !== undefined && (present.version >= version || present.email === email))
    throw conflict(CHANGED_BY_OTHER, itemOf(present))
  throw new HttpError(409, `There is an account with the address ${email} already, at this merchant or another one`)
}
const CHANGED_BY_OTHER = 'Somebody else changed this account'

export type UserChange = {
  readonly [Field in 'name' | 'email' | 'role' | 'status']?: User[Field] | undefined
} & {
  /** null: all stores from now on. */
  readonly stores?: readonly string[] | null | undefined
}

/**
 * The user after the change. @throws HttpError 409 when `version` is not the present one, the address is somebody
 * else's, or the merchant would have no owner any more.
 */
export async function changeUser(
  state: StateStore,
  before: User,
  change: UserChange,
  version = before.version,
): Promise<User> {
  if (version !== before.version) throw conflict(CHANGED_BY_OTHER, itemOf(before))
  const after = changedUser(before, change)
  const others = await otherOwner(state, before, after)
  const isMoved = after.email !== before.email
  const { merchantId, id } = after
  const addresses: Write[] = isMoved
    ? [
        { table: USERS_BY_EMAIL, key: after.email, row: { merchantId, id } },
        ...(before.email === '' ? [] : [{ table: USERS_BY_EMAIL, key: before.email, row: undefined }]),
      ]
    : []
  const free = isMoved ? [{ table: USERS_BY_EMAIL, key: after.email, field: undefined } as const] : []
  await commitUser(state, after, [rowOf(after), ...addresses], [...free, ...others, unmoved(before)])
  return after
}

/** Nobody lets them in any more; their address is free. */
export async function letGo({ state }: Pick<Ports, 'state'>, before: User): Promise<void> {
  const after = changedUser(before, { status: 'removed' })
  const others = await otherOwner(state, before, after)
  const address = before.email === '' ? [] : [{ table: USERS_BY_EMAIL, key: before.email, row: undefined }]
  await commitUser(state, after, [rowOf(after), ...address], [...others, unmoved(before)])
}

/** As `changeUser` leaves them. */
export function changedUser(before: User, { stores, ...change }: UserChange): User {
  const { stores: known, ...rest } = before
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  const kept = stores === undefined ? known : (stores ?? undefined)
  return { ...rest, ...given, ...(kept !== undefined && { stores: kept }), version: before.version + 1 }
}

/** The first owner has no row until something is said of them. */
const unmoved = (user: User): Condition =>
  isUnmoved(
    { table: USERS, key: userKey(user.merchantId, user.id) },
    user.id === OWNER_ID && user.version === 0 ? undefined : user,
  )

/** That somebody else is still an owner when this one is none any more, if that matters. @throws HttpError 409 */
async function otherOwner(state: StateStore, before: User, after: User): Promise<readonly Condition[]> {
  const isOwner = ({ role, status, stores }: User) => role === 'owner' && status === 'active' && stores === undefined
  if (!isOwner(before) || isOwner(after)) return []
  const others = (await usersOf(state, before.merchantId)).filter((user) => user.id !== before.id)
  const other = others.find(isOwner)
  if (other === undefined) throw new HttpError(409, 'A merchant needs an owner: make somebody else one first')
  return [unmoved(other)]
}

/** The token that this viewer came in with; undefined: it was none. */
export async function tokenOf(
  { identity }: Pick<Ports, 'identity'>,
  { merchantId, bearer }: Viewer,
): Promise<ApiToken | undefined> {
  if (bearer?.kind !== 'token') return undefined
  return (await identity.tokensOf(merchantId)).find(({ id }) => id === bearer.id)
}

/** For what would let a token's bearer see or do more than the token may, or for longer. @throws HttpError 403 */
export async function refuseLimitedToken(ports: Pick<Ports, 'identity'>, viewer: Viewer): Promise<void> {
  if (viewer.bearer?.kind !== 'token') return
  const token = await tokenOf(ports, viewer)
  if (token === undefined || token.scopes || token.stores || token.expiresAt !== undefined)
    throw new HttpError(403, 'A token that is limited by rights, stores or time may not do this')
}

const rowOf = (user: User): Write => ({ table: USERS, key: userKey(user.merchantId, user.id), row: user })

export const itemOf = ({ id, email, name, role, stores, status, createdAt, version }: User): PersonItem => ({
  id,
  email: email === '' ? null : email,
  name,
  role,
  stores: stores === undefined ? null : [...stores],
  status: status as PersonItem['status'],
  createdAt: createdAt === 0 ? null : new Date(createdAt).toISOString(),
  version,
})
