/** A table of exchange rates through the real command: figures of several currencies are put together with it. */
import { expect, it } from 'vitest'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { bring, DONE, fileOf } from './run-import.ts'
import { engineFor, type RunningEngine } from './running-engine.ts'

const HEADER = 'currency,per,date,rate,source'
const DAY = '2026-01-05'

async function reportingIn(engine: RunningEngine) {
  const { body } = await engine.get(`/metrics?currency=EUR&from=${DAY}T00:00:00Z&to=2026-01-06T00:00:00Z`)
  return body.reporting
}

it('rates are imported once and again, and the last word about a day counts', async () => {
  const data = temporaryFolder()
  const engine = await engineFor(data)
  const line = { orderId: 'O', productId: 'P', quantity: 1, unitPriceMinor: 1000, currency: 'USD' }
  const sale = { type: 'sale.recorded', storeId: 'shop', occurredAt: `${DAY}T10:00:00Z`, data: line }
  expect((await engine.post('/collect', { events: [sale] })).status).toBe(202)
  await engine.settled()
  expect((await reportingIn(engine)).unconverted).toMatchObject([{ currency: 'USD', netRevenue: 1000 }])

  const netAfter = async (rate: string) => {
    const { code, summary } = await bring(data, 'rates', fileOf([HEADER, `USD,EUR,${DAY},${rate},ECB`]))
    expect([code, summary]).toMatchObject([0, { ...DONE, lines: 1, accepted: 1 }])
    return (await reportingIn(engine)).money.netRevenue.value
  }
  expect(await netAfter('1.25')).toBe(800)
  expect(await netAfter('1.25')).toBe(800)
  expect(await netAfter('2')).toBe(500)
  expect(await netAfter('1.25')).toBe(800)
  const { rates, unconverted } = await reportingIn(engine)
  expect([rates, unconverted]).toEqual([[{ currency: 'USD', per: 'EUR', date: DAY, rate: '1.25', source: 'ECB' }], []])
})

it('what is no rate is refused by its column', async () => {
  const data = temporaryFolder()
  await engineFor(data)
  const wrong = [
    [`USD,USD,${DAY},1,`, 'per'],
    [`DOLLAR,EUR,${DAY},1,`, 'currency'],
    ['USD,EUR,2026-02-30,1,', 'date'],
    [`USD,EUR,${DAY},0,`, 'rate'],
    [`USD,EUR,${DAY},"1,08",`, 'rate'],
    [`USD,EUR,${DAY},,`, 'rate'],
  ] as const
  const { code, summary } = await bring(data, 'rates', fileOf([HEADER, ...wrong.map(([row]) => row)]))
  expect([code, summary.refused, summary.accepted]).toEqual([1, wrong.length, 0])
  expect(
    summary.refusals.map(({ problems }: { problems: { field: string }[] }) => problems.map(({ field }) => field)),
  ).toEqual(wrong.map(([, field]) => [field]))
})
