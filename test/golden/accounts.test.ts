/** How people come in, and how they are kept out: through the functions that the manifest names. */
import { Secret, TOTP } from 'otpauth'
import { describe, expect, test } from 'vitest'
import type { AuditAnswer } from '#core/api/people.ts'
import { LogFullError, type Viewer } from '#core/ports.ts'
import { rowKey } from '#core/row-key.ts'
import { merchantSettings } from '#core/settings/settings.ts'
import { manifest } from '#functions/manifest.ts'
import { auditRow } from '#runtime/audit.ts'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { addMerchant, findMerchant, setMerchantStatus, withStatus } from '#runtime/merchants.ts'
import { SESSION_COOKIE } from '#runtime/session-cookie.ts'
import { SIGN_IN_ATTEMPTS } from '#runtime/sign-in-limit.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { ask, portsInTest } from '#test/fakes/ports-in-test.ts'

const NOW = Date.parse('2026-03-02T10:00:00Z')
const MINUTE = 60_000
const PASSWORD = 'seven green kettles sing'
const OTHER_PASSWORD = 'nine blue spoons at dawn'
const MACHINE: Viewer = { merchantId: DEMO_MERCHANT, subject: 'owner', role: 'owner' }

function newHouse() {
  const clock = new FixedClock(NOW)
  const ports = portsInTest({ clock })
  type Asked = {
    viewer?: Viewer
    body?: object
    query?: Record<string, string>
    headers?: Record<string, string>
    id?: string
    sourceIp?: string
    host?: string
  }
  const send = async (route: string, { id, ...asked }: Asked = {}) => {
    const { runs } = manifest.routes.find(({ method, path }) => `${method} ${path}` === route)!
    const { handler } = await import(`#functions/${runs}/handler.ts`)
    return ask(handler, ports, route, { ...asked, ...(id !== undefined && { params: { id } }) })
  }
  /** Who bears the session that an answer opened. */
  const sessionIn = async ({ reply }: Awaited<ReturnType<typeof send>>): Promise<Viewer | undefined> => {
    const [cookie = ''] = reply.cookies ?? []
    return ports.identity.verify(cookie.slice(SESSION_COOKIE.length + 1).split(';')[0]!)
  }
  const signIn = (email: string, password: string, more: { code?: string; sourceIp?: string } = {}) =>
    send('POST /sign-in', {
      body: { email, password, ...(more.code !== undefined && { code: more.code }) },
      sourceIp: more.sourceIp ?? '10.0.0.1',
    })
  /** The owner with an address and a password. */
  const withOwner = async () => {
    await send('PATCH /account', { viewer: MACHINE, body: { email: 'asha@shop.example', version: 0 } })
    expect((await send('POST /account/password', { viewer: MACHINE, body: { next: PASSWORD } })).status).toBe(204)
    return (await sessionIn(await signIn('asha@shop.example', PASSWORD)))!
  }
  const invite = async (viewer: Viewer, body: object) => {
    const { body: made } = await send('POST /users', { viewer, body })
    return { id: made.id as string, code: new URL(made.path, 'http://x').searchParams.get('code')! }
  }
  const join = async (code: string, password = PASSWORD) =>
    (await sessionIn(await send('POST /join', { body: { code, password } })))!
  return { clock, ports, send, sessionIn, signIn, withOwner, invite, join }
}

describe('a password', () => {
  test.each([
    ['short', 'short'],
    ['password1234', 'stolen'],
    ['qwertyuiop12', 'stolen'],
    ['aaaaaaaaaaaaaaaa', 'guess'],
    ['asha@shop.example', 'guess'],
    ['counterflow2026', 'guess'],
  ])('%s is none: %s', async (next, why) => {
    const { send } = newHouse()
    await send('PATCH /account', { viewer: MACHINE, body: { email: 'asha@shop.example', version: 0 } })
    const { status, body } = await send('POST /account/password', { viewer: MACHINE, body: { next } })
    expect([status, body.problems[0].field, body.problems[0].message]).toEqual([
      422,
      'password',
      expect.stringContaining(why),
    ])
  })

  test('needs an address to go with it', async () => {
    const { send } = newHouse()
    expect((await send('POST /account/password', { viewer: MACHINE, body: { next: PASSWORD } })).status).toBe(409)
  })

  test('lets in, in whatever case the address is, and no other does', async () => {
    const { signIn, sessionIn, withOwner } = newHouse()
    await withOwner()
    expect(await sessionIn(await signIn('ASHA@Shop.example', PASSWORD))).toMatchObject(MACHINE)
    const wrong = await signIn('asha@shop.example', OTHER_PASSWORD)
    const nobody = await signIn('nobody@shop.example', PASSWORD)
    expect([wrong.status, wrong.body]).toEqual([401, nobody.body])
    expect(wrong.reply.cookies).toBeUndefined()
  })

  test('is changed with the one before, which counts no more, and ends every other session', async () => {
    const { send, signIn, sessionIn, withOwner, ports } = newHouse()
    const here = await withOwner()
    await sessionIn(await signIn('asha@shop.example', PASSWORD))
    const change = (body: object) => send('POST /account/password', { viewer: here, body })
    expect((await change({ next: OTHER_PASSWORD })).status).toBe(422)
    expect((await change({ current: 'wrong wrong wrong', next: OTHER_PASSWORD })).status).toBe(401)
    expect((await ports.identity.sessionsOf(here)).length).toBe(2)
    expect((await change({ current: PASSWORD, next: OTHER_PASSWORD })).status).toBe(204)
    expect((await ports.identity.sessionsOf(here)).map(({ id }) => id)).toEqual([here.bearer!.id])
    expect((await signIn('asha@shop.example', PASSWORD)).status).toBe(401)
    expect((await signIn('asha@shop.example', OTHER_PASSWORD)).status).toBe(204)
  })

  test('that is another one, or signing out everywhere, makes every link void', async () => {
    const { send, withOwner } = newHouse()
    const here = await withOwner()
    const linkMade = async () => (await send('POST /sign-in/codes', { viewer: here })).body.code as string
    const follow = async (code: string) => (await send('GET /sign-in', { query: { code } })).status
    const [first] = [await linkMade()]
    await send('POST /account/password', { viewer: here, body: { current: PASSWORD, next: OTHER_PASSWORD } })
    expect(await follow(first)).toBe(401)
    const second = await linkMade()
    await send('DELETE /account/sessions', { viewer: here })
    expect(await follow(second)).toBe(401)
  })

  test('is kept as nothing that could be read', async () => {
    const { ports, withOwner } = newHouse()
    await withOwner()
    const kept = JSON.stringify([await ports.state.query({ table: 'credentials', range: { from: '!', to: '~' } })])
    expect(kept).toContain('hash')
    expect(kept).not.toContain(PASSWORD)
  })
})

