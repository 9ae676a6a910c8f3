/**
 * Of two who change what both have seen, the second one is told what is there now, whatever it is and however they say what
 * they saw. A route that takes a version and has no line here fails.
 */
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { NOTES } from '#core/api/notes.ts'
import { OPERATIONS } from '#core/api/operations.ts'
import { type ChampionRow, NO_CHAMPION } from '#core/demand/champion.ts'
import { manifest } from '#functions/manifest.ts'
import { CHAMPIONS_TABLE } from '#runtime/demand-models.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { exampleReorder, morningWrite, reorderWrites } from '#test/fixtures/example-reorders.ts'

type Value = string | number | null
type Case = {
  /** A change that can be made. */
  readonly body?: object
  /** What is there, as its `version` or `before`. */
  readonly seen: Value
  readonly stale: Value
  readonly present: object
}
const BY_VERSION = { seen: 1, stale: 7 } as const
const proposal = { ...BY_VERSION, present: { id: 'P', state: 'open', version: 1 } }
const connection = { ...BY_VERSION, present: { label: 'bridge', version: 1 } }

const serving = { ...BY_VERSION, present: { version: 1, serving: expect.objectContaining({ version: '2026-03-08' }) } }

const CASES: Readonly<Record<string, Case>> = {
  'PATCH /users/{id}': { body: { name: 'Bo' }, ...BY_VERSION, present: { name: 'Robin', version: 1 } },
  'DELETE /users/{id}': { ...BY_VERSION, present: { name: 'Robin', version: 1 } },
  'PATCH /account': { body: { name: 'Ann' }, ...BY_VERSION, present: { id: 'owner', version: 1 } },
  'PATCH /merchant': {
    body: { name: 'Asha Home' },
    seen: 'Demo',
    stale: 'Asha',
    present: { id: 'demo', name: 'Demo' },
  },
  'PATCH /integrations/{id}': { body: { label: 'other' }, ...connection },
  'DELETE /integrations/{id}': connection,
  'POST /integrations/{id}/rotate': connection,
  'POST /notices/choices': {
    body: { digest: 'daily' },
    ...BY_VERSION,
    present: { version: 1, choices: expect.objectContaining({ digestHour: 7 }) },
  },
  'POST /models/demand/promote': { body: { version: null }, ...serving },
  'POST /models/demand/rollback': serving,
  'POST /settings': {
    body: { name: 'lowStockWarningDays', value: 5 },
    seen: null,
    stale: 9,
    present: { name: 'lowStockWarningDays', value: null },
  },
  'POST /reorders/{id}/accept': { body: {}, ...proposal },
  'POST /reorders/{id}/snooze': { body: { until: '2026-03-05', reason: 'a fair' }, ...proposal },
  'POST /reorders/{id}/dismiss': { body: { reason: 'sold off' }, ...proposal },
}

/** Writing routes that take no version, by why two at once take nothing from each other: a new one stands here, or in `CASES`. */
const WITHOUT_VERSION: Readonly<Record<string, readonly string[]>> = {
  'it adds to the log, where nothing is written over': [
    ...['POST /integrations/{marketplace}/webhook', 'POST /integrations/{marketplace}/webhook/{connectionId}'],
    ...['POST /collect', 'POST /imports/{kind}'],
    // A level that was counted holds as of its time, whatever was sold or counted before: decision 3.
    'POST /stock/changes',
  ],
  'it makes something new, which nobody has seen': [
    ...['POST /integrations', 'POST /notices/webhooks', 'POST /users', 'POST /tokens', 'POST /sign-in/codes'],
    ...['POST /live/tickets', 'POST /sign-in'],
  ],
  'it is done once: who comes second is told so, or finds it done': [
    ...['POST /alerts/{id}/acknowledge', 'POST /alerts/acknowledge', 'POST /customers/forget', 'POST /runs'],
    ...['POST /quarantine/{id}/replay', 'POST /quarantine/{id}/discard', 'POST /join', 'POST /sign-out'],
    ...['DELETE /notices/webhooks/{id}', 'DELETE /tokens/{id}'],
    ...['DELETE /account/sessions', 'DELETE /account/sessions/{id}'],
  ],
  'the newest one counts, by what only its person has: a password, a code, a link': [
    ...['POST /account/password', 'POST /account/totp', 'POST /account/totp/confirm', 'DELETE /account/totp'],
    'POST /users/{id}/link',
  ],
  'it sends something once more, or a test': [
    ...['POST /integrations/{id}/test', 'POST /integrations/{id}/deliveries/{number}/redeliver'],
    ...['POST /notices/test', 'POST /notices/deliveries/{number}/redeliver'],
  ],
  'it changes nothing': ['POST /imports/preview', 'POST /settings/preview'],
}

/** The field of a body that says what was seen. */
function fieldOf(route: string): 'version' | 'before' | undefined {
  const { body } = OPERATIONS[route]!
  const shape = (body as z.ZodObject | undefined)?.shape ?? {}
  if ('before' in shape) return 'before'
  return shape.version?.safeParse(3).success ? 'version' : undefined
}
const takesHeader = (route: string): boolean => NOTES[route]?.takes?.includes('if-match') ?? false
const VERSIONED = Object.keys(OPERATIONS).filter((route) => fieldOf(route) !== undefined || takesHeader(route))

const viewer = ownerOf('demo')

