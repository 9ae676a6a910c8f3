/** A child process of a test: asks for one new table after another while rows of new shapes are being written down. */
import { LmdbStateStore } from '#adapters/embedded/lmdb-state-store.ts'

const store = new LmdbStateStore({ path: process.argv[2]!, flushMs: 1 })
const durable: Promise<void>[] = []
for (let n = 0; n < 100; n++) {
  const table = `table-${n}`
  if (store.get(table, 'row-0') !== undefined) throw new Error(`${table} has rows before it was written`)
  const rows = Array.from({ length: 1_500 }, (_, i) => ({
    table,
    key: `row-${i}`,
    row: { n, [`field-${i < 1_400 ? 0 : i % 20}`]: i },
  }))
  if (n % 4 === 0) store.commit(rows)
  else durable.push(store.commitDurable(rows))
  if (n % 10 === 0) await new Promise((done) => setTimeout(done, 2))
}
await Promise.all(durable)
for (let n = 0; n < 100; n++)
  if ((store.get(`table-${n}`, 'row-7') as { n: number } | undefined)?.n !== n) throw new Error(`table-${n} lost a row`)
await store.close()