describe('guessing', () => {
  test('is free five times at one address from one place, then waits, and ends after a right one', async () => {
    const { clock, signIn, withOwner } = newHouse()
    await withOwner()
    for (let i = 0; i < 5; i++) expect((await signIn('asha@shop.example', `guess number ${i}`)).status).toBe(401)
    const { status, reply } = await signIn('asha@shop.example', PASSWORD)
    expect([status, reply.headers!['retry-after']]).toEqual([429, '1'])
    // Somebody elsewhere gets in meanwhile.
    expect((await signIn('asha@shop.example', PASSWORD, { sourceIp: '10.0.0.2' })).status).toBe(204)
    clock.set(NOW + 1_000)
    expect((await signIn('asha@shop.example', 'guess number 6')).status).toBe(401)
    clock.set(NOW + 2_000)
    expect((await signIn('asha@shop.example', PASSWORD)).status).toBe(429)
    clock.set(NOW + 3_000)
    expect((await signIn('asha@shop.example', PASSWORD)).status).toBe(204)
    for (let i = 0; i < 5; i++) expect((await signIn('asha@shop.example', `guess again ${i}`)).status).toBe(401)
  })

  test('many at once are as many', async () => {
    const { signIn, withOwner } = newHouse()
    await withOwner()
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => signIn('asha@shop.example', `guess ${i}`)))
    expect(answers.filter(({ status }) => status === 401).length).toBe(5)
    expect(answers.filter(({ status }) => status === 429).length).toBe(7)
  })

  test('many at once are as many, also after what was tried before is forgotten', async () => {
    const { clock, signIn, withOwner } = newHouse()
    await withOwner()
    await signIn('asha@shop.example', 'a guess')
    clock.set(NOW + 61 * MINUTE)
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => signIn('asha@shop.example', `guess ${i}`)))
    expect(answers.filter(({ status }) => status === 401).length).toBe(5)
  })

  test('from one place at many addresses is one guesser', async () => {
    const { signIn } = newHouse()
    const statuses: number[] = []
    for (let i = 0; i < 31; i++) statuses.push((await signIn(`somebody-${i}@shop.example`, PASSWORD)).status)
    expect(statuses.slice(0, 30).every((status) => status === 401)).toBe(true)
    expect(statuses[30]).toBe(429)
  })

  test('of strangers keeps nobody at their place from their own account who is in already', async () => {
    const { send, signIn, withOwner } = newHouse()
    const viewer = await withOwner()
    const sourceIp = '10.0.0.1'
    for (let i = 0; i < 30; i++) await signIn(`somebody-${i}@shop.example`, PASSWORD, { sourceIp })
    const change = (current: string) =>
      send('POST /account/password', { viewer, body: { current, next: OTHER_PASSWORD }, sourceIp })
    expect((await change('a wrong one')).status).toBe(401)
    expect((await change(PASSWORD)).status).toBe(204)
    for (let i = 0; i < 5; i++) expect((await change(PASSWORD)).status).toBe(401)
    expect((await change(OTHER_PASSWORD)).status).toBe(429)
  })

  test('who gets in is no guesser, however many they are at one place', async () => {
    const { clock, signIn, withOwner } = newHouse()
    await withOwner()
    for (let i = 0; i < 40; i++) {
      clock.set(NOW + i * 1_000)
      expect((await signIn('asha@shop.example', PASSWORD)).status).toBe(204)
    }
  }, 30_000)

  test('waits a quarter of an hour at the longest, and is forgotten after an hour', async () => {
    const { clock, signIn, withOwner } = newHouse()
    await withOwner()
    let nowMs = NOW
    let longest = 0
    for (let i = 0; i < 40; i++) {
      const { status, reply } = await signIn('asha@shop.example', 'a wrong one')
      if (status !== 429) continue
      const waitS = Number(reply.headers!['retry-after'])
      longest = Math.max(longest, waitS)
      clock.set((nowMs += waitS * 1000))
    }
    expect(longest).toBe(900)
    clock.set(nowMs + 61 * MINUTE)
    for (let i = 0; i < 5; i++) expect((await signIn('asha@shop.example', 'a wrong one')).status).toBe(401)
  }, 20_000)
})

describe('an authenticator app', () => {
  test('is asked for once it is confirmed; none of its codes counts twice; it can be taken away', async () => {
    const { clock, send, signIn, withOwner } = newHouse()
    const viewer = await withOwner()
    const { body } = await send('POST /account/totp', { viewer })
    const totp = new TOTP({ secret: Secret.fromBase32(body.secret) })
    const codeAt = (ms: number) => totp.generate({ timestamp: ms })
    expect(body.uri).toContain('otpauth://totp/Counterflow:asha%40shop.example')
    expect((await signIn('asha@shop.example', PASSWORD)).status).toBe(204)
    const wrong = String((Number(codeAt(NOW)) + 1) % 1e6).padStart(6, '0')
    expect((await send('POST /account/totp/confirm', { viewer, body: { code: wrong } })).status).toBe(422)
    expect((await send('POST /account/totp/confirm', { viewer, body: { code: codeAt(NOW) } })).status).toBe(204)
    expect((await send('POST /account/totp', { viewer })).status).toBe(409)

    const missing = await signIn('asha@shop.example', PASSWORD)
    expect([missing.status, missing.body.problems[0].field]).toEqual([401, 'code'])
    expect((await signIn('asha@shop.example', PASSWORD, { code: codeAt(NOW) })).status).toBe(401)
    clock.set(NOW + MINUTE)
    expect((await signIn('asha@shop.example', PASSWORD, { code: codeAt(NOW + MINUTE + 30_000) })).status).toBe(204)
    expect((await signIn('asha@shop.example', PASSWORD, { code: codeAt(NOW + MINUTE + 30_000) })).status).toBe(401)
    expect((await signIn('asha@shop.example', PASSWORD, { code: codeAt(NOW + MINUTE) })).status).toBe(401)
    clock.set(NOW + 5 * MINUTE)
    expect((await signIn('asha@shop.example', 'a wrong one', { code: codeAt(NOW + 5 * MINUTE) })).status).toBe(401)
    expect((await signIn('asha@shop.example', PASSWORD, { code: codeAt(NOW + 5 * MINUTE - 30_000) })).status).toBe(204)

    const remove = (body?: object) => send('DELETE /account/totp', { viewer, ...(body && { body }) })
    expect((await remove()).body.problems).toEqual([{ field: 'current', message: 'is missing' }])
    expect((await remove({ current: OTHER_PASSWORD })).status).toBe(401)
    expect((await remove({ current: PASSWORD })).status).toBe(204)
    expect((await signIn('asha@shop.example', PASSWORD)).status).toBe(204)
  })

  test('of one code that is sent twice at once, one gets in', async () => {
    const { clock, send, signIn, withOwner } = newHouse()
    const viewer = await withOwner()
    const { body } = await send('POST /account/totp', { viewer })
    const totp = new TOTP({ secret: Secret.fromBase32(body.secret) })
    await send('POST /account/totp/confirm', { viewer, body: { code: totp.generate({ timestamp: NOW }) } })
    clock.set(NOW + MINUTE)
    const code = totp.generate({ timestamp: NOW + MINUTE })
    const answers = await Promise.all([1, 2].map(() => signIn('asha@shop.example', PASSWORD, { code })))
    expect(answers.filter(({ status }) => status === 204).length).toBe(1)
  })
})

