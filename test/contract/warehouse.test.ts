import { readdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DuckDbWarehouse } from '#adapters/embedded/duckdb-warehouse.ts'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import { WarehouseQueryError } from '#core/ports.ts'
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
