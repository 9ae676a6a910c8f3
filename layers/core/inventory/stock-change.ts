/** What a person's change of stock becomes: an event, and the level that follows. Decided here alone. */
import type { StockChange } from '#core/api/stock-changes.ts'
import type { StockAdjusted } from '#core/events/stock-adjusted.ts'
import type { StockCounted } from '#core/events/stock-counted.ts'
import type { StockReceived } from '#core/events/stock-received.ts'
import { type Outcome, ok, wrong } from '#core/outcome.ts'
import type { Stock } from './stock-level.ts'

export type DecidedChange = {
  readonly type: StockChange['type']
  readonly data: StockReceived | StockAdjusted | StockCounted
  readonly before: number | null
  readonly after: number
}

/** As in the events: a level beyond it is somebody's slip. */
const MOST = 1_000_000_000

/** `row`: the stock of the product in the store; undefined: none. A product that nobody knows is a slip as well. */
export function decideStockChange(
  asked: StockChange,
  row: Pick<Stock, 'onHand'> | undefined,
  isListed: boolean,
): Outcome<DecidedChange> {
  if (row === undefined && !isListed)
    return wrong('productId', 'is in no listing and has no stock here: list the product first')
  const { productId } = asked
  const before = row?.onHand ?? null
  const reason = asked.note === undefined || asked.note === '' ? asked.reason : `${asked.reason}: ${asked.note}`
  if (asked.type === 'stock.counted') {
    const { type, level } = asked
    return ok({ type, data: { productId, level, reason }, before, after: level })
  }
  const { type, quantity } = asked
  const after = (before ?? 0) + quantity
  if (Math.abs(after) > MOST) return wrong('quantity', `makes ${after} of it: ${MOST} is the most that can be kept`)
  return ok({ type, data: { productId, quantity, reason }, before, after })
}
