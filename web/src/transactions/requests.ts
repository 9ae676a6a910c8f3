/** Everything that the pages of transactions ask of the engine. */
import { queryOptions } from '@tanstack/react-query'
import type { EventAnswer } from '#core/api/events.ts'
import type { TransactionsAnswer } from '#core/api/transactions.ts'
import type { paths } from '../reach/api.gen.d.ts'
import { answerOf, engine } from '../reach/ask-engine.ts'

export type LinesAsked = Omit<
  NonNullable<paths['/transactions']['get']['parameters']['query']>,
  'limit' | 'next' | 'customer'
> & {
  /** Their token: it stands in the address, and who they are does not. */
  readonly customer?: string
}

const LINES_A_PAGE = 50

export const readLines = (
  asked: LinesAsked,
  next: string | undefined,
  signal?: AbortSignal,
): Promise<TransactionsAnswer> => {
  const query = { ...asked, limit: LINES_A_PAGE, ...(next !== undefined && { next }) }
  return answerOf(engine.GET('/transactions', { params: { query }, ...(signal && { signal }) }))
}

export const linesQuery = (asked: LinesAsked) =>
  queryOptions({
    queryKey: ['transactions', asked],
    queryFn: ({ signal }) => readLines(asked, undefined, signal),
  })

/** The token of somebody as the shop knows them; null: nobody here has met them. */
export async function tokenOf(customer: string): Promise<string | null> {
  const answer = await answerOf(engine.GET('/transactions', { params: { query: { customer, limit: 1 } } }))
  return answer.customer ?? null
}

/** `store` and `at`: where and when it happened, so that the engine need not look far. */
export type EventAsked = { readonly id: string; readonly store?: string | undefined; readonly at?: string | undefined }

export const eventQuery = ({ id, store, at }: EventAsked) =>
  queryOptions({
    queryKey: ['event', id, store, at],
    queryFn: ({ signal }): Promise<EventAnswer> => {
      const query = { ...(store !== undefined && { store }), ...(at !== undefined && { at }) }
      return answerOf(engine.GET('/events/{id}', { signal, params: { path: { id }, query } }))
    },
  })

export const deliveryQuery = (connectionId: string, number: number) =>
  queryOptions({
    queryKey: ['delivery', connectionId, number],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) =>
      answerOf(
        engine.GET('/integrations/{id}/deliveries/{number}', {
          signal,
          params: { path: { id: connectionId, number } },
        }),
      ),
  })
