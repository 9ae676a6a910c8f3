/** Who may do what: every route by every role, with all stores and with some, of one's own merchant and of another. */
import { describe, expect, test } from 'vitest'
import { RIGHTS, type Right, ROLES, type Role } from '#core/access/rights.ts'
import { USERS, type User, userKey } from '#core/access/user.ts'
import { handler as authorize } from '#functions/authorize-viewer/handler.ts'
import { isRight, manifest } from '#functions/manifest.ts'
import { addMerchant } from '#runtime/merchants.ts'
import { contextWith } from '#runtime/ports.ts'
import { inviteUser } from '#runtime/users.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import GUARDS from '#test/fixtures/route-guards.json' with { type: 'json' }

/** By right: the roles that have it, and those of them that have it for some stores alone as well. Said here once more. */
const EXPECTED: Readonly<Record<Right, readonly [ofAllStores: readonly Role[], ofSome: readonly Role[]]>> = {
  'figures:read': [
    ['owner', 'executive', 'store-manager', 'analyst'],
    ['owner', 'executive', 'store-manager', 'analyst'],
  ],
  'catalogue:read': [ROLES, ROLES],
  'alerts:handle': [
    ['owner', 'executive', 'store-manager'],
    ['owner', 'executive', 'store-manager'],
  ],
  'stock:change': [
    ['owner', 'store-manager'],
    ['owner', 'store-manager'],
  ],
  'reorders:decide': [
    ['owner', 'store-manager'],
    ['owner', 'store-manager'],
  ],
  'events:send': [
    ['owner', 'integrator'],
    ['owner', 'integrator'],
  ],
  'storefront:send': [
    ['owner', 'integrator'],
    ['owner', 'integrator'],
  ],
  'quality:read': [['owner', 'executive', 'analyst', 'integrator'], []],
  'runs:start': [['owner', 'analyst'], []],
  'models:read': [['owner', 'executive', 'analyst'], []],
  'models:decide': [['owner', 'analyst'], []],
  'quarantine:decide': [['owner', 'integrator'], []],
  'settings:read': [
    ['owner', 'executive', 'analyst', 'integrator'],
    ['owner', 'executive', 'analyst', 'integrator'],
  ],
  'settings:change': [['owner'], []],
  'integrations:read': [['owner', 'executive', 'integrator'], []],
  'integrations:change': [['owner', 'integrator'], []],
  'audit:read': [['owner', 'executive', 'analyst'], []],
  'customers:forget': [['owner'], []],
  'users:manage': [['owner'], []],
  'account:manage': [ROLES, ROLES],
}

const ports = portsInTest()
const context = contextWith(ports, 'authorize-viewer')
const tokenOf = async (role: Role, stores?: readonly string[]) => {
  const user: User = {
    id: `${role}-${stores === undefined ? 'all' : 'some'}`,
    merchantId: 'demo',
    email: '',
    name: role,
    role,
    ...(stores && { stores }),
    status: 'active',
    createdAt: 1,
    version: 0,
  }
  await ports.state.commit([{ table: USERS, key: userKey('demo', user.id), row: user }])
  return ports.identity.createToken({ merchantId: 'demo', subject: user.id }, { label: 'x' })
}
const decision = (routeKey: string, token: string) =>
  authorize(
    { routeKey, headers: { authorization: `Bearer ${token}` } } as unknown as Parameters<typeof authorize>[0],
    context,
  )

test('every right is granted to somebody, and none is left out here', () => {
  expect(Object.keys(EXPECTED).sort()).toEqual(Object.keys(RIGHTS).sort())
})

const guarded = [
  ...manifest.routes.map(({ method, path, guard }) => ({ route: `${method} ${path}`, guard })),
  ...manifest.sockets.map(({ route, guard }) => ({ route: route as string, guard })),
].flatMap(({ route, guard }) => (isRight(guard) ? [{ route, right: guard }] : []))

test('each route is guarded as it is written down once more: one that is new, or lets others in, is written there too', () => {
  const routes = [
    ...manifest.routes.map(({ method, path, guard }) => [`${method} ${path}`, guard]),
    ...manifest.sockets.map(({ route, guard }) => [route, guard]),
  ]
  expect(Object.fromEntries(routes)).toEqual(GUARDS)
})

