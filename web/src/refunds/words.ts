import { counted } from '../format/format-number.ts'

const reasons: Readonly<Record<string, string>> = {
  defective: 'Defective',
  wrong_item: 'Wrong item',
  not_as_described: 'Not as described',
  changed_mind: 'Changed mind',
  damaged_shipping: 'Damaged in shipping',
  other: 'Other',
}

export const SPLITS = ['product', 'store', 'category'] as const
export type RefundSplit = (typeof SPLITS)[number]
const things: Readonly<Record<RefundSplit, string>> = { product: 'Product', store: 'Store', category: 'Category' }

export const MEASURES = ['amount', 'count'] as const
export type RefundMeasure = (typeof MEASURES)[number]
const measures: Readonly<Record<RefundMeasure, string>> = { amount: 'Refunded', count: 'Refunds' }

export const words = {
  page: 'Refunds',
  measure: 'Amount or number',
  measureChoice: { amount: 'Amount', count: 'Number' } as const satisfies Readonly<Record<RefundMeasure, string>>,
  reason: (key: string) => reasons[key] ?? key,
  reasonOf: 'Reason',
  things,
  splits: 'Split by',
  byReason: (measure: RefundMeasure) => `${measures[measure]} by reason`,
  overTime: (measure: RefundMeasure) => `${measures[measure]} over time, by reason`,
  by: (measure: RefundMeasure, split: RefundSplit) => `${measures[measure]} by ${things[split].toLowerCase()}`,
  nothingTitle: 'Nothing was given back in this time',
  nothingWhy: 'Refunds show here within a second of being reported.',
  tiles: 'Refunds of the time',
  amount: 'Refunded',
  count: 'Refunds',
  share: 'Of what was sold',
  shareMeans: 'What was given back, divided by what was sold after discounts and cancellations, both in this time.',
  median: 'Time from sale to refund',
  medianMeans: 'Half of the refunds whose sale is known came sooner. Nine of ten came within the second figure.',
  nineOfTen: (text: string) => `nine of ten within ${text}`,
  noSale: 'no refund names a known sale',
  unknown: '—',
  statistics: 'Statistics by reason',
  statisticsAbout: (linked: number, read: number) =>
    `times of ${linked} of ${counted(read, 'refund', 'refunds')} whose sale is known`,
  newest: (read: number) => `of the newest ${counted(read, 'refund', 'refunds')}`,
  columns: {
    reason: 'Reason',
    count: 'Refunds',
    shareOfRefunds: 'Of refunds',
    amount: 'Refunded',
    shareOfSales: 'Of sales',
    linked: 'With known sale',
    median: 'Median',
    p90: '9 of 10 within',
    at: 'Refunded at',
    product: 'Product',
    store: 'Store',
    units: 'Units',
    sale: 'Sold at',
    paid: 'Paid',
    between: 'Time between',
    order: 'Order',
    customer: 'Customer',
    note: 'Note',
    channel: 'Came through',
    id: 'Refund',
  },
  list: 'Refunds and their sales',
  listAbout: (label: string) => `${label}, newest first`,
  saleUnknown: 'not known',
  toSale: (title: string) => `The sale of ${title}`,
  loading: (rows: number) => `${counted(rows, 'refund', 'refunds')} so far, more are on their way`,
  newestOnly: (rows: number) =>
    `The newest ${counted(rows, 'refund', 'refunds')}: choose a shorter time for the others`,
  partial: (rows: number, why: string) => `The first ${counted(rows, 'refund', 'refunds')}: ${why}`,
  tryAgain: 'Try again',
}
