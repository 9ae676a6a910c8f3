/** Commits and commits; says the number of each tenth commit when it was flushed. */
import { writeSync } from 'node:fs'
import { LmdbStateStore } from '#adapters/embedded/lmdb-state-store.ts'

const store = new LmdbStateStore({ path: process.argv[2]!, flushMs: 3 })
for (let n = 1; ; n++) {
  const writes = [
    { table: 'rows', key: String(n).padStart(10, '0'), row: { n } },
    { table: 'rows', key: String(n - 10).padStart(10, '0'), row: undefined },
    { table: 'total', key: 'commits', row: { n } },
  ]
  store.commit(writes)
  if (n % 10 === 0) {
    await store.flush()
    writeSync(1, `${n}\n`)
  }
  if (n % 3 === 0) await new Promise((done) => setTimeout(done, 1))
}
