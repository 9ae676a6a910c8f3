import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS } from '#core/metrics/business-time.ts'
import { type EngineInTest, fold, type Happening } from '#test/fakes/engine-in-test.ts'
import { ABANDONED_AFTER_MS } from './carts.ts'

const T = (minute: string) => `2026-03-02T10:${minute}:00Z`
const cart = (minute: string, data: object = {}, more: Partial<Happening> = {}): Happening => ({
  type: 'cart.changed',
  at: T(minute),
  data: { cartId: 'C', productId: 'P', quantity: 1, ...data },
  ...more,
})
const checkout = (minute: string, more: Partial<Happening> = {}): Happening => ({
  type: 'checkout.completed',
  at: T(minute),
  data: { cartId: 'C', orderId: 'O' },
  ...more,
})

/** By minute: opened, of these with an id, of these bought. */
async function cartsByMinute(engine: EngineInTest): Promise<Record<string, number[]>> {
  const rows = await engine.rows('minute-by-total')
  return Object.fromEntries(
    Object.entries(rows).map(([key, { sums }]) => {
      const minute = new Date(Number(key.split('/')[1])).toISOString().slice(14, 16)
      return [minute, [sums.carts ?? 0, sums.followedCarts ?? 0, sums.cartsBought ?? 0]]
    }),
  )
}

describe('a cart counts once, when it was opened, and so does its purchase', () => {
  it.each<[string, Happening[], Record<string, number[]>]>([
    ['opened', [cart('01')], { '01': [1, 1, 0] }],
    ['changed', [cart('01'), cart('02', { quantity: 3 }), cart('03', { quantity: 0 })], { '01': [1, 1, 0] }],
    ['bought', [cart('01'), checkout('20')], { '01': [1, 1, 1] }],
    ['bought twice', [cart('01'), checkout('20'), checkout('21')], { '01': [1, 1, 1] }],
    ['bought before it was heard of', [checkout('20')], { '20': [1, 1, 1] }],
    ['bought, and heard of afterwards', [checkout('20'), cart('01')], { '01': [1, 1, 1] }],
    ['heard of backwards', [cart('03'), cart('02'), checkout('20'), cart('01')], { '01': [1, 1, 1] }],
    ['without an id: nobody sees it left or bought', [cart('01', { cartId: undefined })], { '01': [1, 0, 0] }],
    ['of two stores', [cart('01'), cart('02', {}, { storeId: 't' })], { '01': [1, 1, 0], '02': [1, 1, 0] }],
  ])('%s', async (_, happenings, expected) => {
    expect(await cartsByMinute(await fold(happenings))).toEqual(expected)
  })

  it('in any order of what happened to it', async () => {
    const events = [cart('05'), cart('04'), cart('09'), checkout('20'), checkout('03')].map((e, i) => ({
      ...e,
      id: `e${i}`,
    }))
    const expected = (await fold(events)).allRows()
    const { 'minute-by-total': minutes, 'day-by-store': days } = await expected
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(events, { minLength: events.length }), async (mixed) => {
        const engine = await fold(mixed)
        expect(await engine.rows('minute-by-total')).toEqual(minutes)
        expect(await engine.rows('day-by-store')).toEqual(days)
      }),
      { numRuns: 60 },
    )
  })

  it('is a cart of its own when it is opened again a month after it was last touched', async () => {
    const again = (afterMs: number) => cart('59', {}, { receivedAt: Date.parse(T('10')) + afterMs })
    expect(await cartsByMinute(await fold([cart('10'), again(30 * DAY_MS - 1)]))).toEqual({ '10': [1, 1, 0] })
    const days = await (await fold([cart('10'), again(30 * DAY_MS)])).rows('day-by-total')
    expect(days).toEqual({ 'm/2026-03-02/0': { sums: { carts: 2, followedCarts: 2 } } })
  })
})

it('is no late event when it is bought in time, though its minute was final', async () => {
  const engine = await fold([cart('01'), cart('15', { cartId: 'D' }), checkout('20')])
  const rows = Object.values(await engine.rows('minute-by-total'))
  expect(rows.map(({ sums }) => sums.late)).toEqual([undefined, undefined])
})

it('has half an hour to be bought', () => {
  expect(ABANDONED_AFTER_MS).toBe(30 * 60_000)
})