describe('an invitation', () => {
  const BO = { email: 'Bo@shop.example', role: 'store-manager', stores: ['jaipur'] }

  test('says who it is for, lets them choose a password once, and they are what they were invited as', async () => {
    const { send, withOwner, invite, join, signIn } = newHouse()
    const owner = await withOwner()
    const { id, code } = await invite(owner, BO)
    expect((await signIn('bo@shop.example', PASSWORD)).status).toBe(401)
    const look = await send('GET /join', { query: { code } })
    expect(look.body).toEqual({
      asOf: new Date(NOW).toISOString(),
      lagMs: 0,
      email: 'bo@shop.example',
      name: 'bo',
      merchant: 'Demo',
      role: 'store-manager',
      for: 'invitation',
    })
    expect((await send('POST /join', { body: { code, password: 'short' } })).status).toBe(422)
    const bo = await join(code)
    expect(bo).toMatchObject({ merchantId: DEMO_MERCHANT, subject: id, role: 'store-manager', stores: ['jaipur'] })
    expect((await send('POST /join', { body: { code, password: OTHER_PASSWORD } })).status).toBe(401)
    expect((await send('GET /join', { query: { code } })).status).toBe(401)
    expect((await signIn('bo@shop.example', PASSWORD)).status).toBe(204)
  })

  test.each([
    [{ role: 'store-manager' }, 'stores'],
    [{ role: 'owner', stores: ['jaipur'] }, 'stores'],
    [{ role: 'analyst', stores: [] }, 'stores'],
    [{ role: 'king' }, 'role'],
    [{ role: 'analyst', email: 'no address' }, 'email'],
    [{ role: 'analyst', admin: true }, 'admin'],
  ])('%j is refused', async (body, field) => {
    const { send, withOwner } = newHouse()
    const answer = await send('POST /users', { viewer: await withOwner(), body: { email: 'bo@shop.example', ...body } })
    expect([answer.status, JSON.stringify(answer.body.problems)]).toEqual([422, expect.stringContaining(field)])
  })

  test('of an address that has an account is refused, also when two come at once', async () => {
    const { send, withOwner } = newHouse()
    const viewer = await withOwner()
    const again = await Promise.all([1, 2, 3].map(() => send('POST /users', { viewer, body: BO })))
    expect(again.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    const own = { ...BO, email: 'asha@shop.example' }
    expect((await send('POST /users', { viewer, body: own })).status).toBe(409)
    const { body } = await send('GET /users', { viewer })
    expect(body.items.map(({ email }: { email: string }) => email)).toEqual(['asha@shop.example', 'bo@shop.example'])
  })

  test('a new link takes the place of a lost one, and a reset ends what was', async () => {
    const { send, withOwner, invite, join, signIn, ports } = newHouse()
    const owner = await withOwner()
    const { id, code } = await invite(owner, BO)
    const { body } = await send('POST /users/{id}/link', { viewer: owner, id })
    const bo = await join(new URL(body.path, 'http://x').searchParams.get('code')!)
    const { body: secret } = await send('POST /account/totp', { viewer: bo })
    const totp = new TOTP({ secret: Secret.fromBase32(secret.secret) })
    await send('POST /account/totp/confirm', { viewer: bo, body: { code: totp.generate({ timestamp: NOW }) } })
    const reset = await send('POST /users/{id}/link', { viewer: owner, id })
    const resetCode = new URL(reset.body.path, 'http://x').searchParams.get('code')!
    expect((await send('GET /join', { query: { code: resetCode } })).body.for).toBe('reset')
    const again = await join(resetCode, OTHER_PASSWORD)
    expect((await ports.identity.sessionsOf(bo)).map(({ id: it }) => it)).toEqual([again.bearer!.id])
    expect((await signIn('bo@shop.example', PASSWORD)).status).toBe(401)
    expect((await signIn('bo@shop.example', OTHER_PASSWORD)).status).toBe(204)
    // The first link was never used: it lets nobody take over an account that is in use.
    expect((await send('POST /join', { body: { code, password: PASSWORD } })).status).toBe(401)
  })
})

describe('people', () => {
  test('are changed by version, one of two who do it at once', async () => {
    const { send, withOwner, invite, join } = newHouse()
    const owner = await withOwner()
    const { id, code } = await invite(owner, { email: 'bo@shop.example', role: 'analyst' })
    await join(code)
    const change = (body: object) => send('PATCH /users/{id}', { viewer: owner, id, body })
    const stale = await change({ role: 'executive', version: 0 })
    expect([stale.status, stale.body.present]).toMatchObject([409, { id, role: 'analyst', version: 1 }])
    const both = await Promise.all([
      change({ role: 'executive', version: 1 }),
      change({ role: 'integrator', version: 1 }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const { body } = await change({ role: 'store-manager', version: 2 })
    expect(body.problems[0].field).toBe('stores')
    expect((await change({ role: 'store-manager', stores: ['a'], version: 2 })).body).toMatchObject({ stores: ['a'] })
  })

  test('who was let go is out at once, and their address is free', async () => {
    const { send, withOwner, invite, join, signIn, ports } = newHouse()
    const owner = await withOwner()
    const { id, code } = await invite(owner, { email: 'bo@shop.example', role: 'analyst' })
    const bo = await join(code)
    const { token } = (await send('POST /tokens', { viewer: bo, body: {} })).body
    expect(await ports.identity.verify(token)).toMatchObject({ subject: id })
    expect((await send('DELETE /users/{id}', { viewer: owner, id })).status).toBe(204)
    expect(await ports.identity.verify(token)).toBeUndefined()
    expect(await ports.identity.sessionsOf(bo)).toEqual([])
    expect((await signIn('bo@shop.example', PASSWORD)).status).toBe(401)
    expect((await send('DELETE /users/{id}', { viewer: owner, id })).status).toBe(404)
    await invite(owner, { email: 'bo@shop.example', role: 'executive' })
    const { body } = await send('GET /audit', { viewer: owner })
    const made = body.items.find(({ what }: { what: string }) => what === 'token.created')
    expect(made.who).toEqual({ id, name: 'bo', by: 'session' })
  })

  test('of two owners who are demoted at once one stays', async () => {
    for (const how of ['PATCH /users/{id}', 'DELETE /users/{id}']) {
      const { send, withOwner, invite, join } = newHouse()
      const owner = await withOwner()
      const { id, code } = await invite(owner, { email: 'bo@shop.example', role: 'owner' })
      await join(code)
      const change = (of: string, version: number) =>
        send(how, { viewer: owner, id: of, body: { role: 'analyst', version } })
      const both = await Promise.all([change('owner', 1), change(id, 1)])
      expect(both.map(({ status }) => status < 300).sort()).toEqual([false, true])
      const { body } = await send('GET /users', { viewer: owner })
      expect(body.items.filter(({ role }: { role: string }) => role === 'owner').length).toBe(1)
    }
  })

  test('a limited token lets nobody in', async () => {
    const { send, withOwner, ports } = newHouse()
    const owner = await withOwner()
    const { token } = (await send('POST /tokens', { viewer: owner, body: { scopes: ['users:manage'] } })).body
    const viewer = (await ports.identity.verify(token))!
    expect((await send('GET /users', { viewer })).status).toBe(200)
    const body = { email: 'eve@shop.example', role: 'owner' }
    expect((await send('POST /users', { viewer, body })).status).toBe(403)
    expect((await send('POST /users/{id}/link', { viewer, id: 'owner' })).status).toBe(403)
    await ports.identity.revokeToken(DEMO_MERCHANT, viewer.bearer!.id)
    expect((await send('POST /sign-in/codes', { viewer })).status).toBe(403)
  })

  test('somebody who was changed since is not removed by who says what they saw', async () => {
    const { send, withOwner, invite } = newHouse()
    const owner = await withOwner()
    const { id } = await invite(owner, { email: 'bo@shop.example', role: 'analyst' })
    await send('PATCH /users/{id}', { viewer: owner, id, body: { name: 'Bo', version: 0 } })
    const remove = (version: string) =>
      send('DELETE /users/{id}', { viewer: owner, id, headers: { 'if-match': version } })
    const { status, body } = await remove('"0"')
    expect([status, body.present.version]).toEqual([409, 1])
    expect((await remove('"1"')).status).toBe(204)
  })

  test('the last owner stays one', async () => {
    const { send, withOwner, invite, join } = newHouse()
    const owner = await withOwner()
    const { id, code } = await invite(owner, { email: 'bo@shop.example', role: 'owner' })
    const remove = () => send('DELETE /users/{id}', { viewer: owner, id: 'owner' })
    expect((await remove()).status).toBe(409)
    const demote = { role: 'analyst', version: 2 }
    expect((await send('PATCH /users/{id}', { viewer: owner, id: 'owner', body: demote })).status).toBe(409)
    const bo = await join(code)
    expect((await remove()).status).toBe(204)
    expect((await send('DELETE /users/{id}', { viewer: bo, id })).status).toBe(409)
  })
})

describe('tokens', () => {
  test('can do no more than who makes them', async () => {
    const { send, withOwner, invite, join } = newHouse()
    const owner = await withOwner()
    const { code } = await invite(owner, { email: 'bo@shop.example', role: 'store-manager', stores: ['a', 'b'] })
    const bo = await join(code)
    const make = (body: object) => send('POST /tokens', { viewer: bo, body })
    expect((await make({ scopes: ['settings:change'] })).body.problems[0].field).toBe('scopes')
    expect((await make({ stores: ['a', 'c'] })).body.problems[0].field).toBe('stores')
    expect((await make({ expiresAt: '2026-03-02T09:59:59Z' })).body.problems[0].field).toBe('expiresAt')
    expect((await make({ origins: ['https://shop.example'] })).body.problems[0].field).toBe('scopes')
    expect((await make({ stores: ['a'], scopes: ['figures:read'] })).body).toMatchObject({
      stores: ['a'],
      scopes: ['figures:read'],
    })
    const key = { origins: ['https://shop.example'], scopes: ['figures:read'] }
    expect((await send('POST /tokens', { viewer: owner, body: key })).body.problems[0].field).toBe('scopes')
    expect((await send('POST /tokens', { viewer: owner, body: { origins: ['https://shop.example/x'] } })).status).toBe(
      422,
    )
  })

  test('are one’s own to see and revoke, and everybody’s for who manages people', async () => {
    const { send, withOwner, invite, join } = newHouse()
    const owner = await withOwner()
    const { code } = await invite(owner, { email: 'bo@shop.example', role: 'analyst' })
    const bo = await join(code)
    const mine = (await send('POST /tokens', { viewer: bo, body: { label: 'bo’s' } })).body
    const theirs = (await send('POST /tokens', { viewer: owner, body: { label: 'asha’s' } })).body
    const labels = async (viewer: Viewer) =>
      (await send('GET /tokens', { viewer })).body.items.map(({ label }: { label: string }) => label).sort()
    expect(await labels(bo)).toEqual(['bo’s'])
    expect(await labels(owner)).toEqual(['asha’s', 'bo’s'])
    expect((await send('DELETE /tokens/{id}', { viewer: bo, id: theirs.id })).status).toBe(404)
    expect((await send('DELETE /tokens/{id}', { viewer: owner, id: mine.id })).status).toBe(204)
    expect(await labels(bo)).toEqual([])
  })

  test('that are limited make nothing that is less so', async () => {
    const { send, withOwner, ports } = newHouse()
    const owner = await withOwner()
    const bearer = async (body: object) =>
      (await ports.identity.verify((await send('POST /tokens', { viewer: owner, body })).body.token))!
    const day = new Date(NOW + 24 * 60 * MINUTE).toISOString()
    const make = async (viewer: Viewer, body: object = {}) => (await send('POST /tokens', { viewer, body })).body
    const link = async (viewer: Viewer) => (await send('POST /sign-in/codes', { viewer })).status
    const all = await bearer({})
    expect([(await make(all)).expiresAt, await link(all)]).toEqual([null, 201])
    const short = await bearer({ expiresAt: day })
    expect([(await make(short)).expiresAt, await link(short)]).toEqual([day, 403])
    const later = { expiresAt: new Date(NOW + 25 * 60 * MINUTE).toISOString() }
    expect((await make(short, later)).problems[0].field).toBe('expiresAt')
    const own = await bearer({ scopes: ['account:manage'] })
    expect([(await make(own)).scopes, await link(own)]).toEqual([['account:manage'], 403])
    const ofOne = await bearer({ stores: ['a'] })
    expect([(await make(ofOne)).stores, await link(ofOne)]).toEqual([['a'], 403])
  })

  test.each([
    { stores: ['a'] },
    { scopes: ['account:manage', 'settings:change'] },
    { expiresAt: '2026-03-03T00:00:00Z' },
  ])('that are limited by %j neither read nor change what their person is told', async (limits) => {
    const { send, withOwner, ports } = newHouse()
    const owner = await withOwner()
    const statuses = async (body: object) => {
      const { token } = (await send('POST /tokens', { viewer: owner, body })).body
      const viewer = (await ports.identity.verify(token))!
      const choose = { version: 0, channels: ['log'], stores: null }
      return [
        (await send('GET /notices/deliveries', { viewer })).status,
        (await send('POST /notices/choices', { viewer, body: choose })).status,
        (await send('POST /notices/test', { viewer, body: { channel: 'log' } })).status,
        (await send('POST /notices/deliveries/{number}/redeliver', { viewer })).status,
      ]
    }
    expect(await statuses(limits)).toEqual([403, 403, 403, 403])
    expect(await statuses({})).toEqual([200, 200, 200, 404])
  })

  test('that are limited revoke themselves alone', async () => {
    const { send, withOwner, ports } = newHouse()
    const owner = await withOwner()
    const make = async (body: object) => (await send('POST /tokens', { viewer: owner, body })).body
    const [all, ofOne] = [await make({}), await make({ stores: ['a'] })]
    const viewer = (await ports.identity.verify(ofOne.token))!
    expect((await send('DELETE /tokens/{id}', { viewer, id: all.id })).status).toBe(403)
    expect((await send('DELETE /tokens/{id}', { viewer, id: ofOne.id })).status).toBe(204)
    expect(await ports.identity.verify(ofOne.token)).toBeUndefined()
  })

  test('of some stores send nothing that counts in all of them', async () => {
    const { send } = newHouse()
    const viewer: Viewer = { ...MACHINE, stores: ['a'] }
    const listing = (type: string, data: object) => ({ type, storeId: 'a', id: type, data })
    const events = [
      listing('store.listed', { name: 'Jaipur' }),
      listing('product.listed', { productId: 'P', title: 'Kurta' }),
      listing('rate.recorded', { currency: 'INR', per: 'EUR', date: '2026-03-02', rate: '98.5' }),
    ]
    const said = async (who: Viewer) =>
      (await send('POST /collect', { viewer: who, body: { events } })).body.results.map(
        ({ status }: { status: string }) => status,
      )
    expect(await said(viewer)).toEqual(['accepted', 'refused', 'refused'])
    expect(await said(MACHINE)).toEqual(['repeat', 'accepted', 'accepted'])
  })

  test('change no account', async () => {
    const { send, withOwner, ports } = newHouse()
    const owner = await withOwner()
    const { token } = (await send('POST /tokens', { viewer: owner, body: {} })).body
    const viewer = (await ports.identity.verify(token))!
    expect((await send('GET /account', { viewer })).status).toBe(200)
    const change = { current: PASSWORD, next: OTHER_PASSWORD }
    expect((await send('POST /account/password', { viewer, body: change })).status).toBe(403)
    expect((await send('DELETE /account/sessions', { viewer })).status).toBe(403)
  })
})

describe('a setting that somebody else changed since is not overwritten by who says what they saw', () => {
  const changed = (value: number, before?: number | null) => ({ name: 'lowStockWarningDays', value, before })

  test('though no row knows of it yet', async () => {
    const { send, clock } = newHouse()
    const set = (body: object) => send('POST /settings', { viewer: MACHINE, body })
    expect((await set(changed(4, null))).status).toBe(202)
    const { status, body } = await set(changed(5, null))
    expect([status, body.present]).toEqual([409, { name: 'lowStockWarningDays', value: 4 }])
    expect((await set(changed(5, 4))).status).toBe(202)
    // Half a minute later the row alone counts. Here nothing folds it.
    clock.set(NOW + MINUTE)
    expect((await set(changed(6, 5))).body.present).toEqual({ name: 'lowStockWarningDays', value: null })
  })

  test('of two at once one is told, and the audit says what each met', async () => {
    const { send, ports } = newHouse()
    const set = (body: object) => send('POST /settings', { viewer: MACHINE, body })
    const both = await Promise.all([set(changed(4, null)), set(changed(5, null))])
    expect(both.map(({ status }) => status).sort()).toEqual([202, 409])
    const said = both.findIndex(({ status }) => status === 202) + 4
    // Who says nothing of what they saw comes after whoever was there before.
    const blind = await Promise.all([set(changed(7)), set(changed(8))])
    expect(blind.map(({ status }) => status)).toEqual([202, 202])
    const { items } = (await send('GET /audit', { viewer: MACHINE })).body
    const steps = items
      .map(({ before, after }: { before: number | null; after: number }) => [before, after])
      .sort((a: number[], b: number[]) => a[0]! - b[0]!)
    const [first, last] = [steps[1][1], steps[2][1]]
    expect(steps).toEqual([
      [null, said],
      [said, first],
      [first, last],
    ])
    expect([first, last].sort()).toEqual([7, 8])
    expect((await ports.log.status()).shards.every(({ appended }) => appended === 3)).toBe(true)
  })

  test('one of a category and one of a product of the same name are two', async () => {
    const { send } = newHouse()
    const set = (body: object) => send('POST /settings', { viewer: MACHINE, body })
    expect((await set({ ...changed(4, null), category: 'lamp' })).status).toBe(202)
    expect((await set({ ...changed(5, null), productId: 'lamp' })).status).toBe(202)
    const { items } = (await send('GET /audit', { viewer: MACHINE })).body
    const told = items.map(({ subject, before, after }: Record<string, unknown>) => [subject, before, after])
    expect(told.sort()).toEqual([
      ['lowStockWarningDays of category lamp', null, 4],
      ['lowStockWarningDays of product lamp', null, 5],
    ])
  })

  test('of one category more than a row holds is refused; those that have some may change them', async () => {
    const { send, ports } = newHouse()
    const some = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`c${n}`, {}]))
    const row = { ...merchantSettings.empty, categories: some }
    await ports.state.commit([{ table: merchantSettings.name, key: rowKey('0', MACHINE.merchantId), row }])
    const set = (category: string) =>
      send('POST /settings', { viewer: MACHINE, body: { ...changed(4, null), category } })
    const { status, body } = await set('one more')
    expect([status, body.problems[0].field]).toEqual([422, 'category'])
    expect((await set('c7')).status).toBe(202)
  })

  test('unless it could not be said', async () => {
    const { send, ports } = newHouse()
    const set = (body: object) => send('POST /settings', { viewer: MACHINE, body })
    const { append } = ports.log
    Object.assign(ports.log, { append: () => Promise.reject(new LogFullError('full', 1)) })
    expect((await set(changed(4, null))).status).toBe(503)
    Object.assign(ports.log, { append })
    expect((await set(changed(5, null))).status).toBe(202)
  })

  test('and who could not say it takes nobody else’s word back', async () => {
    const { send, ports } = newHouse()
    const set = (body: object) => send('POST /settings', { viewer: MACHINE, body })
    const { append } = ports.log
    let fail = () => {}
    const failing = new Promise<never>((_, failed) => {
      fail = () => failed(new LogFullError('full', 1))
    })
    const reached = new Promise<void>((isReached) => {
      Object.assign(ports.log, {
        append: () => {
          isReached()
          return failing
        },
      })
    })
    const first = set(changed(4, null))
    await reached
    Object.assign(ports.log, { append })
    expect((await set(changed(5, 4))).status).toBe(202)
    fail()
    expect((await first).status).toBe(503)
    expect((await set(changed(6, null))).body.present).toEqual({ name: 'lowStockWarningDays', value: 5 })
  })
})

describe('the audit', () => {
  test('has a row for every change, newest first, in pages, and none for what was refused', async () => {
    const { clock, send, withOwner, invite } = newHouse()
    const owner = await withOwner()
    clock.set(NOW + MINUTE)
    await invite(owner, { email: 'bo@shop.example', role: 'analyst' })
    await send('POST /users', { viewer: owner, body: { email: 'bo@shop.example', role: 'analyst' } })
    clock.set(NOW + 2 * MINUTE)
    await send('POST /settings', { viewer: owner, body: { name: 'lowStockWarningDays', value: 4 } })
    const kinds: string[] = []
    let next: string | null = null
    do {
      const query: Record<string, string> = { limit: '2', ...(next !== null && { next }) }
      const { body } = await send('GET /audit', { viewer: owner, query })
      kinds.push(...body.items.map(({ what }: { what: string }) => what))
      next = body.next
    } while (next !== null)
    expect(kinds.slice(0, 2)).toEqual(['settings.changed', 'person.invited'])
    expect(kinds.slice(2).sort()).toEqual(['account.changed', 'password.changed', 'session.opened'])
  })

  /** Newest first, of what happened after `from`. */
  const linesOf = async ({ send }: House, of: RegExp) => {
    const { items } = (await send('GET /audit', { viewer: MACHINE, query: { limit: '500' } })).body
    return items
      .filter(({ what }: AuditItem) => of.test(what))
      .map(({ what, who, subject, before, after }: AuditItem) => ({ what, who, subject, before, after }))
  }
  type House = ReturnType<typeof newHouse>

  test('of one’s own account has name and address before and after, also of the one that stayed', async () => {
    const house = newHouse()
    const owner = await house.withOwner()
    house.clock.set(NOW + MINUTE)
    const { name, email, version } = (await house.send('GET /account', { viewer: owner })).body
    await house.send('PATCH /account', { viewer: owner, body: { name: 'Asha B', version } })
    house.clock.set(NOW + 2 * MINUTE)
    await house.send('PATCH /account', { viewer: owner, body: { email: 'b@shop.example', version: version + 1 } })
    const lines = await linesOf(house, /^account/)
    expect(lines.slice(0, 2).map(({ before, after }: AuditItem) => ({ before, after }))).toEqual([
      { before: { name: 'Asha B', email }, after: { name: 'Asha B', email: 'b@shop.example' } },
      { before: { name, email }, after: { name: 'Asha B', email } },
    ])
  })
  type AuditItem = AuditAnswer['items'][number]
  const asha = (by: string) => ({ id: 'owner', name: 'Owner', by })

  test.each([
    ['nothing of it is in the log', false, []],
    ['nobody knows whether it is', true, [{ what: 'settings.changed', subject: 'lowStockWarningDays', after: 4 }]],
  ])('has a row of a change that failed only where it may have happened: %s', async (_, isUncertain, rows) => {
    const house = newHouse()
    Object.assign(house.ports.log, { append: () => Promise.reject(new LogFullError('full', 1, isUncertain)) })
    const body = { name: 'lowStockWarningDays', value: 4 }
    expect((await house.send('POST /settings', { viewer: MACHINE, body })).status).toBe(503)
    expect(await linesOf(house, /^settings\./)).toMatchObject(rows)
  })

  test('a change of which nobody knows whether it happened is what others are told of, and may be sent again', async () => {
    const { send, ports } = newHouse()
    const { append } = ports.log
    const change = (value: number) =>
      send('POST /settings', { viewer: MACHINE, body: { name: 'lowStockWarningDays', value, before: null } })
    Object.assign(ports.log, { append: () => Promise.reject(new LogFullError('full', 1, true)) })
    expect((await change(4)).status).toBe(503)
    Object.assign(ports.log, { append })
    const { status, body } = await change(5)
    expect([status, body.present]).toEqual([409, { name: 'lowStockWarningDays', value: 4 }])
    expect((await change(4)).status).toBe(202)
    expect((await change(4)).status).toBe(409)
  })

  test('says who signed in, by what, and who signed out, here or everywhere', async () => {
    const house = newHouse()
    const { send, ports, clock, withOwner } = house
    const owner = await withOwner()
    clock.set(NOW + MINUTE)
    const { code } = (await send('POST /sign-in/codes', { viewer: owner })).body
    await send('GET /sign-in', { query: { code } })
    expect((await send('GET /sign-in', { query: { code } })).status).toBe(401)
    clock.set(NOW + 2 * MINUTE)
    const token = await ports.identity.openSession(owner, 'a browser')
    await send('POST /sign-out', { headers: { authorization: `Bearer ${token}` } })
    await send('POST /sign-out', { headers: { authorization: `Bearer ${token}` } })
    clock.set(NOW + 3 * MINUTE)
    await send('DELETE /account/sessions', { viewer: owner })
    expect(
      (await linesOf(house, /^sessions?\./)).map(({ what, who, subject }: AuditItem) => [what, who, subject]),
    ).toEqual([
      ['sessions.ended', asha('session'), 'owner'],
      ['session.closed', asha('session'), 'owner'],
      ['session.opened', asha('link'), 'owner'],
      ['session.opened', asha('password'), 'owner'],
    ])
  })

  test('says of whoever was changed what the list of people does, before and after', async () => {
    const house = newHouse()
    const { send, withOwner, invite } = house
    const viewer = await withOwner()
    const { id } = await invite(viewer, { email: 'bo@shop.example', role: 'store-manager', stores: ['s1'] })
    const listed = async () =>
      (await send('GET /users', { viewer })).body.items.find((person: { id: string }) => person.id === id)
    const before = await listed()
    const body = { role: 'analyst', stores: null, version: 0 }
    expect((await send('PATCH /users/{id}', { viewer, id, body })).status).toBe(200)
    expect(await linesOf(house, /^person\.changed/)).toMatchObject([{ subject: id, before, after: await listed() }])
  })

  test('says whose link a password was chosen by', async () => {
    const house = newHouse()
    const { withOwner, invite, join } = house
    const { id, code } = await invite(await withOwner(), { email: 'bo@shop.example', role: 'analyst' })
    await join(code)
    const who = { id, name: 'bo', by: 'link' }
    expect(await linesOf(house, /^password\.chosen/)).toMatchObject([{ who, subject: id, after: { by: 'invitation' } }])
    expect(await linesOf(house, /^session\.opened/)).toEqual(
      expect.arrayContaining([expect.objectContaining({ who, subject: id })]),
    )
  })

  test('says that an authenticator app was begun, added and taken off, and not its secret', async () => {
    const house = newHouse()
    const { send, withOwner, clock } = house
    const viewer = await withOwner()
    const { secret } = (await send('POST /account/totp', { viewer })).body
    clock.set(NOW + MINUTE)
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: NOW + MINUTE })
    expect((await send('POST /account/totp/confirm', { viewer, body: { code } })).status).toBe(204)
    expect((await send('POST /account/totp', { viewer })).status).toBe(409)
    clock.set(NOW + 2 * MINUTE)
    await send('DELETE /account/totp', { viewer, body: { current: PASSWORD } })
    const lines = await linesOf(house, /^totp\./)
    expect(lines.map(({ what }: AuditItem) => what)).toEqual(['totp.removed', 'totp.added', 'totp.begun'])
    expect(JSON.stringify(lines)).not.toContain(secret)
  })

  test('says from the fifth wrong try at an address on how many there were, once an hour, and of an address that nobody has nothing', async () => {
    const house = newHouse()
    const { signIn, withOwner, clock, ports } = house
    await withOwner()
    const guess = async (email: string, times: number) => {
      for (let i = 0; i < times; i++)
        expect((await signIn(email, `guess ${i}`, { sourceIp: `10.1.${i}.${times}` })).status).toBe(401)
    }
    const told = async () =>
      (await linesOf(house, /^session\.refused/)).map(({ who, subject, after }: AuditItem) => [who, subject, after])
    await guess('asha@shop.example', 4)
    expect(await told()).toEqual([])
    await guess('asha@shop.example', 9)
    const who = { id: 'somebody', name: null, by: 'password' }
    expect(await told()).toEqual([[who, 'owner', { tries: 5 }]])
    clock.set(NOW + 61 * MINUTE)
    await guess('asha@shop.example', 4)
    expect(await told()).toHaveLength(1)
    await guess('asha@shop.example', 2)
    expect(await told()).toHaveLength(2)
    // As much is written where nobody has the address.
    await guess('nobody@shop.example', 5)
    expect(await ports.state.get(SIGN_IN_ATTEMPTS, 'told nobody@shop.example')).toMatchObject({ failures: 5 })
    expect(await told()).toHaveLength(2)
  })

  test('says from the fifth wrong guess in an open session at its password on how many there were, once an hour', async () => {
    const house = newHouse()
    const { send, withOwner, clock } = house
    const viewer = await withOwner()
    const guess = async (times: number) => {
      for (let i = 0; i < times; i++) {
        const [body, sourceIp] = [{ current: `guess ${i}`, next: OTHER_PASSWORD }, `10.1.${i}.${times}`]
        expect((await send('POST /account/password', { viewer, body, sourceIp })).status).toBe(401)
      }
    }
    const told = async () =>
      (await linesOf(house, /^password\.refused/)).map(({ who, subject, after }: AuditItem) => [who, subject, after])
    await guess(4)
    expect(await told()).toEqual([])
    await guess(3)
    expect(await told()).toEqual([[asha('session'), 'owner', { tries: 5 }]])
    clock.set(NOW + 61 * MINUTE)
    await guess(5)
    expect(await told()).toHaveLength(2)
  })
})