describe.each(guarded)('$route', ({ route, right }) => {
  test.each(ROLES)('is for %s as the table says', async (role) => {
    const [ofAllStores, ofSome] = EXPECTED[right]
    for (const [stores, roles] of [
      [undefined, ofAllStores],
      [['shop-1'], ofSome],
    ] as const) {
      const { token } = await tokenOf(role, stores)
      const { isAuthorized, context: found } = await decision(route, token)
      expect([isAuthorized, found.missing]).toEqual([true, roles.includes(role) ? '' : right])
    }
  })

  test('is for nobody without a token, with a wrong one, or with a scope that is not its own', async () => {
    for (const token of ['', 'cf_wrong', 'a.b.c']) expect((await decision(route, token)).isAuthorized).toBe(false)
    const scopes = (Object.keys(RIGHTS) as Right[]).filter((each) => each !== right)
    const limited = await ports.identity.createToken({ merchantId: 'demo', subject: 'owner' }, { label: 'x', scopes })
    expect((await decision(route, limited.token)).context.missing).toBe(right)
  })
})

describe.each(guarded.filter(({ route }) => !route.startsWith('$')))('$route', ({ route, right }) => {
  test('answers 403 with the right that is missing, and does nothing', async () => {
    const role = ROLES.find((each) => !EXPECTED[right][0].includes(each))
    if (role === undefined) return // for everybody
    const asked = portsInTest()
    const { runs } = manifest.routes.find(({ method, path }) => `${method} ${path}` === route)!
    const { handler } = await import(`#functions/${runs}/handler.ts`)
    const viewer = { merchantId: 'demo', subject: 'x', role }
    const { status, body } = await ask(handler, asked, route, { viewer, params: PARAMS, body: {} })
    expect([status, body.title]).toEqual([403, expect.stringContaining(right)])
    expect((await asked.log.status()).shards.reduce((sum, { appended }) => sum + appended, 0)).toBe(0)
  })
})

const PARAMS = { id: 'x', number: '1' }

test('what is another merchant’s is not there', async () => {
  const shops = portsInTest()
  await addMerchant(shops, { id: 'asha', name: 'Asha' })
  await addMerchant(shops, { id: 'bo', name: 'Bo' })
  const person = await inviteUser(shops, 'asha', { email: 'ann@asha.example', role: 'analyst' })
  const { item } = await shops.identity.createToken({ merchantId: 'asha', subject: 'owner' }, { label: 'x' })
  await shops.identity.openSession({ merchantId: 'asha', subject: 'owner' }, 'a browser')
  const [session] = await shops.identity.sessionsOf({ merchantId: 'asha', subject: 'owner' })
  const send = async (route: string, id: string, body?: object) => {
    const { runs } = manifest.routes.find(({ method, path }) => `${method} ${path}` === route)!
    const { handler } = await import(`#functions/${runs}/handler.ts`)
    return (await ask(handler, shops, route, { viewer: ownerOf('bo'), params: { id }, body })).status
  }
  expect(await send('PATCH /users/{id}', person.id, { name: 'Bo', version: 0 })).toBe(404)
  expect(await send('DELETE /users/{id}', person.id)).toBe(404)
  expect(await send('POST /users/{id}/link', person.id)).toBe(404)
  expect(await send('DELETE /tokens/{id}', item.id)).toBe(404)
  expect(await send('DELETE /account/sessions/{id}', session!.id)).toBe(404)
  const list = async (route: string) => {
    const { runs } = manifest.routes.find(({ method, path }) => `${method} ${path}` === route)!
    const { handler } = await import(`#functions/${runs}/handler.ts`)
    return (await ask(handler, shops, route, { viewer: ownerOf('bo') })).body.items as { id: string }[]
  }
  expect((await list('GET /users')).map(({ id }) => id)).toEqual(['owner'])
  expect(await list('GET /tokens')).toEqual([])
  expect(await list('GET /account/sessions')).toEqual([])
  expect(await list('GET /audit')).toEqual([])
})

test('a key for a storefront counts on the pages that it was made for', async () => {
  const owner = { merchantId: 'demo', subject: 'owner' }
  const asked = { label: 'shop', scopes: ['storefront:send'], origins: ['https://shop.example'] } as const
  const { token } = await ports.identity.createToken(owner, asked)
  const from = async (origin: string | undefined, routeKey: string) => {
    const headers = { authorization: `Bearer ${token}`, ...(origin && { origin }) }
    const event = { routeKey, headers } as unknown as Parameters<typeof authorize>[0]
    const { isAuthorized, context: found } = await authorize(event, context)
    return isAuthorized && found.missing
  }
  const own = guarded.filter(({ right }) => right === 'storefront:send').map(({ route }) => route)
  expect(own).toEqual(['POST /collect'])
  for (const { route, right } of guarded)
    expect([route, await from('https://shop.example', route)]).toEqual([route, own.includes(route) ? '' : right])
  expect(await from('https://other.example', 'POST /collect')).toBe(false)
  expect(await from(undefined, 'POST /collect')).toBe(false)
})
