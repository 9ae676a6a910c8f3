import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { StagedDuckDbWarehouse } from '#adapters/aws/staged-duckdb-warehouse.ts'
import { DuckDbWarehouse } from '#adapters/embedded/duckdb-warehouse.ts'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import { WarehouseQueryError } from '#core/ports.ts'
import { parquetFile } from '#runtime/parquet.ts'
import { MemoryObjectStore } from '#test/fakes/memory-object-store.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { warehouseContract } from './warehouse.contract.ts'

const MOST = { rows: 1, ms: 60_000 }

function openDuckDb(limits?: ConstructorParameters<typeof DuckDbWarehouse>[1], folder = temporaryFolder()) {
  const warehouse = new DuckDbWarehouse(folder, limits)
  onTestFinished(() => warehouse.close())
  return { warehouse }
}

warehouseContract({
  name: 'DuckDbWarehouse',
  open: async () => {
    // Names of folders are whatever a person has chosen.
    const folder = join(temporaryFolder(), "Asha's [data] *")
    const warehouse = new DuckDbWarehouse(folder)
    return { warehouse, objects: new FolderObjectStore(folder), close: () => warehouse.close() }
  },
})

warehouseContract({
  name: 'StagedDuckDbWarehouse',
  open: async () => {
    const objects = new MemoryObjectStore()
    const disk = temporaryFolder()
    const warehouse = new StagedDuckDbWarehouse(objects, { memoryMb: 256, threads: 1 }, disk)
    // Whatever was asked, nothing is left of it.
    return { warehouse, objects, close: async () => expect(readdirSync(disk)).toEqual([]) }
  },
})

describe('StagedDuckDbWarehouse', () => {
  const column = { name: 'n', type: 'bigint' as const }
  const sql = 'select sum(n) as n from t'
  const inputs = [{ table: 't', columns: [column], folders: ['raw/sale_recorded/'] }]
  const raw = (name: string) => `raw/sale_recorded/year=2026/month=3/day=2/${name}.parquet`
  const file = (...numbers: number[]) =>
    parquetFile(
      [column],
      numbers.map((n) => [n]),
    )

  test('counts each row once when small objects become a larger one while they are fetched', async () => {
    const objects = new MemoryObjectStore()
    for (const [name, n] of [
      ['0-1-9', 1],
      ['0-10-19', 2],
      ['0-20-29', 4],
    ] as const)
      await objects.put(raw(name), file(n))
    let listings = 0
    const compacting = Object.assign(Object.create(objects), {
      list: async (prefix: string) => {
        const names = await objects.list(prefix)
        if (++listings > 1) return names
        await objects.put(raw('0-1-29'), file(1, 2, 4))
        for (const small of ['0-10-19', '0-20-29']) await objects.delete(raw(small))
        return names
      },
    })
    const warehouse = new StagedDuckDbWarehouse(compacting, { memoryMb: 256, threads: 1 }, temporaryFolder())
    expect(await warehouse.ask({ sql, run: [], inputs }, MOST)).toEqual([{ n: 7 }])
    expect(listings).toBe(2)
  })

  test('an object that is listed and never there is an error that may pass by, not an answer without it', async () => {
    const objects = new MemoryObjectStore()
    await objects.put(raw('0-1-9'), file(1))
    const losing = Object.assign(Object.create(objects), { get: async () => undefined })
    const warehouse = new StagedDuckDbWarehouse(losing, { memoryMb: 256, threads: 1 }, temporaryFolder())
    const asked = warehouse.ask({ sql, run: [], inputs }, MOST)
    await expect(asked).rejects.toThrow(/was listed and is not there/)
    await expect(asked).rejects.not.toBeInstanceOf(WarehouseQueryError)
  })

  test('what a process left behind that was ended in the middle is deleted, once; nothing of who lives, or of others', async () => {
    const disk = temporaryFolder()
    const left = [`counterflow-sql-${process.pid}-a`, 'counterflow-sql-999999999-b', 'counterflow-sql-1-c', 'sql-d']
    for (const name of left) mkdirSync(join(disk, name))
    const query = { sql: 'select 1 as n', run: [], inputs: [] }
    const warehouse = () => new StagedDuckDbWarehouse(new MemoryObjectStore(), { memoryMb: 256, threads: 1 }, disk)
    await warehouse().ask(query, MOST)
    expect(readdirSync(disk).toSorted()).toEqual(['counterflow-sql-1-c', 'sql-d'])
    mkdirSync(join(disk, left[0]!))
    await warehouse().ask(query, MOST)
    expect(readdirSync(disk)).toContain(left[0])
  })
})

