import { createHash, randomBytes } from 'node:crypto'
import { type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { inStores, USERS, userKey, userOf, viewerOf } from '#core/access/user.ts'
import {
  type ApiToken,
  type Clock,
  type CodeUse,
  conditionsHold,
  type Identity,
  type Person,
  type Secrets,
  type Session,
  type StateStore,
  type TokenRequest,
  type Viewer,
} from '#core/ports.ts'
import { EVERY_KEY, rowKey, under } from '#core/row-key.ts'

const SIGNING_KEY = 'session-signing-key'
const ISSUER = 'counterflow'
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const SESSION_MS = 30 * DAY_MS
const MACHINE_MS = DAY_MS / 2
const CODE_MS: Readonly<Record<CodeUse, number>> = {
  'sign-in': 15 * MINUTE_MS,
  invitation: 7 * DAY_MS,
  reset: DAY_MS,
}
/** When it was last used is written down at most this often. */
const USED_MS = 10 * MINUTE_MS

/** A token that has ended is in the list for so long, for whoever wonders what has stopped. */
const LISTED_MS = 30 * DAY_MS

/** Tokens and codes by their hash: the things themselves are kept nowhere. */
export const TOKEN_TABLE = 'api-tokens'
export const CODE_TABLE = 'sign-in-codes'
/** The hash of a merchant's token. Key: merchant, token's id. */
export const TOKENS_OF_MERCHANT = 'api-tokens-of-merchant'
/** Key: merchant, user, session's id. */
export const SESSION_TABLE = 'sessions'

type TokenRow = ApiToken
type SessionRow = Session
type CodeRow = Person & { readonly use: CodeUse; readonly expiresAt: number }
/** `viewer`: a machine's. */
type Claims = JWTPayload & { readonly viewer?: Viewer; readonly merchantId?: string; readonly session?: string }

const API_PREFIX = 'cf_'

/** Accounts of one engine: signed sessions for browsers, random tokens for scripts, one-use codes for links. */
export class LocalIdentity implements Identity {
  private readonly state: StateStore
  private readonly secrets: Secrets
  private readonly clock: Clock

  constructor(state: StateStore, secrets: Secrets, clock: Clock) {
    this.state = state
    this.secrets = secrets
    this.clock = clock
  }

  async verify(token: string): Promise<Viewer | undefined> {
    if (token.startsWith(API_PREFIX)) {
      const key = hash(token)
      const row = (await this.state.get(TOKEN_TABLE, key)) as TokenRow | undefined
      const viewer = row && (await this.viewerByToken(row))
      if (viewer !== undefined) await this.noteUse(TOKEN_TABLE, key, row!)
      return viewer
    }
    const claims = await this.claimsIn(token)
    if (claims?.viewer !== undefined) return { ...claims.viewer, endsAt: claims.exp! * 1000 }
    const { merchantId, sub: subject, session } = claims ?? {}
    if (merchantId === undefined || subject === undefined || session === undefined) return undefined
    const key = rowKey(merchantId, subject, session)
    const row = (await this.state.get(SESSION_TABLE, key)) as SessionRow | undefined
    const viewer = row && (await this.viewerBySession({ merchantId, subject }, row))
    if (viewer !== undefined) await this.noteUse(SESSION_TABLE, key, row!)
    return viewer
  }

  async present(viewer: Viewer): Promise<Viewer | undefined> {
    const { merchantId, subject, bearer, endsAt = Number.POSITIVE_INFINITY } = viewer
    if (bearer === undefined) return endsAt > this.clock.now() ? viewer : undefined
    if (bearer.kind === 'session') {
      const row = (await this.state.get(SESSION_TABLE, rowKey(merchantId, subject, bearer.id))) as
        | SessionRow
        | undefined
      return row && this.viewerBySession({ merchantId, subject }, row)
    }
    const named = await this.state.get(TOKENS_OF_MERCHANT, rowKey(merchantId, bearer.id))
    const row = named && ((await this.state.get(TOKEN_TABLE, hashIn(named))) as TokenRow | undefined)
    return row && this.viewerByToken(row)
  }

  private async viewerBySession(person: Person, { id, expiresAt }: SessionRow): Promise<Viewer | undefined> {
    const viewer = expiresAt > this.clock.now() ? await this.viewer(person) : undefined
    return viewer && { ...viewer, bearer: { kind: 'session', id } }
  }

  private async viewerByToken(row: TokenRow): Promise<Viewer | undefined> {
    const { scopes, stores, origins, id, expiresAt = Number.POSITIVE_INFINITY } = row
    const viewer = expiresAt > this.clock.now() ? await this.viewer(row) : undefined
    const limits = { ...(scopes && { scopes }), ...(origins && { origins }) }
    return viewer && { ...inStores(viewer, stores), ...limits, bearer: { kind: 'token', id } }
  }

  /** The person as their account is now; undefined: they may not come in. */
  private async viewer({ merchantId, subject }: Person): Promise<Viewer | undefined> {
    const user = userOf(await this.state.get(USERS, userKey(merchantId, subject)), merchantId, subject)
    return user?.status === 'active' ? viewerOf(user) : undefined
  }

  private async noteUse(table: string, key: string, row: { readonly usedAt: number }): Promise<void> {
    const usedAt = this.clock.now()
    if (usedAt - row.usedAt < USED_MS) return
    const unmoved = { table, key, field: 'usedAt', equals: row.usedAt }
    // Whoever ends it, or uses it, at the same moment has the last word.
    await conditionsHold(async () => this.state.commit([{ table, key, row: { ...row, usedAt } }], [unmoved]))
  }

  issueForMachine(viewer: Viewer): Promise<string> {
    return this.sign({ viewer }, this.clock.now() + MACHINE_MS)
  }

  async openSession({ merchantId, subject }: Person, label: string): Promise<string> {
    const id = randomBytes(9).toString('base64url')
    const createdAt = this.clock.now()
    const row: SessionRow = { id, label, createdAt, usedAt: createdAt, expiresAt: createdAt + SESSION_MS }
    await this.state.commitDurable([{ table: SESSION_TABLE, key: rowKey(merchantId, subject, id), row }])
    return this.sign({ merchantId, sub: subject, session: id }, row.expiresAt)
  }

  async sessionsOf({ merchantId, subject }: Person): Promise<readonly Session[]> {
    const rows = await this.state.query({ table: SESSION_TABLE, range: under(merchantId, subject) })
    const nowMs = this.clock.now()
    return rows
      .map(({ row }) => row as SessionRow)
      .filter(({ expiresAt }) => expiresAt > nowMs)
      .sort((a, b) => b.createdAt - a.createdAt)
  }

  async endSessions({ merchantId, subject }: Person, id?: string): Promise<boolean> {
    const rows = await this.state.query({ table: SESSION_TABLE, range: under(merchantId, subject) })
    const ended = rows.filter(({ row }) => id === undefined || (row as SessionRow).id === id)
    if (ended.length > 0)
      await this.state.commitDurable(ended.map(({ key }) => ({ table: SESSION_TABLE, key, row: undefined })))
    if (id === undefined) await this.forgetCodes({ merchantId, subject })
    return ended.length > 0
  }

  async createToken(
    { merchantId, subject }: Person,
    asked: TokenRequest,
  ): Promise<{ readonly token: string; readonly item: ApiToken }> {
    const token = API_PREFIX + randomBytes(24).toString('base64url')
    const createdAt = this.clock.now()
    const item: TokenRow = { ...asked, merchantId, subject, id: hash(token).slice(0, 12), createdAt, usedAt: createdAt }
    await this.state.commitDurable(tokenWrites(hash(token), item))
    return { token, item }
  }

  async tokensOf(merchantId: string): Promise<readonly ApiToken[]> {
    const names = await this.state.query({ table: TOKENS_OF_MERCHANT, range: under(merchantId) })
    const rows = await this.state.getMany(names.map(({ row }) => ({ table: TOKEN_TABLE, key: hashIn(row) })))
    // One may be revoked between the two.
    const present = (rows as (TokenRow | undefined)[]).filter((row) => row !== undefined)
    return present.toSorted((a, b) => b.createdAt - a.createdAt)
  }

  async revokeToken(merchantId: string, id: string): Promise<boolean> {
    const key = rowKey(merchantId, id)
    const named = await this.state.get(TOKENS_OF_MERCHANT, key)
    if (named === undefined) return false
    await this.state.commitDurable([
      { table: TOKEN_TABLE, key: hashIn(named), row: undefined },
      { table: TOKENS_OF_MERCHANT, key, row: undefined },
    ])
    return true
  }

  async issueCode(use: CodeUse, { merchantId, subject }: Person): Promise<string> {
    const code = randomBytes(18).toString('base64url')
    const row: CodeRow = { use, merchantId, subject, expiresAt: this.clock.now() + CODE_MS[use] }
    await this.state.commitDurable([{ table: CODE_TABLE, key: hash(code), row }])
    return code
  }

  async readCode(use: CodeUse, code: string): Promise<Person | undefined> {
    const row = (await this.state.get(CODE_TABLE, hash(code))) as CodeRow | undefined
    if (row?.use !== use || row.expiresAt <= this.clock.now()) return undefined
    return { merchantId: row.merchantId, subject: row.subject }
  }

  async redeemCode(use: CodeUse, code: string): Promise<Person | undefined> {
    const person = await this.readCode(use, code)
    if (person === undefined) return undefined
    const place = { table: CODE_TABLE, key: hash(code) }
    const unused = { ...place, field: 'use', equals: use }
    const isMine = await conditionsHold(() => this.state.commitDurable([{ ...place, row: undefined }], [unused]))
    // With a new password no older link may choose another.
    if (isMine && use !== 'sign-in') await this.forgetCodes(person)
    return isMine ? person : undefined
  }

  async forgetCodes({ merchantId, subject }: Person): Promise<void> {
    const rows = await this.state.query({ table: CODE_TABLE, range: EVERY_KEY })
    const theirs = rows.filter(({ row }) => {
      const code = row as CodeRow
      return code.merchantId === merchantId && code.subject === subject
    })
    if (theirs.length > 0)
      await this.state.commitDurable(theirs.map(({ key }) => ({ table: CODE_TABLE, key, row: undefined })))
  }

  async sweep(): Promise<void> {
    const nowMs = this.clock.now()
    for (const table of [SESSION_TABLE, CODE_TABLE]) {
      const rows = await this.state.query({ table, range: EVERY_KEY })
      for (const { key, row } of rows)
        if ((row as { expiresAt: number }).expiresAt <= nowMs) await this.state.commit([{ table, key, row: undefined }])
    }
    const names = await this.state.query({ table: TOKENS_OF_MERCHANT, range: EVERY_KEY })
    const tokens = await this.state.getMany(names.map(({ row }) => ({ table: TOKEN_TABLE, key: hashIn(row) })))
    for (const token of tokens as (TokenRow | undefined)[])
      if (token?.expiresAt !== undefined && token.expiresAt + LISTED_MS <= nowMs)
        await this.revokeToken(token.merchantId, token.id)
  }

  private async sign(claims: Claims, expiresAt: number): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER)
      .setIssuedAt(new Date(this.clock.now()))
      .setExpirationTime(new Date(expiresAt))
      .sign(await this.key())
  }

  private async claimsIn(token: string): Promise<Claims | undefined> {
    const key = await this.key()
    try {
      const currentDate = new Date(this.clock.now())
      const { payload } = await jwtVerify<Claims>(token, key, { issuer: ISSUER, algorithms: ['HS256'], currentDate })
      // Sessions of before there were accounts said all by themselves, for thirty days: nobody could end them.
      const livesTooLong = payload.viewer !== undefined && payload.exp! - payload.iat! > MACHINE_MS / 1000
      return livesTooLong ? undefined : payload
    } catch {
      return undefined // an unknown, expired or forged token: it says nothing about who asks
    }
  }

  private signingKey: Promise<Uint8Array> | undefined
  private key(): Promise<Uint8Array> {
    this.signingKey ??= this.findKey().catch((error) => {
      this.signingKey = undefined
      throw error
    })
    return this.signingKey
  }

  private async findKey(): Promise<Uint8Array> {
    const known = await this.secrets.get(SIGNING_KEY)
    const text = known ?? randomBytes(32).toString('base64url')
    if (known === undefined) await this.secrets.set(SIGNING_KEY, text)
    return Buffer.from(text, 'base64url')
  }
}

export const tokenWrites = (hashed: string, item: ApiToken) => [
  { table: TOKEN_TABLE, key: hashed, row: item },
  { table: TOKENS_OF_MERCHANT, key: rowKey(item.merchantId, item.id), row: { hash: hashed } },
]

const hashIn = (row: object): string => (row as { hash: string }).hash
const hash = (secret: string): string => createHash('sha256').update(secret).digest('base64url')
