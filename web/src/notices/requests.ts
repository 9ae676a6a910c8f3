/** Everything that the pages about notices ask of the engine. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type {
  ChoicesAnswer,
  NewNoticeWebhookAnswer,
  NoticeLogAnswer,
  NoticeLogItem,
  NoticeWebhookItem,
} from '#core/api/notices.ts'
import { answerOf, engine } from '../reach/ask-engine.ts'

export const choicesQuery = queryOptions({
  queryKey: ['notices', 'choices'],
  queryFn: ({ signal }): Promise<ChoicesAnswer> => answerOf(engine.GET('/notices/choices', { signal })),
})
export type ChoicesChange = Partial<ChoicesAnswer['choices']> & { readonly version: number }
export const changeChoices = (body: ChoicesChange): Promise<ChoicesAnswer> =>
  answerOf(engine.POST('/notices/choices', { body }))

export const webhooksQuery = queryOptions({
  queryKey: ['notices', 'webhooks'],
  queryFn: ({ signal }): Promise<{ readonly items: readonly NoticeWebhookItem[] }> =>
    answerOf(engine.GET('/notices/webhooks', { signal })),
})
export const addWebhook = (
  body: { readonly url: string; readonly label?: string },
  key: string,
): Promise<NewNoticeWebhookAnswer> =>
  answerOf(engine.POST('/notices/webhooks', { body, headers: { 'idempotency-key': key } }))
export const removeWebhook = (id: string) =>
  answerOf(engine.DELETE('/notices/webhooks/{id}', { params: { path: { id } } }))

export type TestOf = { readonly channel: 'email' | 'log' } | { readonly webhook: string }
export const sendTest = (body: TestOf): Promise<NoticeLogItem> => answerOf(engine.POST('/notices/test', { body }))

const LINES = 50
/** `webhook`: '' asks for one's own. */
export const deliveriesQuery = (webhook: string) =>
  infiniteQueryOptions({
    queryKey: ['notices', 'deliveries', webhook],
    queryFn: ({ signal, pageParam }): Promise<NoticeLogAnswer> => {
      const query = { limit: LINES, ...(webhook && { webhook }), ...(pageParam && { next: pageParam }) }
      return answerOf(engine.GET('/notices/deliveries', { signal, params: { query } }))
    },
    initialPageParam: '',
    getNextPageParam: ({ next }: NoticeLogAnswer) => next,
  })
export const redeliver = (number: number, webhook: string): Promise<NoticeLogItem> =>
  answerOf(
    engine.POST('/notices/deliveries/{number}/redeliver', {
      params: { path: { number }, query: webhook === '' ? {} : { webhook } },
    }),
  )
