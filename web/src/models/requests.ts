/** What the page of models asks. */
import { queryOptions } from '@tanstack/react-query'
import type { AccuracyAnswer, DemandModelsAnswer, DriftAnswer } from '#core/api/demand-models.ts'
import { answerOf, engine } from '../reach/ask-engine.ts'

const STALE_MS = 300_000
export const MODELS_KEY = ['models']

export const modelsQuery = queryOptions({
  queryKey: [...MODELS_KEY, 'versions'],
  queryFn: ({ signal }): Promise<DemandModelsAnswer> => answerOf(engine.GET('/models/demand', { signal })),
})

export const accuracyQuery = (ahead: number) =>
  queryOptions({
    queryKey: [...MODELS_KEY, 'accuracy', ahead],
    staleTime: STALE_MS,
    queryFn: ({ signal }): Promise<AccuracyAnswer> =>
      answerOf(engine.GET('/models/demand/accuracy', { signal, params: { query: { ahead } } })),
  })

export const driftQuery = queryOptions({
  queryKey: [...MODELS_KEY, 'drift'],
  staleTime: STALE_MS,
  queryFn: ({ signal }): Promise<DriftAnswer> => answerOf(engine.GET('/models/demand/drift', { signal })),
})

/** null: no version, but the simple method. */
export const promote = (version: string | null) =>
  answerOf(engine.POST('/models/demand/promote', { body: { version } }))
export const rollBack = () => answerOf(engine.POST('/models/demand/rollback'))
