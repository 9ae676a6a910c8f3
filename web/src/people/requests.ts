/** Everything that the pages about people ask of the engine. */
import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { Right, Role } from '#core/access/rights.ts'
import type { StoresAnswer } from '#core/api/listings.ts'
import type {
  AccountAnswer,
  AuditAnswer,
  JoinAnswer,
  PersonItem,
  SessionsAnswer,
  TokenItem,
  TotpAnswer,
} from '#core/api/people.ts'
import { askEngine, NotSignedInError } from '../reach/ask-engine.ts'

/** Whoever is signed in here; null: nobody is. */
export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: async ({ signal }): Promise<AccountAnswer | null> => {
    try {
      return await askEngine<AccountAnswer>('/account', { signal })
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

/** Nobody is signed in here any more. */
export function endHere(client: QueryClient): void {
  client.setQueryData(accountQuery.queryKey, null)
  forgetAnswers(client)
}

const forgetAnswers = (client: QueryClient): void =>
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== accountQuery.queryKey[0] })

// --- Signing in ------------------------------------------------------------------------------------------------------

export type SignInAsked = { readonly email: string; readonly password: string; readonly code?: string }
export const signIn = (body: SignInAsked) => askEngine<void>('/sign-in', { method: 'POST', body, proves: true })
export const signOut = () => askEngine<void>('/sign-out', { method: 'POST', proves: true })

export const readJoinLink = (code: string, signal: AbortSignal) =>
  askEngine<JoinAnswer>(`/join?${new URLSearchParams({ code })}`, { signal, proves: true })
export type JoinAsked = { readonly code: string; readonly password: string; readonly name?: string }
export const join = (body: JoinAsked) => askEngine<void>('/join', { method: 'POST', body, proves: true })

// --- One's own account -----------------------------------------------------------------------------------------------

export type AccountChange = { readonly name?: string; readonly email?: string; readonly version: number }
export const changeAccount = (body: AccountChange) => askEngine<AccountAnswer>('/account', { method: 'PATCH', body })

export type PasswordChange = { readonly current?: string; readonly next: string }
export const changePassword = (body: PasswordChange) =>
  askEngine<void>('/account/password', { method: 'POST', body, proves: true })

export const beginTotp = () => askEngine<TotpAnswer>('/account/totp', { method: 'POST' })
export const confirmTotp = (code: string) =>
  askEngine<void>('/account/totp/confirm', { method: 'POST', body: { code } })
export const removeTotp = () => askEngine<void>('/account/totp', { method: 'DELETE' })

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => askEngine<SessionsAnswer>('/account/sessions', { signal }),
})
export const endSession = (id: string) =>
  askEngine<void>(`/account/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' })
export const endAllSessions = () => askEngine<void>('/account/sessions', { method: 'DELETE' })

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => askEngine<{ readonly items: readonly TokenItem[] }>('/tokens', { signal }),
})
export type TokenAsked = {
  readonly label?: string
  readonly scopes?: readonly Right[]
  readonly stores?: readonly string[]
  readonly expiresAt?: string
}
export const createToken = (body: TokenAsked) =>
  askEngine<TokenItem & { readonly token: string }>('/tokens', { method: 'POST', body })
export const revokeToken = (id: string) => askEngine<void>(`/tokens/${encodeURIComponent(id)}`, { method: 'DELETE' })

// --- Everybody -------------------------------------------------------------------------------------------------------

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => askEngine<{ readonly items: readonly PersonItem[] }>('/users', { signal }),
})
export type InvitationAsked = {
  readonly email: string
  readonly name?: string
  readonly role: Role
  readonly stores?: readonly string[]
}
export type Linked = { readonly path: string }
export const invite = (body: InvitationAsked) => askEngine<PersonItem & Linked>('/users', { method: 'POST', body })
export type PersonChange = {
  readonly role?: Role
  readonly stores?: readonly string[] | null
  readonly version: number
}
const personPath = (id: string) => `/users/${encodeURIComponent(id)}`
export const changePerson = (id: string, body: PersonChange) =>
  askEngine<PersonItem>(personPath(id), { method: 'PATCH', body })
export const makeLink = (id: string) => askEngine<Linked>(`${personPath(id)}/link`, { method: 'POST' })
export const letGo = (id: string) => askEngine<void>(personPath(id), { method: 'DELETE' })

const STORES_A_PAGE = 500
/** Every store that was listed. */
export const storesQuery = queryOptions({
  queryKey: ['stores'],
  queryFn: async ({ signal }) => {
    const items: StoresAnswer['items'] = []
    for (let next: string | null = ''; next !== null; ) {
      const query = new URLSearchParams({ limit: String(STORES_A_PAGE), ...(next !== '' && { next }) })
      const page: StoresAnswer = await askEngine(`/stores?${query}`, { signal })
      items.push(...page.items)
      next = page.next
    }
    return items
  },
})

export const auditQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: ({ signal, pageParam }) =>
    askEngine<AuditAnswer>(`/audit?${new URLSearchParams(pageParam === '' ? {} : { next: pageParam })}`, { signal }),
  initialPageParam: '',
  getNextPageParam: ({ next }: AuditAnswer) => next,
})
