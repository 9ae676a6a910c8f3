import type { ChargeRecorded } from '#core/events/charge-recorded.ts'
import type { SaleRecorded } from '#core/events/sale-recorded.ts'
import { COUNTED, type Counted } from '#core/metrics/counted.ts'
import { type Derived, type Folded, projection } from '#core/projection.ts'
import { rowKey } from '#core/row-key.ts'
import { BOOKED, book, type CalledOff, type OrderLines, SALE_CORRECTED, type SaleCorrected } from './booked.ts'
import { type FirstSeen, isEarlier, seenAt, uncount } from './first-seen.ts'
import { KEEP_ORDERS_MS } from './order-versions.ts'

/** A paper of trade: an order, a cancellation, a stock write-off, from the first event that made it one of these. */
export type Order = {
  readonly firsts: Readonly<Record<string, FirstSeen>>
  readonly lines: OrderLines
  /** Epoch ms of its newest event at our door. */
  readonly touchedAt: number
}

/** Further lines are not remembered: a later refund of one of them must state its amount. */
const MAX_LINES = 200

/**
 * Counts papers once and prices what is booked. First of the steps for trade: whatever counts money or goods folds the
 * `booked` facts that it derives.
 */
export const orders = projection<Order>({
  name: 'orders',
  version: 3,
  of: ['sale.recorded', 'sale.cancelled', SALE_CORRECTED, 'sale.refunded', 'charge.recorded', 'stock.adjusted'],
  key: (e) => {
    const id = e.data.orderId ?? e.data.refundId ?? e.data.documentId
    return id === undefined ? undefined : rowKey(e.merchantId, e.storeId, id)
  },
  empty: { firsts: {}, lines: [], touchedAt: 0 },
  fold: (row, e) => {
    const earlier = paperKinds(e).filter((kind) => isEarlier(e, row.firsts[kind]))
    const lines = linesAfter(row.lines, e)
    if (earlier.length === 0 && lines === row.lines) return row
    const firsts = { ...row.firsts }
    for (const kind of earlier) firsts[kind] = seenAt(e)
    return { firsts, lines, touchedAt: Math.max(row.touchedAt, e.receivedAt) }
  },
  derives: (before, _after, e) => {
    const facts: Derived[] = []
    const counts: Record<string, number> = {}
    for (const kind of paperKinds(e)) {
      const first = before.firsts[kind]
      if (!isEarlier(e, first)) continue
      counts[kind] = 1
      if (first !== undefined) facts.push(uncount(kind, first))
    }
    const booked = book(e, before.lines, counts)
    if (booked !== undefined) facts.push({ type: BOOKED, data: booked })
    else facts.push({ type: COUNTED, data: { sums: counts } satisfies Counted })
    return facts
  },
  expiresAt: (row) => row.touchedAt + KEEP_ORDERS_MS,
})

/** What the event makes of its paper: each kind is a measure that counts such papers. */
function paperKinds(e: Folded): readonly string[] {
  switch (e.type) {
    case 'sale.recorded':
      return AN_ORDER
    case 'sale.cancelled':
      return A_CANCELLATION
    case 'charge.recorded':
      return (e.data as ChargeRecorded).reversal === true ? A_CANCELLATION : AN_ORDER
    case 'stock.adjusted':
      return A_PAPER
    default:
      return []
  }
}
const AN_ORDER = ['documents', 'orders']
const A_CANCELLATION = ['documents', 'cancellations']
const A_PAPER = ['documents']

function linesAfter(lines: OrderLines, { type, data }: Folded): OrderLines {
  if (type === 'sale.recorded') return withLine(lines, data)
  if (type === SALE_CORRECTED) {
    const { productId, amountMinor, discountMinor } = data as SaleCorrected
    return withChange(lines, productId, 0, amountMinor - discountMinor)
  }
  const { productId, quantity, amountMinor } = data as CalledOff
  // What a source calls off by itself leaves the order's price as it is; a version of the order says what it holds now.
  const isOfVersion = type === 'sale.cancelled' && amountMinor !== undefined
  return isOfVersion ? withChange(lines, productId, -quantity, -amountMinor) : lines
}

function withChange(lines: OrderLines, productId: string, units: number, paidMinor: number): OrderLines {
  const changed = lines.map((line) =>
    line.productId === productId
      ? { ...line, quantity: line.quantity + units, paidMinor: Math.max(0, line.paidMinor + paidMinor) }
      : line,
  )
  return changed.filter(({ quantity }) => quantity > 0)
}

/** The order's lines with one more; another currency of the same product takes its place. */
export function withLine(lines: OrderLines, sale: SaleRecorded): OrderLines {
  const { productId, quantity, unitPriceMinor, discountMinor = 0, currency } = sale
  const paidMinor = Math.max(0, quantity * unitPriceMinor - discountMinor)
  const line = { productId, quantity, paidMinor, currency }
  const place = lines.findIndex((other) => other.productId === productId)
  if (place < 0) return lines.length >= MAX_LINES ? lines : [...lines, line]
  const present = lines[place]!
  if (present.currency !== currency) return lines.with(place, line)
  const more = { quantity: present.quantity + quantity, paidMinor: present.paidMinor + paidMinor }
  return lines.with(place, { ...line, ...more })
}
