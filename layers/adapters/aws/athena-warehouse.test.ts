/** What a function does that has no time left: contracts of the warehouse are tried elsewhere. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { AthenaClient } from '@aws-sdk/client-athena'
import type { GlueClient } from '@aws-sdk/client-glue'
import { expect, test } from 'vitest'
import { WarehouseQueryError } from '#core/ports.ts'
import { type AthenaFate, AthenaModel } from '#test/fakes/athena-model.ts'
import { CountingIdSource } from '#test/fakes/counting-id-source.ts'
import { MemoryObjectStore } from '#test/fakes/memory-object-store.ts'
import { AthenaWarehouse } from './athena-warehouse.ts'

const OBJECTS = 40
const columns = [{ name: 'n', type: 'bigint' as const }]
const query = { sql: 'select * from t', run: [], inputs: [{ table: 't', columns, folders: ['t/'] }] }

/** `copyMs`: what one copy takes, of 16 at once. */
async function warehouseOf(fate: AthenaFate, copyMs: number) {
  const athena = new AthenaModel(fate, fate)
  const objects = new MemoryObjectStore()
  for (let i = 0; i < OBJECTS; i++) await objects.put(`t/${i}.parquet`, new Uint8Array(4))
  const tables = new Set<string>()
  const glue = {
    send: async ({ input }: { input: { TableInput?: { Name: string }; TablesToDelete?: string[] } }) => {
      if (input.TableInput) tables.add(input.TableInput.Name)
      for (const name of input.TablesToDelete ?? []) tables.delete(name)
      return {}
    },
  }
  const copy = async (from: string, to: string) => {
    athena.now += copyMs / 16
    // Some take longer than others.
    await sleep(Number(from.match(/\d+/)?.[0]) % 5)
    await objects.put(to, (await objects.get(from))!)
    return true
  }
  const warehouse = new AthenaWarehouse({
    client: athena as unknown as Pick<AthenaClient, 'send'>,
    glue: glue as unknown as Pick<GlueClient, 'send'>,
    objects: Object.assign(objects, { copy }),
    ...{ workGroup: 'w', database: 'd', bucket: 'b', ids: new CountingIdSource() },
    patience: { attempts: 4, wait: athena.wait, random: () => 0.5 },
    now: () => athena.now,
    newParquet: () => ({ add: () => {}, file: () => new Uint8Array(4) }),
    remainingMs: () => 30_000 - athena.now,
  })
  /** Also after whatever was still on its way. */
  const isClear = async () => {
    await sleep(20)
    return tables.size === 0 && (await objects.list('athena/')).length === 0
  }
  return { athena, warehouse, isClear }
}

test.each([
  ['its inputs take too long to copy', {}, 12_000, []],
  ['the query takes too long', { takesMs: 26_000 }, 0, ['0']],
] as const)('gives up while there is time to clear away: %s', async (_, fate, copyMs, stopped) => {
  for (const ask of ['ask', 'write'] as const) {
    const { athena, warehouse, isClear } = await warehouseOf(fate as AthenaFate, copyMs)
    const asked =
      ask === 'ask' ? warehouse.ask(query, { rows: 9, ms: 900_000 }) : warehouse.write(query, 'made/', columns)
    await expect(asked).rejects.toThrow(WarehouseQueryError)
    expect(athena.stopped).toEqual(stopped)
    expect(athena.now).toBeLessThan(30_000)
    expect(await isClear()).toBe(true)
  }
})

test('the time is the invocation’s, not the question’s', async () => {
  const { athena, warehouse, isClear } = await warehouseOf({ takesMs: 14_000, pages: [['7']] } as AthenaFate, 0)
  await warehouse.write(query, 'made/', columns)
  await expect(warehouse.write(query, 'made/', columns)).rejects.toThrow('it took longer than')
  expect([athena.now < 30_000, await isClear()]).toEqual([true, true])
})

test('the time that it took too long for is the one that was given, not what copying left of it', async () => {
  const { athena, warehouse } = await warehouseOf({ takesMs: 14_000 } as AthenaFate, 160)
  const asked = warehouse.ask(query, { rows: 9, ms: 10_000 })
  await expect(asked).rejects.toThrow('it took longer than 10000 ms')
  expect([athena.stopped, athena.now < 11_000]).toEqual([['0'], true])
})

test('what is found in time is answered', async () => {
  const { warehouse, isClear } = await warehouseOf({ takesMs: 20_000, pages: [['7']] } as AthenaFate, 0)
  expect(await warehouse.ask(query, { rows: 9, ms: 900_000 })).toHaveLength(1)
  expect(await isClear()).toBe(true)
})