describe('a question of the audit', () => {
  const HOUR = 60 * MINUTE
  /** Who changed what, an hour apart: six settings, one of them by a token's person, and an invitation. */
  const withChanges = async () => {
    const house = newHouse()
    const { clock, send, withOwner, invite } = house
    const owner = await withOwner()
    for (const value of [1, 2, 3, 4, 5]) {
      clock.set(NOW + value * HOUR)
      await send('POST /settings', { viewer: owner, body: { name: 'lowStockWarningDays', value } })
    }
    await invite(owner, { email: 'bo@shop.example', role: 'analyst' })
    const other: Viewer = { ...MACHINE, subject: 'somebody else' }
    await send('POST /settings', { viewer: other, body: { name: 'lowStockWarningDays', value: 9 } })
    clock.set(NOW + 6 * HOUR)
    const ask = async (query: Record<string, string>) => {
      const { status, body } = await send('GET /audit', { viewer: owner, query })
      return status === 200 ? body.items.map(({ after }: { after: unknown }) => after) : body.problems[0].field
    }
    return { ...house, owner, ask }
  }
  const at = (hours: number) => new Date(NOW + hours * HOUR).toISOString()

  test.each([
    ['of a kind', { what: 'settings.changed' }, [9, 5, 4, 3, 2, 1]],
    ['of a thing', { what: 'settings', limit: '2' }, [9, 5]],
    ['of a part of a name: none', { what: 'settings.chan' }, []],
    ['of a person', { what: 'settings', who: 'somebody else' }, [9]],
    ['from a time on', { what: 'settings', from: at(4), limit: '500' }, [9, 5, 4]],
    ['before a time', { what: 'settings', to: at(2) }, [1]],
    ['between two', { what: 'settings', from: at(2), to: at(4) }, [3, 2]],
    ['backward', { from: at(4), to: at(2) }, 'from'],
    ['of a time to come', { from: at(7) }, 'from'],
    ['of nobody', { who: '' }, 'who'],
  ])('answers what is %s', async (_name, query, expected) => {
    const { ask } = await withChanges()
    const found = await ask(query as unknown as Record<string, string>)
    expect(Array.isArray(found) ? [...found].sort((a, b) => b - a) : found).toEqual(expected)
  })

  test('looks at so many rows at a time, and goes on from there', async () => {
    const { ports, send, owner } = await withChanges()
    const by = { merchantId: DEMO_MERCHANT, subject: 'a busy program' }
    const rows = Array.from({ length: 5_600 }, () => auditRow(ports, by, { what: 'document.replayed', subject: 'x' }))
    for (let from = 0; from < rows.length; from += 100) await ports.state.commit(rows.slice(from, from + 100))
    const pages: number[] = []
    let next: string | null = null
    do {
      const query: Record<string, string> = { what: 'settings', ...(next !== null && { next }) }
      const { body } = await send('GET /audit', { viewer: owner, query })
      pages.push(body.items.length)
      next = body.next
    } while (next !== null)
    expect(pages).toEqual([0, 6])
  })

  test('has what changes nothing that is kept, too: a session that ends, a test, a name', async () => {
    const { send, ports, signIn, withOwner } = newHouse()
    const owner = await withOwner()
    await signIn('asha@shop.example', PASSWORD)
    const other = (await ports.identity.sessionsOf(owner)).find(({ id }) => id !== owner.bearer!.id)!
    await send('DELETE /account/sessions/{id}', { viewer: owner, id: other.id })
    expect((await send('DELETE /account/sessions/{id}', { viewer: owner, id: other.id })).status).toBe(404)
    await send('POST /notices/test', { viewer: owner, body: { channel: 'log' } })
    const { body: made } = await send('POST /integrations', { viewer: owner, body: { source: 'generic' } })
    await send('POST /integrations/{id}/test', { viewer: owner, id: made.id })
    await send('PATCH /merchant', { viewer: owner, body: { name: 'Asha Home' } })
    const { body } = await send('GET /audit', { viewer: owner })
    const kinds = body.items.map(({ what }: { what: string }) => what)
    for (const kind of ['session.ended', 'notice.tested', 'integration.tested', 'merchant.named'])
      expect(kinds.filter((each: string) => each === kind)).toEqual([kind])
  })
})

