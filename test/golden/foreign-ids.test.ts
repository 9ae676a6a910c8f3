/**
 * An id that is somebody else's is answered as one that never was, and nothing is written: for every route whose path has a
 * parameter and some that name a thing in their body, with things that are really there, of another merchant, of a store that
 * the viewer may not see, and of another person.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Alert, openAlerts } from '#core/inventory/alerts.ts'
import type { Viewer } from '#core/ports.ts'
import { under } from '#core/row-key.ts'
import { manifest, type Route } from '#functions/manifest.ts'
import { addMerchant } from '#runtime/merchants.ts'
import { webhooksOf } from '#runtime/notice-webhooks.ts'
import type { Ports } from '#runtime/ports.ts'
import type { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import type { MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { ask } from '#test/fakes/ports-in-test.ts'
import {
  askerOf,
  colleagueOf,
  common,
  connectionOf,
  heldIdOf,
  knownWorld,
  type MarkedWarehouse,
  MERCHANT,
  MERCHANTS,
  markedWarehouse,
  merchantId,
  modelVersionOf,
  ownerOfShop,
  ownProduct,
  partVersionOf,
  portsWith,
  runOf,
  SOMEBODY,
  storeId,
  storeMark,
  type World,
} from './marked-shops.ts'

let shared: MarkedWarehouse
beforeAll(async () => {
  shared = await markedWarehouse()
})
afterAll(() => shared.close())

type Asked = {
  readonly params?: Record<string, string>
  readonly query?: Record<string, string>
  readonly body?: object
}
/** Where a thing is: `store` 0 of those that belong to none; `person` by their id. */
type Place = { readonly merchant: number; readonly store: number; readonly person: string }
type Naming = (ports: Ports, place: Place) => Asked | Promise<Asked>
type Case = {
  /** How whoever owns the thing of that place names it. */
  readonly of: Naming
  /** The same, of what never was. */
  readonly never: Asked | ((place: Place) => Asked)
  /** What it belongs to, beside a merchant. */
  readonly in?: 'store' | 'person'
  /** Of what never was; 404 if absent. */
  readonly status?: number
  /** A token that is limited may not ask at all. */
  readonly refusesTokens?: true
}

const byId = (idOf: (ports: Ports, place: Place) => string | Promise<string>, never: string, more: Asked = {}) => ({
  of: async (ports: Ports, place: Place): Promise<Asked> => ({ params: { id: await idOf(ports, place) }, ...more }),
  never: { params: { id: never }, ...more },
})
const reorder = (body?: object): Case => ({
  ...byId((_, { merchant, store }) => `reorder ${storeId(merchant, store)}`, 'never', body && { body }),
  in: 'store',
})
const held = (body?: object): Case => byId((_, place) => heldIdOf(place.merchant, 0), '0-999', body && { body })
const run: Case = byId((_, { merchant }) => runOf(merchant), 'nightly-2026-02-11')
const artefactOf = (version: string): Asked => ({ params: { artefact: `part:fact_sales:2026-03-01:${version}` } })
const artefact: Case = { of: (_, { merchant }) => artefactOf(partVersionOf(merchant)), never: artefactOf('never') }
const connection = (body?: object): Case => byId((_, { merchant }) => connectionOf(merchant), 'never', body && { body })
const delivery: Case = {
  of: (_, { merchant }) => ({ params: { id: connectionOf(merchant), number: '1' } }),
  never: { params: { id: 'never', number: '1' } },
}
const colleague = (body?: object): Case => byId((_, { merchant }) => colleagueOf(merchant), 'never', body && { body })
const alertIdOf = async ({ state }: Ports, { merchant, store }: Place): Promise<string> => {
  const range = under(merchantId(merchant), storeId(merchant, store))
  const rows = await state.query({ table: openAlerts.name, range })
  return (rows[0]!.row as Alert).alertId
}
const webhookIdOf = async ({ state }: Ports, { merchant }: Place): Promise<string> =>
  (await webhooksOf(state, merchantId(merchant)))[0]!.id

const stockChange = (merchant: number, store: string): Asked => ({
  body: { type: 'stock.received', storeId: store, productId: common(merchant), quantity: 1, reason: 'delivery' },
})

