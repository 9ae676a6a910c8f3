import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LmdbStateStore } from '#adapters/embedded/lmdb-state-store.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { FORGOTTEN } from '#runtime/forget-customer.ts'
import { PEOPLE_TABLE } from '#runtime/people.ts'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { copyPeople, rewritePeople } from './rewrite-people.ts'

const person = (n: number) => ({ table: PEOPLE_TABLE, key: `m\u0000person-${n}.`, row: { token: `token-${n}.` } })
const gone = ({ table, key }: ReturnType<typeof person>) => ({ table, key, row: undefined })
const everybody = Array.from({ length: 300 }, (_, n) => person(n))

async function withOneForgotten(isMarked = true) {
  const path = join(temporaryFolder(), 'people')
  const store = new LmdbStateStore({ path })
  await store.commitDurable(everybody)
  const mark = isMarked ? [{ table: FORGOTTEN, key: 'm', row: { at: 1 } }] : []
  await store.commitDurable([gone(person(7)), ...mark])
  return { path, store }
}
const isIn = (path: string, text: string): boolean => readFileSync(join(path, 'data.mdb')).includes(text)

test('nothing of somebody who was forgotten is in the file after the next start, and everybody else is', async () => {
  const { path, store } = await withOneForgotten()
  await store.close()
  expect(isIn(path, 'person-7.')).toBe(true) // else there would be nothing to do
  await rewritePeople(path)
  expect([isIn(path, 'person-7.'), isIn(path, 'token-7.'), isIn(path, 'person-8.')]).toEqual([false, false, true])
  const again = new LmdbStateStore({ path })
  const rows = await again.query({ table: PEOPLE_TABLE, range: EVERY_KEY })
  expect(rows).toHaveLength(everybody.length - 1)
  expect(await again.query({ table: FORGOTTEN, range: EVERY_KEY })).toEqual([])
  await again.close()
})

test('where nobody was forgotten the file stays as it is', async () => {
  const { path, store } = await withOneForgotten(false)
  await store.close()
  await rewritePeople(path)
  expect(isIn(path, 'person-7.')).toBe(true)
})

test('a copy has nothing of them either', async () => {
  const { path, store } = await withOneForgotten()
  await copyPeople(store, `${path}-copy`)
  await store.close()
  expect([isIn(`${path}-copy`, 'person-7.'), isIn(`${path}-copy`, 'person-8.')]).toEqual([false, true])
})
