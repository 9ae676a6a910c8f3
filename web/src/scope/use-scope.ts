import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useAccount } from '../people/account-context.ts'
import { engineNowMs, metricsQuery, storesQuery } from '../reach/queries.ts'
import { useNow } from '../reach/use-now.ts'
import { isOfSomeStores } from './kept.ts'
import { earlierSpan, readScope, type Scope, type ScopeParams, type ScopeSpan, spanOf, writeScope } from './scope.ts'
import { words } from './words.ts'

export type ScopeOf = 'sums' | 'rows'

type UsedScope = {
  readonly scope: Scope
  /** Stays the same until the day changes. `label`: 'Today', '1 to 28 February 2026'. */
  readonly span: ScopeSpan & { readonly label: string }
  /** What it is compared with; null: with nothing. */
  readonly earlier: { readonly from: string; readonly to: string; readonly label: string } | null
  /** Of today, no `from` and `to`: the engine knows the day best. */
  readonly params: ScopeParams
  readonly change: (changes: Partial<{ [name in keyof Scope]: Scope[name] | undefined }>) => void
}

const MINUTE_MS = 60_000

/**
 * What the figures of the page are about: in the address, so that it can be sent, reloaded and gone back to. `of`: sums of one
 * category in some stores are not kept over time, and are then of all categories; rows are found by both.
 */
export function useScope(of: ScopeOf = 'sums'): UsedScope {
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>
  const navigate = useNavigate()
  const client = useQueryClient()
  const now = useNow()
  const someStores = useAccount().stores !== null
  const said = JSON.stringify(writeScope(readScope(search)))
  const scope = useMemo((): Scope => {
    const { category, ...rest } = readScope(JSON.parse(said))
    const isLeftOut = of === 'sums' && isOfSomeStores({ scope: rest, someStores })
    return category === undefined || isLeftOut ? rest : { ...rest, category }
  }, [said, someStores, of])
  const timeZone = useZone(scope.store)
  // Days and comparisons move by whole minutes: a question does not change between them.
  const minute = Math.floor((now + engineNowMs(client) - Date.now()) / MINUTE_MS)
  const used = useMemo(() => {
    const nowMs = minute * MINUTE_MS
    const span = spanOf(scope, nowMs, timeZone)
    const earlier = earlierSpan(span, scope.compare, nowMs)
    const { store, region, category } = scope
    return {
      scope,
      span: { ...span, label: words.period(scope, span) },
      earlier: earlier && { ...earlier, label: words.comparedWith(scope) },
      params: {
        ...(!span.isToday && { from: span.from, ...(span.to !== undefined && { to: span.to }) }),
        ...(store !== undefined && { store }),
        ...(region !== undefined && { region }),
        ...(category !== undefined && { category }),
      },
    }
  }, [scope, timeZone, minute])
  const change = useCallback<UsedScope['change']>(
    (changes) => {
      const next = (before: Readonly<Record<string, string>>) => {
        const scopeNow = { ...readScope(before), ...changes } as Scope
        return withoutUndefined({ ...before, ...writeScope(scopeNow) })
      }
      void navigate({ search: next, resetScroll: false } as never)
    },
    [navigate],
  )
  return { ...used, change }
}

const withoutUndefined = (search: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))

/** Whether it is known in which zone days begin, or cannot be: a page asks for nothing of a day before. */
export function useIsDayKnown(): boolean {
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>
  const hasStore = readScope(search).store !== undefined
  const { data: metrics, isError } = useQuery({ ...metricsQuery, enabled: false })
  const { isPending } = useQuery({ ...storesQuery, enabled: hasStore })
  return (metrics !== undefined || isError) && !(hasStore && isPending)
}

/** The zone whose days are counted: that of the store, else the merchant's. */
function useZone(storeId: string | undefined): string {
  const { data: metrics } = useQuery({ ...metricsQuery, enabled: false })
  const { data: stores } = useQuery({ ...storesQuery, enabled: storeId !== undefined })
  const ofStore = stores?.find((store) => store.storeId === storeId)?.timeZone
  return ofStore ?? metrics?.window.timeZone ?? 'UTC'
}
