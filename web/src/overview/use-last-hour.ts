import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { CountMeasure, MoneyMeasure } from '#core/api/metrics.ts'
import { useConnection } from '../reach/live.tsx'
import { lastHourQuery, metricsQuery } from '../reach/queries.ts'

/**
 * The last hour of a measure by minute. The socket does not carry series: when the day's figure has changed it is asked
 * for again, at once after a pause and at most every `everyMs` in a stream.
 */
export function useLastHour(measure: CountMeasure | MoneyMeasure, currency: string | null, everyMs: number) {
  const client = useQueryClient()
  const paused = useConnection().state.phase === 'paused'
  const query = lastHourQuery(measure, currency)
  const answer = useQuery({ ...query, refetchInterval: paused ? false : QUIET_MS })
  const { data: value } = useQuery({
    ...metricsQuery,
    enabled: false,
    select: ({ counts, money }) =>
      currency === null ? counts[measure as CountMeasure].value : money[currency]?.[measure as MoneyMeasure].value,
  })

  const shown = useRef(value)
  const askedAt = useRef(0)
  const key = JSON.stringify(query.queryKey)
  useEffect(() => {
    if (shown.current === value) return
    const queryKey = JSON.parse(key) as unknown[]
    const refusedAt = client.getQueryState(queryKey)?.errorUpdatedAt ?? 0
    const dueAt = Math.max(askedAt.current + everyMs, refusedAt + QUIET_MS)
    const timer = setTimeout(
      () => {
        shown.current = value
        askedAt.current = Date.now()
        void client.invalidateQueries({ queryKey, exact: true }, { cancelRefetch: false })
      },
      Math.max(0, dueAt - Date.now()),
    )
    return () => clearTimeout(timer)
  }, [client, key, value, everyMs])
  return answer
}

/** Without a change, minutes still begin and become final. */
const QUIET_MS = 20_000