test('a merchant is called what its owner says, as long as they saw what it was called', async () => {
  const { send } = newHouse()
  const name = (body: object) => send('PATCH /merchant', { viewer: MACHINE, body })
  expect((await name({ name: ' Asha Home ', before: 'Demo' })).body).toEqual({ id: DEMO_MERCHANT, name: 'Asha Home' })
  expect((await send('GET /account', { viewer: MACHINE })).body.merchant).toBe('Asha Home')
  const late = await name({ name: 'Bo', before: 'Demo' })
  expect([late.status, late.body.present]).toEqual([409, { id: DEMO_MERCHANT, name: 'Asha Home' }])
  expect((await name({ name: '' })).body.problems[0].field).toBe('name')
  expect((await name({ name: 'Bo' })).status).toBe(200)
})

test('a merchant who is suspended while somebody names them stays suspended, and the other way round keeps the name', async () => {
  const { send, ports } = newHouse()
  const name = (called: string) => send('PATCH /merchant', { viewer: MACHINE, body: { name: called } })
  const { commitDurable } = ports.state
  ports.state.commitDurable = async (writes, conditions) => {
    // The row of the audit: the merchant was read by now.
    ports.state.commitDurable = commitDurable
    await setMerchantStatus(ports.state, DEMO_MERCHANT, 'suspended')
    await commitDurable.call(ports.state, writes, conditions)
  }
  const late = await name('Asha Home')
  expect([late.status, late.body.present]).toEqual([409, { id: DEMO_MERCHANT, name: 'Demo', status: 'suspended' }])
  const suspended = (await findMerchant(ports.state, DEMO_MERCHANT))!
  expect(suspended).toMatchObject({ name: 'Demo', status: 'suspended' })
  expect((await name('Asha Home')).status).toBe(200)
  await expect(withStatus(ports.state, suspended, 'active')).rejects.toMatchObject({ status: 409 })
  expect(await findMerchant(ports.state, DEMO_MERCHANT)).toMatchObject({ name: 'Asha Home', status: 'suspended' })
  await setMerchantStatus(ports.state, DEMO_MERCHANT, 'active')
  expect(await findMerchant(ports.state, DEMO_MERCHANT)).toMatchObject({ name: 'Asha Home', status: 'active' })
})

