/**
 * Data of earlier releases opens in this one, replays to the same rows and answers as it did: each folder of
 * `test/fixtures/data-folder-*`, made by `test/fixtures/make-data-folder.ts` of its release. A changed projection is
 * rebuilt first, and may answer more than it did, never something else.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { EVERY_KEY } from '#core/row-key.ts'
import { PEOPLE_TABLE } from '#runtime/people.ts'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { rawRows } from '#test/fakes/lake-in-test.ts'
import { EngineOnFolder, unpackFolder } from '#test/fixtures/engine-on-folder.ts'

const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url))
const RELEASES = readdirSync(FIXTURES).filter((name) => name.startsWith('data-folder-'))

type Expected = {
  readonly askedAt: string
  readonly ledger: readonly object[]
  readonly answers: Readonly<Record<string, object>>
}

/** Each setting that there was, as it was: others may have come since. */
function withNewSettings(answer: object): object {
  const { settings } = answer as { readonly settings?: readonly object[] }
  if (settings === undefined) return answer
  return { ...answer, settings: expect.arrayContaining(settings.map((one) => expect.objectContaining(one))) }
}

it('there is data of an earlier release', () => expect(RELEASES).not.toEqual([]))

describe.each(RELEASES)('%s', (name) => {
  const expected = JSON.parse(readFileSync(join(FIXTURES, name, 'answers.json'), 'utf8')) as Expected

  async function open(): Promise<EngineOnFolder> {
    const data = join(temporaryFolder(), 'data')
    unpackFolder(join(FIXTURES, name, 'folder'), data)
    const shop = await EngineOnFolder.open(data, expected.askedAt)
    onTestFinished(() => shop.close())
    return shop
  }

  it('answers as it did', async () => {
    const shop = await open()
    for (const [question, answer] of Object.entries(expected.answers)) {
      expect(await shop.get(question), question).toMatchObject({ status: 200, body: withNewSettings(answer) })
    }
    expect((await shop.get('/quality')).body.ledger).toMatchObject(expected.ledger)
  })

  it('replays to the same rows, and so do new events', async () => {
    const shop = await open()
    for (const from of ['seal', 'start'] as const) {
      expect(await shop.engine.verify(from)).toMatchObject({ equal: true, ledgerHolds: true, examples: [] })
    }
    const before = await onHand(shop)
    const order = { eventType: 'ORDER_PLACED', productId: 'LAMP', storeId: 'high-street', price: 9, quantity: 4 }
    const ofTheOldOrder = { eventType: 'RETURN', productId: 'LAMP', orderId: '2026-11-12-0', region: 'IN' }
    for (const document of [order, ofTheOldOrder]) {
      expect((await shop.post('/integrations/amazon/webhook', document)).status).toBe(202)
    }
    expect(await onHand(shop)).toBe(before - 4)
    expect(await shop.engine.verify('seal')).toMatchObject({ equal: true, ledgerHolds: true, examples: [] })
    await shop.engine.seal()
  })

  it('knows people by the tokens they had', async () => {
    const shop = await open()
    const tokensOf = async () => {
      const rows = await shop.engine.ports.state.query({ table: PEOPLE_TABLE, range: EVERY_KEY })
      return rows.map(({ key, row }) => [key, row])
    }
    const known = await tokensOf()
    expect(known).not.toEqual([])
    const order = { eventType: 'ORDER_PLACED', productId: 'LAMP', region: 'IN', customerId: 'Customer-3@example.com' }
    expect((await shop.post('/integrations/amazon/webhook', { ...order, price: 9 })).status).toBe(202)
    expect(await tokensOf()).toEqual(known)
  })

  it('begins the lake with what comes now, where it kept no notes for one', async () => {
    const shop = await open()
    expect((await shop.engine.fillLake()).every(({ events }) => events === 0)).toBe(true)
    const order = { eventType: 'ORDER_PLACED', productId: 'LAMP', region: 'IN', price: 9 }
    for (let i = 0; i < 20; i++) expect((await shop.post('/integrations/amazon/webhook', order)).status).toBe(202)
    const shards = await shop.engine.fillLake()
    expect(shards.reduce((sum, { events }) => sum + events, 0)).toBe(20)
    expect((await rawRows(shop.engine.ports.objects)).sale_recorded).toHaveLength(20)
  })

  it('knows what it had taken: a repeat changes nothing', async () => {
    const shop = await open()
    const { ledger } = (await shop.get('/quality')).body
    const document = { eventType: 'ORDER_PLACED', asin: 'LAMP', orderId: 'comes-later', price: 250, region: 'IN' }
    expect((await shop.post('/integrations/amazon/webhook', document)).status).toBe(200)
    expect((await shop.get('/quality')).body.ledger).toEqual(ledger)
  })
})

async function onHand(shop: EngineOnFolder): Promise<number> {
  const { items } = (await shop.get('/stock?store=high-street')).body as {
    items: { productId: string; onHand: number }[]
  }
  return items.find(({ productId }) => productId === 'LAMP')!.onHand
}
