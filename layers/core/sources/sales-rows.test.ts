import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Draft } from '#core/events/envelope.ts'
import { ownEvents } from './own-events.ts'
import { salesMapping } from './sales-mapping.ts'
import { salesIdentity, translateSale } from './sales-rows.ts'

const COLUMNS = {
  orderId: 'Order',
  line: 'Line',
  productId: 'SKU',
  quantity: 'Qty',
  discount: 'Off',
  tax: 'VAT',
  currency: 'Cur',
  storeId: 'Till',
  customer: 'Who',
  paymentMethod: 'Paid by',
  channel: { value: 'pos' },
  occurredAt: { columns: ['Date', 'Time'], format: 'dd/MM/yyyy HH:mm', timeZone: 'Europe/London' },
  refunds: { when: { column: 'Type', equals: ['Refund', 'Return'] }, reason: 'Why' },
}
const byUnit = salesMapping.parse({ ...COLUMNS, unitPrice: 'Price' })
const byLine = salesMapping.parse({ ...COLUMNS, amount: 'Total' })
const negative = { when: { quantity: 'negative' }, as: 'cancellation' }
const cancelling = salesMapping.parse({ ...COLUMNS, unitPrice: 'Price', refunds: negative })
const cancellingByLine = salesMapping.parse({ ...COLUMNS, amount: 'Total', refunds: negative })
const sellingOnly = salesMapping.parse({ ...COLUMNS, unitPrice: 'Price', refunds: undefined })

const ROW = {
  Order: 'O-1',
  Line: '2',
  SKU: 'LAMP',
  Qty: '3',
  Price: '25.99',
  Total: '70.00',
  Off: '1.50',
  VAT: '12.75',
  Cur: 'GBP',
  Till: 'leeds',
  Who: 'ada@example.com',
  'Paid by': 'card',
  Date: '01/07/2026',
  Time: '08:26',
  Type: 'Sale',
  Why: '',
}
type Row = Partial<typeof ROW>
function factsOf(mapping: typeof byUnit, row: Row): readonly Draft[] {
  const outcome = translateSale(mapping, { ...ROW, ...row })
  if (!outcome.ok) expect.fail(JSON.stringify(outcome.problems))
  return outcome.value
}
const dataOf = (mapping: typeof byUnit, row: Row) => factsOf(mapping, row).map(({ type, data }) => ({ type, ...data }))
function told(mapping: typeof byUnit, row: Row): string[] {
  const outcome = translateSale(mapping, { ...ROW, ...row })
  return outcome.ok ? [] : outcome.problems.map(({ field, message }) => `${field}: ${message}`)
}

describe('a sale', () => {
  it('has all that the row says', () => {
    expect(factsOf(byUnit, {})).toEqual([
      {
        type: 'sale.recorded',
        storeId: 'leeds',
        occurredAt: '2026-07-01T07:26:00.000Z',
        data: {
          orderId: 'O-1',
          line: 2,
          productId: 'LAMP',
          quantity: 3,
          unitPriceMinor: 2599,
          discountMinor: 150,
          taxMinor: 1275,
          currency: 'GBP',
          channel: 'pos',
          paymentMethod: 'card',
          customer: 'ada@example.com',
        },
      },
    ])
  })

  it('has nothing that the row leaves empty', () => {
    const row = { Line: '', Off: ' ', VAT: '', Who: '', 'Paid by': '' }
    const data = {
      orderId: 'O-1',
      productId: 'LAMP',
      quantity: 3,
      unitPriceMinor: 2599,
      currency: 'GBP',
      channel: 'pos',
    }
    expect(factsOf(byUnit, row)[0]!.data).toEqual(data)
  })

  it.each<[string, Row, object]>([
    ['by its amount', { Off: '', Total: '75.00' }, { quantity: 3, unitPriceMinor: 2500 }],
    ['by an amount that three units share unevenly', { Off: '' }, { unitPriceMinor: 2334, discountMinor: 2 }],
    ['by an amount after a discount', { Total: '73.50' }, { unitPriceMinor: 2500, discountMinor: 150 }],
    ['by an amount of nothing', { Off: '', Total: '0' }, { unitPriceMinor: 0 }],
    ['of whole units written as decimals', { Qty: '3.00', Off: '', Total: '9' }, { quantity: 3, unitPriceMinor: 300 }],
    ['in yen', { Cur: 'JPY', Off: '', VAT: '', Total: '300' }, { unitPriceMinor: 100, currency: 'JPY' }],
  ])('%s', (_what, row, data) => {
    expect(dataOf(byLine, row)).toMatchObject([{ type: 'sale.recorded', ...data }])
  })
})

