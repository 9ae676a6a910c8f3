/** What every `Identity` promises. */
import { createHmac } from 'node:crypto'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Clock, Identity, Viewer } from '#core/ports.ts'

export type OpenIdentity = {
  readonly identity: Identity
  /** As the next program finds it. */
  readonly reopen: () => Promise<Identity>
  readonly close: () => Promise<void>
}
export type IdentityImplementation = { readonly name: string; readonly open: (clock: Clock) => Promise<OpenIdentity> }

const OWNER: Viewer = { merchantId: 'demo', subject: 'owner', role: 'owner' }
const MANAGER: Viewer = { merchantId: 'shop é', subject: 'ann', role: 'owner', stores: ['s1', 's2'] }

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const START = Date.parse('2026-03-02T10:00:00Z')

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const partsOf = (token: string): [string, string, string] => token.split('.') as [string, string, string]
const payloadOf = (token: string): object => JSON.parse(Buffer.from(partsOf(token)[1], 'base64url').toString())

export function identityContract({ name, open }: IdentityImplementation): void {
  const start = async () => {
    let nowMs = START
    const opened = await open({ now: () => nowMs })
    onTestFinished(() => opened.close())
    const pass = (ms: number) => {
      nowMs += ms
    }
    return { ...opened, pass }
  }

  describe(`${name} knows people and programs`, () => {
    test.each(['session', 'api'] as const)('who bears a token of kind %s, also after the next start', async (kind) => {
      const { identity, reopen } = await start()
      const tokens = [await identity.issue(OWNER, kind, 'x'), await identity.issue(MANAGER, kind, 'x')]
      const more = await identity.issue(OWNER, kind, 'x')
      const isAsItShouldBe = async (it: Identity) => {
        expect(await it.verify(tokens[0]!)).toEqual(OWNER)
        expect(await it.verify(tokens[1]!)).toEqual(MANAGER)
        expect(await it.verify(more)).toEqual(OWNER)
      }
      await isAsItShouldBe(identity)
      await isAsItShouldBe(await reopen())
    })

    test('a session ends by the clock', async () => {
      const { identity, pass } = await start()
      const token = await identity.issue(OWNER, 'session', 'browser')
      pass(30 * DAY - 1_000)
      expect(await identity.verify(token)).toEqual(OWNER)
      pass(2_000)
      expect(await identity.verify(token)).toBeUndefined()
      expect(await identity.verify(await identity.issue(OWNER, 'session', 'browser'))).toEqual(OWNER)
    })

    test('a token of a script has no end', async () => {
      const { identity, pass } = await start()
      const token = await identity.issue(OWNER, 'api', 'script')
      pass(5_000 * DAY)
      expect(await identity.verify(token)).toEqual(OWNER)
    })

    test('tokens are long and never the same', async () => {
      const { identity } = await start()
      const tokens = await Promise.all(Array.from({ length: 50 }, () => identity.issue(OWNER, 'api', 'x')))
      expect(new Set(tokens).size).toBe(50)
      for (const token of tokens) expect(token.length).toBeGreaterThanOrEqual(32)
    })

    test('nobody bears a token that was changed', async () => {
      const { identity } = await start()
      for (const kind of ['session', 'api'] as const) {
        const token = await identity.issue(OWNER, kind, 'x')
        for (const at of [0, Math.floor(token.length / 2), token.length - 3]) {
          const forged = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
          expect(await identity.verify(forged)).toBeUndefined()
        }
        for (const other of [`${token}x`, token.slice(0, -1), token.toUpperCase(), ` ${token}`, ''])
          expect(await identity.verify(other)).toBeUndefined()
      }
    })

    test.each(['', '.', '..', '...', 'a.b.c', 'null', '{}', 'cf_', 'cf_x', '__proto__', '\u0000', 'x'.repeat(100_000)])(
      'nobody bears %j',
      async (token) => {
        const { identity } = await start()
        expect(await identity.verify(token)).toBeUndefined()
      },
    )

    test('a signed session is signed by us: no other algorithm, key or issuer counts', async () => {
      const { identity } = await start()
      const other = await start()
      const token = await identity.issue(OWNER, 'session', 'browser')
      if (partsOf(token).length !== 3) return // not a JWT
      const [, payload, signature] = partsOf(token)
      const claims = payloadOf(token)
      const richer = base64({ ...claims, viewer: MANAGER })
      const header = base64({ alg: 'HS256' })
      const signed = (key: string) =>
        `${header}.${richer}.${createHmac('sha256', key).update(`${header}.${richer}`).digest('base64url')}`
      const forged = [
        `${base64({ alg: 'none' })}.${payload}.`,
        `${base64({ alg: 'none' })}.${payload}.${signature}`,
        `${base64({ alg: 'NONE', typ: 'JWT' })}.${richer}.`,
        `${base64({ alg: 'HS512' })}.${payload}.${signature}`,
        `${header}.${richer}.${signature}`,
        `${header}.${payload}.`,
        signed(''),
        signed('secret'),
        await other.identity.issue(OWNER, 'session', 'browser'),
      ]
      for (const it of forged) expect(await identity.verify(it)).toBeUndefined()
      expect(await identity.verify(token)).toEqual(OWNER)
    })

    test('a token of one machine is nothing to another', async () => {
      const [here, there] = [await start(), await start()]
      for (const kind of ['session', 'api'] as const)
        expect(await there.identity.verify(await here.identity.issue(OWNER, kind, 'x'))).toBeUndefined()
    })

    describe('a sign-in code', () => {
      test('lets in once', async () => {
        const { identity, reopen } = await start()
        const [code, later] = [await identity.issueSignInCode(OWNER), await identity.issueSignInCode(MANAGER)]
        expect(await identity.redeemSignInCode(code)).toEqual(OWNER)
        expect(await identity.redeemSignInCode(code)).toBeUndefined()
        const next = await reopen()
        expect(await next.redeemSignInCode(code)).toBeUndefined()
        expect(await next.redeemSignInCode(later)).toEqual(MANAGER)
      })

      test('lets in one of several who use it at once', async () => {
        const { identity } = await start()
        const code = await identity.issueSignInCode(OWNER)
        const viewers = await Promise.all(Array.from({ length: 8 }, () => identity.redeemSignInCode(code)))
        expect(viewers.filter((viewer) => viewer !== undefined)).toEqual([OWNER])
      })

      test('is good for minutes, not for hours', async () => {
        const { identity, pass } = await start()
        const codes = [await identity.issueSignInCode(OWNER), await identity.issueSignInCode(OWNER)]
        pass(15 * MINUTE - 1)
        expect(await identity.redeemSignInCode(codes[0]!)).toEqual(OWNER)
        pass(1)
        expect(await identity.redeemSignInCode(codes[1]!)).toBeUndefined()
      })

      test('is no token, and a token is no code', async () => {
        const { identity } = await start()
        expect(await identity.verify(await identity.issueSignInCode(OWNER))).toBeUndefined()
        for (const kind of ['session', 'api'] as const)
          expect(await identity.redeemSignInCode(await identity.issue(OWNER, kind, 'x'))).toBeUndefined()
      })

      test.each(['', 'x', '__proto__', '\u0000', 'x'.repeat(100_000)])('is not %j', async (code) => {
        const { identity } = await start()
        await identity.issueSignInCode(OWNER)
        expect(await identity.redeemSignInCode(code)).toBeUndefined()
      })
    })
  })
}
