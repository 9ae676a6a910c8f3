import { expect, test } from 'vitest'
import { rawFolder, rawObject } from '#core/lake/raw-names.ts'
import { RAW_TABLES } from '#core/lake/raw-tables.ts'
import { parquetRows } from '#test/fakes/lake-in-test.ts'
import { MemoryObjectStore } from '#test/fakes/memory-object-store.ts'
import { type Column, parquetFile } from './parquet.ts'
import { rewriteRaw } from './rewrite-raw.ts'

const VALUES = {
  text: 'añb"c',
  bigint: 9_007_199_254_740_991,
  double: 0.1,
  boolean: true,
  timestamp: '2026-03-02T10:00:00.123Z',
  date: '2026-03-02',
  json: { a: ['b', { c: 1 }] },
}
const rowsOf = (columns: readonly Column[], merchantId: string) => {
  const full = columns.map(({ name, type }) => (name === 'merchant_id' ? merchantId : VALUES[type]))
  return [full, columns.map(({ name }) => (name === 'merchant_id' ? merchantId : null))]
}

async function rewritten(table: string, columns: readonly Column[], merchants: readonly string[], without: string[]) {
  const objects = new MemoryObjectStore()
  const name = rawObject(rawFolder(table, Date.parse('2026-03-02')), { shard: 0, first: '01', last: '02' })
  const rows = merchants.flatMap((merchant) => rowsOf(columns, merchant))
  await objects.put(name, parquetFile(columns, rows))
  const before = await parquetRows((await objects.get(name))!)
  await rewriteRaw(objects, name, without)
  const bytes = await objects.get(name)
  return { before, after: bytes === undefined ? undefined : await parquetRows(bytes), puts: objects.calls.put }
}

test.each([...RAW_TABLES.values()])(
  '$table: other merchants keep their rows as they were',
  async ({ table, columns }) => {
    const { before, after } = await rewritten(table, columns, ['m', 'n', 'o'], ['n'])
    expect(after).toEqual(before.filter((row) => row.merchant_id !== 'n'))
  },
)

test('a file of before a column came stays one without it', async () => {
  const { table, columns } = RAW_TABLES.get('sale.recorded')!
  const older = columns.slice(0, -2)
  const { after } = await rewritten(table, older, ['m', 'n'], ['n'])
  expect(Object.keys(after![0]!)).toEqual(older.map(({ name }) => name))
})

test('one that would be empty is deleted, one without their rows is left alone', async () => {
  const { table, columns } = RAW_TABLES.get('sale.recorded')!
  expect((await rewritten(table, columns, ['n'], ['n'])).after).toBeUndefined()
  expect((await rewritten(table, columns, ['m'], ['n'])).puts).toBe(1)
})

test('a column that the lake does not know is not lost in silence', async () => {
  const { table, columns } = RAW_TABLES.get('sale.recorded')!
  const more = [...columns, { name: 'of_tomorrow', type: 'text' as const }]
  await expect(rewritten(table, more, ['m', 'n'], ['n'])).rejects.toThrow('of_tomorrow')
})
