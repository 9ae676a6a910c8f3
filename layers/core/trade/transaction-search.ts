import type { Transaction } from './transactions.ts'

/** What is looked for among booked lines; what is absent may be anything. */
export type TransactionSearch = {
  /** Of the event, or of the order. */
  readonly id?: string | undefined
  /** The token that stands for them. */
  readonly customer?: string | undefined
  readonly product?: string | undefined
  readonly kind?: Transaction['kind'] | undefined
}

export const isSearched = (line: Transaction, { id, customer, product, kind }: TransactionSearch): boolean =>
  (id === undefined || line.orderId === id || line.id === id || eventIdOf(line.id) === id) &&
  (customer === undefined || line.customer === customer) &&
  (product === undefined || line.productId === product) &&
  (kind === undefined || line.kind === kind)

/** The event that a booked line came from: lines that versions of an order made have its id and a part of their own. */
export const eventIdOf = (lineId: string): string => lineId.replace(/(?:-\d+)?-(?:sold|cancelled|corrected)$/, '')
