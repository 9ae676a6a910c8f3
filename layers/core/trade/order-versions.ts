import { MAX_AHEAD_MS } from '#core/events/decode-event.ts'
import type { OrderChanged, StatedLine } from '#core/events/order-changed.ts'
import { parseTime } from '#core/events/parse-time.ts'
import { DAY_MS } from '#core/metrics/business-time.ts'
import { CannotApplyError, type Derived, type Folded, projection } from '#core/projection.ts'
import { rowKey } from '#core/row-key.ts'

/** Derived: a line as the newest version of its order has it; of one that has left the order, none. */
export const ORDER_LINE = 'order-line'
export type OrderLineFact = Omit<StatedLine, 'quantity'> &
  Omit<OrderChanged, 'changedAt' | 'isCancelled' | 'lines'> & {
    readonly quantity: number
    /** The version is older than the newest: it may say a price that is only estimated, and nothing else. */
    readonly isOld?: true
  }

/** The newest version of an order that is known. */
export type OrderVersion = {
  /** Epoch ms by the source's clock. */
  readonly changedAt: number
  /** Which product each line has; lines of a cancelled order are gone. */
  readonly lines: readonly (readonly [lineId: string, productId: string])[]
  /** Epoch ms at our door. */
  readonly touchedAt: number
}

/** As long as orders are remembered. */
export const KEEP_ORDERS_MS = 400 * DAY_MS

/** Takes each version of an order for what it says of every line. */
export const orderVersions = projection<OrderVersion>({
  name: 'order-versions',
  version: 1,
  of: ['order.changed'],
  key: (e) => rowKey(e.merchantId, e.storeId, e.data.orderId),
  empty: { changedAt: Number.NEGATIVE_INFINITY, lines: [], touchedAt: 0 },
  fold: (row, e) => {
    const { changedAt, lines } = statedBy(e)
    if (changedAt > e.receivedAt + MAX_AHEAD_MS) {
      throw new CannotApplyError(
        'the version is more than 5 minutes ahead of our clock, and would make all that come before then old: mend `changedAt`, and replay the document',
      )
    }
    return changedAt < row.changedAt ? row : { changedAt, lines: lines.map(nameOf), touchedAt: e.receivedAt }
  },
  derives: (before, _after, e) => {
    const { changedAt, lines } = statedBy(e)
    if (changedAt < before.changedAt) return lines.map((line, n) => lineFact(e, { ...line, isOld: true }, n))
    const isStated = new Set(lines.map((line) => rowKey(...nameOf(line))))
    const gone = before.lines.filter((name) => !isStated.has(rowKey(...name)))
    return [
      ...lines.map((line, n) => lineFact(e, line, n)),
      ...gone.map(([lineId, productId], n) => lineFact(e, { lineId, productId, quantity: 0 }, lines.length + n)),
    ]
  },
  expiresAt: (row) => row.touchedAt + KEEP_ORDERS_MS,
})

/** What a version holds; a cancelled order holds nothing. */
function statedBy({ data, at }: Folded): { changedAt: number; lines: readonly StatedLine[] } {
  const { changedAt, isCancelled, lines } = data as OrderChanged
  return { changedAt: changedAt === undefined ? at : parseTime(changedAt), lines: isCancelled ? [] : lines }
}

const nameOf = ({ lineId, productId }: StatedLine) => [lineId, productId] as const

function lineFact({ data }: Folded, line: StatedLine & Pick<OrderLineFact, 'isOld'>, n: number): Derived {
  const { changedAt: _at, isCancelled: _is, lines: _all, ...order } = data as OrderChanged
  return { type: ORDER_LINE, data: { ...order, ...line } satisfies OrderLineFact, part: String(n) }
}
