/** Everything that the page of reorders asks of the engine. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { ReorderDetails, ReorderItem, ReorderReasonsAnswer, ReordersAnswer } from '#core/api/reorders.ts'
import { answerOf, engine } from '../reach/ask-engine.ts'

/** All questions whose answers a decision changes. */
export const REORDERS = 'reorders'
const PAGE = 200

export type ReorderFilter = {
  readonly state: ReorderItem['state']
  readonly store?: string | undefined
  readonly supplier?: string | undefined
}

export const reordersQuery = ({ state, store, supplier }: ReorderFilter) =>
  infiniteQueryOptions({
    queryKey: [REORDERS, 'list', state, store, supplier],
    queryFn: ({ signal, pageParam }): Promise<ReordersAnswer> => {
      const query = {
        state,
        limit: PAGE,
        ...(store !== undefined && { store }),
        ...(supplier !== undefined && { supplier }),
        ...(pageParam !== '' && { next: pageParam }),
      }
      return answerOf(engine.GET('/reorders', { signal, params: { query } }))
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    staleTime: 5_000,
  })

/** One with the sum behind it. */
export const reorderQuery = (id: string) =>
  queryOptions({
    queryKey: [REORDERS, 'one', id],
    queryFn: ({ signal }): Promise<ReorderDetails> =>
      answerOf(engine.GET('/reorders/{id}', { signal, params: { path: { id } } })),
  })

export const reasonsQuery = (product: string) =>
  queryOptions({
    queryKey: [REORDERS, 'reasons', product],
    queryFn: ({ signal }): Promise<ReorderReasonsAnswer> =>
      answerOf(engine.GET('/reorders/reasons', { signal, params: { query: { product } } })),
    retry: false,
  })

/** `key`: the same for the same decision, so that one that is sent twice is made once. */
type Deciding = { readonly id: string; readonly version: number; readonly key: string }

const sentAs = ({ id, key }: Deciding) => ({ path: { id }, header: { 'idempotency-key': key } })

export const accept = (deciding: Deciding, quantity: number) =>
  answerOf(
    engine.POST('/reorders/{id}/accept', {
      params: sentAs(deciding),
      body: { version: deciding.version, quantity },
    }),
  )
export const snooze = (deciding: Deciding, until: string, reason: string) =>
  answerOf(
    engine.POST('/reorders/{id}/snooze', {
      params: sentAs(deciding),
      body: { version: deciding.version, until, reason },
    }),
  )
export const dismiss = (deciding: Deciding, reason: string) =>
  answerOf(
    engine.POST('/reorders/{id}/dismiss', { params: sentAs(deciding), body: { version: deciding.version, reason } }),
  )
