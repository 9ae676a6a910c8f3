/** Everything that the page of data quality asks of the engine. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { QualityAnswer } from '#core/api/quality.ts'
import type { HeldItem } from '#core/api/quarantine.ts'
import type { CheckHistoryAnswer } from '#core/api/runs.ts'
import { answerOf, engine, RefusedError } from '../reach/ask-engine.ts'
import type { productListing, storeListing } from './prepare-listing.ts'

export const qualityQuery = queryOptions({
  queryKey: ['quality'],
  queryFn: ({ signal }): Promise<QualityAnswer> => answerOf(engine.GET('/quality', { signal })),
})

/** Runs of two chains a day, a fortnight of them. They end once a day: a look now and then is enough. */
const RUNS_ASKED = 28
const CHECKS_EVERY_MS = 60_000
export const checksQuery = queryOptions({
  queryKey: ['quality', 'checks'],
  queryFn: ({ signal }): Promise<CheckHistoryAnswer> =>
    answerOf(engine.GET('/quality/checks', { signal, params: { query: { limit: RUNS_ASKED } } })),
  refetchInterval: CHECKS_EVERY_MS,
})

export const HELD_STATES = ['held', 'replayed', 'discarded'] as const
export type HeldState = (typeof HELD_STATES)[number]

const QUARANTINE = 'quarantine'
export const quarantineQuery = (status: HeldState) =>
  infiniteQueryOptions({
    queryKey: [QUARANTINE, status],
    queryFn: ({
      signal,
      pageParam,
    }): Promise<{ readonly items: readonly HeldItem[]; readonly next: string | null }> => {
      const query = { status, ...(pageParam !== '' && { next: pageParam }) }
      return answerOf(engine.GET('/quarantine', { signal, params: { query } }))
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

/** One document, whole. */
export const heldQuery = (id: string) =>
  queryOptions({
    queryKey: ['held', id],
    queryFn: ({ signal }) => answerOf(engine.GET('/quarantine/{id}', { signal, params: { path: { id } } })),
  })

/** After a word about a document: everything that may read otherwise now. */
export const MOVED_BY_QUARANTINE = [[QUARANTINE], ['held'], qualityQuery.queryKey] as const

export const replay = (id: string, document: string | undefined) =>
  answerOf(
    engine.POST('/quarantine/{id}/replay', {
      params: { path: { id } },
      body: document === undefined ? {} : { document },
    }),
  )
export const discard = (id: string, reason: string) =>
  answerOf(engine.POST('/quarantine/{id}/discard', { params: { path: { id } }, body: { reason } }))

/** Lists one product or store. @throws RefusedError with the fields that are wrong, by their names in the listing */
export async function list(event: ReturnType<typeof productListing> | ReturnType<typeof storeListing>): Promise<void> {
  try {
    await answerOf(engine.POST('/collect', { body: { events: [event] } as never }))
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    const { status, message, problems, retryAfterSeconds } = error
    // The engine names fields of the document: `data.title`.
    const named = problems.map((problem) => ({ ...problem, field: problem.field.replace(/^data\./, '') }))
    throw new RefusedError(status, message, { problems: named }, retryAfterSeconds)
  }
}
