/** What every write of the API leaves in the audit: each route is asked as its examples say, in their order. */
import { beforeAll, describe, expect, test } from 'vitest'
import { AUDIT_KINDS } from '#core/api/audit-kinds.ts'
import { EXAMPLES } from '#core/api/examples.ts'
import type { AuditAnswer } from '#core/api/people.ts'
import { type ChampionRow, NO_CHAMPION } from '#core/demand/champion.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { manifest } from '#functions/manifest.ts'
import { AUDIT, auditRange, changesIn } from '#runtime/audit.ts'
import { CHAMPIONS_TABLE } from '#runtime/demand-models.ts'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { exampleMorning } from '#test/fixtures/example-reorders.ts'
import { ShopInTest } from './shop-in-test.ts'

/** Routes that ask for a change and leave no row, with why. */
const UNAUDITED: Readonly<Record<string, string>> = {
  'POST /integrations/{marketplace}/webhook': 'a provider’s events are in the log, and in the log of deliveries',
  'POST /integrations/{marketplace}/webhook/{connectionId}':
    'a provider’s events are in the log, and in the log of deliveries',
  'POST /collect':
    'a program’s events are in the log; what a person sends by hand is audited, see functions/collect-events',
  'POST /imports/preview': 'nothing is changed',
  'POST /settings/preview': 'nothing is changed',
  'POST /live/tickets': 'each screen asks for one whenever it connects; it shows what its person may see anyway',
}
/** A route that is no write by its method, and is one. */
const WRITES_BY_GET = ['GET /sign-in']

const AT = '2026-03-02T10:00:00Z'
type Row = AuditAnswer['items'][number]
/** By route: what the good answers to its examples have left. */
const left = new Map<string, Row[]>()

beforeAll(async () => {
  const shop = new ShopInTest()
  await shop.state.commit(exampleMorning(DEMO_MERCHANT))
  const rows = async () => (await changesIn(shop.state, DEMO_MERCHANT, auditRange(DEMO_MERCHANT), 500)).items
  for (const [route, status, path, body, given] of EXAMPLES) {
    if (status >= 400) continue
    const known = new Set((await rows()).map(({ id }) => id))
    await made[route]?.(shop)
    const headers = route === 'POST /sign-out' ? await signedIn(shop) : given
    const answer = await shop.send({ at: AT, [route.split(' ')[0]!]: path, body, headers })
    expect(answer.status, route).toBe(status)
    const fresh = (await rows()).filter(({ id }) => !known.has(id))
    left.set(route, [...(left.get(route) ?? []), ...fresh])
  }
  // All of them were looked at.
  expect((await shop.state.query({ table: AUDIT, range: EVERY_KEY })).length).toBeLessThan(500)
})

/** What examples do not make that have something to change. */
const made: Readonly<Record<string, (shop: ShopInTest) => Promise<void> | void>> = {
  'POST /models/demand/promote': ({ state }) => {
    const row: ChampionRow = { ...NO_CHAMPION, turn: 1, champion: { version: '2026-03-01', since: Date.parse(AT) } }
    return state.commit([{ table: CHAMPIONS_TABLE, key: DEMO_MERCHANT, row }])
  },
}

const signedIn = async ({ ports }: ShopInTest) => {
  const person = { merchantId: DEMO_MERCHANT, subject: 'owner' }
  return { authorization: `Bearer ${await ports.identity.openSession(person, 'a browser')}` }
}

const routes = manifest.routes.map(({ method, path }) => ({ method, route: `${method} ${path}` }))
const isWrite = ({ method, route }: (typeof routes)[number]) => method !== 'GET' || WRITES_BY_GET.includes(route)

describe('a write', () => {
  test.each(routes.filter(isWrite))(
    '$route leaves a row that says who, of a kind that is written down',
    ({ route }) => {
      const rows = left.get(route)!
      if (route in UNAUDITED)
        return expect(rows, `is audited: take it off the list, which says ${UNAUDITED[route]}`).toEqual([])
      expect(rows.length, 'leaves no row, and no reason is given').toBeGreaterThan(0)
      for (const { who, what, subject } of rows) {
        expect(Object.keys(AUDIT_KINDS)).toContain(what)
        expect([who.id, subject]).not.toContain('')
      }
    },
  )

  test.each(routes.filter((each) => !isWrite(each)))('$route is none, and leaves nothing', ({ route }) => {
    expect(left.get(route)).toEqual([])
  })

  test('that leaves none is a route that there is', () => {
    const writes = routes.filter(isWrite).map(({ route }) => route)
    expect(Object.keys(UNAUDITED).filter((route) => !writes.includes(route))).toEqual([])
  })

  test.each(Object.entries(AUDIT_KINDS).filter(([, { says }]) => says !== ''))(
    '%s says something before or after, where it is told that it does',
    (kind) => {
      for (const { what, before, after } of [...left.values()].flat())
        if (what === kind) expect([before, after]).not.toEqual([null, null])
    },
  )

  test.each(Object.entries(AUDIT_KINDS).filter(([, { says }]) => says === ''))(
    '%s says nothing of before and after, as it is told',
    (kind) => {
      for (const { what, before, after } of [...left.values()].flat())
        if (what === kind) expect([before, after]).toEqual([null, null])
    },
  )
})
