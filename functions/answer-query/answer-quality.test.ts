/** How much the engine takes is no merchant's own, where it has more than one. */
import { expect, test } from 'vitest'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { addMerchant } from '#runtime/merchants.ts'
import { sealManifest, sealName } from '#runtime/seal-names.ts'
import { EngineInTest } from '#test/fakes/engine-in-test.ts'
import { MemoryEventLog } from '#test/fakes/memory-event-log.ts'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

const AT = '2026-03-02T09:59:00Z'
const DISK = { usedBytes: 5, freeBytes: 7 }
const SEAL = sealName(Date.parse(AT))

async function qualityFor(merchantId: string, others: readonly string[]) {
  const engine = new EngineInTest()
  for (const of of [DEMO_MERCHANT, ...others]) {
    const data = { productId: `product of ${of}`, quantity: 1, orderId: 'o', unitPriceMinor: 5, currency: 'INR' }
    await engine.take({ at: AT, merchantId: of, type: 'sale.recorded', data })
  }
  const { store: state, objects } = engine
  const ports = portsInTest({ state, objects, log: new MemoryEventLog(1) })
  ports.machine.disk = () => DISK
  await objects.put(sealManifest(SEAL), Buffer.from('{}'))
  for (const id of others) await addMerchant(ports, { id, name: id })
  const { status, body } = await ask(handler, ports, 'GET /quality', { viewer: ownerOf(merchantId) })
  expect(status).toBe(200)
  return body
}

test.each([[[]], [['m']], [['m', 'm2']]])('whoever runs the engine is told the ledger, beside %j', async (others) => {
  const { ledger, repeatsAtDoor, lastSeal, disk } = await qualityFor(DEMO_MERCHANT, others)
  expect(ledger[0].applied).toBe(1 + others.length)
  expect([repeatsAtDoor, lastSeal.name, disk]).toEqual([0, SEAL, DISK])
})

test('one of several merchants is told what is theirs, and nothing of everybody’s trade', async () => {
  const { unlistedProducts, ...answer } = await qualityFor('m', ['m', 'm2'])
  const { ledger, repeatsAtDoor, lastSeal, disk, lagMs, balanced } = answer
  expect({ ledger, repeatsAtDoor, lastSeal, disk }).toEqual({
    ledger: null,
    repeatsAtDoor: null,
    lastSeal: null,
    disk: null,
  })
  expect([lagMs, balanced]).toEqual([0, expect.any(Boolean)])
  expect(unlistedProducts).toMatchObject({ count: 1, first: [{ id: 'product of m' }] })
})
