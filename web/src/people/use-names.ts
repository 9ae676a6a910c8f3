import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { storesQuery } from '../reach/queries.ts'
import { useMay } from './account-context.ts'
import { peopleQuery } from './requests.ts'

/** Stores' names by id, as far as they were listed. */
export function useStoreNames(): ReadonlyMap<string, string> {
  const { data } = useQuery({ ...storesQuery, enabled: useMay('catalogue:read') })
  return useMemo(() => new Map(data?.map(({ storeId, name }) => [storeId, name])), [data])
}

/** People's names by id, for those who may know them. */
export function usePeopleNames(): ReadonlyMap<string, string> {
  const { data } = useQuery({ ...peopleQuery, enabled: useMay('users:manage') })
  return useMemo(() => new Map(data?.items.map(({ id, name }) => [id, name])), [data])
}

/** The zone of whoever looks: what is shown in it says so. */
export const OWN_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone
