import type { StockAnswer, StockItem } from '#core/api/stock.ts'

/**
 * A page of stock after a frame of the socket: rows that it holds are as they are now, in their places. The very same
 * object where none of them moved, or where it was asked for after the frame was made.
 */
export function withMovedStock<A extends Pick<StockAnswer, 'asOf' | 'items'>>(
  answer: A,
  moved: readonly StockItem[],
  asOf: string,
): A {
  if (Date.parse(answer.asOf) > Date.parse(asOf)) return answer
  const newest = new Map(moved.map((item) => [placeOf(item), item]))
  if (!answer.items.some((item) => newest.has(placeOf(item)))) return answer
  return { ...answer, items: answer.items.map((item) => newest.get(placeOf(item)) ?? item) }
}

const placeOf = ({ storeId, productId }: StockItem): string => `${storeId}\u0001${productId}`
