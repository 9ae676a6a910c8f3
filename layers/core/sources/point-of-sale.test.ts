import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_AMOUNT_MINOR } from '#core/events/money.ts'
import { isPointOfSale, pointOfSale } from './point-of-sale.ts'

const translate = (document: unknown, currency = 'INR') => pointOfSale.translate(document, { currency })
const good = (document: unknown, currency = 'INR') => {
  const outcome = translate(document, currency)
  if (!outcome.ok) expect.fail(JSON.stringify(outcome.problems))
  return outcome.value
}
const dataOf = (document: unknown, currency = 'INR') => good(document, currency).drafts[0]!.data
const fields = (document: unknown) => {
  const outcome = translate(document)
  return outcome.ok ? [] : outcome.problems.map(({ field }) => field)
}
/** As the issue gives them. */
const line = { product_id: 'P', store_id: 'S', customer_id: 'asha@example.in', timestamp: '2026-03-02T10:00:00+05:30' }
const transaction = { transaction_id: 'T', ...line, amount: 1998, payment_method: 'upi' }
const { amount: _, ...unpriced } = transaction
const refund = { refund_id: 'R', original_transaction_id: 'T', ...line, refund_amount: 999, reason: 'defective' }
const { customer_id: __, ...moved } = line
const inventory = { inventory_id: 'I', ...moved, quantity_change: -2, new_quantity: 38, reason: 'sale' }

describe('isPointOfSale', () => {
  it.each([[transaction], [refund], [inventory]])('%j is', (document) => {
    expect(isPointOfSale(document)).toBe(true)
  })
  it.each([[{}], [[]], [{ type: 'sale.recorded' }]])('%j is not', (document) => {
    expect(isPointOfSale(document)).toBe(false)
  })
})