test('of two merchants that are added under one id at once there is one', async () => {
  const { ports } = newHouse()
  const added = await Promise.allSettled(['Asha', 'Bo'].map((name) => addMerchant(ports, { id: 'shop', name })))
  expect(added.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(added.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { status: 409 } })
})

test('what is done to a way in is in the audit, with the change or not at all, and without a secret', async () => {
  const { send, ports } = newHouse()
  const { body: made } = await send('POST /integrations', {
    viewer: MACHINE,
    body: { source: 'generic', proof: 'token' },
  })
  const { id, secret } = made
  const patch = (body: object) => send('PATCH /integrations/{id}', { viewer: MACHINE, id, body })
  expect((await patch({ status: 'paused', version: 0 })).status).toBe(200)
  expect((await patch({ label: 'x', version: 0 })).status).toBe(409)
  const { body: rotated } = await send('POST /integrations/{id}/rotate', { viewer: MACHINE, id })
  await send('DELETE /integrations/{id}', { viewer: MACHINE, id })
  const rows = await ports.state.query({ table: 'audit', range: { from: '!', to: '~' } })
  const kinds = rows.map(({ row }) => (row as { what: string }).what).sort()
  expect(kinds).toEqual(['integration.changed', 'integration.opened', 'integration.removed', 'integration.rotated'])
  const changed = rows.find(({ row }) => (row as { what: string }).what === 'integration.changed')!.row
  expect(changed).toMatchObject({ subject: id, before: { status: 'waiting' }, after: { status: 'paused' } })
  for (const each of [secret, rotated.secret]) expect(JSON.stringify(rows)).not.toContain(each)
})

test('a cookie is for this machine alone where the browser is here, and for encrypted connections anywhere else', async () => {
  const { send, ports } = newHouse()
  const cookie = async (host: string, sourceIp: string) => {
    const code = await ports.identity.issueCode('sign-in', MACHINE)
    return (await send('GET /sign-in', { query: { code }, host, sourceIp })).reply.cookies![0]!
  }
  expect(await cookie('localhost:4310', '127.0.0.1')).not.toContain('Secure')
  for (const [host, ip] of [
    ['shop.example', '127.0.0.1'],
    ['localhost', '10.0.0.1'],
  ] as const)
    expect(await cookie(host, ip)).toMatch(/HttpOnly; SameSite=Lax; .*Secure$/)
})
