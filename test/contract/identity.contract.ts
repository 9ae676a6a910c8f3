/** What every `Identity` promises. */
import { createHmac } from 'node:crypto'
import { describe, expect, onTestFinished, test } from 'vitest'
import { TOKEN_TABLE, TOKENS_OF_MERCHANT } from '#adapters/embedded/local-identity.ts'
import { USERS, type User, userKey } from '#core/access/user.ts'
import {
  type Clock,
  CODE_USES,
  type CodeUse,
  type Identity,
  type Person,
  type StateStore,
  type Viewer,
} from '#core/ports.ts'
import { EVERY_KEY } from '#core/row-key.ts'

/** Tables whose rows end. */
const SWEPT = ['sessions', 'sign-in-codes']

export type OpenIdentity = {
  readonly identity: Identity
  /** Where accounts are kept. */
  readonly state: () => StateStore
  /** As the next program finds it. */
  readonly reopen: () => Promise<Identity>
  readonly close: () => Promise<void>
}
export type IdentityImplementation = { readonly name: string; readonly open: (clock: Clock) => Promise<OpenIdentity> }

const OWNER: Person = { merchantId: 'demo', subject: 'owner' }
const OWNER_SEEN: Viewer = { ...OWNER, role: 'owner' }
const ANN: User = {
  id: 'ann',
  merchantId: 'shop é',
  email: 'ann@shop.example',
  name: 'Ann',
  role: 'store-manager',
  stores: ['s1', 's2'],
  status: 'active',
  createdAt: 1,
  version: 0,
}
const MANAGER: Person = { merchantId: 'shop é', subject: 'ann' }
const MANAGER_SEEN: Viewer = { ...MANAGER, role: 'store-manager', stores: ['s1', 's2'] }
const KINDS = ['session', 'token', 'machine'] as const
type Kind = (typeof KINDS)[number]
const issued = async (identity: Identity, person: Person, kind: Kind): Promise<string> => {
  if (kind === 'session') return identity.openSession(person, 'a browser')
  if (kind === 'token') return (await identity.createToken(person, { label: 'a script' })).token
  return identity.issueForMachine(person === OWNER ? OWNER_SEEN : MANAGER_SEEN)
}
/** Who bears it, without what they got in with. */
const seen = async (identity: Identity, token: string): Promise<Viewer | undefined> => {
  const viewer = await identity.verify(token)
  if (viewer === undefined) return undefined
  expect(await identity.present(viewer)).toEqual(viewer)
  const { bearer: _, endsAt: __, ...rest } = viewer
  return rest
}

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
    await opened.state().commitDurable([{ table: USERS, key: userKey(ANN.merchantId, ANN.id), row: ANN }])
    onTestFinished(() => opened.close())
    const pass = (ms: number) => {
      nowMs += ms
    }
    return { ...opened, pass }
  }

  describe(`${name} knows people and programs`, () => {
    test.each(KINDS)('who bears a token of kind %s, also after the next start', async (kind) => {
      const { identity, reopen } = await start()
      const tokens = [await issued(identity, OWNER, kind), await issued(identity, MANAGER, kind)]
      const isAsItShouldBe = async (it: Identity) => {
        expect(await seen(it, tokens[0]!)).toEqual(OWNER_SEEN)
        expect(await seen(it, tokens[1]!)).toEqual(MANAGER_SEEN)
      }
      await isAsItShouldBe(identity)
      await isAsItShouldBe(await reopen())
    })

    test.each(['session', 'token'] as const)('a %s says which one it is', async (kind) => {
      const { identity } = await start()
      const viewer = await identity.verify(await issued(identity, OWNER, kind))
      const known = kind === 'session' ? await identity.sessionsOf(OWNER) : await identity.tokensOf(OWNER.merchantId)
      expect(viewer!.bearer).toEqual({ kind, id: known[0]!.id })
    })

    test.each(['session', 'token'] as const)('an account’s change counts at once for a %s', async (kind) => {
      const { identity, state } = await start()
      const token = await issued(identity, MANAGER, kind)
      const row = (more: Partial<User>) => [
        { table: USERS, key: userKey(ANN.merchantId, ANN.id), row: { ...ANN, ...more } },
      ]
      await state().commitDurable(row({ role: 'analyst', stores: ['s1'] }))
      expect(await seen(identity, token)).toEqual({ ...MANAGER, role: 'analyst', stores: ['s1'] })
      for (const status of ['removed', 'invited'] as const) {
        await state().commitDurable(row({ status }))
        expect(await identity.verify(token)).toBeUndefined()
      }
    })

    test.each(KINDS)('who a viewer by a %s is by now, without what they got in with', async (kind) => {
      const { identity: before, state, reopen, pass } = await start()
      const viewer = (await before.verify(await issued(before, MANAGER, kind)))!
      const identity = await reopen()
      expect(await identity.present(viewer)).toEqual(viewer)
      if (kind === 'machine') {
        pass(DAY / 2 - 1_000)
        expect(await identity.present(viewer)).toEqual(viewer)
        pass(1_000)
        expect(await identity.present(viewer)).toBeUndefined()
        return
      }
      const row = (more: Partial<User>) => [
        { table: USERS, key: userKey(ANN.merchantId, ANN.id), row: { ...ANN, ...more } },
      ]
      await state().commitDurable(row({ role: 'analyst', stores: ['s1'] }))
      expect(await identity.present(viewer)).toEqual({ ...viewer, role: 'analyst', stores: ['s1'] })
      await state().commitDurable(row({ status: 'removed' }))
      expect(await identity.present(viewer)).toBeUndefined()
      await state().commitDurable(row({}))
      expect(await identity.present(viewer)).toEqual(viewer)
      const { id } = viewer.bearer!
      if (kind === 'session') await identity.endSessions(MANAGER, id)
      else await identity.revokeToken(MANAGER.merchantId, id)
      expect(await identity.present(viewer)).toBeUndefined()
    })

    test('a viewer is nobody any more when their session or token has ended', async () => {
      const { identity, pass } = await start()
      const session = (await identity.verify(await issued(identity, OWNER, 'session')))!
      const { token } = await identity.createToken(OWNER, { label: 'x', expiresAt: START + 30 * DAY })
      const script = (await identity.verify(token))!
      pass(30 * DAY - 1)
      expect([await identity.present(session), await identity.present(script)]).toEqual([session, script])
      pass(1)
      expect([await identity.present(session), await identity.present(script)]).toEqual([undefined, undefined])
    })

    test('nobody without an account, but for the owner that every merchant has', async () => {
      const { identity } = await start()
      expect(
        await identity.verify(await issued(identity, { merchantId: 'demo', subject: 'bo' }, 'token')),
      ).toBeUndefined()
      expect(await seen(identity, await issued(identity, { merchantId: 'new', subject: 'owner' }, 'token'))).toEqual({
        merchantId: 'new',
        subject: 'owner',
        role: 'owner',
      })
    })

    test('a session ends by the clock', async () => {
      const { identity, pass } = await start()
      const token = await issued(identity, OWNER, 'session')
      pass(30 * DAY - 1_000)
      expect(await seen(identity, token)).toEqual(OWNER_SEEN)
      pass(2_000)
      expect(await identity.verify(token)).toBeUndefined()
      expect(await identity.sessionsOf(OWNER)).toEqual([])
    })

    test('sessions are ended one by one, or all of them', async () => {
      const { identity, reopen, pass } = await start()
      const tokens: string[] = []
      for (let i = 0; i < 4; i++) {
        tokens.push(await identity.openSession(OWNER, `browser ${i}`))
        pass(1_000)
      }
      const other = await issued(identity, MANAGER, 'session')
      const sessions = await identity.sessionsOf(OWNER)
      expect(sessions.map(({ label }) => label)).toEqual(['browser 3', 'browser 2', 'browser 1', 'browser 0'])
      expect(await identity.endSessions(OWNER, sessions[2]!.id)).toBe(true)
      expect(await identity.endSessions(OWNER, sessions[2]!.id)).toBe(false)
      expect(await identity.endSessions(MANAGER, sessions[0]!.id)).toBe(false)
      expect(await Promise.all(tokens.map(async (token) => (await identity.verify(token)) !== undefined))).toEqual([
        true,
        false,
        true,
        true,
      ])
      expect(await identity.endSessions(OWNER)).toBe(true)
      const next = await reopen()
      for (const token of tokens) expect(await next.verify(token)).toBeUndefined()
      expect(await seen(next, other)).toEqual(MANAGER_SEEN)
    })

    test('a token of a script has no end, unless it was given one', async () => {
      const { identity, pass } = await start()
      const token = await issued(identity, OWNER, 'token')
      const short = await identity.createToken(OWNER, { label: 'x', expiresAt: START + 1_000 })
      pass(999)
      expect(await seen(identity, short.token)).toEqual(OWNER_SEEN)
      pass(1)
      expect(await identity.verify(short.token)).toBeUndefined()
      pass(5_000 * DAY)
      expect(await seen(identity, token)).toEqual(OWNER_SEEN)
    })

    test('a token has the scopes it was given, and of its stores those that its person may see', async () => {
      const { identity } = await start()
      const asked = { label: 'till', scopes: ['figures:read'], stores: ['s2', 's3'] } as const
      const { token } = await identity.createToken(MANAGER, asked)
      expect(await seen(identity, token)).toEqual({ ...MANAGER_SEEN, scopes: ['figures:read'], stores: ['s2'] })
      const ofOwner = await identity.createToken(OWNER, asked)
      expect(await seen(identity, ofOwner.token)).toMatchObject({ stores: ['s2', 's3'] })
    })

    test('tokens are listed newest first, and revoked at once and for good', async () => {
      const { identity, reopen, pass } = await start()
      const first = await identity.createToken(OWNER, { label: 'first' })
      pass(1_000)
      const second = await identity.createToken(OWNER, { label: 'second' })
      await identity.createToken(MANAGER, { label: 'another’s' })
      expect((await identity.tokensOf('demo')).map(({ label }) => label)).toEqual(['second', 'first'])
      expect(await identity.revokeToken('shop é', first.item.id)).toBe(false)
      expect(await identity.revokeToken('demo', first.item.id)).toBe(true)
      expect(await identity.revokeToken('demo', first.item.id)).toBe(false)
      expect(await identity.verify(first.token)).toBeUndefined()
      const next = await reopen()
      expect(await next.verify(first.token)).toBeUndefined()
      expect((await next.tokensOf('demo')).map(({ label }) => label)).toEqual(['second'])
      expect(await seen(next, second.token)).toEqual(OWNER_SEEN)
    })

    test('when they were last used is known within some minutes, and no use revives what was ended', async () => {
      const { identity, pass } = await start()
      const session = await issued(identity, OWNER, 'session')
      const { token } = await identity.createToken(OWNER, { label: 'x' })
      pass(60 * MINUTE)
      await Promise.all([...Array(5)].flatMap(() => [identity.verify(session), identity.verify(token)]))
      expect((await identity.sessionsOf(OWNER))[0]!.usedAt).toBe(START + 60 * MINUTE)
      expect((await identity.tokensOf('demo'))[0]!.usedAt).toBe(START + 60 * MINUTE)
      pass(60 * MINUTE)
      await Promise.all([identity.endSessions(OWNER), identity.verify(session), identity.verify(session)])
      expect(await identity.verify(session)).toBeUndefined()
    })

    test('what is over is swept, and nothing else', async () => {
      const { identity, state, pass } = await start()
      const rowsLeft = async () => {
        const tables = await Promise.all(SWEPT.map((table) => state().query({ table, range: EVERY_KEY })))
        return tables.map((rows) => rows.length)
      }
      await issued(identity, OWNER, 'session')
      await identity.issueCode('sign-in', OWNER)
      pass(15 * MINUTE)
      const session = await issued(identity, OWNER, 'session')
      const code = await identity.issueCode('invitation', MANAGER)
      await identity.sweep()
      expect(await rowsLeft()).toEqual([2, 1])
      expect(await seen(identity, session)).toEqual(OWNER_SEEN)
      expect(await identity.readCode('invitation', code)).toEqual(MANAGER)
      pass(31 * DAY)
      await identity.sweep()
      expect(await rowsLeft()).toEqual([0, 0])
    })

    test('a token that has ended is listed for thirty days more, and then swept', async () => {
      const { identity, state, pass } = await start()
      const names = () => state().query({ table: TOKENS_OF_MERCHANT, range: EVERY_KEY })
      const lasting = await issued(identity, OWNER, 'token')
      pass(1)
      await identity.createToken(OWNER, { label: 'over', expiresAt: START + DAY })
      const refs = (await names()).map(({ row }) => ({ table: TOKEN_TABLE, key: (row as { hash: string }).hash }))
      pass(31 * DAY - 2)
      await identity.sweep()
      expect((await identity.tokensOf('demo')).map(({ label }) => label)).toEqual(['over', 'a script'])
      pass(1)
      await identity.sweep()
      expect((await identity.tokensOf('demo')).map(({ label }) => label)).toEqual(['a script'])
      expect(await names()).toHaveLength(1)
      expect((await state().getMany(refs)).filter((row) => row !== undefined)).toHaveLength(1)
      expect(await seen(identity, lasting)).toEqual(OWNER_SEEN)
    })

    test('tokens are long and never the same', async () => {
      const { identity } = await start()
      const tokens = await Promise.all(Array.from({ length: 50 }, () => issued(identity, OWNER, 'token')))
      expect(new Set(tokens).size).toBe(50)
      for (const token of tokens) expect(token.length).toBeGreaterThanOrEqual(32)
    })

    test('nobody bears a token that was changed', async () => {
      const { identity } = await start()
      for (const kind of KINDS) {
        const token = await issued(identity, OWNER, kind)
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
      const token = await issued(identity, OWNER, 'session')
      if (partsOf(token).length !== 3) return // not a JWT
      const [, payload, signature] = partsOf(token)
      const claims = payloadOf(token)
      const richer = base64({ ...claims, viewer: MANAGER_SEEN })
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
        await issued(other.identity, OWNER, 'session'),
      ]
      for (const it of forged) expect(await identity.verify(it)).toBeUndefined()
      expect(await seen(identity, token)).toEqual(OWNER_SEEN)
    })

    test('a token of one machine is nothing to another', async () => {
      const [here, there] = [await start(), await start()]
      for (const kind of KINDS)
        expect(await there.identity.verify(await issued(here.identity, OWNER, kind))).toBeUndefined()
    })

    describe.each<[CodeUse, number]>([
      ['sign-in', 15 * MINUTE],
      ['invitation', 7 * DAY],
      ['reset', DAY],
    ])('a code for %s', (use, lifetimeMs) => {
      test('counts once', async () => {
        const { identity, reopen } = await start()
        const [code, later] = [await identity.issueCode(use, OWNER), await identity.issueCode(use, MANAGER)]
        expect(await identity.readCode(use, code)).toEqual(OWNER)
        expect(await identity.redeemCode(use, code)).toEqual(OWNER)
        expect(await identity.redeemCode(use, code)).toBeUndefined()
        expect(await identity.readCode(use, code)).toBeUndefined()
        const next = await reopen()
        expect(await next.redeemCode(use, code)).toBeUndefined()
        expect(await next.redeemCode(use, later)).toEqual(MANAGER)
      })

      test('makes older links void where it lets choose a password', async () => {
        const { identity } = await start()
        const older = await Promise.all(CODE_USES.map((each) => identity.issueCode(each, OWNER)))
        const other = await identity.issueCode(use, MANAGER)
        await identity.redeemCode(use, await identity.issueCode(use, OWNER))
        const left = await Promise.all(CODE_USES.map((each, i) => identity.readCode(each, older[i]!)))
        expect(left).toEqual(CODE_USES.map(() => (use === 'sign-in' ? OWNER : undefined)))
        expect(await identity.readCode(use, other)).toEqual(MANAGER)
      })

      test('counts for one of several who use it at once', async () => {
        const { identity } = await start()
        const code = await identity.issueCode(use, OWNER)
        const people = await Promise.all(Array.from({ length: 8 }, () => identity.redeemCode(use, code)))
        expect(people.filter((person) => person !== undefined)).toEqual([OWNER])
      })

      test('counts for its time', async () => {
        const { identity, pass } = await start()
        const codes = [await identity.issueCode(use, OWNER), await identity.issueCode(use, OWNER)]
        pass(lifetimeMs - 1)
        expect(await identity.redeemCode(use, codes[0]!)).toEqual(OWNER)
        pass(1)
        expect(await identity.redeemCode(use, codes[1]!)).toBeUndefined()
      })

      test('is for nothing else, no token, and a token is no code', async () => {
        const { identity } = await start()
        const code = await identity.issueCode(use, OWNER)
        for (const other of CODE_USES.filter((each) => each !== use)) {
          expect(await identity.readCode(other, code)).toBeUndefined()
          expect(await identity.redeemCode(other, code)).toBeUndefined()
        }
        expect(await identity.verify(code)).toBeUndefined()
        for (const kind of KINDS)
          expect(await identity.redeemCode(use, await issued(identity, OWNER, kind))).toBeUndefined()
        expect(await identity.redeemCode(use, code)).toEqual(OWNER)
      })

      test.each(['', 'x', '__proto__', '\u0000', 'x'.repeat(100_000)])('is not %j', async (code) => {
        const { identity } = await start()
        await identity.issueCode(use, OWNER)
        expect(await identity.redeemCode(use, code)).toBeUndefined()
      })
    })
  })
}