const CASES: Readonly<Record<string, Case>> = {
  'GET /reorders/{id}': reorder(),
  'POST /reorders/{id}/accept': reorder({ version: 1 }),
  'POST /reorders/{id}/snooze': reorder({ version: 1, until: '2026-03-05', reason: 'a fair' }),
  'POST /reorders/{id}/dismiss': reorder({ version: 1, reason: 'no' }),
  'GET /events/{id}': { ...byId((_, at) => `held ${storeMark(at.merchant, at.store)}`, 'never'), in: 'store' },
  'GET /item/{id}': { ...byId((_, { merchant, store }) => ownProduct(merchant, store), 'never'), in: 'store' },
  'GET /runs/{id}': run,
  'GET /runs/{id}/checks': run,
  'GET /lineage/{artefact}': artefact,
  'GET /lineage/{artefact}/inputs': artefact,
  'POST /alerts/{id}/acknowledge': { ...byId(alertIdOf, 'never'), in: 'store' },
  'POST /alerts/acknowledge': {
    of: async (ports, place) => ({ body: { ids: [await alertIdOf(ports, place)] } }),
    never: { body: { ids: ['never'] } },
    in: 'store',
    status: 200,
  },
  'GET /quarantine/{id}': held(),
  'POST /quarantine/{id}/replay': held(),
  'POST /quarantine/{id}/discard': held({ reason: 'broken' }),
  'DELETE /notices/webhooks/{id}': byId(webhookIdOf, 'never'),
  'GET /notices/deliveries': {
    of: async (ports, place) => ({ query: { webhook: await webhookIdOf(ports, place) } }),
    never: { query: { webhook: 'never' } },
  },
  // Numbers are each recipient's own: of a merchant it is the webhook that is named.
  'POST /notices/deliveries/{number}/redeliver': {
    of: async (ports, place) =>
      place.merchant === MERCHANT
        ? { params: { number: String(place.store + 1) } }
        : { params: { number: '1' }, query: { webhook: await webhookIdOf(ports, place) } },
    never: ({ merchant }) =>
      merchant === MERCHANT ? { params: { number: '999' } } : { params: { number: '1' }, query: { webhook: 'never' } },
    in: 'store',
    refusesTokens: true,
  },
  'POST /stock/changes': {
    of: (_, { merchant, store }) => stockChange(merchant, storeId(merchant, store)),
    never: stockChange(MERCHANT, 'never'),
    in: 'store',
  },
  'POST /models/demand/promote': {
    of: (_, { merchant }) => ({ body: { version: modelVersionOf(merchant) } }),
    never: { body: { version: '2026-02-11' } },
  },
  'PATCH /integrations/{id}': connection({ label: 'mine', version: 0 }),
  'DELETE /integrations/{id}': connection(),
  'POST /integrations/{id}/rotate': connection({}),
  'POST /integrations/{id}/test': connection(),
  'GET /integrations/{id}/deliveries': connection(),
  'GET /integrations/{id}/activity': connection(),
  'GET /integrations/{id}/deliveries/{number}': delivery,
  'POST /integrations/{id}/deliveries/{number}/redeliver': delivery,
  'DELETE /account/sessions/{id}': {
    ...byId(async ({ identity }, { merchant, person }) => {
      const sessions = await identity.sessionsOf({ merchantId: merchantId(merchant), subject: person })
      return sessions[0]!.id
    }, 'never'),
    in: 'person',
  },
  'PATCH /users/{id}': colleague({ version: 0, name: 'Mine' }),
  'DELETE /users/{id}': colleague(),
  'POST /users/{id}/link': colleague(),
  'DELETE /tokens/{id}': {
    ...byId(async ({ identity }, { merchant, person }) => {
      const tokens = await identity.tokensOf(merchantId(merchant))
      return tokens.find(({ subject }) => subject === person)!.id
    }, 'never'),
    in: 'person',
  },
}

/** Parameters that name nothing of anybody's. */
const NAMELESS: Readonly<Record<string, string>> = {
  'POST /integrations/{marketplace}/webhook': 'a kind of sender',
  'POST /integrations/{marketplace}/webhook/{connectionId}': 'nobody is signed in: the sender is proved by a secret',
  'POST /imports/{kind}': 'a kind of file',
  'GET /export/{file}': 'a table that every merchant has: whose rows it holds is asked in own-rows.test.ts',
}

it('there is a case for every route whose path has a parameter', () => {
  const named = manifest.routes.filter(({ path }) => path.includes('{')).map(({ method, path }) => `${method} ${path}`)
  const routes = [...Object.keys(CASES), ...Object.keys(NAMELESS)]
  expect(named.filter((route) => !routes.includes(route))).toEqual([])
  const all = manifest.routes.map(({ method, path }) => `${method} ${path}`)
  expect(routes.filter((route) => !all.includes(route))).toEqual([])
})

