import { describe, expect, it, test } from 'vitest'
import type { ImportPreviewAnswer } from '#core/api/imports.ts'
import {
  otherProblems,
  prepareMapping,
  refundsIn,
  timeIn,
  withColumn,
  withRefunds,
  withTime,
  withValue,
} from './prepare-mapping.ts'

const previewOf = (
  mapping: Record<string, unknown>,
  problems: ImportPreviewAnswer['problems'] = [],
): ImportPreviewAnswer => ({
  ...{ kind: 'sales', mapping, problems, ignoredColumns: [], groupColumn: null, rows: [] },
  fields: [
    { name: 'orderId', isRequired: true },
    { name: 'currency', isRequired: true },
    { name: 'unitPrice', isRequired: false },
  ],
})

describe('the fields of a mapping', () => {
  it('say their column or their value, and what is wrong', () => {
    const mapping = { orderId: 'Gone', currency: { value: 'GBP' } }
    const problems = [
      { field: 'Gone', message: 'the file has no column Gone' },
      { field: 'unitPrice', message: 'or amount must be there' },
    ]
    expect(prepareMapping('sales', previewOf(mapping, problems))).toMatchObject([
      {
        name: 'orderId',
        label: 'Receipt or order',
        column: 'Gone',
        value: null,
        takesValue: false,
        problem: 'the file has no column Gone',
      },
      { name: 'currency', column: null, value: 'GBP', takesValue: true, problem: null },
      { name: 'unitPrice', column: null, value: null, problem: 'or amount must be there' },
    ])
  })
})

test('a column takes the place of a value, and none takes it away', () => {
  const mapping = { orderId: 'R', currency: { value: 'GBP' } }
  expect(withColumn(mapping, 'currency', 'Cur')).toEqual({ orderId: 'R', currency: 'Cur' })
  expect(withColumn(mapping, 'orderId', null)).toEqual({ currency: { value: 'GBP' } })
  expect(withValue(mapping, 'currency', 'EUR')).toEqual({ orderId: 'R', currency: { value: 'EUR' } })
  expect(withValue({}, 'quantity', '2')).toEqual({ quantity: { value: 2 } })
})

test('a price of one unit takes the place of what was paid for the line', () => {
  expect(withColumn({ amount: 'Paid' }, 'unitPrice', 'Price')).toEqual({ unitPrice: 'Price' })
  expect(withColumn({ unitPrice: 'Price' }, 'amount', 'Paid')).toEqual({ amount: 'Paid' })
})

test('a time is its columns, its pattern and its zone', () => {
  expect(timeIn({})).toEqual({ columns: [], format: '', timeZone: '' })
  const mapping = withTime({}, { columns: ['Date', ''], format: 'dd/MM/yyyy' })
  expect(mapping).toEqual({ occurredAt: { columns: ['Date'], format: 'dd/MM/yyyy' } })
  expect(withTime(mapping, { format: '' })).toEqual({ occurredAt: { columns: ['Date'] } })
})

test.each([
  [{}, { rule: 'none', column: '', word: '', as: 'refund' }],
  [{ refunds: { when: { quantity: 'negative' } } }, { rule: 'negative', column: '', word: '', as: 'refund' }],
  [
    { refunds: { when: { column: 'Type', equals: 'Refund' }, as: 'cancellation' } },
    { rule: 'word', column: 'Type', word: 'Refund', as: 'cancellation' },
  ],
] as const)('the rule of %j is kept', (mapping, rule) => {
  expect(refundsIn(mapping)).toEqual(rule)
  expect(withRefunds({}, rule)).toEqual(mapping)
})

test('what is wrong with the time stands beside it', () => {
  const mapping = { occurredAt: { columns: ['When'] } }
  const problems = [
    { field: 'occurredAt.timeZone', message: 'is missing' },
    { field: 'When', message: 'the file has no column When' },
  ]
  expect(otherProblems(previewOf(mapping, problems), 'occurredAt')).toBe('is missing; the file has no column When')
  expect(otherProblems(previewOf(mapping, problems), 'refunds')).toBe('')
})
