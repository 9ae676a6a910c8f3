import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { accountQuery, lastAccountQuery, rememberAccount } from './requests.ts'

const TRY_AGAIN_MS = 3000

/**
 * Whoever is signed in here. `account`: null where nobody is, undefined where nobody knows yet. A session that ended by
 * itself is over (`isOver`): the page stays as it was, with what was being written on it, and asks for its person again.
 */
export function useSession() {
  const client = useQueryClient()
  const { data, error, refetch, isFetching } = useQuery({
    ...accountQuery,
    refetchInterval: ({ state }) => (state.data === undefined && state.error !== null ? TRY_AGAIN_MS : false),
  })
  useEffect(() => {
    if (data) rememberAccount(client, data)
  }, [client, data])
  const { data: last } = useQuery(lastAccountQuery)
  const before = data === null ? (last ?? null) : null
  return { account: before ?? data, isOver: before !== null, error, refetch, isFetching }
}
