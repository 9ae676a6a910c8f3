import { queryOptions, skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { standingQuery } from '../reach/queries.ts'
import { type LagSample, withSample } from './prepare-lag.ts'

/** Nobody asks for it: the engine says how it is now, and the page remembers. */
const lagOfHourQuery = queryOptions<readonly LagSample[]>({
  queryKey: ['lag-of-hour'],
  queryFn: skipToken,
  gcTime: Number.POSITIVE_INFINITY,
})

/** What was heard of the lag in the last hour: from the socket, and with each answer. `atMs`: when that came. */
export function useLagOfHour(lagMs: number | undefined, atMs: number): readonly LagSample[] {
  const client = useQueryClient()
  const { data: standing } = useQuery(standingQuery)
  const { data: samples = [] } = useQuery(lagOfHourQuery)
  const heard = standing?.lagMs
  useEffect(() => {
    const add = (sample: LagSample) =>
      client.setQueryData(lagOfHourQuery.queryKey, (before: readonly LagSample[] = []) => withSample(before, sample))
    if (lagMs !== undefined) add({ atMs, lagMs })
  }, [client, lagMs, atMs])
  useEffect(() => {
    if (heard === undefined) return
    client.setQueryData(lagOfHourQuery.queryKey, (before: readonly LagSample[] = []) =>
      withSample(before, { atMs: Date.now(), lagMs: heard }),
    )
  }, [client, heard])
  return samples
}
