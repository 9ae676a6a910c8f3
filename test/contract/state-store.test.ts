import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DividedStateStore } from '#adapters/embedded/divided-state-store.ts'
import { LmdbStateStore, type LmdbStateStoreOptions } from '#adapters/embedded/lmdb-state-store.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { MemoryDynamoStateStore, MemoryStateStore } from '../fakes/memory-state-store.ts'
import { killWhenItSays } from './killed-child.ts'
import { type OpenStore, type StateStoreImplementation, stateStoreContract } from './state-store.contract.ts'
import { temporaryFolder } from './temporary-folder.ts'

const lmdb: StateStoreImplementation = {
  name: 'LmdbStateStore',
  // Nothing is flushed but by `settle`, so that a test knows where its rows are.
  open: async () => openLmdb({ path: temporaryFolder(), flushMs: 3_600_000 }),
}

/** Other tests rely on them. */
const fakes: readonly StateStoreImplementation[] = [MemoryStateStore, MemoryDynamoStateStore].map((Fake) => ({
  name: Fake.name,
  open: async () => {
    const opened: OpenStore = {
      store: new Fake(),
      settle: async () => {},
      reopen: async () => opened,
      close: async () => {},
    }
    return opened
  },
}))

function openLmdb(options: LmdbStateStoreOptions): OpenStore {
  let isOpen = true
  const store = new LmdbStateStore(options)
  const close = async () => {
    if (isOpen) await store.close()
    isOpen = false
  }
  return {
    store,
    settle: () => store.flush(),
    reopen: async () => {
      await close()
      return openLmdb(options)
    },
    close,
  }
}

/** All rows in one part, or all in the other. */
const divided: readonly StateStoreImplementation[] = ['rest', 'apart'].map((part) => ({
  name: `DividedStateStore, ${part}`,
  open: async () => inPart(part === 'apart', await lmdb.open()),
}))

const EVERY_TABLE = ['rows', 'others', 'none']

function inPart(isApart: boolean, opened: OpenStore): OpenStore {
  const other = new MemoryStateStore()
  const [rest, apart] = isApart ? [other, opened.store] : [opened.store, other]
  const store = new DividedStateStore(rest, apart, isApart ? EVERY_TABLE : [])
  return { ...opened, store, reopen: async () => inPart(isApart, await opened.reopen()) }
}

for (const implementation of [lmdb, ...divided, ...fakes]) stateStoreContract(implementation)

describe('DividedStateStore', () => {
  const [rest, apart] = [new MemoryStateStore(), new MemoryStateStore()]
  const store = new DividedStateStore(rest, apart, ['people'])
  const inRest = { table: 'rows', key: 'a', row: { n: 1 } }
  const inApart = { table: 'people', key: 'b', row: { n: 2 } }

  test('has each table in one place', async () => {
    store.commit([inRest])
    await store.commitDurable([inApart])
    expect(await store.getMany([inApart, inRest, { ...inApart, key: 'c' }])).toEqual([{ n: 2 }, { n: 1 }, undefined])
    expect([await rest.get('rows', 'a'), await rest.get('people', 'b')]).toEqual([{ n: 1 }, undefined])
    expect([await apart.get('rows', 'a'), await apart.get('people', 'b')]).toEqual([undefined, { n: 2 }])
  })

  test('refuses a commit that reaches into both', async () => {
    expect(() => store.commit([{ ...inRest, row: undefined }, inApart])).toThrow('apart')
    await expect(store.commitDurable([inRest], [{ ...inApart, field: undefined }])).rejects.toThrow('apart')
    expect(await store.get('rows', 'a')).toEqual({ n: 1 })
  })
})

