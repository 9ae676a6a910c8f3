import { type DefaultError, type QueryKey, type UseQueryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { onFigures, useConnection, usePaintMs } from './live.tsx'

type Often = {
  /** In a stream of changes it is asked again at most so often. */
  readonly everyMs?: number
  /** false: the span is over, and only late events change it. */
  readonly moves?: boolean
}

/** Without a change, minutes still begin and become final. */
const QUIET_MS = 20_000
const EVERY_MS = 2000
/** Where the page is slow to draw, it asks less often: so many times as long as a paint takes. */
const PAINTS = 10

/**
 * The answer to a question that the socket does not carry, as new as the engine: asked again when the live stream says
 * that figures have moved, at once after a pause and at most every `everyMs`; every 20 s at rest; never while the tab is
 * hidden or the page is held still.
 */
export function useFresh<T, E = DefaultError, D = T, K extends QueryKey = QueryKey>(
  query: UseQueryOptions<T, E, D, K>,
  { everyMs = EVERY_MS, moves = true }: Often = {},
) {
  const client = useQueryClient()
  const paused = useConnection().state.phase === 'paused'
  const paintMs = usePaintMs()
  const follows = moves && !paused && query.enabled !== false
  const answer = useQuery({ ...query, refetchInterval: follows ? QUIET_MS : false })

  const askedAt = useRef(Date.now())
  const key = JSON.stringify(query.queryKey)
  useEffect(() => {
    if (!follows) return undefined
    const queryKey = JSON.parse(key) as unknown[]
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = () => {
      timer = undefined
      if (document.visibilityState === 'hidden') return
      askedAt.current = Date.now()
      void client.invalidateQueries({ queryKey, exact: true }, { cancelRefetch: false })
    }
    const moved = (asOf: string) => {
      if (timer !== undefined || document.visibilityState === 'hidden' || knows(client.getQueryData(queryKey), asOf))
        return
      const refusedAt = client.getQueryState(queryKey)?.errorUpdatedAt ?? 0
      const dueAt = Math.max(askedAt.current + Math.max(everyMs, PAINTS * paintMs()), refusedAt + QUIET_MS)
      timer = setTimeout(ask, Math.max(0, dueAt - Date.now()))
    }
    const seen = () => document.visibilityState === 'visible' && moved(new Date().toISOString())
    document.addEventListener('visibilitychange', seen)
    const stop = onFigures(moved)
    return () => {
      document.removeEventListener('visibilitychange', seen)
      stop()
      clearTimeout(timer)
    }
  }, [client, key, everyMs, follows, paintMs])
  return answer
}

/** Whether an answer was made no earlier than what the stream says now: a snapshot says nothing new to a page just opened. */
const knows = (answer: unknown, asOf: string): boolean =>
  typeof answer === 'object' && answer !== null && 'asOf' in answer && String(answer.asOf) >= asOf