const viewerOf = (more: Partial<World['viewer']>): World['viewer'] => ({
  ...{ role: 'owner', stores: undefined, token: undefined },
  ...more,
})
const OTHER = 0
const UNSEEN = 2

/** Who asks for what of whom. */
type Stranger = {
  readonly what: string
  readonly asks: World['viewer']
  readonly place: Place
  readonly only?: Case['in']
}
const STRANGERS: readonly Stranger[] = [
  {
    what: 'another merchant’s',
    asks: viewerOf({}),
    place: { merchant: OTHER, store: 0, person: SOMEBODY },
  },
  {
    what: 'of a store that they may not see',
    asks: viewerOf({ stores: [0] }),
    place: { merchant: MERCHANT, store: UNSEEN, person: SOMEBODY },
    only: 'store',
  },
  {
    what: 'of a store that their token is not for',
    asks: viewerOf({ token: { scopes: undefined, stores: [0] } }),
    place: { merchant: MERCHANT, store: UNSEEN, person: SOMEBODY },
    only: 'store',
  },
  {
    what: 'another person’s',
    asks: viewerOf({ role: 'analyst' }),
    place: { merchant: MERCHANT, store: 0, person: 'owner' },
    only: 'person',
  },
]

async function shops(asks: World['viewer']) {
  const given = knownWorld(asks)
  const ports = await portsWith(given, shared)
  for (let m = 0; m < MERCHANTS; m++) await addMerchant(ports, { id: merchantId(m), name: merchantId(m) })
  return { ports, viewer: await askerOf(given, ports) }
}

const writesIn = ({ state, log }: Ports): number => {
  const { commit, commitDurable } = (state as MemoryStateStore).calls
  return commit + commitDurable + (log as MemoryEventLog).calls.append
}

const neverOf = ({ never }: Case, place: Place): Asked => (typeof never === 'function' ? never(place) : never)

/** The answer without the names that were asked for. */
function withoutNames({ status, body }: { status: number; body: unknown }, { params, query, body: sent }: Asked) {
  const named = [...Object.values(params ?? {}), ...Object.values(query ?? {}), ...Object.values(sent ?? {}).flat()]
  const texts = named.filter((name) => typeof name === 'string')
  // A word by itself: a number may be in others.
  const told = JSON.stringify([status, body])
  return texts.reduce((text, name) => text.replaceAll(` ${name}`, ' …').replaceAll(`"${name}"`, '"…"'), told)
}

const cases = Object.entries(CASES).flatMap(([route, each]) =>
  STRANGERS.filter(({ only }) => only === undefined || only === each.in).map((stranger) => ({
    ...{ route, what: stranger.what, each, stranger },
  })),
)

describe.each(cases)('$route of what is $what', ({ route, each, stranger }) => {
  const send = async (ports: Ports, viewer: Viewer, asked: Asked) => {
    const { runs } = manifest.routes.find(({ method, path }) => `${method} ${path}` === route) as Route
    const { handler } = await import(`#functions/${runs}/handler.ts`)
    return ask(handler, ports, route, { viewer, ...asked })
  }

  it('is answered as what never was, and nothing is written', async () => {
    const { ports, viewer } = await shops(stranger.asks)
    const asked = await each.of(ports, stranger.place)
    const before = writesIn(ports)
    const answer = await send(ports, viewer, asked)
    const naming = neverOf(each, stranger.place)
    const never = await send(ports, viewer, naming)
    const isRefused = each.refusesTokens && stranger.asks.token !== undefined
    expect(never.status, JSON.stringify(never.body)).toBe(isRefused ? 403 : (each.status ?? 404))
    expect(withoutNames(answer, asked)).toBe(withoutNames(never, naming))
    expect(writesIn(ports)).toBe(before)
    expect(ports).toMatchObject({ sent: [] })
  })

  it('is there, for whoever it is', async () => {
    const { merchant, person } = stranger.place
    const { ports } = await shops(viewerOf({}))
    const own = { ...ownerOfShop(merchant), subject: each.in === 'person' || merchant === MERCHANT ? person : 'owner' }
    const answer = await send(ports, own, await each.of(ports, stranger.place))
    expect([200, 201, 202, 204, 409], JSON.stringify([answer.status, answer.body])).toContain(answer.status)
    if (each.status !== undefined) {
      const never = await send(ports, own, neverOf(each, stranger.place))
      expect(withoutNames(answer, {})).not.toBe(withoutNames(never, {}))
    }
  })
})
