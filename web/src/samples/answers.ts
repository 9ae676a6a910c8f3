/** Answers of an engine in good health, for tests to change one thing of. */
import type { AlertItem } from '#core/api/alerts.ts'
import type { Measure, MetricsAnswer, SeriesAnswer } from '#core/api/metrics.ts'
import type { TransactionItem } from '#core/api/transactions.ts'

export const NOW = '2026-03-03T14:05:12.000Z'
const fresh = { asOf: NOW, lagMs: 100 }

export const measured = (value: number | null, dayEarlier: number | null = 0, weekEarlier: number | null = 0) =>
  ({ value, dayEarlier, weekEarlier }) satisfies Measure

type Money = MetricsAnswer['money'][string]

export const moneySample = (changes: Partial<Money> = {}): Money => ({
  grossRevenue: measured(0),
  discounts: measured(0),
  tax: measured(0),
  refundAmount: measured(0),
  cancelledAmount: measured(0),
  charges: measured(0),
  chargeReversals: measured(0),
  goodsRevenue: measured(0),
  netRevenue: measured(0),
  averageOrderValue: measured(null, null, null),
  ...changes,
})

type Changes = Omit<Partial<MetricsAnswer>, 'counts'> & { counts?: Partial<MetricsAnswer['counts']> }

export const metricsSample = ({ counts, ...changes }: Changes = {}): MetricsAnswer => ({
  ...fresh,
  mode: 'live',
  window: { from: '2026-03-03T00:00:00.000Z', to: NOW, timeZone: 'UTC' },
  scope: { by: 'total' },
  reporting: null,
  counts: {
    orders: measured(0),
    cancellations: measured(0),
    documents: measured(0),
    units: measured(0),
    refunds: measured(0),
    views: measured(0),
    clicks: measured(0),
    carts: measured(0),
    abandonedCarts: measured(0),
    conversion: measured(null, null, null),
    activeCustomers: measured(0),
    newCustomers: measured(0),
    stockOuts: measured(0),
    late: measured(0),
    ...counts,
  },
  money: { INR: moneySample() },
  refundReasons: [],
  activeCustomersExact: true,
  ...changes,
})

export const alertSample = (changes: Partial<AlertItem> = {}): AlertItem => ({
  id: 'alert-1',
  storeId: 'amazon-IN',
  storeName: null,
  productId: 'B0LAMP',
  title: 'Desk lamp',
  category: null,
  kind: 'LOW_STOCK',
  severity: 'WARNING',
  state: 'open',
  text: 'Desk lamp sells out today about 16:00. 14 left, 6.2 a day usual.',
  openedAt: '2026-03-03T13:58:00.000Z',
  changedAt: '2026-03-03T13:58:00.000Z',
  acknowledgedAt: null,
  acknowledgedBy: null,
  acknowledgedByName: null,
  resolvedAt: null,
  figures: { onHand: 14, before: 15, unitsPerDay: 6.2 },
  now: { onHand: 14, unitsPerDay: 6.2 },
  belowDays: 3,
  easesAtDays: 3.6,
  ...changes,
})

export const transactionSample = (changes: Partial<TransactionItem> = {}): TransactionItem => ({
  id: 'event-1',
  kind: 'sale',
  storeId: 'amazon-IN',
  storeName: 'Amazon India',
  source: 'amazon',
  orderId: 'order-1',
  productId: 'B0LAMP',
  title: 'Desk lamp',
  quantity: 2,
  amountMinor: 199800,
  discountMinor: 0,
  currency: 'INR',
  estimated: false,
  reason: null,
  note: null,
  customer: null,
  channel: 'online',
  paymentMethod: null,
  occurredAt: '2026-03-03T14:05:00.000Z',
  acceptedAt: '2026-03-03T14:05:00.120Z',
  ...changes,
})

type Bucket = SeriesAnswer['buckets'][number]

/** One bucket a minute, the last of them filling at `NOW`. */
export const seriesSample = (
  values: readonly (number | null)[],
  changes: Partial<SeriesAnswer> = {},
  bucketChanges: Readonly<Record<number, Partial<Bucket>>> = {},
): SeriesAnswer => {
  const last = Date.parse('2026-03-03T14:05:00.000Z')
  const iso = (ms: number) => new Date(ms).toISOString()
  const startOf = (index: number) => last - (values.length - 1 - index) * 60_000
  return {
    ...fresh,
    window: { from: iso(startOf(0)), to: NOW, timeZone: 'UTC' },
    measure: 'netRevenue',
    by: 'total',
    bucket: 'minute',
    currency: 'INR',
    conversion: { rates: [], unconverted: [] },
    knownFrom: null,
    buckets: values.map((_, index) => ({
      start: iso(startOf(index)),
      end: iso(startOf(index + 1)),
      status: index === values.length - 1 ? 'filling' : index >= values.length - 3 ? 'provisional' : 'final',
      corrected: false,
      ...bucketChanges[index],
    })),
    series: [{ key: 'total', label: 'Total', values: [...values] }],
    ...changes,
  }
}
