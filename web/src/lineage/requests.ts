/** Everything that the page of lineage asks of the engine. */
import { queryOptions } from '@tanstack/react-query'
import type { ArtefactsAnswer, LineageAnswer, LineageInputsAnswer } from '#core/api/lineage.ts'
import { answerOf, engine } from '../reach/ask-engine.ts'

const LINEAGE = 'lineage'
/** A year of days and more: whoever looks for an older one knows its address. */
const MOST_DAYS = 500

/** The published parts of a table, newest day first. */
export const partsQuery = (table: string) =>
  queryOptions({
    queryKey: [LINEAGE, 'parts', table],
    queryFn: ({ signal }): Promise<ArtefactsAnswer> =>
      answerOf(engine.GET('/lineage', { signal, params: { query: { table, limit: MOST_DAYS } } })),
  })

export const lineageQuery = (artefact: string) =>
  queryOptions({
    queryKey: [LINEAGE, 'of', artefact],
    queryFn: ({ signal }): Promise<LineageAnswer> =>
      answerOf(engine.GET('/lineage/{artefact}', { signal, params: { path: { artefact } } })),
  })

export const inputsKey = (artefact: string) => [LINEAGE, 'inputs', artefact] as const
const PAGE = 500
export const askInputs =
  (artefact: string) =>
  (next: string | undefined, signal: AbortSignal): Promise<LineageInputsAnswer> => {
    const query = { limit: PAGE, ...(next !== undefined && { next }) }
    return answerOf(engine.GET('/lineage/{artefact}/inputs', { signal, params: { path: { artefact }, query } }))
  }
