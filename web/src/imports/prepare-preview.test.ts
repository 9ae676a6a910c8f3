import { expect, it, test } from 'vitest'
import type { ImportPreviewAnswer } from '#core/api/imports.ts'
import { preparePreview } from './prepare-preview.ts'
import { prepareProgress, spanText } from './prepare-progress.ts'
import { refusedReport } from './refused-report.ts'
import type { SendState } from './send-rows.ts'

type Row = ImportPreviewAnswer['rows'][number]
const shown = (...rows: Row[]) =>
  preparePreview(
    { kind: 'sales', mapping: {}, problems: [], fields: [], ignoredColumns: [], groupColumn: null, rows },
    'Europe/London',
    'en',
  )
const event = (type: string, data: Record<string, unknown>) => ({
  ...{ type, storeId: 'leeds', occurredAt: '2026-03-02T09:15:00.000Z', data },
})

it('says a sale as one would', () => {
  const data = { orderId: '1001', productId: 'LAMP', quantity: 2, unitPriceMinor: 249900, currency: 'GBP' }
  expect(shown({ line: 2, problems: [], events: [event('sale.recorded', data)] })).toEqual([
    {
      line: 2,
      kind: 'Sale',
      facts: ['2 × LAMP', '2,499.00 GBP each', '1001', 'leeds', '2 March 2026 09:15'],
      isWrong: false,
    },
  ])
})

it('says what is wrong by the file’s own columns', () => {
  const problems = [{ field: 'Pieces', message: 'is not a whole number like 12' }]
  expect(shown({ line: 3, problems, events: [] })).toMatchObject([
    { kind: 'Cannot be taken', facts: ['Pieces is not a whole number like 12'], isWrong: true },
  ])
})

it('says products, stores and rates', () => {
  const facts = (type: string, data: object) =>
    shown({ line: 2, problems: [], events: [event(type, data as Record<string, unknown>)] })[0]!.facts
  expect(facts('product.listed', { productId: 'A', title: 'Lamp', basePriceMinor: 100, currency: 'INR' })).toEqual([
    'A',
    'Lamp',
    '1.00 INR',
  ])
  expect(facts('store.listed', { name: 'Leeds' })).toEqual(['leeds', 'Leeds'])
  expect(facts('rate.recorded', { rate: '1.3', currency: 'USD', per: 'GBP', date: '2026-03-02' })).toEqual([
    '1.3 USD for one GBP',
    '2026-03-02',
  ])
})

const state: Omit<SendState, 'pace'> = {
  ...{
    phase: 'sending' as const,
    why: null,
    message: '',
    lines: 541_909,
    sent: 100_000,
    accepted: 0,
    repeats: 0,
    refused: 0,
  },
  ...{ rejected: [], titles: 0 },
}
test('progress is what was sent, how fast lately, and how long it will take', () => {
  const pace = [
    [0, 60_000],
    [10_000, 100_000],
  ] as const
  expect(prepareProgress({ ...state, pace }, 'en')).toEqual({
    percent: 18,
    sent: '100,000 of 541,909 lines',
    rate: '4,000 lines a second',
    left: '2 min left',
  })
  expect(prepareProgress({ ...state, pace, phase: 'paused' }, 'en')).toMatchObject({ rate: null, left: null })
  expect(prepareProgress({ ...state, pace: [[0, 0]] }, 'en')).toMatchObject({ rate: null, left: null })
  expect(prepareProgress({ ...state, lines: 0, sent: 0, pace }, 'en').percent).toBe(100)
})

test.each([
  [0.2, '1 sec'],
  [90, '90 sec'],
  [91, '2 min'],
  [7200, '2 hr'],
])('%d seconds are %s', (seconds, text) => expect(spanText(seconds, 'en')).toBe(text))

test('the report holds each problem and the line itself', () => {
  const rejected = [{ line: 7, problems: [{ field: 'a', message: 'is "wrong"' }], cells: ['1,5', 'x'] }]
  expect(refusedReport(rejected, ['a', 'b'])).toBe('line,column,problem,a,b\r\n7,a,"is ""wrong""","1,5",x\r\n')
})
