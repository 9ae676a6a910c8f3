import { describe, expect, it } from 'vitest'
import { transactionItem } from '#core/api/transactions.ts'
import { fold, type Happening } from '#test/fakes/engine-in-test.ts'
import { transactionItemOf } from './transaction-item.ts'

const T = (minute: string) => `2026-03-02T10:${minute}:00.000Z`
const sale: Happening = {
  type: 'sale.recorded',
  id: 'e1',
  at: T('01'),
  receivedAt: T('02'),
  source: 'pos',
  data: {
    orderId: 'O',
    line: 1,
    lines: 2,
    productId: 'P',
    quantity: 2,
    unitPriceMinor: 500,
    discountMinor: 100,
    taxMinor: 50,
    currency: 'INR',
    channel: 'pos',
    paymentMethod: 'upi',
    customer: 'c_1',
  },
}
const refund: Happening = {
  type: 'sale.refunded',
  id: 'e2',
  at: T('03'),
  data: { refundId: 'R', productId: 'P', amountMinor: 300, currency: 'INR', reason: 'other', note: 'smelled of smoke' },
}
const charge: Happening = {
  type: 'charge.recorded',
  id: 'e3',
  at: T('02'),
  data: { orderId: 'O', code: 'POST', amountMinor: -4900, currency: 'INR' },
}

describe('transactions', () => {
  it('are the booked lines, newest first, as people read them', async () => {
    const engine = await fold([sale, refund, charge])
    const rows = Object.values(await engine.rows('transactions'))
    const items = rows.map((row) => transactionItemOf(row, row.productId && 'Kurta', undefined))
    expect(items).toEqual([
      {
        id: 'e2',
        kind: 'refund',
        storeId: 's',
        storeName: null,
        source: 'test',
        orderId: null,
        productId: 'P',
        title: 'Kurta',
        quantity: 1,
        amountMinor: 300,
        discountMinor: 0,
        currency: 'INR',
        estimated: false,
        reason: 'other',
        note: 'smelled of smoke',
        customer: null,
        channel: null,
        paymentMethod: null,
        occurredAt: T('03'),
        acceptedAt: T('03'),
      },
      {
        id: 'e3',
        kind: 'charge',
        storeId: 's',
        storeName: null,
        source: 'test',
        orderId: 'O',
        productId: null,
        title: null,
        quantity: 0,
        amountMinor: -4900,
        discountMinor: 0,
        currency: 'INR',
        estimated: false,
        reason: null,
        note: null,
        customer: null,
        channel: 'POST',
        paymentMethod: null,
        occurredAt: T('02'),
        acceptedAt: T('02'),
      },
      {
        id: 'e1',
        kind: 'sale',
        storeId: 's',
        storeName: null,
        source: 'pos',
        orderId: 'O',
        productId: 'P',
        title: 'Kurta',
        quantity: 2,
        amountMinor: 1000,
        discountMinor: 100,
        currency: 'INR',
        estimated: false,
        reason: null,
        note: null,
        customer: 'c_1',
        channel: 'pos',
        paymentMethod: 'upi',
        occurredAt: T('01'),
        acceptedAt: T('02'),
      },
    ])
    for (const item of items) expect(transactionItem.parse(item)).toEqual(item)
  })

  it('are each told to open screens', async () => {
    const engine = await fold([sale, refund])
    const told = engine.live.filter(({ topic }) => topic === 'transaction')
    expect(told.map(({ subject, channel }) => [subject, channel])).toEqual([
      ['e1', 'live'],
      ['e2', 'live'],
    ])
  })

  it('hold nothing that is undefined: a row is a JSON value', async () => {
    for (const row of Object.values(await (await fold([sale, refund, charge])).rows('transactions'))) {
      expect(Object.values(row)).not.toContain(undefined)
    }
  })
})

describe('what happened to a product lately', () => {
  const moves: Happening[] = [
    { type: 'stock.received', id: 'r', at: T('04'), data: { productId: 'P', quantity: 9 } },
    { type: 'stock.counted', id: 'c', at: T('05'), data: { productId: 'P', level: 7 } },
    { type: 'price.changed', id: 'p', at: T('06'), data: { productId: 'P', priceMinor: 450, currency: 'INR' } },
  ]
  it('is told newest first, by arrival', async () => {
    const engine = await fold([sale, refund, charge, ...moves])
    expect((await engine.onlyRow('recent-of-product')).events).toEqual([
      { id: 'p', at: Date.parse(T('06')), storeId: 's', type: 'price.changed', amountMinor: 450, currency: 'INR' },
      { id: 'c', at: Date.parse(T('05')), storeId: 's', type: 'stock.counted', quantity: 7 },
      { id: 'r', at: Date.parse(T('04')), storeId: 's', type: 'stock.received', quantity: 9 },
      {
        id: 'e2',
        at: Date.parse(T('03')),
        storeId: 's',
        type: 'refund',
        quantity: 1,
        amountMinor: 300,
        currency: 'INR',
        reason: 'other',
        note: 'smelled of smoke',
      },
      {
        id: 'e1',
        at: Date.parse(T('01')),
        storeId: 's',
        type: 'sale',
        quantity: 2,
        amountMinor: 1000,
        currency: 'INR',
      },
    ])
  })

  it('is the last twelve', async () => {
    const views = Array.from({ length: 13 }, (_, i) => ({ ...moves[0]!, id: `r${i}` }))
    const { events } = await (await fold(views)).onlyRow('recent-of-product')
    expect(events.map(({ id }: { id: string }) => id)).toEqual(Array.from({ length: 12 }, (_, i) => `r${12 - i}`))
  })
})
