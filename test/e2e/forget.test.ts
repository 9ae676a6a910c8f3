/** Somebody buys, is forgotten, and every file of the data folder is looked through for them: the log, rows, the lake, seals. */
import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { rawRows } from '#test/fakes/lake-in-test.ts'
import { EngineOnFolder } from '#test/fixtures/engine-on-folder.ts'

const AT = '2026-11-12T10:00:00Z'
const LEELA = 'leela.rao@customers.example'

/** Numbers of readers alone; a process that has LMDB open and closes this file loses its lock, as others then think. */
const LOCKS = 'lock.mdb'

/** Files below the folder that hold the text, in capitals or not; people's keys are seen as they lie there. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== LOCKS)
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const bytes = readFileSync(path).toString('latin1')
      return bytes.includes(text) || bytes.toLowerCase().includes(text)
    })
    .map((path) => path.slice(folder.length + 1))
}

/** The key under which people.ts keeps the mapping, less the merchant. */
function hashOf(data: string, person: string): string {
  const { people } = JSON.parse(readFileSync(join(data, 'secrets.json'), 'utf8'))
  return createHmac('sha256', people).update(person).digest('base64url')
}

test('nothing in the folder says who they were, nor in a copy, and what they did is still counted', async () => {
  const folder = temporaryFolder()
  const data = join(folder, 'data')
  let shop = await EngineOnFolder.open(data, AT)
  onTestFinished(() => shop.close())
  const order = (orderId: string, customerId: string) =>
    shop.post('/integrations/amazon/webhook', {
      eventType: 'ORDER_PLACED',
      productId: 'LAMP',
      region: 'IN',
      price: 9,
      orderId,
      customerId,
    })
  expect((await order('A-1', LEELA)).status).toBe(202)
  expect((await order('A-2', 'omar@customers.example')).status).toBe(202)
  const held = { refundId: 'R', orderId: 'unknown', productId: 'LAMP', reason: 'other', customer: LEELA, note: LEELA }
  const events = [{ type: 'sale.refunded', storeId: 'web', id: 'R', data: held }]
  expect((await shop.post('/collect', { events })).status).toBe(202)
  await shop.engine.seal()
  await shop.engine.backup(join(folder, 'before'))
  const hash = hashOf(data, LEELA)
  const customersOf = async () => (await rawRows(shop.engine.ports.objects)).sale_recorded!.map((row) => row.customer)
  const [token] = await customersOf()

  expect((await shop.post('/customers/forget', { customer: LEELA })).body.deleted.mappings).toBe(1)
  await shop.engine.seal()
  await shop.engine.backup(join(folder, 'after'))
  await shop.close()
  shop = await EngineOnFolder.open(data, AT) // the people's file is written anew
  for (const text of [LEELA, hash]) expect(filesWith(data, text)).toEqual([])
  expect(filesWith(join(folder, 'after'), hash)).toEqual([])
  const rows = JSON.stringify(await rawRows(shop.engine.ports.objects), (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  )
  expect([rows.includes('LAMP'), rows.includes(LEELA)]).toEqual([true, false])
  // A copy from before knows them: docs/people.md says what to do about it.
  expect(filesWith(join(folder, 'before'), hash)).toEqual(['people/data.mdb'])
  expect(filesWith(data, hashOf(data, 'omar@customers.example'))).toEqual(['people/data.mdb'])

  expect((await shop.get('/metrics')).body.counts.orders.value).toBe(2)
  expect(await shop.engine.verify('start')).toMatchObject({ equal: true, ledgerHolds: true })
  expect((await order('A-3', LEELA)).status).toBe(202)
  await shop.engine.fillLake()
  const customers = await customersOf()
  expect([customers.length, new Set(customers).size]).toEqual([3, 3])
  expect(customers).toContain(token)
})
