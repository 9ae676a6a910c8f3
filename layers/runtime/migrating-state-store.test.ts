import { expect, test } from 'vitest'
import { EVERY_KEY } from '#core/row-key.ts'
import type { RowMigration } from '#core/row-migrations.ts'
import { MemoryStateStore } from '#test/fakes/memory-state-store.ts'
import { MigratingStateStore, withMigrations } from './migrating-state-store.ts'

/** Two releases later `name` is `title`, and `isOpen` is there. */
const MIGRATIONS: readonly RowMigration[] = [
  {
    table: 'shops',
    version: 2,
    migrate: (row) => {
      const { name, ...rest } = row as { name?: string }
      return name === undefined ? row : { ...rest, title: name }
    },
  },
  { table: 'shops', version: 3, migrate: (row) => ({ isOpen: true, ...row }) },
]
const NEW = { title: 'Lamps', isOpen: true }

async function stores() {
  const lies = new MemoryStateStore()
  await lies.commitDurable([
    { table: 'shops', key: 'a', row: { name: 'Lamps' } },
    { table: 'shops', key: 'b', row: { title: 'Closed', isOpen: false } },
    { table: 'others', key: 'a', row: { name: 'Lamps' } },
  ])
  return { lies, store: new MigratingStateStore(lies, MIGRATIONS) }
}

test('rows of any release are read as this one takes them, however they are asked for', async () => {
  const { store } = await stores()
  const closed = { title: 'Closed', isOpen: false }
  expect(await store.get('shops', 'a')).toEqual(NEW)
  expect(
    await store.getMany([
      { table: 'shops', key: 'b' },
      { table: 'others', key: 'a' },
      { table: 'shops', key: 'c' },
    ]),
  ).toEqual([closed, { name: 'Lamps' }, undefined])
  expect((await store.query({ table: 'shops', range: EVERY_KEY })).map(({ row }) => row)).toEqual([NEW, closed])
})

test('what lies there stays until it is written anew, and a condition is asked of what lies there', async () => {
  const { lies, store } = await stores()
  expect(await lies.get('shops', 'a')).toEqual({ name: 'Lamps' })
  await store.commit(
    [{ table: 'shops', key: 'a', row: NEW }],
    [{ table: 'shops', key: 'a', field: 'name', equals: 'Lamps' }],
  )
  expect([await lies.get('shops', 'a'), await store.get('shops', 'a')]).toEqual([NEW, NEW])
})

test('a row that was migrated stays as it is', async () => {
  const { store } = await stores()
  const row = (await store.get('shops', 'a'))!
  expect(MIGRATIONS.reduce((before, { migrate }) => migrate(before), row)).toEqual(row)
})

test('where there is nothing to migrate, nothing is in between', () => {
  const store = new MemoryStateStore()
  expect(withMigrations(store, [])).toBe(store)
  expect(withMigrations(store, MIGRATIONS)).not.toBe(store)
})
