/** Facts that the engine derives, as the lake keeps them: each type a raw table beside those of the events. */
import { BOOKED } from '#core/trade/booked.ts'
import { ENVELOPE_COLUMNS, type RawColumn } from './raw-columns.ts'

const own = (name: string, type: RawColumn['type'], field: string): RawColumn => ({ name, type, field })

/** The raw table of booked lines: sales, cancellations, refunds, charges and corrections with settled amounts. */
export const BOOKED_LINES = 'booked_line'

/**
 * `amount_minor` is before discount for a sale, negative for a charge in the customer's favour or a correction downwards.
 * `counts` says which papers were counted for the first time with this line, as JSON.
 */
const bookedColumns: readonly RawColumn[] = [
  ...ENVELOPE_COLUMNS,
  own('kind', 'text', 'kind'),
  own('order_id', 'text', 'orderId'),
  own('product_id', 'text', 'productId'),
  own('quantity', 'bigint', 'quantity'),
  own('amount_minor', 'bigint', 'amountMinor'),
  own('discount_minor', 'bigint', 'discountMinor'),
  own('tax_minor', 'bigint', 'taxMinor'),
  own('currency', 'text', 'currency'),
  own('reason', 'text', 'reason'),
  own('note', 'text', 'note'),
  own('customer', 'text', 'customer'),
  own('channel', 'text', 'channel'),
  own('payment_method', 'text', 'paymentMethod'),
  own('is_estimated', 'boolean', 'isEstimated'),
  own('reversal', 'boolean', 'reversal'),
  own('counts', 'json', 'counts'),
]

/** By the type of the fact. */
export const LAKE_FACTS: ReadonlyMap<string, { readonly table: string; readonly columns: readonly RawColumn[] }> =
  new Map([[BOOKED, { table: BOOKED_LINES, columns: bookedColumns }]])
