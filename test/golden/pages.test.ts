/**
 * Lists that people fill, page by page: everything once, in one order, whatever comes between two pages. A list that answers
 * everything at once is named here with its bound.
 */
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { SHORT_PAGE, USUAL_PAGE } from '#core/api/limits.ts'
import { OPERATIONS } from '#core/api/operations.ts'
import { manifest } from '#functions/manifest.ts'
import { IMPORT_RUNS } from '#runtime/import-runs.ts'
import { FixedClock } from '#test/fakes/fixed-clock.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'

const NOW = Date.parse('2026-03-02T10:00:00Z')
const viewer = ownerOf('demo')

/** Lists without pages, and why they end. */
const BOUNDED: Readonly<Record<string, string>> = {
  'GET /notices/webhooks': 'a merchant may have 10, and that of the setting',
  'GET /item/{id}': 'so many of each, which `docs/api.md` names',
  'GET /forecasts/products': 'the largest, as many as `limit` says',
  'GET /reorders/reasons': 'one for each store that one may see',
}

test('every other list comes in pages', () => {
  const shapes = Object.entries(OPERATIONS).flatMap(([route, { answers, query = {} }]) => {
    const shape = (answers[200] as z.ZodObject | undefined)?.shape ?? {}
    return route.startsWith('GET ') && 'items' in shape ? [{ route, shape, query }] : []
  })
  const paged = shapes.filter(({ shape, query }) => 'next' in shape && 'next' in query && 'limit' in query)
  const others = shapes.filter((each) => !paged.includes(each)).map(({ route }) => route)
  expect(paged.length).toBeGreaterThan(15)
  expect(others.filter((route) => !(route in BOUNDED))).toEqual([])
})

test('has as many rows as it says if nobody says how many', async () => {
  const { send } = newHouse()
  for (let nth = 0; nth <= USUAL_PAGE; nth++) await send('POST /tokens', { body: { label: `script ${nth}` } })
  expect((await send('GET /tokens')).body.items).toHaveLength(USUAL_PAGE)
  expect((await send('GET /audit')).body.items).toHaveLength(SHORT_PAGE)
  expect(OPERATIONS['GET /tokens']!.query!.limit!.description).toContain('; 100 if absent')
  expect(OPERATIONS['GET /audit']!.query!.limit!.description).toContain('; 50 if absent')
})

type Item = { readonly id?: string; readonly run?: string }
type House = ReturnType<typeof newHouse>
function newHouse() {
  const clock = new FixedClock(NOW)
  const ports = portsInTest({ clock })
  const send = async (route: string, asked: { body?: object; query?: Record<string, string> } = {}) => {
    const { runs } = manifest.routes.find(({ method, path }) => `${method} ${path}` === route)!
    const { handler } = await import(`#functions/${runs}/handler.ts`)
    return ask(handler, ports, route, { viewer, ...asked })
  }
  return { clock, ports, send }
}

type Filled = {
  readonly add: (house: House, nth: number) => unknown
  /** How many there are before any was added. */
  readonly already: number
  readonly isNewestFirst: boolean
}
const LISTS: Readonly<Record<string, Filled>> = {
  'GET /users': {
    add: ({ send }, nth) => send('POST /users', { body: { email: `somebody-${nth}@shop.example`, role: 'analyst' } }),
    already: 1,
    isNewestFirst: false,
  },
  'GET /tokens': {
    add: ({ send }, nth) => send('POST /tokens', { body: { label: `script ${nth}` } }),
    already: 0,
    isNewestFirst: true,
  },
  'GET /integrations': {
    add: ({ send }, nth) => send('POST /integrations', { body: { source: 'generic', label: `way ${nth}` } }),
    already: 0,
    isNewestFirst: false,
  },
  'GET /account/sessions': {
    add: ({ ports }, nth) => ports.identity.openSession(viewer, `browser ${nth}`),
    already: 0,
    isNewestFirst: true,
  },
  'GET /imports': {
    add: ({ ports, clock }, nth) => {
      const counts = { next: 0, lines: 0, accepted: 0, repeats: 0, refused: 0 }
      const row = {
        kind: 'products',
        file: 'f.csv',
        beganAt: clock.now(),
        lastAt: clock.now(),
        isWhole: true,
        ...counts,
      }
      const key = `demo\u001frun-${nth}`
      return ports.state.commit([{ table: IMPORT_RUNS, key, row: { ...row, subject: 'owner' } }])
    },
    already: 0,
    isNewestFirst: true,
  },
}
const COUNT = 13

describe.each(Object.entries(LISTS))('%s', (route, { add, already, isNewestFirst }) => {
  const idOf = ({ id, run }: Item): string => (id ?? run)!
  async function full() {
    const house = newHouse()
    // Some at one instant: then ids decide.
    for (let nth = 0; nth < COUNT; nth++) {
      house.clock.set(NOW + Math.floor(nth / 3) * 1_000)
      await add(house, nth)
    }
    const list = (query: Record<string, string>) => house.send(route, { query })
    return { house, list }
  }
  /** All pages; `meanwhile` is done after the first. */
  async function pages(list: Awaited<ReturnType<typeof full>>['list'], limit: number, meanwhile?: () => unknown) {
    const all: string[][] = []
    for (let next: string | null = ''; next !== null; ) {
      const { status, body } = await list({ limit: String(limit), ...(next !== '' && { next }) })
      expect(status).toBe(200)
      all.push(body.items.map(idOf))
      if (all.length > 2 * COUNT) throw new Error('the pages do not end')
      next = body.next
      if (all.length === 1) await meanwhile?.()
    }
    return all
  }

  test('has everything once over its pages, in the order of the whole', async () => {
    const { list } = await full()
    const whole = (await list({})).body
    expect([whole.items.length, whole.next]).toEqual([COUNT + already, null])
    for (const limit of [1, 4, COUNT + already]) {
      const found = await pages(list, limit)
      expect(found.flat()).toEqual(whole.items.map(idOf))
      expect(found.slice(0, -1).every((page) => page.length === limit)).toBe(true)
    }
  })

  test('loses and repeats nothing where one comes between two pages', async () => {
    const { house, list } = await full()
    const before: string[] = (await list({})).body.items.map(idOf)
    house.clock.set(NOW + 60_000)
    const found = (await pages(list, 4, () => add(house, COUNT))).flat()
    const after: string[] = (await list({})).body.items.map(idOf)
    expect(after).toHaveLength(before.length + 1)
    // The newest is in front of what has been read, or behind it.
    expect(found).toEqual(isNewestFirst ? before : after)
  })

  test.each(['!', 'a b', 'Zm9v', Buffer.from('\u001f').toString('base64url'), ''])(
    'refuses the cursor %j',
    async (next) => {
      const { list } = await full()
      const { status, body } = await list({ next })
      expect([status, body.problems]).toEqual([
        422,
        [{ field: 'next', message: 'is not what an answer gave as `next`' }],
      ])
    },
  )

  test.each(['0', '501', 'many'])('refuses the limit %j', async (limit) => {
    const { list } = await full()
    expect((await list({ limit })).body.problems).toMatchObject([{ field: 'limit' }])
  })
})
