/** What no emulator shows: throttles, conflicts, silences, and rows that change while a condition is judged. */
import { describe, expect, test } from 'vitest'
import { ConditionFailedError, type Write } from '#core/ports.ts'
import { EVERY_KEY, under } from '#core/row-key.ts'
import { DynamoModel, type Fault } from '../../../test/fakes/dynamo-model.ts'
import { DynamoStateStore } from './dynamo-state-store.ts'

const ATTEMPTS = 5

function start() {
  const model = new DynamoModel()
  const waits: number[] = []
  const patience = { attempts: ATTEMPTS, wait: async (ms: number) => void waits.push(ms), random: () => 1 }
  const open = () => new DynamoStateStore({ client: model, tableName: 't', patience })
  return { model, store: open(), another: open(), waits }
}
const put = (key: string, n = 0): Write => ({ table: 'rows', key, row: { n } })
const gone = (key: string): Write => ({ table: 'rows', key, row: undefined })
const is = (key: string, n: number) => ({ table: 'rows', key, field: 'n', equals: n })
const isNone = (key: string) => ({ table: 'rows', key, field: undefined })
const keysOf = async (store: DynamoStateStore) =>
  (await store.query({ table: 'rows', range: EVERY_KEY })).map(({ key }) => key)

describe('a write', () => {
  const passing: Fault[] = (['throttle', 'conflict', 'internal', 'silence', 'lost-answer'] as const).map((it) => ({
    is: it,
  }))

  test.each(passing)('of one row is done though it meets $is', async (fault) => {
    const { model, store, waits } = start()
    model.willMeet('PutItem', fault, fault)
    await store.commit([put('a', 1)])
    expect(await store.get('rows', 'a')).toEqual({ n: 1 })
    expect(model.calls.PutItem).toBe(3)
    expect(waits).toEqual([25, 50])
    model.willMeet('DeleteItem', fault)
    await store.commit([gone('a')])
    expect(await store.get('rows', 'a')).toBeUndefined()
  })

  test.each([...passing, { is: 'in-progress' } as const])(
    'of several is done once though it meets $is',
    async (fault) => {
      const { model, store } = start()
      await store.commit([put('a', 1)])
      model.willMeet('TransactWriteItems', fault, fault)
      await store.commit([put('a', 2), put('b', 2)], [is('a', 1)])
      expect(await store.getMany([put('a'), put('b')])).toEqual([{ n: 2 }, { n: 2 }])
      expect(model.calls.TransactWriteItems).toBe(3)
    },
  )

  test('that is answered by silence after it was done is no lost condition', async () => {
    const { model, store } = start()
    model.willMeet('TransactWriteItems', { is: 'lost-answer' })
    await store.commit([put('owner', 1)], [isNone('owner')])
    expect(await store.get('rows', 'owner')).toEqual({ n: 1 })
  })

  test('is given up after some time, longer from try to try', async () => {
    const { model, store, waits } = start()
    model.willMeet('PutItem', ...Array.from({ length: ATTEMPTS }, () => ({ is: 'throttle' as const })))
    await expect(store.commit([put('a')])).rejects.toThrow('ProvisionedThroughputExceededException')
    expect(waits).toEqual([25, 50, 100, 200])
  })

  test('that can never succeed is tried once', async () => {
    const { model, store } = start()
    await expect(
      store.commit([put('a'.repeat(3_000)), { ...put('b'), row: { text: 'x'.repeat(500_000) } }]),
    ).rejects.toThrow('a row of rows of 5000')
    const many = Array.from({ length: 101 }, (_, i) => put(String(i)))
    await expect(store.commit(many)).rejects.toThrow('a transaction of 101 items, where 100 may be')
    const large = Array.from({ length: 11 }, (_, i) => ({ ...put(String(i)), row: { text: 'x'.repeat(400_000) } }))
    await expect(store.commit(large)).rejects.toThrow('bytes, where 4194304 may be')
    expect(model.calls).toMatchObject({ PutItem: 0, TransactWriteItems: 0 })
  })

  test('of a row twice is the last one', async () => {
    const { model, store } = start()
    await store.commit([put('a', 1), put('b', 1), put('a', 2)])
    expect(await store.getMany([put('a'), put('b')])).toEqual([{ n: 2 }, { n: 1 }])
    await store.commit([put('a', 3), gone('a')])
    expect(await store.get('rows', 'a')).toBeUndefined()
    expect(model.calls).toMatchObject({ TransactWriteItems: 1, DeleteItem: 1 })
  })

  test('of nothing asks nothing', async () => {
    const { model, store } = start()
    await store.commit([])
    expect(Object.values(model.calls).every((calls) => calls === 0)).toBe(true)
  })
})

