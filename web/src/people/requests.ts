/** Everything that the pages about people ask of the engine. */
import { type QueryClient, queryOptions, type SkipToken, skipToken } from '@tanstack/react-query'
import type { Right, Role } from '#core/access/rights.ts'
import { everyPage } from '#core/api/every-page.ts'
import type { AccountAnswer, JoinAnswer, PersonItem, SessionsAnswer, TokenItem, TotpAnswer } from '#core/api/people.ts'
import { answerOf, doorkeeper, engine, NotSignedInError } from '../reach/ask-engine.ts'

/** Whoever is signed in here; null: nobody is. */
export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: async ({ signal }): Promise<AccountAnswer | null> => {
    try {
      return await answerOf(engine.GET('/account', { signal }))
    } catch (error) {
      if (error instanceof NotSignedInError) return null
      throw error
    }
  },
})

/** Somebody is signed in now, perhaps another one than before: of them nothing stays on the page. */
export async function startAnew(client: QueryClient): Promise<void> {
  forgetAnswers(client)
  await client.refetchQueries({ queryKey: accountQuery.queryKey })
}

/**
 * A session was over, and somebody is signed in again. The same person goes on where they were, with answers that are
 * asked for anew; of another one nothing stays.
 */
export async function goOn(client: QueryClient, before: string): Promise<void> {
  const account = await client.fetchQuery({ ...accountQuery, staleTime: 0 })
  if (account === null) return
  if (account.id === before) await client.invalidateQueries()
  else forgetAnswers(client)
}

/** Whoever was signed in last, while their session may have ended by itself; null: nobody was, or they left. */
export const lastAccountQuery = queryOptions({
  queryKey: ['last-account'],
  queryFn: skipToken as SkipToken | (() => Promise<AccountAnswer | null>),
  gcTime: Number.POSITIVE_INFINITY,
})
export const rememberAccount = (client: QueryClient, account: AccountAnswer | null): void => {
  client.setQueryData(lastAccountQuery.queryKey, account)
}

/** Nobody is signed in here any more. */
export function endHere(client: QueryClient): void {
  rememberAccount(client, null)
  client.setQueryData(accountQuery.queryKey, null)
  forgetAnswers(client)
}

const WHO: readonly unknown[] = [accountQuery.queryKey[0], 'last-account']
const forgetAnswers = (client: QueryClient): void =>
  client.removeQueries({ predicate: ({ queryKey }) => !WHO.includes(queryKey[0]) })

// --- Signing in ------------------------------------------------------------------------------------------------------

export type SignInAsked = { readonly email: string; readonly password: string; readonly code?: string }
export const signIn = (body: SignInAsked) => answerOf(doorkeeper.POST('/sign-in', { body }))
export const signOut = () => answerOf(doorkeeper.POST('/sign-out'))

export const readJoinLink = (code: string, signal: AbortSignal): Promise<JoinAnswer> =>
  answerOf(doorkeeper.GET('/join', { signal, params: { query: { code } } }))
export type JoinAsked = { readonly code: string; readonly password: string; readonly name?: string }
export const join = (body: JoinAsked) => answerOf(doorkeeper.POST('/join', { body }))

// --- One's own account -----------------------------------------------------------------------------------------------

export type AccountChange = { readonly name?: string; readonly email?: string; readonly version: number }
export const changeAccount = (body: AccountChange): Promise<AccountAnswer> =>
  answerOf(engine.PATCH('/account', { body }))

export type PasswordChange = { readonly current?: string; readonly next: string }
export const changePassword = (body: PasswordChange) => answerOf(doorkeeper.POST('/account/password', { body }))

export const beginTotp = (): Promise<TotpAnswer> => answerOf(engine.POST('/account/totp'))
export const confirmTotp = (code: string) => answerOf(engine.POST('/account/totp/confirm', { body: { code } }))
/** `current`: the password, of those who have one. */
export const removeTotp = (current?: string) =>
  answerOf(doorkeeper.DELETE('/account/totp', { body: current === undefined ? {} : { current } }))

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }): Promise<SessionsAnswer> =>
    everyPage((query) => answerOf(engine.GET('/account/sessions', { signal, params: { query } }))),
})
export const endSession = (id: string) =>
  answerOf(engine.DELETE('/account/sessions/{id}', { params: { path: { id } } }))
export const endAllSessions = () => answerOf(engine.DELETE('/account/sessions'))

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }): Promise<{ readonly items: readonly TokenItem[] }> =>
    everyPage((query) => answerOf(engine.GET('/tokens', { signal, params: { query } }))),
})
export type TokenAsked = {
  readonly label?: string
  readonly scopes?: Right[]
  readonly stores?: string[]
  readonly expiresAt?: string
}
export const createToken = (body: TokenAsked): Promise<TokenItem & { readonly token: string }> =>
  answerOf(engine.POST('/tokens', { body }))
export const revokeToken = (id: string) => answerOf(engine.DELETE('/tokens/{id}', { params: { path: { id } } }))

// --- Everybody -------------------------------------------------------------------------------------------------------

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }): Promise<{ readonly items: readonly PersonItem[] }> =>
    everyPage((query) => answerOf(engine.GET('/users', { signal, params: { query } }))),
})
export type InvitationAsked = {
  readonly email: string
  readonly name?: string
  readonly role: Role
  readonly stores?: string[]
}
export type Linked = { readonly path: string }
export const invite = (body: InvitationAsked): Promise<PersonItem & Linked> => answerOf(engine.POST('/users', { body }))
export type PersonChange = {
  readonly role?: Role
  readonly stores?: string[] | null
  readonly version: number
}
export const changePerson = (id: string, body: PersonChange): Promise<PersonItem> =>
  answerOf(engine.PATCH('/users/{id}', { params: { path: { id } }, body }))
export const makeLink = (id: string): Promise<Linked> =>
  answerOf(engine.POST('/users/{id}/link', { params: { path: { id } } }))
export const letGo = (id: string) => answerOf(engine.DELETE('/users/{id}', { params: { path: { id } } }))