describe('a transaction', () => {
  it('is a sale of one line', () => {
    expect(good(transaction).drafts).toStrictEqual([
      {
        type: 'sale.recorded',
        storeId: 'S',
        occurredAt: line.timestamp,
        data: {
          orderId: 'T',
          productId: 'P',
          quantity: 1,
          unitPriceMinor: 199800,
          currency: 'INR',
          customer: 'asha@example.in',
          paymentMethod: 'upi',
          channel: 'pos',
        },
      },
    ])
  })

  it.each([
    [{ amount: 1998, quantity: 2 }, 'INR', { quantity: 2, unitPriceMinor: 99900 }],
    [{ amount: '1998.00', quantity: 2 }, 'INR', { quantity: 2, unitPriceMinor: 99900 }],
    [{ unit_price: 999, quantity: 2 }, 'INR', { quantity: 2, unitPriceMinor: 99900 }],
    [{ unit_price: '999.5' }, 'INR', { quantity: 1, unitPriceMinor: 99950 }],
    [{ unit_price: 0, quantity: 3 }, 'INR', { quantity: 3, unitPriceMinor: 0 }],
    [{ amount: 10, quantity: 3 }, 'INR', { quantity: 3, unitPriceMinor: 334, discountMinor: 2 }],
    [{ amount: 0.01, quantity: 3 }, 'INR', { quantity: 3, unitPriceMinor: 1, discountMinor: 2 }],
    [{ amount: 1000, quantity: 3 }, 'JPY', { quantity: 3, unitPriceMinor: 334, discountMinor: 2 }],
    [{ amount: '1.234' }, 'KWD', { quantity: 1, unitPriceMinor: 1234 }],
    [{ amount: 5, currency: 'USD' }, 'INR', { quantity: 1, unitPriceMinor: 500, currency: 'USD' }],
    // Both are stated: what was paid counts.
    [{ amount: 27, unit_price: 10, quantity: 3 }, 'INR', { quantity: 3, unitPriceMinor: 900 }],
  ])('%j in a shop that counts in %s', (price, currency, data) => {
    const {
      quantity,
      unitPriceMinor,
      discountMinor,
      currency: _,
      ...rest
    } = dataOf({ ...unpriced, ...price }, currency) as {
      [field: string]: unknown
    }
    const expected = { discountMinor: undefined, currency, ...data }
    expect({ quantity, unitPriceMinor, discountMinor, currency: _ }).toEqual(expected)
    expect(Object.values(rest)).not.toContain(undefined)
  })

  it('adds up to its amount to the last minor unit, whatever the quantity', () => {
    const most = MAX_AMOUNT_MINOR - 1e9 // the unit price is rounded up
    const anyMinor = fc.oneof(fc.integer({ min: 0, max: most }), fc.integer({ min: 0, max: 1_000_000 }))
    const anyQuantity = fc.oneof(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 12 }))
    fc.assert(
      fc.property(anyMinor, anyQuantity, (minor, quantity) => {
        const data = dataOf({ ...unpriced, amount: String(minor), quantity }, 'JPY') as Record<string, number>
        const { unitPriceMinor = 0, discountMinor = 0 } = data
        expect(BigInt(unitPriceMinor) * BigInt(quantity) - BigInt(discountMinor)).toBe(BigInt(minor))
        expect(discountMinor >= 0 && discountMinor < quantity && data.discountMinor !== 0).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('has no customer and no payment method where there is none', () => {
    for (const nobody of [null, undefined]) {
      const data = dataOf({ ...transaction, customer_id: nobody, payment_method: nobody })
      expect(Object.keys(data)).not.toContain('customer')
      expect(Object.keys(data)).not.toContain('paymentMethod')
    }
  })
})

describe('a refund', () => {
  it('gives money back for a line', () => {
    expect(good(refund).drafts).toStrictEqual([
      {
        type: 'sale.refunded',
        storeId: 'S',
        occurredAt: line.timestamp,
        data: {
          refundId: 'R',
          orderId: 'T',
          productId: 'P',
          amountMinor: 99900,
          currency: 'INR',
          reason: 'defective',
          customer: 'asha@example.in',
        },
      },
    ])
  })

  it.each([
    [{ reason: 'defective' }, { reason: 'defective' }],
    [{ reason: 'wrong_item' }, { reason: 'wrong_item' }],
    [{ reason: 'not_as_described' }, { reason: 'not_as_described' }],
    [{ reason: 'changed_mind' }, { reason: 'changed_mind' }],
    [{ reason: 'damaged_shipping' }, { reason: 'damaged_shipping' }],
    [{ reason: 'smelled of smoke' }, { reason: 'other', note: 'smelled of smoke' }],
    [{ reason: null }, { reason: 'other' }],
    [{ reason: undefined }, { reason: 'other' }],
    [{ quantity: 2 }, { quantity: 2 }],
    [{ refund_amount: '0.05' }, { amountMinor: 5 }],
  ])('%j', (words, data) => {
    expect(dataOf({ ...refund, ...words })).toMatchObject(data)
  })
})

it('takes a refund without its transaction', () => {
  expect(Object.keys(dataOf({ ...refund, original_transaction_id: null }))).not.toContain('orderId')
})

describe('an inventory movement', () => {
  it('is a count where it states the new level', () => {
    expect(good(inventory).drafts).toStrictEqual([
      {
        type: 'stock.counted',
        storeId: 'S',
        occurredAt: line.timestamp,
        data: { productId: 'P', level: 38, reason: 'sale' },
      },
    ])
  })

  it.each([
    [{ new_quantity: 0 }, { type: 'stock.counted', data: { level: 0 } }],
    [{ new_quantity: -4 }, { type: 'stock.counted', data: { level: -4 } }],
    [
      { new_quantity: 38, quantity_change: 0 },
      { type: 'stock.counted', data: { level: 38 } },
    ],
    [{ new_quantity: null }, { type: 'stock.adjusted', data: { quantity: -2 } }],
    [
      { new_quantity: undefined, reason: null },
      { type: 'stock.adjusted', data: { quantity: -2 } },
    ],
  ])('%j', (levels, draft) => {
    expect(good({ ...inventory, ...levels }).drafts).toMatchObject([draft])
  })
})

describe('what is wrong in a document of a point of sale', () => {
  it.each([
    [{ transaction_id: 'T' }, ['product_id', 'store_id', 'timestamp', 'amount']],
    [{ refund_id: 'R' }, ['product_id', 'store_id', 'timestamp', 'refund_amount']],
    [{ inventory_id: 'I' }, ['store_id', 'product_id', 'quantity_change', 'timestamp']],
    [{ ...unpriced, quantity: 2 }, ['amount']],
    [{ ...transaction, amount: -1 }, ['amount']],
    [{ ...transaction, amount: 1.005 }, ['amount']],
    [{ ...transaction, amount: 'a lot' }, ['amount']],
    [{ ...unpriced, unit_price: -0.01, quantity: 1 }, ['unit_price']],
    [{ ...transaction, quantity: 0 }, ['quantity']],
    [{ ...transaction, currency: 'Rs' }, ['currency']],
    [{ ...transaction, timestamp: '2026-03-02 10:00:00' }, ['timestamp']],
    [{ ...transaction, timestamp: '2026-03-02T10:00:00' }, ['timestamp']],
    [{ ...transaction, store_id: 'a\u0001b' }, ['store_id']],
    [{ ...refund, refund_amount: -1 }, ['refund_amount']],
    [{ ...refund, refund_amount: 0.001 }, ['refund_amount']],
    [{ ...inventory, new_quantity: null, quantity_change: 0 }, ['quantity_change']],
    [{ ...inventory, new_quantity: 1.5 }, ['new_quantity']],
    // What the schema cannot ask is asked of the fields that it found right.
    [{ ...transaction, amount: 'abc', quantity: 0 }, ['amount', 'quantity']],
    [{ ...transaction, amount: 1.005, quantity: 0 }, ['amount', 'quantity']],
    [{ ...transaction, amount: 'abc', unit_price: 'abc' }, ['amount', 'unit_price']],
    [{ ...unpriced, unit_price: 'abc', quantity: 0 }, ['unit_price', 'quantity']],
    [{ ...transaction, amount: 1.005, currency: 'Rs' }, ['currency']],
    [{ ...transaction, amount: -1, currency: 'Rs' }, ['amount', 'currency']],
    [{ ...refund, refund_amount: -1, timestamp: 'bad' }, ['refund_amount', 'timestamp']],
    [{ ...refund, refund_amount: 0.001, quantity: 0 }, ['refund_amount', 'quantity']],
    [{ ...refund, refund_amount: 0.001, currency: 'Rs' }, ['currency']],
    [{ ...inventory, new_quantity: null, quantity_change: 0, timestamp: 'bad' }, ['quantity_change', 'timestamp']],
    [{ ...inventory, new_quantity: 'x', quantity_change: 0 }, ['new_quantity']],
    [null, ['']],
    [[], ['']],
    ['T', ['']],
  ])('%j', (document, expected) => {
    expect(fields(document).sort()).toEqual(expected.sort())
  })

  it.each([[null], [true], ['abc'], ['']])('what an amount is, for %j', (wrong) => {
    const message = 'must be a decimal number or text such as 9.99'
    for (const document of [
      { ...transaction, amount: wrong },
      { ...refund, refund_amount: wrong },
    ]) {
      const outcome = translate(document)
      expect(!outcome.ok && outcome.problems.map((problem) => problem.message)).toEqual([message])
    }
  })
})

describe('the identity of a document of a point of sale', () => {
  const idOf = (document: object) => good(document).providerId

  it.each([
    ['transaction', transaction, 'transaction_id'],
    ['refund', refund, 'refund_id'],
    ['inventory', inventory, 'inventory_id'],
  ])('of a %s is its own, its store’s and its product’s', (_, document, id) => {
    expect(idOf(document)).toBe(idOf({ ...document, reason: 'wrong_item', amount: 5 }))
    const others = [{ [id]: 'X' }, { store_id: 'S2' }, { product_id: 'P2' }].map((other) =>
      idOf({ ...document, ...other }),
    )
    expect(new Set([idOf(document), ...others]).size).toBe(4)
  })

  it('is another for each kind of document', () => {
    const same = { transaction_id: 'X', refund_id: 'X', inventory_id: 'X' }
    const { transaction_id, refund_id, inventory_id } = same
    const ids = [
      { ...transaction, transaction_id },
      { ...refund, refund_id },
      { ...inventory, inventory_id },
    ].map(idOf)
    expect(new Set(ids).size).toBe(3)
  })

  it('of an inventory document is another at another time: a shelf may be one', () => {
    expect(idOf(inventory)).not.toBe(idOf({ ...inventory, timestamp: '2026-03-02T10:00:01+05:30' }))
  })

  it('is not mistaken for another’s where ids hold any printable sign', () => {
    const [a, b] = [
      { transaction_id: 'a:b', product_id: 'c' },
      { transaction_id: 'a', product_id: 'b:c' },
    ]
    expect(idOf({ ...transaction, ...a })).not.toBe(idOf({ ...transaction, ...b }))
  })
})