describe('DuckDbWarehouse', () => {
  const numbers = (n: number) => `(select cast(i as bigint) as i from range(${n}) as r(i))`

  test('reads and writes below its folder alone', async () => {
    const { warehouse } = openDuckDb()
    const elsewhere = join(temporaryFolder(), 'secret.csv')
    writeFileSync(elsewhere, 'a,b\n1,2\n')
    const ask = (sql: string) => warehouse.ask({ sql, run: [], inputs: [] }, MOST)
    await expect(ask(`select * from '${elsewhere}'`)).rejects.toThrow(WarehouseQueryError)
    await expect(ask(`copy (select 1 as a) to '${elsewhere}.parquet'`)).rejects.toThrow(WarehouseQueryError)
    await expect(ask('set enable_external_access = true')).rejects.toThrow(WarehouseQueryError)
    const above = { table: 't', columns: [{ name: 'a', type: 'bigint' as const }], folders: ['../x/'] }
    await expect(warehouse.ask({ sql: 'select * from t', run: [], inputs: [above] }, MOST)).rejects.toThrow(RangeError)
  })

  test('keeps to its memory: what does not fit goes to the disk and away again', async () => {
    const folder = join(temporaryFolder(), 'objects')
    const { warehouse } = openDuckDb({ memoryMb: 64, threads: 1 }, folder)
    const sql = `select count(*) as n from (select i, row_number() over (order by hash(i)) as r from ${numbers(6_000_000)}) x where r > 0`
    expect(await warehouse.ask({ sql, run: [], inputs: [] }, MOST)).toEqual([{ n: 6_000_000 }])
    expect(readdirSync(dirname(folder))).toContain(`${basename(folder)}.spill`)
    await warehouse.close()
    expect(readdirSync(dirname(folder))).not.toContain(`${basename(folder)}.spill`)
    expect(await new FolderObjectStore(folder).list('')).toEqual([])
  })

  test('may close whenever nothing is asked, and answers whoever comes meanwhile', async () => {
    const { warehouse } = openDuckDb({ memoryMb: 64, threads: 1, closesWhenIdle: true })
    const ask = (n: number) => warehouse.ask({ sql: `select ${n} as n`, run: [], inputs: [] }, MOST)
    for (let round = 0; round < 3; round++) {
      const first = ask(1)
      const others = [ask(2), first.then(() => ask(3)), first.finally(() => ask(4))]
      expect(await Promise.all([first, ...others])).toEqual([[{ n: 1 }], [{ n: 2 }], [{ n: 3 }], [{ n: 1 }]])
      await expect(ask(5 / 0)).rejects.toThrow(WarehouseQueryError)
    }
  })

  test('does not keep the thread waiting that asks', async () => {
    const { warehouse } = openDuckDb()
    const sql = `select count(*) as n from ${numbers(20_000_000)} x where i % 7 = 3`
    const asked = warehouse.ask({ sql, run: [], inputs: [] }, MOST)
    let turns = 0
    let isOver = false
    const over = asked.finally(() => (isOver = true))
    while (!isOver) {
      await sleep(1)
      turns++
    }
    await over
    // Of a query of some hundred milliseconds.
    expect(turns).toBeGreaterThan(20)
  })

  test('gives up what it is at when the program ends, and takes no more', async () => {
    const { warehouse } = openDuckDb()
    const endless = `select count(*) as n from ${numbers(100_000)} x cross join ${numbers(100_000)} y where hash(x.i, y.i) = 1`
    const asked = warehouse.ask({ sql: endless, run: [], inputs: [] }, { rows: 1, ms: 600_000 })
    asked.catch(() => {})
    await sleep(300)
    const stoppedAt = performance.now()
    warehouse.stop()
    await expect(asked).rejects.toThrow('the engine stops')
    expect(performance.now() - stoppedAt).toBeLessThan(2_000)
    await expect(warehouse.ask({ sql: 'select 1 as n', run: [], inputs: [] }, MOST)).rejects.toThrow('the engine stops')
    await warehouse.close()
  })
})
