/** What every `StateStore` promises. */
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ConditionFailedError, type Query, type Row, type StateStore, type Write } from '#core/ports.ts'
import { EVERY_KEY, isInRange, partsOf, rowKey, under } from '#core/row-key.ts'

export type OpenStore = {
  readonly store: StateStore
  /** Resolves when everything that was committed so far lies where it will stay. */
  readonly settle: () => Promise<void>
  /** Ends the program that holds the store, in good order, and opens it as the next one would. */
  readonly reopen: () => Promise<OpenStore>
  readonly close: () => Promise<void>
}
export type StateStoreImplementation = {
  readonly name: string
  readonly open: () => Promise<OpenStore>
  /** Promises, by the name of their test, that it is known to break: the test says so when that is over. */
  readonly breaks?: readonly string[]
}

const put = (key: string, row: Row = { of: key }, table = 'rows'): Write => ({ table, key, row })
const gone = (key: string, table = 'rows'): Write => ({ table, key, row: undefined })
const ALL: Query = { table: 'rows', range: EVERY_KEY }

const keysOf = async (store: StateStore, query: Partial<Query> = {}): Promise<string[]> =>
  (await store.query({ ...ALL, ...query })).map(({ key }) => key)

export function stateStoreContract({ name, open, breaks = [] }: StateStoreImplementation): void {
  const promise = (what: string, run: () => Promise<void>) => (breaks.includes(what) ? test.fails : test)(what, run)

  const start = async () => {
    const opened = await open()
    onTestFinished(() => opened.close())
    return opened
  }
  const again = async (opened: OpenStore) => {
    const reopened = await opened.reopen()
    onTestFinished(() => reopened.close())
    return reopened
  }
  /** Some rows lie on the disk, some are on their way to it, some have only just changed; some of each were deleted. */
  const mixed = async () => {
    const opened = await start()
    const { store, settle } = opened
    await store.commit([put('a', { v: 1 }), put('b', { v: 1 }), put('c', { v: 1 }), put('d', { v: 1 })])
    await settle()
    await store.commit([put('b', { v: 2 }), gone('c'), put('e', { v: 2 }), put('f', { v: 2 })])
    const settling = settle()
    await store.commit([put('d', { v: 3 }), gone('e'), put('c', { v: 3 }), gone('b'), put('g', { v: 3 })])
    return { ...opened, settling }
  }
  const MIXED = [
    ['a', 1],
    ['c', 3],
    ['d', 3],
    ['f', 2],
    ['g', 3],
  ]

  describe(`${name} is a state store`, () => {
    describe('rows', () => {
      test('are what was committed last, at once and after each start', async () => {
        const opened = await start()
        const { store } = opened
        expect(await store.get('rows', 'a')).toBeUndefined()
        await store.commit([put('a', { n: 1 }), put('b', { n: 1 }), put('a', { n: 1 }, 'others')])
        await store.commit([put('a', { n: 2 }), gone('b'), gone('never')])
        const isAsItShouldBe = async ({ store: it }: OpenStore) => {
          expect(await it.get('rows', 'a')).toEqual({ n: 2 })
          expect(await it.get('rows', 'b')).toBeUndefined()
          expect(await it.get('rows', 'never')).toBeUndefined()
          expect(await it.get('others', 'a')).toEqual({ n: 1 })
          expect(await it.get('none', 'a')).toBeUndefined()
        }
        await isAsItShouldBe(opened)
        await opened.settle()
        await isAsItShouldBe(opened)
        await isAsItShouldBe(await again(opened))
      })

      test('are answered in the order of the question', async () => {
        const { store, settle } = await start()
        await store.commit([put('a'), put('b'), put('a', { of: 'another table' }, 'others')])
        await settle()
        await store.commit([put('c')])
        const refs = [
          { table: 'rows', key: 'c' },
          { table: 'others', key: 'a' },
          { table: 'rows', key: 'x' },
          { table: 'rows', key: 'a' },
          { table: 'rows', key: 'c' },
        ]
        const rows = [{ of: 'c' }, { of: 'another table' }, undefined, { of: 'a' }, { of: 'c' }]
        expect(await store.getMany(refs)).toEqual(rows)
        expect(await store.getMany([])).toEqual([])
      })

      const values = {
        text: ['', 'é', '\u{1f600}', 'a\u0000b', '\u0001', 'x'.repeat(5_000)],
        numbers: [
          0,
          1,
          -1,
          0.1,
          -2.5e-300,
          1e300,
          2 ** 31,
          -(2 ** 31),
          Number.MAX_SAFE_INTEGER,
          Number.MIN_SAFE_INTEGER,
        ],
        others: [true, false, null, [], {}, [[]], [{ a: [1, { b: null }] }]],
        constructor: { toString: 1 },
        '': { ' ': 2, 'a.b': 3 },
      }

      test('hold any JSON value as it is', async () => {
        const opened = await start()
        await opened.store.commit([put('a', values), put('empty', {})])
        const { store } = await again(opened)
        expect(JSON.stringify(await store.get('rows', 'a'))).toBe(JSON.stringify(values))
        expect(JSON.stringify(await store.get('rows', 'empty'))).toBe('{}')
      })

      test('hold bytes, which stay as they were while others are read', async () => {
        const opened = await start()
        const sizes = [0, 1, 100, 9_000]
        const bytes = sizes.map((size) => Uint8Array.from({ length: size }, (_, i) => (i * 7 + size) & 255))
        await opened.store.commit(bytes.map((ids, i) => put(String(i), { ids, nested: { more: [ids] } })))
        const { store } = await again(opened)
        const rows = (await store.query(ALL)).map(
          ({ row }) => row as { ids: Uint8Array; nested: { more: Uint8Array[] } },
        )
        for (let i = 0; i < 50; i++) await store.get('rows', String(i % sizes.length))
        for (const [i, { ids, nested }] of rows.entries()) {
          expect(ids).toBeInstanceOf(Uint8Array)
          expect(Buffer.compare(ids, bytes[i]!)).toBe(0)
          expect(Buffer.compare(nested.more[0]!, bytes[i]!)).toBe(0)
        }
        expect(rows.length).toBe(4)
      })

      test('take bytes as they are at the commit', async () => {
        const opened = await start()
        const shared = new Uint8Array(64).fill(7)
        await opened.store.commit([put('a', { ids: shared.subarray(8, 16) })])
        const { store } = await again(opened)
        expect([...((await store.get('rows', 'a')) as { ids: Uint8Array }).ids]).toEqual([7, 7, 7, 7, 7, 7, 7, 7])
      })
    })

    describe('conditions', () => {
      const check = async (store: StateStore, key: string, field?: string, equals?: string | number) => {
        const condition = field === undefined ? { table: 'rows', key, field } : { table: 'rows', key, field, equals }
        try {
          await store.commit([put('written', { by: key })], [condition])
          return true
        } catch (error) {
          expect(error).toBeInstanceOf(ConditionFailedError)
          return false
        }
      }

      test.each([
        ['the value of a field', 'a', 'n', 1, true],
        ['another value', 'a', 'n', 2, false],
        ['text is no number', 'a', 'n', '1', false],
        ['text', 'a', 's', 'x', true],
        ['a field that the row has not', 'a', 'm', 1, false],
        ['that a row has no such field', 'a', 'm', undefined, true],
        ['the same, and it has one', 'a', 'n', undefined, false],
        ['a row that is not there', 'z', 'n', 1, false],
        ['no row, and there is none', 'z', undefined, '', true],
        ['no row, and there is one', 'a', undefined, '', false],
      ] as const)('%s', async (_what, key, field, equals, holds) => {
        const { store, settle } = await start()
        await store.commit([put('a', { n: 1, s: 'x' })])
        expect(await check(store, key, field, equals)).toBe(holds)
        await settle()
        expect(await check(store, key, field, equals)).toBe(holds)
      })

      test('see rows wherever they are', async () => {
        const { store, settling } = await mixed()
        for (const [key, v] of MIXED as [string, number][]) expect(await check(store, key, 'v', v)).toBe(true)
        for (const key of ['b', 'e']) expect(await check(store, key, undefined)).toBe(true)
        await settling
        for (const [key, v] of MIXED as [string, number][]) expect(await check(store, key, 'v', v)).toBe(true)
        for (const key of ['b', 'e']) expect(await check(store, key, undefined)).toBe(true)
      })

      test('one that fails, and nothing was written', async () => {
        const opened = await start()
        const { store } = opened
        await store.commit([put('a', { n: 1 })])
        const holds = { table: 'rows', key: 'a', field: 'n', equals: 1 }
        const fails = { table: 'rows', key: 'a', field: 'n', equals: 2 }
        const writes = [put('a', { n: 2 }), put('b'), gone('a', 'others')]
        for (const commit of ['commit', 'commitDurable'] as const) {
          for (const conditions of [
            [holds, fails],
            [fails, holds],
          ]) {
            await expect(async () => store[commit](writes, conditions)).rejects.toThrow(ConditionFailedError)
          }
        }
        expect(await keysOf(store)).toEqual(['a'])
        expect(await store.get('rows', 'a')).toEqual({ n: 1 })
        await store.commit(writes, [holds])
        expect(await keysOf((await again(opened)).store)).toEqual(['a', 'b'])
      })

      test('of several at once under one condition, one is committed', async () => {
        const { store } = await start()
        const tries = Array.from({ length: 8 }, (_, i) =>
          store.commitDurable([put('owner', { i })], [{ table: 'rows', key: 'owner', field: undefined }]),
        )
        const fates = await Promise.allSettled(tries)
        const won = fates.flatMap(({ status }, i) => (status === 'fulfilled' ? [i] : []))
        expect(won.length).toBe(1)
        expect(await store.get('rows', 'owner')).toEqual({ i: won[0] })
      })
    })

    describe('queries', () => {
      test('see rows wherever they are', async () => {
        const { store, settling } = await mixed()
        const found = async (query: Partial<Query> = {}) =>
          (await store.query({ ...ALL, ...query })).map(({ key, row }) => [key, (row as { v: number }).v])
        const isAsItShouldBe = async () => {
          expect(await found()).toEqual(MIXED)
          expect(await found({ reverse: true })).toEqual(MIXED.toReversed())
          for (let limit = 0; limit < 7; limit++) {
            expect(await found({ limit })).toEqual(MIXED.slice(0, limit))
            expect(await found({ limit, reverse: true })).toEqual(MIXED.toReversed().slice(0, limit))
          }
          expect(await found({ range: { from: 'b', to: 'f' } })).toEqual([
            ['c', 3],
            ['d', 3],
          ])
        }
        await isAsItShouldBe()
        await settling
        await isAsItShouldBe()
      })

      test.each([
        ['begin with a key', { from: 'b', to: 'd' }, ['b', 'c']],
        ['end before a key', { from: 'b', to: 'b\u0000' }, ['b']],
        ['begin after a key', { from: 'b\u0000', to: 'd' }, ['c']],
        ['may be empty', { from: 'b', to: 'b' }, []],
        ['may be backwards', { from: 'd', to: 'b' }, []],
        ['may lie beyond', { from: 'x', to: 'z' }, []],
      ])('ranges %s', async (_how, range, keys) => {
        const { store, settle } = await start()
        await store.commit(['a', 'b', 'c', 'd', 'e'].map((key) => put(key)))
        expect(await keysOf(store, { range })).toEqual(keys)
        await settle()
        expect(await keysOf(store, { range })).toEqual(keys)
        expect(await keysOf(store, { table: 'none', range })).toEqual([])
      })

      promise('backwards they are the same range', async () => {
        const { store, settle } = await start()
        await store.commit(['a', 'b', 'c', 'd', 'e'].map((key) => put(key)))
        await settle()
        const range = { from: 'b', to: 'd' }
        expect(await keysOf(store, { range, reverse: true })).toEqual(['c', 'b'])
        expect(await keysOf(store, { range, reverse: true, limit: 2 })).toEqual(['c', 'b'])
        expect(await keysOf(store, { range, reverse: true, limit: 1 })).toEqual(['c'])
      })

      test('page by page they are the whole', async () => {
        const { store, settle } = await start()
        const keys = Array.from({ length: 25 }, (_, i) => rowKey('merchant', `store ${i % 3}`, String(i)))
        await store.commit(keys.slice(0, 15).map((key) => put(key)))
        await settle()
        await store.commit(keys.slice(10).map((key) => put(key)))
        const pages: string[] = []
        let { from } = under('merchant')
        for (;;) {
          const page = await keysOf(store, { range: { from, to: under('merchant').to }, limit: 4 })
          pages.push(...page)
          if (page.length < 4) break
          from = `${page.at(-1)}\u0000`
        }
        expect(pages).toEqual(keys.toSorted())
      })

      /** What the store answers to `under` and what a plain sort of the keys says. */
      const listed = async (keys: readonly string[], parts: readonly string[]) => {
        const { store, settle } = await start()
        for (let i = 0; i < keys.length; i += 25) await store.commit(keys.slice(i, i + 25).map((key) => put(key)))
        await settle()
        const range = under(...parts)
        const wanted = keys
          .filter((key) => isInRange(key, range))
          .toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
        return [await keysOf(store, { range }), wanted]
      }

      test('find the rows under a prefix, ordered part by part', async () => {
        const ids = [
          'a',
          'a ',
          'a!',
          'aa',
          'ab',
          'b',
          ' ',
          '~',
          'é',
          'Ω',
          '中',
          '中文',
          '\ufffd',
          '1',
          '10',
          '2',
          'A',
          '-',
        ]
        const keys = ids.flatMap((a) =>
          ids.flatMap((b) => [rowKey('m', a, b), rowKey('m2', a, b), rowKey('m', a, b, '0')]),
        )
        for (const parts of [['m'], ['m', 'a'], ['m', 'é'], ['m', '中'], ['m2'], ['m', 'a', 'b']]) {
          const [found, wanted] = await listed(keys, parts)
          expect(found).toEqual(wanted)
        }
      })

      promise('find long keys as well as short ones', async () => {
        const ids = ['s', 'a store with a name of some length', 'x'.repeat(70)]
        const keys = ids.flatMap((a) => ids.map((b) => rowKey('m', a, b)))
        for (const parts of [['m'], ['m', ids[1]!], ['m', ids[2]!]]) {
          const [found, wanted] = await listed(keys, parts)
          expect(found).toEqual(wanted)
        }
      })

      promise('find and order keys with any characters', async () => {
        const [found, wanted] = await listed(
          ['\u{1f600}', '\ufffd', '\u{10ffff}', 'z'].map((id) => rowKey('m', id)),
          ['m'],
        )
        expect(found).toEqual(wanted)
        const { store, settle } = await start()
        await store.commit([put('\u{1f600} & co')])
        await settle()
        expect(await keysOf(store)).toEqual(['\u{1f600} & co'])
      })

      test('find ids of the greatest length by their key', async () => {
        const id = '中'.repeat(200)
        const opened = await start()
        await opened.store.commit([put(rowKey(id, id, id)), put(rowKey(id, id, `${id.slice(1)}x`))])
        const { store } = await again(opened)
        expect(await store.get('rows', rowKey(id, id, id))).toEqual({ of: rowKey(id, id, id) })
        expect(partsOf(((await store.get('rows', rowKey(id, id, id))) as { of: string }).of)).toEqual([id, id, id])
      })
    })

    test('is the store of a model, whatever is committed, settled and asked for', async () => {
      const id = fc.constantFrom('a', 'b', 'ab', 'é', '中', ' ', '1', '10', '2', 'a b')
      const key = fc.oneof(
        fc.tuple(id).map(([a]) => a!),
        fc.tuple(id, id).map(([a, b]) => rowKey(a, b)),
      )
      const table = fc.constantFrom('rows', 'others')
      const row = fc.option(fc.record({ n: fc.integer(), t: fc.string() }), { nil: undefined })
      const writes = fc.uniqueArray(fc.record({ table, key, row }), {
        maxLength: 6,
        selector: (write) => `${write.table} ${write.key}`,
      })
      const range = fc.oneof(
        fc.constant(EVERY_KEY),
        id.map((a) => under(a)),
      )
      const question = fc.record({
        table,
        range,
        limit: fc.option(fc.nat(8), { nil: undefined }),
        reverse: fc.boolean(),
      })
      const step = fc.oneof(
        { weight: 5, arbitrary: fc.record({ does: fc.constant('commit' as const), writes }) },
        { weight: 4, arbitrary: fc.record({ does: fc.constant('ask' as const), question }) },
        { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('settle' as const, 'begin to settle' as const) }) },
        { weight: 1, arbitrary: fc.record({ does: fc.constant('reopen' as const) }) },
      )
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
          const model = { rows: new Map<string, object>(), others: new Map<string, object>() }
          let opened = await open()
          const settling: Promise<void>[] = []
          try {
            for (const it of steps) {
              if (it.does === 'commit') {
                for (const write of it.writes) {
                  const rows = model[write.table]
                  if (write.row === undefined) rows.delete(write.key)
                  else rows.set(write.key, write.row)
                }
                await opened.store.commit(it.writes)
              } else if (it.does === 'ask') {
                const { table: asked, range: within, limit, reverse } = it.question
                const wanted = [...model[asked]]
                  .filter(([name]) => name >= within.from && name < within.to)
                  .sort(([a], [b]) => (a < b ? -1 : 1))
                  .map(([name, value]) => ({ key: name, row: value }))
                if (reverse) wanted.reverse()
                const asks = { table: asked, range: within, reverse, ...(limit !== undefined && { limit }) }
                expect(await opened.store.query(asks)).toEqual(wanted.slice(0, limit))
                for (const [name, value] of model[asked]) expect(await opened.store.get(asked, name)).toEqual(value)
              } else if (it.does === 'settle') await opened.settle()
              else if (it.does === 'begin to settle') settling.push(opened.settle())
              else opened = await opened.reopen()
            }
            await Promise.all(settling)
          } finally {
            await opened.close()
          }
        }),
        { numRuns: 60 },
      )
    })

    test('says how much one transaction may hold, and holds it', async () => {
      const { store } = await start()
      expect(store.maxItems).toBeGreaterThanOrEqual(25)
      const count = Math.min(store.maxItems, 3_000)
      const writes = Array.from({ length: count }, (_, i) => put(String(i)))
      await store.commitDurable(writes)
      expect((await keysOf(store)).length).toBe(count)
    })
  })
}
