import { createHash, randomBytes } from 'node:crypto'
import { type JWTPayload, jwtVerify, SignJWT } from 'jose'
import {
  type Clock,
  ConditionFailedError,
  type Identity,
  type Secrets,
  type StateStore,
  type Viewer,
} from '#core/ports.ts'

const SIGNING_KEY = 'session-signing-key'
const CODE_MS = 15 * 60_000
const SESSION_MS = 30 * 24 * 60 * 60_000
const ISSUER = 'counterflow'

/** Rows by hash of a token or code: the thing itself is kept nowhere. */
export const TOKEN_TABLE = 'api-tokens'
export const CODE_TABLE = 'sign-in-codes'
type TokenRow = { readonly viewer: Viewer; readonly label: string; readonly createdAt: number }
type CodeRow = { readonly viewer: Viewer; readonly expiresAt: number }

const API_PREFIX = 'cf_'

/** People and programs of one machine: signed sessions for browsers, random tokens for scripts, one-use codes to begin. */
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
      return ((await this.state.get(TOKEN_TABLE, hash(token))) as TokenRow | undefined)?.viewer
    }
    const key = await this.key()
    try {
      const currentDate = new Date(this.clock.now())
      const { payload } = await jwtVerify<JWTPayload & { viewer: Viewer }>(token, key, {
        issuer: ISSUER,
        algorithms: ['HS256'],
        currentDate,
      })
      return payload.viewer
    } catch {
      return undefined // an unknown, expired or forged token: it says nothing about who asks
    }
  }

  async issue(viewer: Viewer, kind: 'session' | 'api', label: string): Promise<string> {
    if (kind === 'session') {
      const now = this.clock.now()
      return new SignJWT({ viewer })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(ISSUER)
        .setIssuedAt(new Date(now))
        .setExpirationTime(new Date(now + SESSION_MS))
        .sign(await this.key())
    }
    const token = API_PREFIX + randomBytes(24).toString('base64url')
    const row: TokenRow = { viewer, label, createdAt: this.clock.now() }
    await this.state.commitDurable([{ table: TOKEN_TABLE, key: hash(token), row }])
    return token
  }

  async issueSignInCode(viewer: Viewer): Promise<string> {
    const code = randomBytes(18).toString('base64url')
    const row: CodeRow = { viewer, expiresAt: this.clock.now() + CODE_MS }
    await this.state.commitDurable([{ table: CODE_TABLE, key: hash(code), row }])
    return code
  }

  async redeemSignInCode(code: string): Promise<Viewer | undefined> {
    const key = hash(code)
    const row = (await this.state.get(CODE_TABLE, key)) as CodeRow | undefined
    if (row === undefined) return undefined
    try {
      const unused = { table: CODE_TABLE, key, field: 'expiresAt', equals: row.expiresAt }
      await this.state.commitDurable([{ table: CODE_TABLE, key, row: undefined }], [unused])
    } catch (error) {
      if (error instanceof ConditionFailedError) return undefined // somebody was faster
      throw error
    }
    return row.expiresAt > this.clock.now() ? row.viewer : undefined
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

const hash = (secret: string): string => createHash('sha256').update(secret).digest('base64url')
