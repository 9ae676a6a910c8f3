/** Everything that integrations ask of the engine. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type {
  ActivityAnswer,
  ConnectionItem,
  ConnectionsAnswer,
  DeliveriesAnswer,
  NewConnectionAnswer,
} from '#core/api/connections.ts'
import { everyPage } from '#core/api/every-page.ts'
import { answerOf, engine } from '../reach/ask-engine.ts'
import type { ProofName, SourceName } from './words.ts'

export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: ({ signal }): Promise<ConnectionsAnswer> =>
    everyPage((query) => answerOf(engine.GET('/integrations', { signal, params: { query } }))),
})

const at = (id: string) => ({ params: { path: { id } } })

export const activityQuery = (id: string) =>
  queryOptions({
    queryKey: ['connections', id, 'activity'],
    queryFn: ({ signal }): Promise<ActivityAnswer> =>
      answerOf(engine.GET('/integrations/{id}/activity', { ...at(id), signal })),
  })

const PAGE = 100
export const deliveriesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['connections', id, 'deliveries'],
    queryFn: ({ signal, pageParam }): Promise<DeliveriesAnswer> => {
      const query = { limit: PAGE, ...(pageParam !== '' && { next: pageParam }) }
      return answerOf(engine.GET('/integrations/{id}/deliveries', { signal, params: { path: { id }, query } }))
    },
    initialPageParam: '',
    getNextPageParam: ({ next }: DeliveriesAnswer) => next,
  })

export const deliveryQuery = (id: string, number: number) =>
  queryOptions({
    queryKey: ['connections', id, 'deliveries', number],
    queryFn: ({ signal }) =>
      answerOf(engine.GET('/integrations/{id}/deliveries/{number}', { signal, params: { path: { id, number } } })),
  })

export type NewConnection = {
  readonly source: SourceName
  readonly label?: string
  readonly storeId?: string
  readonly secret?: string
  readonly proof?: ProofName
}
/** `key`: the same for each try, so that one that got no answer makes no second connection. */
export const openConnection = (body: NewConnection, key: string): Promise<NewConnectionAnswer> =>
  answerOf(engine.POST('/integrations', { body, headers: { 'idempotency-key': key } }))

export type ConnectionChange = {
  readonly status?: 'active' | 'paused'
  readonly label?: string
  readonly storeId?: string | null
  readonly ratePerSecond?: number
  readonly version: number
}
export const changeConnection = (id: string, body: ConnectionChange): Promise<ConnectionItem> =>
  answerOf(engine.PATCH('/integrations/{id}', { ...at(id), body }))

export type Rotation = { readonly overlapHours: number; readonly secret?: string }
export const rotateSecret = (id: string, body: Rotation, key: string): Promise<{ readonly secret: string }> =>
  answerOf(engine.POST('/integrations/{id}/rotate', { ...at(id), body, headers: { 'idempotency-key': key } }))

export const closeConnection = (id: string): Promise<ConnectionItem> =>
  answerOf(engine.DELETE('/integrations/{id}', at(id)))

export type Answered = { readonly status: number; readonly answer: string }
export const sendTest = (id: string): Promise<Answered> => answerOf(engine.POST('/integrations/{id}/test', at(id)))

export const redeliver = (id: string, number: number): Promise<Answered> =>
  answerOf(engine.POST('/integrations/{id}/deliveries/{number}/redeliver', { params: { path: { id, number } } }))