describe('a condition', () => {
  /** Another one changes the row after it was judged. */
  const whileJudged = (model: DynamoModel, change: () => Promise<void>, times = 1) => {
    let changes = 0
    model.before = async (call) => {
      if (call === 'TransactWriteItems' && changes++ < times) await change()
    }
  }

  test('on a row that changed elsewhere meanwhile is judged again', async () => {
    const { model, store, another } = start()
    await store.commit([put('a', 1)])
    whileJudged(model, () => another.commit([{ ...put('a'), row: { n: 1, other: true } }]))
    await store.commit([put('b')], [is('a', 1)])
    expect(await keysOf(store)).toEqual(['a', 'b'])
    expect(model.calls).toMatchObject({ BatchGetItem: 2, TransactWriteItems: 2 })
  })

  test('that the change took away fails', async () => {
    const { model, store, another } = start()
    await store.commit([put('a', 1)])
    whileJudged(model, () => another.commit([put('a', 2)]))
    await expect(store.commit([put('b')], [is('a', 1)])).rejects.toThrow(ConditionFailedError)
    expect(await keysOf(store)).toEqual(['a'])
  })

  test('on a row that never rests is given up', async () => {
    const { model, store, another } = start()
    await another.commit([put('a', 1)])
    let turn = 0
    const change = () => another.commit([{ ...put('a'), row: { n: 1, turn: ++turn } }])
    whileJudged(model, change, Number.POSITIVE_INFINITY)
    await expect(store.commit([put('b')], [is('a', 1)])).rejects.toThrow('changed 10 times while they were judged')
    expect(await keysOf(store)).toEqual(['a'])
  })

  test('on a row that this store wrote is not read again, and not believed where it fails', async () => {
    const { model, store, another } = start()
    await store.commit([put('checkpoint', 1)], [isNone('checkpoint')])
    await store.commit([put('checkpoint', 2), put('a')], [is('checkpoint', 1)])
    await store.commit([put('checkpoint', 3), put('a')], [is('checkpoint', 2)])
    expect(model.calls.BatchGetItem).toBe(0)
    await another.commit([put('checkpoint', 7)])
    await expect(store.commit([put('checkpoint', 4)], [is('checkpoint', 3)])).rejects.toThrow(ConditionFailedError)
    await store.commit([put('checkpoint', 8)], [is('checkpoint', 7)])
    await another.commit([put('checkpoint', 9)])
    await store.commit([put('checkpoint', 10)], [is('checkpoint', 9)])
    expect(await store.get('rows', 'checkpoint')).toEqual({ n: 10 })
  })

  test('without a write is a question', async () => {
    const { model, store } = start()
    await store.commit([put('a', 1)])
    await store.commit([], [is('a', 1)])
    await expect(store.commit([], [is('a', 2)])).rejects.toThrow(ConditionFailedError)
    expect(model.calls.TransactWriteItems).toBe(0)
  })

  test('counts among the items of a transaction once for each row', async () => {
    const { store } = start()
    const writes = Array.from({ length: 99 }, (_, i) => put(String(i)))
    await store.commit(writes, [isNone('x'), isNone('1'), isNone('2')])
    await expect(store.commit(writes, [isNone('x'), isNone('y')])).rejects.toThrow('a transaction of 101 items')
  })
})

describe('reading', () => {
  const many = Array.from({ length: 250 }, (_, i) => put(String(i).padStart(3, '0'), i))
  const filled = async () => {
    const started = start()
    for (let i = 0; i < many.length; i += 100) await started.store.commit(many.slice(i, i + 100))
    return started
  }

  test('many rows asks for a hundred at once, each once', async () => {
    const { model, store } = await filled()
    const rows = await store.getMany([...many, many[3]!, put('none')])
    expect(rows.map((row) => (row as { n: number } | undefined)?.n)).toEqual([...many.keys(), 3, undefined])
    expect(model.calls.BatchGetItem).toBe(3)
  })

  test('asks again for what was left, and waits only where nothing came', async () => {
    const { model, store, waits } = await filled()
    const left = (reads: number) => ({ is: 'unprocessed' as const, reads })
    model.willMeet('BatchGetItem', left(40), left(0), left(0), { is: 'throttle' }, left(1))
    const rows = await store.getMany(many.slice(0, 100))
    expect(rows).toEqual(many.slice(0, 100).map(({ row }) => row))
    expect(waits).toEqual([50, 100, 25])
  })

  test('gives up where nothing ever comes', async () => {
    const { model, store } = await filled()
    model.willMeet(
      'BatchGetItem',
      ...Array.from({ length: ATTEMPTS }, () => ({ is: 'unprocessed' as const, reads: 0 })),
    )
    await expect(store.getMany(many.slice(0, 10))).rejects.toThrow('DynamoDB left 10 rows unread')
  })

  test('goes from page to page, empty ones too', async () => {
    const { model, store } = await filled()
    model.willMeet('Query', { is: 'part', reads: 3 }, { is: 'part', reads: 0 }, { is: 'throttle' })
    const range = { from: '010', to: '020' }
    expect((await store.query({ table: 'rows', range })).map(({ key }) => Number(key))).toEqual([
      10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
    ])
    expect(model.calls.Query).toBe(4)
  })

  test('with a limit reads no more than it, and one', async () => {
    const { model, store } = await filled()
    const before = model.readUnits
    expect((await store.query({ table: 'rows', range: EVERY_KEY, limit: 5 })).length).toBe(5)
    expect(model.calls.Query).toBe(1)
    expect(model.readUnits - before).toBe(1)
  })

  test('across the partitions of a table is refused', async () => {
    const { store } = start()
    await expect(store.query({ table: 'stock', range: EVERY_KEY })).rejects.toThrow('ask for a range under one of them')
  })

  test('keys of one long beginning come in their order, page by page and backwards', async () => {
    const { store } = start()
    const names = ['d', 'a', 'c', 'b'].map((end) => 'x'.repeat(990) + end)
    const keys = ['w', 'x'.repeat(976), ...names.toSorted(), 'y']
    await store.commit([...names, 'y', 'w', 'x'.repeat(976)].map((key) => put(key)))
    expect(await keysOf(store)).toEqual(keys)
    for (let limit = 1; limit <= keys.length; limit++) {
      const asked = { table: 'rows', range: EVERY_KEY, limit }
      expect((await store.query(asked)).map(({ key }) => key)).toEqual(keys.slice(0, limit))
      expect((await store.query({ ...asked, reverse: true })).map(({ key }) => key)).toEqual(
        keys.toReversed().slice(0, limit),
      )
      const range = { from: `${keys[limit - 1]}\u0000`, to: under('z').to }
      expect((await store.query({ ...asked, range })).map(({ key }) => key)).toEqual(keys.slice(limit, 2 * limit))
    }
  })
})
