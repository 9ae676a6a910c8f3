import { queryOptions } from '@tanstack/react-query'
import type { ItemAnswer } from '#core/api/item.ts'
import { answerOf, engine } from '../reach/ask-engine.ts'
import { seriesQuery } from '../reach/queries.ts'

export const itemQuery = (productId: string) =>
  queryOptions({
    queryKey: ['item', productId],
    queryFn: ({ signal }): Promise<ItemAnswer> =>
      answerOf(engine.GET('/item/{id}', { signal, params: { path: { id: productId } } })),
  })

/** One measure of the product by day, from the start of a day on. */
export const daysQuery = (
  measure: 'units' | 'goodsRevenue' | 'grossRevenue',
  product: string,
  from: string,
  currency: string | null,
) =>
  seriesQuery({
    measure,
    window: 'day',
    product,
    from,
    // Counts have none; without one the engine takes the one that sells most.
    ...(measure !== 'units' && currency !== null && { currency }),
  })
