import { createRemoteJWKSet, decodeProtectedHeader, errors, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { poolViewer } from '#core/access/pool-viewer.ts'
import type { ApiToken, Clock, CodeUse, Identity, Person, Session, TokenRequest, Viewer } from '#core/ports.ts'

export type UserPool = {
  /** `us-east-1_abc`: its region is in it. */
  readonly id: string
  readonly clientId: string
  /** Where an emulator answers; '': AWS. */
  readonly endpoint: string
}

/** A user pool signs by this; our own tokens by another. */
const ALGORITHM = 'RS256'
const KEYS_PATH = '.well-known/jwks.json'

/**
 * People of a Cognito user pool, by its tokens; all else (sessions, tokens of scripts, codes) is the accounts' own. A
 * pool's token counts until it ends, an hour as a rule: what is changed in the pool meanwhile counts from the next one on.
 */
export class CognitoIdentity implements Identity {
  private readonly accounts: Identity
  private readonly clock: Clock
  private readonly pool: UserPool
  private readonly issuer: string
  private readonly keys: JWTVerifyGetKey

  constructor(accounts: Identity, pool: UserPool, clock: Clock) {
    this.accounts = accounts
    this.pool = pool
    this.clock = clock
    const region = pool.id.split('_')[0]!
    this.issuer = `https://cognito-idp.${region}.amazonaws.com/${pool.id}`
    const base = pool.endpoint === '' ? this.issuer : `${pool.endpoint}/${pool.id}`
    this.keys = createRemoteJWKSet(new URL(`${base}/${KEYS_PATH}`))
  }

  async verify(token: string): Promise<Viewer | undefined> {
    return isOfPool(token) ? this.verifyPool(token) : this.accounts.verify(token)
  }

  /** @throws what keeps the pool's keys from being read: a fault of ours, and not of who asks. */
  private async verifyPool(token: string): Promise<Viewer | undefined> {
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        issuer: this.issuer,
        audience: this.pool.clientId,
        algorithms: [ALGORITHM],
        currentDate: new Date(this.clock.now()),
      })
      const viewer = poolViewer(payload)
      return viewer && { ...viewer, ...(payload.exp !== undefined && { endsAt: payload.exp * 1000 }) }
    } catch (error) {
      if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout) && !isUnreadable(error))
        return undefined
      throw error
    }
  }

  present(viewer: Viewer): Promise<Viewer | undefined> {
    return this.accounts.present(viewer)
  }

  issueForMachine(viewer: Viewer): Promise<string> {
    return this.accounts.issueForMachine(viewer)
  }
  openSession(person: Person, label: string): Promise<string> {
    return this.accounts.openSession(person, label)
  }
  sessionsOf(person: Person): Promise<readonly Session[]> {
    return this.accounts.sessionsOf(person)
  }
  endSessions(person: Person, id?: string): Promise<boolean> {
    return this.accounts.endSessions(person, id)
  }
  createToken(person: Person, asked: TokenRequest): Promise<{ readonly token: string; readonly item: ApiToken }> {
    return this.accounts.createToken(person, asked)
  }
  tokensOf(merchantId: string): Promise<readonly ApiToken[]> {
    return this.accounts.tokensOf(merchantId)
  }
  revokeToken(merchantId: string, id: string): Promise<boolean> {
    return this.accounts.revokeToken(merchantId, id)
  }
  issueCode(use: CodeUse, person: Person): Promise<string> {
    return this.accounts.issueCode(use, person)
  }
  readCode(use: CodeUse, code: string): Promise<Person | undefined> {
    return this.accounts.readCode(use, code)
  }
  redeemCode(use: CodeUse, code: string): Promise<Person | undefined> {
    return this.accounts.redeemCode(use, code)
  }
  forgetCodes(person: Person): Promise<void> {
    return this.accounts.forgetCodes(person)
  }
  sweep(): Promise<void> {
    return this.accounts.sweep()
  }
}

function isOfPool(token: string): boolean {
  try {
    return decodeProtectedHeader(token).alg === ALGORITHM
  } catch {
    return false // no JWT: it may be one of ours
  }
}

/** The pool did not answer with its keys; `createRemoteJWKSet` says so by the plain error class. */
const isUnreadable = (error: errors.JOSEError): boolean => error.constructor === errors.JOSEError
