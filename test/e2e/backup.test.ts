/** A backup that is taken while the engine works: what starts from it loses nothing of it, and has nothing twice. */
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { rawRows } from '#test/fakes/lake-in-test.ts'
import { EngineOnFolder } from '#test/fixtures/engine-on-folder.ts'

const AT = '2026-11-12T10:00:00Z'

async function open(data: string): Promise<EngineOnFolder> {
  const shop = await EngineOnFolder.open(data, AT)
  onTestFinished(() => shop.close())
  return shop
}

async function sell(shop: EngineOnFolder, orders: number): Promise<void> {
  const order = { eventType: 'ORDER_PLACED', productId: 'LAMP', region: 'IN', price: 9 }
  for (let i = 0; i < orders; i++) expect((await shop.post('/integrations/amazon/webhook', order)).status).toBe(202)
}

test('the log and the lake grow while it is copied', async () => {
  const folder = temporaryFolder()
  const shop = await open(join(folder, 'live'))
  await sell(shop, 5)
  await shop.engine.fillLake()
  const { eventLog } = shop.engine
  const copyLog = eventLog.backup.bind(eventLog)
  // After the rows and the log, before people and the objects.
  eventLog.backup = async (to) => {
    await copyLog(to)
    await sell(shop, 7)
    await shop.engine.fillLake()
  }
  await shop.engine.backup(join(folder, 'copy'))

  const restored = await open(join(folder, 'copy'))
  const applied = (await restored.get('/quality')).body.ledger.reduce(
    (sum: number, { applied }: { applied: number }) => sum + applied,
    0,
  )
  await sell(restored, 2)
  const shards = await restored.engine.fillLake()
  const { booked_line: booked, ...events } = await rawRows(restored.engine.ports.objects)
  const ids = Object.values(events).flatMap((rows) => rows.map(({ event_id: id }) => id))
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toHaveLength(applied + 2)
  expect(booked).toHaveLength(5 + 2)
  expect(shards.reduce((sum, { events }) => sum + events, 0)).toBe(ids.length)
  expect(await restored.engine.verify('start')).toMatchObject({ equal: true, ledgerHolds: true })
})
