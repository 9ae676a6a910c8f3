import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { AlertItem, AlertsAnswer } from '#core/api/alerts.ts'
import { useMay } from '../people/account-context.ts'
import { OWN_ZONE } from '../people/use-names.ts'
import { acknowledgedIn } from '../reach/acknowledge-alert.ts'
import { answerOf, engine } from '../reach/ask-engine.ts'
import { alertsQuery, engineNowMs, metricsQuery, storesQuery } from '../reach/queries.ts'
import { useFresh } from '../reach/use-fresh.ts'
import { HeldAcknowledgements } from './held-acknowledgements.ts'

/** Open alerts of one store, for where there are more than the engine sends of all. */
const ofStoreQuery = (store: string) =>
  queryOptions({
    queryKey: ['alerts-of-store', store],
    queryFn: ({ signal }): Promise<AlertsAnswer> =>
      answerOf(engine.GET('/alerts', { signal, params: { query: { store, limit: 500 } } })),
  })

/** Alerts that are open, acknowledged ones among them; of one store alone where there are too many of all. */
export function useOpenAlerts(store: string | undefined) {
  const all = useQuery(alertsQuery)
  const isCut = all.data !== undefined && all.data.next !== null
  const wanted = isCut && store !== undefined
  const ofStore = useFresh({ ...ofStoreQuery(store ?? ''), enabled: wanted })
  return { asked: wanted ? ofStore : all, isCut: isCut && !wanted }
}

const A_PAGE = 100
const LOOK_AGAIN_MS = 20_000

const resolvedQuery = (store: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['alerts-over', store ?? null],
    queryFn: ({ signal, pageParam }): Promise<AlertsAnswer> => {
      const query = { state: 'resolved', limit: A_PAGE, ...(store && { store }), ...(pageParam && { next: pageParam }) }
      return answerOf(engine.GET('/alerts', { signal, params: { query: query as { state: 'resolved' } } }))
    },
    initialPageParam: '',
    getNextPageParam: ({ next }: AlertsAnswer) => next,
  })

/** Alerts that are over, newest first. Asked again while only the newest are shown. */
export function useResolvedAlerts(store: string | undefined, enabled: boolean) {
  const asked = useInfiniteQuery({
    ...resolvedQuery(store),
    enabled,
    refetchInterval: ({ state }) => (state.data?.pages.length === 1 ? LOOK_AGAIN_MS : false),
  })
  const items = useMemo(() => asked.data?.pages.flatMap((page): AlertItem[] => page.items), [asked.data])
  return { asked, items }
}

/** Regions of stores, by their ids. */
export function useRegions(enabled: boolean): ReadonlyMap<string, string> {
  const { data } = useQuery({ ...storesQuery, enabled: useMay('catalogue:read') && enabled })
  return useMemo(
    () => new Map(data?.flatMap(({ storeId, region }) => (region ? [[storeId, region] as const] : []))),
    [data],
  )
}

/** The zone that the merchant's days are of. */
export function useMerchantZone(): string {
  const { data } = useQuery({ ...metricsQuery, enabled: false })
  return data?.window.timeZone ?? OWN_ZONE
}

/** Alerts acknowledged on this page, which can be taken back for a moment. Whoever leaves the page has done it. */
export function useHeldAcknowledgements() {
  const client = useQueryClient()
  const [acknowledgements] = useState(
    () =>
      new HeldAcknowledgements({
        nowMs: () => Date.now(),
        after: (ms, run) => {
          const timer = setTimeout(run, ms)
          return () => clearTimeout(timer)
        },
        send: async (ids, keepalive) => {
          const headers = { 'idempotency-key': crypto.randomUUID() }
          await answerOf(engine.POST('/alerts/acknowledge', { body: { ids: [...ids] }, headers, keepalive }))
          const at = new Date(engineNowMs(client)).toISOString()
          client.setQueryData(
            alertsQuery.queryKey,
            (answer) => answer && ids.reduce((before, id) => acknowledgedIn(before, id, at), answer),
          )
          void client.invalidateQueries({ queryKey: ['alerts-of-store'] })
        },
      }),
  )
  useEffect(() => {
    const leave = () => void acknowledgements.flush(true)
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [acknowledgements])
  return { acknowledgements, held: useSyncExternalStore(acknowledgements.subscribe, acknowledgements.get) }
}