describe('a refund', () => {
  const refund = {
    type: 'sale.refunded',
    refundId: 'O-1',
    orderId: 'O-1',
    productId: 'LAMP',
    quantity: 3,
    currency: 'GBP',
  }

  it.each<[string, Row, object]>([
    ['is of what was paid', {}, { amountMinor: 3 * 2599 - 150, reason: 'other' }],
    ['by another word', { Type: 'Return' }, { amountMinor: 3 * 2599 - 150 }],
    [
      'with all below zero',
      { Qty: '-3', Price: '-25.99', Off: '-1.50', VAT: '-12.75' },
      { amountMinor: 3 * 2599 - 150 },
    ],
    ['for a reason of ours', { Why: 'Changed mind' }, { reason: 'changed_mind' }],
    ['for a reason of its own', { Why: 'too bright' }, { reason: 'other', note: 'too bright' }],
  ])('%s', (_what, row, data) => {
    expect(dataOf(byUnit, { Type: 'Refund', ...row })).toMatchObject([{ ...refund, ...data }])
  })

  it('by its amount', () => {
    expect(dataOf(byLine, { Type: 'Refund', Qty: '-3', Total: '-70' })).toMatchObject([
      { ...refund, amountMinor: 7000 },
    ])
  })

  it.each([
    ['C-1', 'sale.refunded'],
    ['c-1', 'sale.recorded'],
    ['1-C', 'sale.recorded'],
  ])('by how its order begins: %s is a %s', (Order, type) => {
    const mapping = salesMapping.parse({
      ...COLUMNS,
      unitPrice: 'Price',
      refunds: { when: { column: 'Order', startsWith: 'C' } },
    })
    expect(factsOf(mapping, { Order })[0]!.type).toBe(type)
  })
})

describe('a cancellation', () => {
  const cancelled = { type: 'sale.cancelled', orderId: 'O-1', productId: 'LAMP', currency: 'GBP' }

  it('is at the price of its units', () => {
    expect(dataOf(cancelling, { Qty: '-3', Off: '' })).toMatchObject([
      { ...cancelled, quantity: 3, unitPriceMinor: 2599 },
    ])
    expect(dataOf(cancelling, { Qty: '3' })).toMatchObject([{ type: 'sale.recorded' }])
  })

  it('is in two where its units cost a penny more or less', () => {
    expect(dataOf(cancellingByLine, { Qty: '-3', Total: '-70.00' })).toMatchObject([
      { ...cancelled, quantity: 2, unitPriceMinor: 2333 },
      { ...cancelled, quantity: 1, unitPriceMinor: 2334 },
    ])
  })
})

describe('what is wrong is told by its column', () => {
  const DECIMAL = 'must be a decimal number or text such as 9.99'
  it.each<[Row, unknown[]]>([
    [{ Order: '' }, ['Order: is empty']],
    [{ Order: 'x'.repeat(201) }, [expect.stringMatching(/^Order: Too big/)]],
    [{ Line: '0' }, [expect.stringMatching(/^Line: Too small/)]],
    [{ Line: 'two' }, ['Line: is not a whole number like 12']],
    [{ SKU: '' }, ['SKU: is empty']],
    [{ Qty: '' }, ['Qty: is empty']],
    [{ Qty: '0' }, ['Qty: must not be 0']],
    [{ Qty: '1.5' }, ['Qty: is not a whole number like 12']],
    [{ Qty: '1000000001' }, [expect.stringMatching(/^Qty: Too big/)]],
    [{ Qty: '-1' }, ['Qty: is below 0, and the mapping does not make this line a refund']],
    [{ Price: '' }, ['Price: is empty']],
    [{ Price: '£1' }, [`Price: ${DECIMAL}`]],
    [{ Price: '-1' }, ['Price: must not be below 0']],
    [{ Price: '1.999' }, ['Price: "1.999" has more fraction digits than GBP, which has 2']],
    [{ Price: '100000000000', Qty: '1' }, []],
    [{ Price: '100000000000', Qty: '2' }, [expect.stringMatching(/^Price: makes a line that is too large/)]],
    [{ Off: '77.97' }, []],
    [{ Off: '77.98' }, ['Off: is more than the line costs']],
    [{ Off: '-1' }, ['Off: must not be below 0']],
    [{ VAT: 'none' }, [`VAT: ${DECIMAL}`]],
    [{ Cur: '' }, ['Cur: is empty']],
    [{ Cur: 'gbp' }, ['Cur: is not a currency of ISO 4217']],
    [{ Till: '' }, ['Till: is empty']],
    [{ Till: '-' }, ['Till: is what stands for no store: give the store another name']],
    [{ Who: 'Ren\ufffde' }, ['Who: holds letters that are not UTF-8: save the file as CSV in UTF-8']],
    [{ Who: 'x'.repeat(321) }, [expect.stringMatching(/^Who: Too big/)]],
    [{ 'Paid by': 'x'.repeat(501) }, [expect.stringMatching(/^Paid by: Too big/)]],
    [{ Date: '2026-07-01' }, ['Date Time: is not a time like dd/MM/yyyy HH:mm, of 1970 or later']],
    [{ Time: '' }, ['Time: is empty']],
    [{ SKU: '', Cur: 'x', Price: '1.999', Time: '24:00' }, [expect.anything(), expect.anything(), expect.anything()]],
  ])('%j', (row, problems) => {
    expect(told(byUnit, row)).toEqual(problems)
  })

  it('also of a line that only a rule could make a refund', () => {
    expect(told(sellingOnly, { Qty: '-1' })).toEqual([
      'Qty: is below 0, and the mapping does not make this line a refund',
    ])
    expect(told(byLine, { Total: '' })).toEqual(['Total: is empty'])
    expect(told(byLine, { Type: 'Refund', Total: '99999999999.99', Off: '0.02', Qty: '1' })).toEqual([
      expect.stringMatching(/^Total: makes a line that is too large/),
    ])
  })
})