describe('LmdbStateStore', () => {
  const start = (options: Partial<LmdbStateStoreOptions> = {}) => {
    const store = new LmdbStateStore({ path: temporaryFolder(), flushMs: 3_600_000, ...options })
    onTestFinished(() => store.close())
    return store
  }
  const put = (key: string) => ({ table: 'rows', key, row: { of: key } })
  const until = async (holds: () => boolean | Promise<boolean>) => {
    while (!(await holds())) await new Promise((done) => setTimeout(done, 5))
  }
  /** Another environment on a copy of the folder sees what is on the disk alone. */
  const onDisk = async (store: LmdbStateStore): Promise<string[]> => {
    const path = temporaryFolder()
    const root = (store as unknown as { root: { backup(path: string): Promise<void> } }).root
    await root.backup(path)
    const copy = new LmdbStateStore({ path })
    try {
      return (await copy.query({ table: 'rows', range: EVERY_KEY })).map(({ key }) => key)
    } finally {
      await copy.close()
    }
  }

  test('a commit goes to the disk with the next flush, at its time or when enough has changed', async () => {
    const slow = start()
    slow.commit([put('a')])
    expect(await onDisk(slow)).toEqual([])
    const timed = start({ flushMs: 20 })
    timed.commit([put('a')])
    await until(async () => (await onDisk(timed)).length === 1)
    const full = start({ flushRows: 3 })
    full.commit([put('a'), put('b')])
    expect(await onDisk(full)).toEqual([])
    full.commit([put('c')])
    await until(async () => (await onDisk(full)).length === 3)
  })

  test('a durable commit is on the disk, and does not take earlier ones with it', async () => {
    const store = start()
    store.commit([put('a')])
    await Promise.all([store.commitDurable([put('b')]), store.commitDurable([put('c')]), store.commit([put('d')])])
    expect(await onDisk(store)).toEqual(['b', 'c'])
    await store.flush()
    expect(await onDisk(store)).toEqual(['a', 'b', 'c', 'd'])
  })

  test('of a row that was committed before and after it, the last one stays', async () => {
    const store = start()
    const row = (n: number) => ({ table: 'rows', key: 'a', row: { n } })
    store.commit([row(1)])
    const durable = store.commitDurable([row(2)])
    store.commit([row(3)])
    await durable
    expect(store.get('rows', 'a')).toEqual({ n: 3 })
    await store.flush()
    expect(store.get('rows', 'a')).toEqual({ n: 3 })
  })

  test('what a durable commit deletes is gone, though an earlier commit of it was not written yet', async () => {
    const store = start()
    store.commit([put('a')])
    await store.commitDurable([{ table: 'rows', key: 'a', row: undefined }])
    await store.flush()
    expect(await onDisk(store)).toEqual([])
  })

  test('one that is made while a flush is under way is durable too when it says so', async () => {
    const store = start()
    store.commit([put('a')])
    const flushing = store.flush()
    await store.commitDurable([put('b')])
    expect(await onDisk(store)).toEqual(['a', 'b'])
    await flushing
  })

  test('a row that changes again and again counts once', async () => {
    const store = start({ flushRows: 3 })
    for (let times = 0; times < 5; times++) store.commit([put('a'), put('b')])
    await store.commitDurable([{ table: 'others', key: 'x', row: {} }]) // the third
    await until(async () => (await onDisk(store)).length === 2)
    for (let times = 0; times < 5; times++) store.commit([put('c'), put('d')])
    await new Promise((done) => setTimeout(done, 50))
    expect(await onDisk(store)).toEqual(['a', 'b'])
  })

  test('closing writes everything down', async () => {
    const path = temporaryFolder()
    const store = new LmdbStateStore({ path, flushMs: 3_600_000 })
    store.commit([put('a')])
    await store.close()
    expect(start({ path }).get('rows', 'a')).toEqual({ of: 'a' })
  })

  test('tables begin while rows of new shapes are being written down', async () => {
    // In a process of its own: going wrong it crashed, or waited for ever.
    const script = join(import.meta.dirname, 'open-tables-while-writing.ts')
    await promisify(execFile)(process.execPath, [script, temporaryFolder()], { timeout: 60_000, killSignal: 'SIGKILL' })
  }, 70_000)

  test('follows the names of its tables, and keeps what the others hold', async () => {
    const path = temporaryFolder()
    const store = start({ path, nameOf: (table) => (table === 'rows' ? 'rows#1' : table) })
    const total = (n: number) => ({ table: 'total', key: 'n', row: { n } })
    store.commit([put('a'), total(1)])
    const other = new LmdbStateStore({ path, nameOf: (table) => (table === 'rows' ? 'rows#2' : table) })
    await other.commitDurable([put('b')])
    await other.close()
    await store.followNames((table) => (table === 'rows' ? 'rows#2' : table))
    store.commit([total(2)])
    expect([store.get('rows', 'a'), store.get('rows', 'b')]).toEqual([undefined, { of: 'b' }])
    await store.dropTables(['rows#1', 'none'])
    store.commit([put('c')])
    await store.flush()
    expect([store.get('rows', 'b'), store.get('rows', 'c'), store.get('total', 'n')]).toEqual([
      { of: 'b' },
      { of: 'c' },
      { n: 2 },
    ])
  })

  test('a table that was dropped is empty, and takes rows again', async () => {
    const path = temporaryFolder()
    const store = start({ path })
    await store.commitDurable([put('a')])
    await store.flush()
    await store.dropTables(['rows'])
    expect([store.get('rows', 'a'), await store.query({ table: 'rows', range: EVERY_KEY })]).toEqual([undefined, []])
    await store.commitDurable([put('b')])
    await store.flush()
    expect(await onDisk(store)).toEqual(['b'])
  })

  test('writes nothing that is another store’s: memory that was let go is cleared before it is a page', async () => {
    for (let round = 0; round < 5; round++) {
      const paths = [temporaryFolder(), temporaryFolder()] as const
      const one = new LmdbStateStore({ path: paths[0] })
      const rows = (from: number) =>
        Array.from({ length: 500 }, (_, n) => ({
          table: 'people',
          key: `leela-${from + n}`,
          row: { of: 'leela'.repeat(20) },
        }))
      for (let from = 0; from < 5_000; from += 500) await one.commitDurable(rows(from))
      await one.close()
      const other = new LmdbStateStore({ path: paths[1] })
      for (let n = 0; n < 300; n++) other.commit([{ table: `table-${n % 30}`, key: `${n}`, row: { n: 'x'.repeat(n) } }])
      await other.close()
      expect(readFileSync(join(paths[1], 'data.mdb')).includes('leela')).toBe(false)
    }
  })

  test('is copied whole', async () => {
    const store = start()
    store.commit([put('a')])
    const path = temporaryFolder()
    await store.backup(path)
    expect(start({ path }).get('rows', 'a')).toEqual({ of: 'a' })
  })

  describe('killed', () => {
    test.each([3, 30])('it has what was durable, and loses a suffix of the rest (killed after %d)', async (said) => {
      const path = temporaryFolder()
      const lines = await killWhenItSays('commit-until-killed.ts', [path], said)
      const store = start({ path })
      const { n } = store.get('total', 'commits') as { n: number }
      expect(n).toBeGreaterThanOrEqual(Number(lines.at(-1)))
      // Each commit put its own row, changed the one that all share, and deleted the row of ten commits before.
      const rows = (await store.query({ table: 'rows', range: EVERY_KEY })).map(({ key }) => Number(key))
      expect(rows).toEqual(Array.from({ length: 10 }, (_, i) => n - 9 + i))
    })
  })

  describe('a flush that fails', () => {
    // Longer than LMDB takes.
    const tooLong = () => put('x'.repeat(3_000))

    test('is told to whoever can end the process', async () => {
      const errors: unknown[] = []
      const store = new LmdbStateStore({
        path: temporaryFolder(),
        flushMs: 1,
        onFlushError: (error) => errors.push(error),
      })
      store.commit([tooLong()])
      await until(() => errors.length === 1)
      expect(String(errors[0])).toContain('Key size')
    })

    test('is told as well when the database never answers', async () => {
      const errors: unknown[] = []
      const store = new LmdbStateStore({
        path: temporaryFolder(),
        flushMs: 60_000,
        giveUpMs: 50,
        onFlushError: (error) => errors.push(error),
      })
      store.commit([put('a')])
      ;(store as unknown as { root: { batch: () => Promise<boolean> } }).root.batch = () => new Promise(() => {})
      await expect(store.flush()).rejects.toThrow('did not finish a write within 0.05 s')
      expect(errors.length).toBe(1)
    })

    test('is told as well when a durable commit began it', async () => {
      const errors: unknown[] = []
      const store = new LmdbStateStore({
        path: temporaryFolder(),
        flushMs: 60_000,
        onFlushError: (error) => errors.push(error),
      })
      store.commit([put('a')])
      await expect(store.commitDurable([tooLong()])).rejects.toThrow()
      expect(errors.length).toBe(1)
    })
  })

  describe('its owner', () => {
    const isAlive = ({ pid }: { pid: number }) => pid < 100

    test('is the first to claim it, as long as that one lives', () => {
      const store = start()
      expect(store.claimOwnership({ pid: 1 }, isAlive)).toBeUndefined()
      expect(store.claimOwnership({ pid: 2 }, isAlive)).toEqual({ pid: 1 })
      expect(store.claimOwnership({ pid: 2 }, () => false)).toBeUndefined()
      expect(store.claimOwnership({ pid: 3 }, isAlive)).toEqual({ pid: 2 })
    })

    test('is known to the next program', async () => {
      const path = temporaryFolder()
      const store = new LmdbStateStore({ path })
      store.claimOwnership({ pid: 1 }, isAlive)
      await store.close()
      expect(start({ path }).claimOwnership({ pid: 2 }, isAlive)).toEqual({ pid: 1 })
    })
  })
})
