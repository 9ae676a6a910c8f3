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

const on = (seen: number) => ({ 'if-match': `"${seen}"` })
/** `version` null: none, but the simple method. `seen`: what was decided last when they looked. */
export const promote = (version: string | null, seen: number) =>
  answerOf(engine.POST('/models/demand/promote', { body: { version }, headers: on(seen) }))
export const rollBack = (seen: number) => answerOf(engine.POST('/models/demand/rollback', { headers: on(seen) }))