describe('a line is the same', () => {
  const identity = (mapping: typeof byUnit, row: Row) => salesIdentity(mapping, { ...ROW, ...row }).join('|')
  const same = identity(byUnit, {})

  it.each<[Row]>([[{ Off: '9' }], [{ VAT: '9' }], [{ Who: 'bob' }], [{ 'Paid by': 'cash' }], [{ SKU: ' LAMP ' }]])(
    'with %j',
    (row) => {
      expect(identity(byUnit, row)).toBe(same)
    },
  )

  it.each<[Row]>([
    [{ Order: 'O-2' }],
    [{ Line: '1' }],
    [{ SKU: 'SHADE' }],
    [{ Qty: '4' }],
    [{ Price: '26' }],
    [{ Till: 'york' }],
    [{ Date: '02/07/2026' }],
    [{ Time: '08:27' }],
    [{ Type: 'Refund' }],
  ])('not with %j', (row) => {
    expect(identity(byUnit, row)).not.toBe(same)
  })

  it('when the mapping comes to read more of it', () => {
    const { discount: _, tax: __, customer: ___, ...fewer } = COLUMNS
    expect(identity(salesMapping.parse({ ...fewer, unitPrice: 'Price' }), {})).toBe(same)
  })

  it('when the mapping comes to know which lines are refunds', () => {
    const without = identity(sellingOnly, {})
    expect(without).toBe(same)
    expect(identity(sellingOnly, { Type: 'Refund' })).toBe(same)
    expect(identity(cancelling, {})).toBe(same)
    expect(identity(cancelling, { Qty: '-3' })).not.toBe(identity(sellingOnly, { Qty: '-3' }))
  })

  it('not when another store has such a line', () => {
    const of = (value: string) => salesMapping.parse({ ...COLUMNS, unitPrice: 'Price', storeId: { value } })
    expect(identity(of('york'), {})).not.toBe(identity(of('hull'), {}))
  })
})

it('whatever a row says, it becomes events that the door takes and that add up, or is refused with a reason', () => {
  const mostly = (good: fc.Arbitrary<string>, ...bad: string[]) =>
    fc.oneof({ weight: 9, arbitrary: good }, { weight: 1, arbitrary: fc.constantFrom(...bad) })
  const amount = mostly(
    fc.integer({ min: -999, max: 99_999 }).map((n) => (n / 100).toFixed(2)),
    ...['0', '100000000000', '99999999999.99', '1e3', 'x', ''],
  )
  const row = fc.record({
    Order: mostly(fc.constantFrom('O-1', 'C-1'), '', '\u0001', '__proto__'),
    Line: mostly(fc.constantFrom('', '1'), '0', 'x'),
    SKU: mostly(fc.constantFrom('LAMP', 'é'), ''),
    Qty: mostly(fc.integer({ min: -9, max: 99 }).map(String), '1000000000', '-1000000000', 'x'),
    Price: amount,
    Total: amount,
    Off: mostly(fc.constantFrom('', '0.01'), '1', '-1', '100000000000'),
    VAT: mostly(fc.constantFrom('', '0.01'), '-1'),
    Cur: mostly(fc.constant('GBP'), 'JPY', 'XXX'),
    Till: mostly(fc.constant('leeds'), ''),
    Who: fc.constantFrom('', 'ada'),
    'Paid by': fc.constantFrom('', 'card'),
    Date: mostly(fc.constant('01/07/2026'), '31/02/2026'),
    Time: mostly(fc.constant('08:26'), ''),
    Type: fc.constantFrom('Sale', 'Refund'),
    Why: fc.constantFrom('', 'defective', 'x'),
  })
  let taken = 0
  fc.assert(
    fc.property(row, fc.constantFrom(byUnit, byLine, cancelling, cancellingByLine), (cells, mapping) => {
      const outcome = translateSale(mapping, cells)
      if (!outcome.ok) {
        expect(outcome.problems.length).toBeGreaterThan(0)
        return
      }
      taken++
      for (const draft of outcome.value)
        expect(ownEvents.translate(draft, { currency: '' })).toMatchObject({ ok: true, value: { drafts: [draft] } })
      if (mapping !== byLine && mapping !== cancellingByLine) return
      const digits = cells.Cur === 'JPY' ? 1 : 100
      expect(outcome.value.reduce((sum, draft) => sum + paidMinor(draft), 0)).toBe(
        Math.round(Math.abs(Number(cells.Total)) * digits),
      )
    }),
    { numRuns: 5000 },
  )
  expect(taken).toBeGreaterThan(500)
})

function paidMinor({ data }: Draft): number {
  const { quantity, unitPriceMinor = 0, discountMinor = 0, amountMinor } = data as Record<string, number>
  return amountMinor ?? quantity! * unitPriceMinor - discountMinor
}
