/** Everything that the pages of runs ask of the engine. */
import { queryOptions } from '@tanstack/react-query'
import type { RunAnswer, RunsAnswer } from '#core/api/runs.ts'
import { answerOf, engine } from '../reach/ask-engine.ts'

export const RUNS = 'runs'
const PAGE = 200

export const askRuns = (next: string | undefined, signal: AbortSignal): Promise<RunsAnswer> =>
  answerOf(engine.GET('/runs', { signal, params: { query: { limit: PAGE, ...(next !== undefined && { next }) } } }))

/** The socket has no topic of runs: one that works is asked after this often, another now and then. */
const WORKING_MS = 2_000
const QUIET_MS = 20_000

export const everyMsOf = (isWorking: boolean): number => (isWorking ? WORKING_MS : QUIET_MS)

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: [RUNS, id],
    queryFn: ({ signal }): Promise<RunAnswer> =>
      answerOf(engine.GET('/runs/{id}', { signal, params: { path: { id } } })),
    refetchInterval: ({ state }) => everyMsOf(state.data !== undefined && isWorking(state.data)),
  })

export type RunWish = { readonly chain: string; readonly date?: string; readonly from?: string }
export const startRun = (body: RunWish): Promise<RunAnswer> => answerOf(engine.POST('/runs', { body }))

export const isWorking = ({ status }: Pick<RunAnswer, 'status'>): boolean =>
  status === 'waiting' || status === 'running'