/** A shop in which each of these things was changed once. */
async function shop() {
  const ports = portsInTest()
  const send = async (route: string, asked: { id?: string; body?: object; headers?: Record<string, string> }) => {
    const { runs } = manifest.routes.find(({ method, path }) => `${method} ${path}` === route)!
    const { handler } = await import(`#functions/${runs}/handler.ts`)
    const { id = '', ...rest } = asked
    return ask(handler, ports, route, { viewer, params: { id }, ...rest })
  }
  await ports.state.commit([
    morningWrite('demo'),
    ...reorderWrites('demo', [exampleReorder('P', { storeId: 'jaipur', productId: 'lamp' })]),
  ])
  const champion: ChampionRow = {
    ...NO_CHAMPION,
    turn: 1,
    champion: { version: '2026-03-08', since: 0 },
    earlier: ['2026-03-01'],
  }
  await ports.state.commit([{ table: CHAMPIONS_TABLE, key: 'demo', row: champion }])
  const person = (await send('POST /users', { body: { email: 'bo@shop.example', role: 'analyst' } })).body.id
  await send('PATCH /users/{id}', { id: person, body: { name: 'Robin', version: 0 } })
  const opened = (await send('POST /integrations', { body: { source: 'generic', label: 'way in' } })).body.id
  await send('PATCH /integrations/{id}', { id: opened, body: { label: 'bridge' } })
  await send('PATCH /account', { body: { name: 'Asha', version: 0 } })
  await send('POST /notices/choices', { body: { digestHour: 7, version: 0 } })
  const idOf = (route: string): string => (/users/.test(route) ? person : /integrations/.test(route) ? opened : 'P')
  /** What was seen is said in the body, in the header, or differently in both. */
  const change = (route: string, said: { inBody?: Value; inHeader?: Value }) => {
    const body = { ...CASES[route]!.body, ...('inBody' in said && { [fieldOf(route)!]: said.inBody }) }
    return send(route, {
      id: idOf(route),
      ...(OPERATIONS[route]!.body !== undefined && { body }),
      ...('inHeader' in said && { headers: { 'if-match': `"${said.inHeader}"` } }),
    })
  }
  return { change, ports }
}

test('each route that takes a version has a line', () => {
  expect(Object.keys(CASES).sort()).toEqual(VERSIONED.sort())
})

test('each other route that writes says why it takes none', () => {
  const writing = manifest.routes.flatMap(({ method, path }) => (method === 'GET' ? [] : `${method} ${path}`))
  const known = [...Object.keys(CASES), ...Object.values(WITHOUT_VERSION).flat()]
  expect(known.sort()).toEqual(writing.sort())
})

const inBody = Object.entries(CASES).filter(([route]) => fieldOf(route) !== undefined)
const inHeader = Object.entries(CASES).filter(([route]) => takesHeader(route))

describe('another one than is there', () => {
  test.each(inBody)('%s, in the body: 409 with what is there', async (route, { stale, present, seen }) => {
    const { change } = await shop()
    const { status, body } = await change(route, { inBody: stale })
    expect([status, body.present]).toEqual([409, expect.objectContaining(present)])
    expect((await change(route, { inBody: seen })).status).toBeLessThan(300)
  })

  test.each(inHeader)('%s, in If-Match alone: 409 with what is there', async (route, { stale, present, seen }) => {
    const { change } = await shop()
    const { status, body } = await change(route, { inHeader: stale })
    expect([status, body.present]).toEqual([409, expect.objectContaining(present)])
    expect((await change(route, { inHeader: seen })).status).toBeLessThan(300)
  })
})

const inBoth = inBody.filter(([route]) => takesHeader(route))
test.each(inBoth)('%s: two that differ are refused, and nothing is changed', async (route, { seen, stale }) => {
  const { change } = await shop()
  const { status, body } = await change(route, { inBody: seen, inHeader: stale })
  expect([status, body.problems]).toEqual([
    422,
    [{ field: 'If-Match', message: `is another version than the body's 1` }],
  ])
  expect((await change(route, { inBody: seen, inHeader: seen })).status).toBeLessThan(300)
})

test('whoever must say one and says none is told how', async () => {
  const { change } = await shop()
  const needy = inBoth.filter(([route]) => route !== 'PATCH /integrations/{id}').map(([route]) => route)
  expect(needy).toHaveLength(6)
  for (const route of needy) {
    const { status, body } = await change(route, {})
    expect([status, body.problems]).toEqual([
      422,
      [{ field: 'version', message: expect.stringContaining('`If-Match`') }],
    ])
  }
})

test.each(inBody)('%s: of two at once the slower one is told', async (route, { seen }) => {
  const { change } = await shop()
  const answers = await Promise.all([change(route, { inBody: seen }), change(route, { inBody: seen })])
  const [first, second] = answers.toSorted((a, b) => a.status - b.status)
  expect(first!.status).toBeLessThan(300)
  // Who accepts what was accepted just so has what they wanted.
  if (route === 'POST /reorders/{id}/accept' && second!.status < 300) return
  expect([second!.status, second!.body.present]).toEqual([409, expect.anything()])
})

const writes = manifest.routes
  .filter(({ method, guard }) => method !== 'GET' && guard !== 'open' && guard !== 'proof')
  .map(({ method, path }) => `${method} ${path}`)
const idle = writes.filter((route) => !takesHeader(route))

test.each(idle)('%s takes no version: who names one is told so', async (route) => {
  const { runs } = manifest.routes.find(({ method, path }) => `${method} ${path}` === route)!
  const { handler } = await import(`#functions/${runs}/handler.ts`)
  const ports = portsInTest()
  const { status, body } = await ask(handler, ports, route, { viewer, body: {}, headers: { 'if-match': '"1"' } })
  expect([status, body.problems]).toEqual([422, [{ field: 'If-Match', message: 'is not for this route' }]])
})
