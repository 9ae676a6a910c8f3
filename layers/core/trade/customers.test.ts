import { describe, expect, it } from 'vitest'
import { type EngineInTest, fold, type Happening } from '#test/fakes/engine-in-test.ts'

const T = (minute: string) => `2026-03-02T10:${minute}:00Z`
const sale = (minute: string, customer: string | undefined, more: Partial<Happening> = {}): Happening => ({
  type: 'sale.recorded',
  at: T(minute),
  data: { orderId: `O${minute}`, productId: 'P', quantity: 1, unitPriceMinor: 100, currency: 'INR', customer },
  ...more,
})
const refund = (minute: string, customer: string): Happening => ({
  type: 'sale.refunded',
  at: T(minute),
  data: { refundId: `R${minute}`, productId: 'P', amountMinor: 1, currency: 'INR', reason: 'other', customer },
})

/** By store and minute, how many customers were new. */
async function newCustomers(engine: EngineInTest): Promise<Record<string, number>> {
  const rows = await engine.rows('minute-by-store')
  return Object.fromEntries(
    Object.entries(rows).flatMap(([key, { sums }]) => {
      const [, time, store] = key.split('/')
      return sums.newCustomers === undefined
        ? []
        : [[`${store} ${new Date(Number(time)).toISOString().slice(14, 16)}`, sums.newCustomers]]
    }),
  )
}
const activeCustomers = async (engine: EngineInTest, table: string): Promise<(number | undefined)[]> =>
  Object.values(await engine.rows(table)).map(({ customers }) => customers?.length)

describe('a new customer', () => {
  it.each<[string, Happening[], Record<string, number>]>([
    ['buys', [sale('01', 'a')], { 's 01': 1 }],
    ['buys again', [sale('01', 'a'), sale('02', 'a')], { 's 01': 1 }],
    ['had bought before, as it turns out', [sale('02', 'a'), sale('01', 'a')], { 's 01': 1 }],
    ['and another', [sale('01', 'a'), sale('01', 'b')], { 's 01': 2 }],
    ['buys in two stores', [sale('01', 'a'), sale('02', 'a', { storeId: 't' })], { 's 01': 1, 't 02': 1 }],
    ['is first heard of with a refund', [refund('03', 'a')], { 's 03': 1 }],
    ['had bought before the refund', [refund('03', 'a'), sale('02', 'a')], { 's 02': 1 }],
    ['is nobody', [sale('01', undefined)], {}],
  ])('%s', async (_, happenings, expected) => {
    expect(await newCustomers(await fold(happenings))).toEqual(expected)
  })
})

describe('active customers', () => {
  it('are those who bought, each once, by total and store, in quarters and days', async () => {
    const engine = await fold([sale('01', 'a'), sale('02', 'a'), sale('03', 'b'), sale('20', 'a'), refund('04', 'c')])
    expect(await activeCustomers(engine, 'quarter-by-total')).toEqual([2, 1])
    expect(await activeCustomers(engine, 'quarter-by-store')).toEqual([2, 1])
    expect(await activeCustomers(engine, 'day-by-total')).toEqual([2])
    expect(await activeCustomers(engine, 'day-by-product')).toEqual([undefined])
  })
})
