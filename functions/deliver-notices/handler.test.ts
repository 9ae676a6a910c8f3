import { describe, expect, test } from 'vitest'
import type { Notice } from '#core/ports.ts'
import { ascendingNumber, EVERY_KEY, rowKey } from '#core/row-key.ts'
import { contextWith, type Ports } from '#runtime/ports.ts'
import { OUTBOX_TABLE, type Telling } from '#runtime/run-batch.ts'
import { portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const AT = Date.parse('2026-03-02T10:00:00Z')

/** A notice in a shard's outbox. */
function tell(ports: Ports, shard: number, n: number, productId = 'lamp'): void {
  const data = {
    alertId: `a${n}`,
    productId,
    storeId: 's',
    kind: 'OUT_OF_STOCK',
    severity: 'CRITICAL',
    openedAt: AT,
    changedAt: AT,
    figures: { onHand: 0, before: 1, unitsPerDay: 2 },
    becauseOf: `e${n}`,
  }
  const times = { occurredAt: AT, acceptedAt: AT }
  const place = { merchantId: 'm', storeId: 's' }
  const row: Telling = {
    channel: 'notice',
    topic: 'alert',
    subject: `a${n}`,
    data,
    id: `${shard}-${n}`,
    ...place,
    ...times,
  }
  ports.state.commit([{ table: OUTBOX_TABLE, key: rowKey(String(shard), ascendingNumber(n)), row }])
}

const run = (ports: Ports) => handler({}, contextWith(ports, 'deliver-notices'))
const left = async (ports: Ports): Promise<string[]> =>
  (await ports.state.query({ table: OUTBOX_TABLE, range: EVERY_KEY })).map(({ row }) => (row as Telling).id)

/** Ports whose receiver refuses these ids. */
function portsThatRefuse(refused: Set<string>) {
  const tried: string[] = []
  const notify = async ({ id }: Notice) => {
    tried.push(id)
    if (refused.has(id)) throw new Error(`no ${id}`)
  }
  return { ...portsInTest({ notifier: { notify } }), tried }
}

describe('notices', () => {
  test('are sent in order, in words, and taken out', async () => {
    const ports = portsInTest()
    ports.state.commit([
      { table: 'product-listings', key: rowKey('0', 'm', 'lamp'), row: { productId: 'lamp', title: 'Lamp' } },
    ])
    for (let n = 0; n < 250; n++) tell(ports, 0, n)
    tell(ports, 3, 0, 'cup')
    await run(ports)
    const sentOf = (shard: number) => ports.sent.filter(({ id }) => id.startsWith(`${shard}-`)).map(({ id }) => id)
    expect(sentOf(0)).toEqual(Array.from({ length: 250 }, (_, n) => `0-${n}`))
    expect(sentOf(3)).toEqual(['3-0'])
    expect(ports.sent[0]).toMatchObject({
      merchantId: 'm',
      storeId: 's',
      subject: 'critical: Lamp',
      text: 'Lamp is sold out, about 2 sold a day. Reorder it, or take it off sale.',
      data: { id: 'a0', kind: 'OUT_OF_STOCK', productId: 'lamp' },
    })
    expect(ports.sent.find(({ id }) => id === '3-0')!.subject).toBe('critical: cup')
    expect(await left(ports)).toEqual([])
    await run(ports)
    expect(ports.sent.length).toBe(251)
  })

  test('one that is refused stays, with those behind it, and goes again under its id', async () => {
    const refused = new Set(['0-1'])
    const ports = portsThatRefuse(refused)
    for (let n = 0; n < 3; n++) tell(ports, 0, n)
    await expect(run(ports)).rejects.toThrow('no 0-1')
    expect(await left(ports)).toEqual(['0-1', '0-2'])
    refused.clear()
    await run(ports)
    expect(ports.tried).toEqual(['0-0', '0-1', '0-1', '0-2'])
    expect(await left(ports)).toEqual([])
  })

  test('one that is refused holds up no other shard', async () => {
    const ports = portsThatRefuse(new Set(['0-0', '2-1']))
    for (let shard = 0; shard < 4; shard++) for (let n = 0; n < 2; n++) tell(ports, shard, n)
    await expect(run(ports)).rejects.toThrow(/no 0-0.*no 2-1/)
    expect(await left(ports)).toEqual(['0-0', '0-1', '2-1'])
  })

  test('one that was sent and could not be taken out goes at least once more', async () => {
    const ports = portsInTest()
    tell(ports, 0, 0)
    const commit = ports.state.commit.bind(ports.state)
    ports.state.commit = () => {
      throw new Error('the disk is gone')
    }
    await expect(run(ports)).rejects.toThrow('the disk is gone')
    ports.state.commit = commit
    await run(ports)
    expect(ports.sent.map(({ id }) => id)).toEqual(['0-0', '0-0'])
    expect(await left(ports)).toEqual([])
  })
})
