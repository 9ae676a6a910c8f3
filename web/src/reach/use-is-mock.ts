import { useQuery } from '@tanstack/react-query'
import { metricsQuery, standingQuery } from './queries.ts'

/** Whether a simulator sells: then the first real document ends it. */
export function useIsMock(): boolean {
  const { data: standing } = useQuery(standingQuery)
  const { data: metrics } = useQuery({ ...metricsQuery, enabled: false })
  return (standing?.mode ?? metrics?.mode) === 'mock'
}
