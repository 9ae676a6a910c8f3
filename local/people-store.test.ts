import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { LmdbStateStore } from '#adapters/embedded/lmdb-state-store.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { PEOPLE_TABLE } from '#runtime/people.ts'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { FORMAT, openDataFolder } from './data-folder.ts'
import { movePeople } from './people-store.ts'

describe('movePeople', () => {
  const N = 2_500
  const person = (n: number) => ({ table: PEOPLE_TABLE, key: String(n).padStart(5, '0'), row: { token: `c_${n}` } })

  /** A folder whose rows hold these people, opened anew. */
  async function open(format: number, present: readonly number[]) {
    const folder = { ...openDataFolder(join(temporaryFolder(), 'data')), format }
    const earlier = new LmdbStateStore({ path: folder.state })
    await earlier.commitDurable(present.map(person))
    await earlier.close()
    const state = new LmdbStateStore({ path: folder.state })
    const people = new LmdbStateStore({ path: folder.people })
    onTestFinished(() => Promise.all([state.close(), people.close()]).then(() => {}))
    return { folder, state, people }
  }
  const all = (store: LmdbStateStore) => store.query({ table: PEOPLE_TABLE, range: EVERY_KEY })

  test('takes everybody along, and leaves nobody behind', async () => {
    const everybody = Array.from({ length: N }, (_, n) => n)
    const { folder, state, people } = await open(1, everybody)
    await movePeople(folder, state, people)
    expect((await all(people)).map(({ row }) => row)).toEqual(everybody.map((n) => person(n).row))
    expect(await all(state)).toEqual([])
    expect(JSON.parse(readFileSync(join(folder.path, 'format.json'), 'utf8'))).toEqual({ format: FORMAT, shards: 4 })
  })

  test('goes on where a kill cut it off', async () => {
    const { folder, state, people } = await open(1, [1, 2])
    await people.commitDurable([person(1)])
    await movePeople(folder, state, people)
    expect(await all(people)).toHaveLength(2)
  })

  test('clears away what a kill left behind them, and keeps who came since', async () => {
    const { folder, state, people } = await open(FORMAT, [1])
    await people.commitDurable([person(1), person(2)])
    await movePeople(folder, state, people)
    expect(await all(people)).toHaveLength(2)
    expect(await all(state)).toEqual([])
  })
})
